"""Addresses of the register of powers at the console."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.powers import answers, board, correcting, entering, overviews, views

urlpatterns = [
    path("", views.listing, name="powers"),
    path("tep.xlsx", views.listing_xlsx, name="power-xlsx"),
    path("nhap/", entering.table, name="power-enter"),
    path("nhap/mau.xlsx", entering.template, name="power-template"),
    path("phat-hien/", board.board, name="power-board"),
    path("phat-hien/tep.xlsx", board.board_xlsx, name="power-board-xlsx"),
    path("phat-hien/giay.pdf", board.board_pdf, name="power-board-pdf"),
    path("phat-hien/<int:pk>/", board.finding, name="power-finding"),
    path("phat-hien/<int:pk>/quyet-dinh/", board.decide, name="power-decide"),
    path("phat-hien/<int:pk>/mo-lai/", board.reopen, name="power-reopen"),
    path("het-han/", overviews.cliff, name="power-cliff"),
    path("theo-cap/", overviews.matrix, name="power-matrix"),
    path("giao-viec/", overviews.delegations, name="power-delegations"),
    path("ro-nguoi-ro-viec/", overviews.inside, name="power-inside"),
    path("khao-sat/", answers.survey, name="power-survey"),
    path("khao-sat/tep.xlsx", answers.survey_xlsx, name="power-survey-xlsx"),
    path("quy-dinh/<str:code>/", views.history, name="power-assertion"),
    path("quy-dinh/<str:code>/sua/", correcting.correct, name="power-correct"),
    path("quy-dinh/<str:code>/bo/", correcting.withdraw, name="power-withdraw"),
    path("<str:code>/", views.power, name="power"),
]
