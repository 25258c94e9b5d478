"""Addresses of legal documents on the public pages."""

from __future__ import annotations

from django.urls import path

from haicap.web.portal.law import views

urlpatterns = [
    path("van-ban/", views.found, name="laws"),
    path("van-ban/tep.<str:form>", views.register_file, name="law-register-file"),
    path("van-ban/thay-doi/", views.changes, name="law-changes"),
    path("van-ban/thay-doi/tep.csv", views.changes_csv, name="law-changes-csv"),
    path("van-ban/<str:slug>/", views.document, name="law-document"),
    path("van-ban/<str:slug>/tep.<str:form>", views.document_file, name="law-document-file"),
    path("eli/vn/<path:rest>", views.eli_address, name="law-eli"),
]
