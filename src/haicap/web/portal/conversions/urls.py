"""Addresses of bulk conversion."""

from __future__ import annotations

from django.urls import path

from haicap.web.portal.addresses import views

urlpatterns = [path("", views.ask, name="conversions")]
