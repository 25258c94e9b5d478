"""Addresses of conversions."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.conversions import views

urlpatterns = [
    path("", views.conversions, name="conversions"),
    path("tep.csv", views.conversions_csv, name="conversions-csv"),
]
