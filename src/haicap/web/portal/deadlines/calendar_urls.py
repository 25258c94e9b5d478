"""Addresses of the calendar of working days."""

from __future__ import annotations

from django.urls import path

from haicap.web.portal.deadlines import calendars

urlpatterns = [
    path("", calendars.year, name="calendar"),
    path("<int:number>/tep.csv", calendars.as_csv, name="calendar-csv"),
    path("<int:number>/tep.ics", calendars.as_ics, name="calendar-ics"),
]
