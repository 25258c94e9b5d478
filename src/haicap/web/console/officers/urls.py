"""Addresses of officers' accounts."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.officers import keys, views

urlpatterns = [
    path("", views.officers, name="officers"),
    path("moi/", views.new, name="officer-new"),
    path("khoa/", keys.keys, name="officer-keys"),
    path("khoa/<uuid:token>/thu-hoi/", keys.revoke, name="officer-key-revoke"),
    path("<uuid:officer_id>/", views.officer, name="officer"),
    path("<uuid:officer_id>/khoa/", views.lock, name="officer-lock"),
    path("<uuid:officer_id>/mo-khoa/", views.unlock, name="officer-unlock"),
    path("<uuid:officer_id>/lop-hai/", views.reset_factor, name="officer-factor"),
    path("<uuid:officer_id>/mat-khau/", views.reset_password, name="officer-password"),
    path("<uuid:officer_id>/khoa/<uuid:token>/thu-hoi/", keys.revoke_of, name="officer-token-revoke"),
]
