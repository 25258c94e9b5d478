"""Addresses of the assistant."""

from __future__ import annotations

from django.urls import path

from haicap.web.portal.asking import views

urlpatterns = [
    path("", views.ask, name="ask"),
    path("danh-gia/", views.thumb, name="ask-thumb"),
    path("do-chinh-xac/", views.accuracy, name="ask-accuracy"),
]
