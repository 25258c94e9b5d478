"""Addresses of feedback."""

from __future__ import annotations

from django.urls import path

from haicap.web.portal.feedback import following, publics, replying, sending

urlpatterns = [
    path("", sending.start, name="feedback"),
    path("gui/", sending.about, name="ticket-about"),
    path("gui/bo/", sending.drop, name="ticket-drop"),
    path("gui/nguoi-gui/", sending.sender, name="ticket-sender"),
    path("da-gui/", sending.sent, name="ticket-sent"),
    path("theo-doi/", following.follow, name="ticket-follow"),
    path("theo-doi/xong/", following.leave, name="ticket-leave"),
    path("cua-toi/", following.mine, name="my-tickets"),
    path("cong-khai/", publics.answers, name="public-answers"),
    path("cong-khai/nguon.atom", publics.feed, name="public-answers-feed"),
    path("cong-khai/<str:code>/", publics.answer, name="public-answer"),
    path("so-lieu/", publics.figures, name="feedback-figures"),
    path("so-lieu/phieu.csv", publics.open_data, name="feedback-open-data"),
    path("phieu/<str:code>/", following.ticket, name="ticket"),
    path("phieu/<str:code>/bo-sung/", replying.supply, name="ticket-supply"),
    path("phieu/<str:code>/rut/", replying.withdraw, name="ticket-withdraw"),
    path("phieu/<str:code>/danh-gia/", replying.rate, name="ticket-rate"),
    path("phieu/<str:code>/mo-lai/", replying.reopen, name="ticket-reopen"),
    path("phieu/<str:code>/tep/<uuid:public_id>/", following.file, name="ticket-file"),
]
