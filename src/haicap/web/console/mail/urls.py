"""Addresses of mails kept aside."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.mail import views

urlpatterns = [path("", views.listing, name="mails"), path("<uuid:public_id>/", views.one, name="mail")]
