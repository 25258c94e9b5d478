"""Addresses of registers."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.registers import views

urlpatterns = [
    path("", views.registers, name="registers"),
    path("chua-xac-minh/", views.unconfirmed, name="register-unconfirmed"),
    path("chua-xac-minh/tep.csv", views.unconfirmed_csv, name="register-unconfirmed-csv"),
    path("chua-xac-minh/quan-he.csv", views.edges_csv, name="register-edges-csv"),
]
