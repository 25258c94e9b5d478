"""Addresses of legal documents at the console."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.law import correcting, entering, importing, owed, problems, views

urlpatterns = [
    path("", views.register, name="law"),
    path("tep.<str:form>", views.register_file, name="law-register-file"),
    path("thay-doi/", views.changes, name="law-changes"),
    path("thay-doi/tep.csv", views.changes_csv, name="law-changes-csv"),
    path("nhap/", entering.one, name="law-enter"),
    path("nhap-tep/", importing.table, name="law-import"),
    path("nhap-tep/mau.xlsx", importing.template, name="law-import-template"),
    path("con-no/", owed.overview, name="law-owed"),
    path("con-no/tep.csv", owed.overview_csv, name="law-owed-csv"),
    path("con-no/<int:pk>/", owed.one, name="law-owed-one"),
    path("vuong-mac/", problems.listing, name="law-problems"),
    path("vuong-mac/<str:code>/", problems.one, name="law-problem"),
    path("quan-he/<int:pk>/bo/", correcting.withdraw, name="law-relation-withdraw"),
    path("<str:slug>/", views.document, name="law-document"),
    path("<str:slug>/tep.<str:form>", views.document_file, name="law-document-file"),
    path("<str:slug>/sua/", correcting.correct, name="law-correct"),
    path("<str:slug>/vuong-mac/", problems.report, name="law-report"),
]
