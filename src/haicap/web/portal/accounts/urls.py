"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from haicap.web.portal.accounts import letters, mine, outside, views

urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign-in"),
    path("dang-nhap/ma/", views.second_factor, name="second-factor"),
    path("dang-nhap/thiet-lap/", views.enrol, name="enrol"),
    path("dang-nhap/qua/<slug:key>/", outside.start, name="identity"),
    path("dang-nhap/qua/<slug:key>/ve/", outside.back, name="identity-back"),
    path("dang-xuat/", views.sign_out, name="sign-out"),
    path("dang-ky/", letters.register, name="register"),
    path("dang-ky/<str:ticket>/", letters.register_link, name="register-link"),
    path("quen-mat-khau/", letters.forgotten, name="forgotten"),
    path("quen-mat-khau/<str:ticket>/", letters.reset_link, name="reset-link"),
    path("tai-khoan/", mine.account, name="account"),
    path("tai-khoan/phien/khac/", mine.end_others, name="end-others"),
    path("tai-khoan/phien/<uuid:public_id>/", mine.end_session, name="end-session"),
    path("tai-khoan/hai-lop/", mine.begin_enrolment, name="begin-enrolment"),
    path("tai-khoan/hai-lop/tat/", mine.drop_factor, name="drop-factor"),
    path("tai-khoan/xoa/", mine.erase, name="erase-account"),
    path("tai-khoan/mat-khau/", mine.change_password, name="password"),
]
