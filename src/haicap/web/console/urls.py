"""Addresses of the console."""

from __future__ import annotations

from django.urls import include, path

from haicap.web.console.home import views as home

app_name = "console"
urlpatterns = [
    path("", home.home, name="home"),
    path("van-ban/", include("haicap.web.console.acts.urls")),
    path("co-quan/", include("haicap.web.console.organs.urls")),
    path("can-bo/", include("haicap.web.console.officers.urls")),
    path("so-ghi/", include("haicap.web.console.ledger.urls")),
    path("chuyen-doi/", include("haicap.web.console.conversions.urls")),
    path("lich/", include("haicap.web.console.calendars.urls")),
    path("phap-luat/", include("haicap.web.console.law.urls")),
    path("thu-tuc/", include("haicap.web.console.procedures.urls")),
    path("phan-anh/", include("haicap.web.console.feedback.urls")),
    path("tro-ly/", include("haicap.web.console.asking.urls")),
    path("phan-luong/", include("haicap.web.console.feedback.routing_urls")),
    path("tham-quyen/", include("haicap.web.console.powers.urls")),
    path("bai-viet/", include("haicap.web.console.guidance.urls")),
    path("thu-den/", include("haicap.web.console.mail.urls")),
    path("he-thong/", include("haicap.web.console.systems.urls")),
    path("tin-gui-di/", include("haicap.web.console.notices.urls")),
    path("so-dang-ky/", include("haicap.web.console.registers.urls")),
]
