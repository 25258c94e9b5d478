"""Addresses of bulk conversion."""

from __future__ import annotations

from django.urls import path

from haicap.web.portal.conversions import views

urlpatterns = [
    path("", views.new, name="conversions"),
    path("<slug:key>/", views.one, name="conversion"),
    path("<slug:key>/trang-thai/", views.state, name="conversion-state"),
    path("<slug:key>/ket-qua/", views.result, name="conversion-result"),
    path("<slug:key>/ket-qua-khac/", views.other, name="conversion-other"),
    path("<slug:key>/dung/", views.cancel, name="conversion-cancel"),
    path("<slug:key>/xoa/", views.erase, name="conversion-erase"),
]
