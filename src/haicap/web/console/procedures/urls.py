"""Addresses of the catalogue at the console."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.procedures import drafting, helps, imports, moving, overviews, powers, views

urlpatterns = [
    path("", views.listing, name="procedures"),
    path("lap/", drafting.new, name="procedure-new"),
    path("nhap/", imports.table, name="procedure-import"),
    path("nhap/mau.csv", imports.template, name="procedure-import-template"),
    path("dong-ho/", overviews.clocks, name="procedure-clocks"),
    path("dong-ho/tep.csv", overviews.clocks_csv, name="procedure-clocks-csv"),
    path("con-ngo/", overviews.doubts, name="procedure-doubts"),
    path("con-ngo/tep.csv", overviews.doubts_csv, name="procedure-doubts-csv"),
    path("thiet-yeu/", overviews.essential, name="procedure-essential"),
    path("giup-tim/", helps.helps, name="procedure-helps"),
    path("giup-tim/tu/", helps.synonym, name="procedure-synonym"),
    path("giup-tim/tu/bo/", helps.synonym_drop, name="procedure-synonym-drop"),
    path("giup-tim/su-kien/", helps.life_event, name="procedure-life-event"),
    path("giup-tim/su-kien/bo/", helps.life_event_drop, name="procedure-life-event-drop"),
    path("tham-quyen/", powers.without, name="procedures-without-power"),
    path("tham-quyen/tep.csv", powers.without_csv, name="procedures-without-power-csv"),
    path("tham-quyen/<str:code>/", powers.name, name="procedure-power"),
    path("tham-quyen/<str:code>/bo/", powers.drop, name="procedure-power-drop"),
    path("<int:pk>/", views.version, name="procedure"),
    path("<int:pk>/bieu-mau/", views.form, name="procedure-form"),
    path("<int:pk>/so-sanh/", views.compare, name="procedure-compare"),
    path("<int:pk>/sua/", drafting.whole, name="procedure-whole"),
    path("<int:pk>/muc/<slug:section>/", drafting.rows, name="procedure-rows"),
    path("<int:pk>/trinh/", moving.submit, name="procedure-submit"),
    path("<int:pk>/tra-lai/", moving.hand_back, name="procedure-return"),
    path("<int:pk>/bo/", moving.drop, name="procedure-drop"),
    path("<int:pk>/cong-bo/", moving.publish, name="procedure-publish"),
    path("<int:pk>/bai-bo/", moving.repeal, name="procedure-repeal"),
    path("<int:pk>/cong-khai/", moving.made_public, name="procedure-show"),
]
