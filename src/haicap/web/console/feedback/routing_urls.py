"""Addresses of the routing table."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.feedback import routing

urlpatterns = [
    path("", routing.listing, name="routes"),
    path("tep.csv", routing.listing_csv, name="route-csv"),
    path("thu/", routing.trial, name="route-trial"),
    path("them/", routing.add, name="route-add"),
    path("<str:code>/ket-thuc/", routing.end, name="route-end"),
]
