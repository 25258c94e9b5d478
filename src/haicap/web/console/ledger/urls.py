"""Addresses of the ledger."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.ledger import views

urlpatterns = [
    path("", views.events, name="ledger"),
    path("tep.csv", views.events_csv, name="ledger-csv"),
    path("kiem-tra/", views.verify, name="ledger-verify"),
    path("giao-viec/", views.deliveries, name="ledger-deliveries"),
    path("moc-neo/", views.anchors, name="ledger-anchors"),
]
