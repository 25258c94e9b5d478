"""Addresses of filing, tracking and checking."""

from __future__ import annotations

from django.urls import path

from haicap.web.portal.dossiers import (
    applicants,
    checking,
    ending,
    papers,
    questions,
    results,
    starting,
    supplementing,
    tracking,
)

urlpatterns = [
    path("nop-ho-so/ban-nhap/", starting.resume, name="draft-resume"),
    path("nop-ho-so/<str:code>/", starting.start, name="file-start"),
    path("nop-ho-so/<str:code>/noi-o/", starting.place, name="file-place"),
    path("nop-ho-so/<str:code>/bat-dau/", starting.begin, name="file-begin"),
    path("khai/<uuid:public_id>/", questions.go_on, name="draft"),
    path("khai/<uuid:public_id>/de-sau/", questions.later, name="draft-later"),
    path("khai/<uuid:public_id>/bo/", questions.drop, name="draft-drop"),
    path("khai/<uuid:public_id>/giay-to/", papers.papers, name="draft-papers"),
    path("khai/<uuid:public_id>/giay-to/<str:code>/", papers.paper, name="draft-paper"),
    path("khai/<uuid:public_id>/tep/<uuid:component>/", papers.download, name="draft-file"),
    path("khai/<uuid:public_id>/tep/<uuid:component>/bo/", papers.remove, name="draft-file-remove"),
    path("khai/<uuid:public_id>/nguoi-nop/", applicants.applicant, name="draft-applicant"),
    path("khai/<uuid:public_id>/xem-lai/", checking.check, name="draft-check"),
    path("khai/<uuid:public_id>/da-nop/", checking.filed, name="draft-filed"),
    path("khai/<uuid:public_id>/cau/<str:key>/", questions.page, name="draft-page"),
    path("tra-cuu-ho-so/", tracking.track, name="track"),
    path("tra-cuu-ho-so/xong/", starting.leave, name="track-leave"),
    path("ho-so-cua-toi/", tracking.mine, name="my-dossiers"),
    path("ho-so/<str:code>/", tracking.dossier, name="dossier"),
    path("ho-so/<str:code>/bo-sung/", supplementing.supply, name="supply"),
    path("ho-so/<str:code>/rut/", ending.withdraw, name="withdraw"),
    path("ho-so/<str:code>/xac-nhan/", ending.prove, name="dossier-prove"),
    path("ho-so/<str:code>/danh-gia/", ending.rate, name="rate"),
    path("ho-so/<str:code>/phieu/<uuid:public_id>/", ending.slip, name="dossier-slip"),
    path("ho-so/<str:code>/ket-qua/<uuid:public_id>/", ending.result, name="dossier-result"),
    path("kiem-tra/<str:key>/", results.check, name="result-check"),
]
