"""Addresses of the public pages: Vietnamese words without marks."""

from __future__ import annotations

from django.urls import include, path

from haicap.web.portal.about import views as about
from haicap.web.portal.addresses import views as addresses
from haicap.web.portal.systems import views as systems
from haicap.web.portal.units import changes, reform
from haicap.web.portal.units import views as units

app_name = "portal"
urlpatterns = [
    path("", addresses.ask, name="home"),
    path("don-vi/", units.browse, name="units"),
    path("don-vi/<str:code>/", units.unit, name="unit"),
    path("ma/<str:code>/", units.code_history, name="code"),
    path("thay-doi/", changes.changes, name="changes"),
    path("thay-doi/tep.csv", changes.export, name="changes-csv"),
    path("cai-cach/", reform.reform, name="reform"),
    path("cai-cach/tep.csv", reform.export, name="reform-csv"),
    path("thu-tuc/", include("haicap.web.portal.procedures.urls")),
    path("", include("haicap.web.portal.law.urls")),
    path("tham-quyen/", include("haicap.web.portal.powers.urls")),
    path("", include("haicap.web.portal.guidance.urls")),
    path("hoi/", include("haicap.web.portal.asking.urls")),
    path("phan-anh/", include("haicap.web.portal.feedback.urls")),
    path("thoi-han/", include("haicap.web.portal.deadlines.urls")),
    path("lich/", include("haicap.web.portal.deadlines.calendar_urls")),
    path("thanh-toan/", include("haicap.web.portal.payments.urls")),
    path("", include("haicap.web.portal.dossiers.urls")),
    path("chuyen-doi/", include("haicap.web.portal.conversions.urls")),
    path("", include("haicap.web.portal.accounts.urls")),
    path("gioi-thieu/", about.about, name="about"),
    path("tiep-can/", about.accessibility, name="accessibility"),
    path("trang-thai/", systems.status, name="status"),
    path("robots.txt", about.robots, name="robots"),
    path("favicon.ico", about.favicon, name="favicon"),
]
