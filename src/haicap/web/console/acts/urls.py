"""Addresses of acts."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.acts import drafting, editing, views

urlpatterns = [
    path("", views.listing, name="acts"),
    path("tep.csv", views.listing_csv, name="acts-csv"),
    path("moi/", drafting.new, name="act-new"),
    path("mau.csv", editing.template, name="act-template"),
    path("<int:pk>/", views.act, name="act"),
    path("<int:pk>/tep.csv", views.act_csv, name="act-csv"),
    path("<int:pk>/sua/", drafting.change, name="act-facts"),
    path("<int:pk>/dong/", editing.lines, name="act-lines"),
    path("<int:pk>/dong/<int:n>/", editing.line, name="act-line"),
    path("<int:pk>/dong/<int:n>/bo/", editing.drop_line, name="act-line-drop"),
    path("<int:pk>/bang/", editing.table, name="act-table"),
    path("<int:pk>/kiem-tra/", editing.check, name="act-check"),
    path("<int:pk>/ghi/", drafting.enact, name="act-enact"),
    path("<int:pk>/bo/", drafting.drop, name="act-drop"),
    path("<int:pk>/dinh-chinh/", drafting.correct, name="act-correct"),
]
