"""Addresses of the catalogue."""

from __future__ import annotations

from django.urls import path

from haicap.web.portal.procedures import compare, exports, views

urlpatterns = [
    path("", views.browse, name="procedures"),
    path("tep.csv", exports.found_csv, name="procedures-csv"),
    path("tep.json", exports.found_json, name="procedures-json"),
    path("toan-bo.<str:form>", exports.whole, name="procedures-whole"),
    path("<str:code>/", views.procedure, name="procedure"),
    path("<str:code>/bieu-mau/", views.form, name="procedure-form"),
    path("<str:code>/so-sanh/", compare.compare, name="procedure-compare"),
    path("<str:code>/tep.json", exports.one, name="procedure-json"),
]
