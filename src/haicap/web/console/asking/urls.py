"""Addresses of the assistant at the console."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.asking import views

urlpatterns = [path("", views.trial, name="assistant")]
