"""Addresses of tickets at the console."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.feedback import figures, tickets

urlpatterns = [
    path("", figures.overview, name="feedback"),
    path("so-lieu.csv", figures.overview_csv, name="feedback-csv"),
    path("du-lieu-mo.csv", figures.open_data_csv, name="feedback-open-data"),
    path("phieu/", tickets.listing, name="feedback-tickets"),
    path("phieu/tep.csv", tickets.listing_csv, name="feedback-tickets-csv"),
]
