"""Addresses of powers for everybody."""

from __future__ import annotations

from django.urls import path

from haicap.web.portal.powers import views

urlpatterns = [
    path("", views.browse, name="powers"),
    path("tep.csv", views.as_csv, name="powers-csv"),
    path("<str:code>/", views.power, name="power"),
]
