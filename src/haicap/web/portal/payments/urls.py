"""Addresses of payments."""

from __future__ import annotations

from django.urls import path

from haicap.web.portal.payments import views

urlpatterns = [
    path("", views.pay, name="pay"),
    path("ve/<slug:provider>/", views.back, name="payment-back"),
]
