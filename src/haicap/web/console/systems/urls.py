"""Addresses of systems and incidents."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.systems import incidents, keeping, views

urlpatterns = [
    path("", views.listing, name="systems"),
    path("them/", keeping.add, name="system-add"),
    path("su-co/", incidents.listing, name="system-incidents"),
    path("su-co/tep.csv", incidents.export, name="system-incidents-csv"),
    path("su-co/<str:code>/", incidents.one, name="system-incident"),
    path("<str:code>/", views.one, name="system"),
    path("<str:code>/sua/", keeping.change, name="system-change"),
    path("<str:code>/tham-do/", keeping.plan, name="system-plan"),
    path("<str:code>/su-co-moi/", incidents.by_hand, name="system-open"),
    path("<str:code>/bao-tri/", keeping.work, name="system-work"),
    path("<str:code>/ngung/", keeping.retire, name="system-retire"),
]
