"""Addresses of the calendar."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.calendars import drafting, hours, views

urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("moi/", drafting.new, name="calendar-new"),
    path("gio-mo-cua/", hours.hours, name="calendar-hours"),
    path("canh-bao/", views.alarms, name="calendar-alarms"),
    path("<int:pk>/", views.decree, name="calendar-decree"),
    path("<int:pk>/sua/", drafting.change, name="calendar-facts"),
    path("<int:pk>/bang/", drafting.table, name="calendar-table"),
    path("<int:pk>/chay-thu/", views.preview, name="calendar-preview"),
    path("<int:pk>/chay-thu/tep.csv", views.preview_csv, name="calendar-preview-csv"),
    path("<int:pk>/ghi/", drafting.enact, name="calendar-enact"),
    path("<int:pk>/bo/", drafting.drop, name="calendar-drop"),
    path("<int:pk>/thu-hoi/", drafting.withdraw, name="calendar-withdraw"),
]
