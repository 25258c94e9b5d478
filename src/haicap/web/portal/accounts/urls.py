"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from haicap.web.portal.addresses import views

urlpatterns = [path("dang-nhap/", views.ask, name="sign-in"), path("tai-khoan/", views.ask, name="account")]
