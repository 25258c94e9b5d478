"""Addresses of the deadline calculator."""

from __future__ import annotations

from django.urls import path

from haicap.web.portal.deadlines import views

urlpatterns = [
    path("", views.ask, name="deadlines"),
    path("tep.csv", views.export, name="deadlines-csv"),
]
