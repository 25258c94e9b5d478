"""Addresses of handbook, answers and notices."""

from __future__ import annotations

from django.urls import path

from haicap.web.portal.guidance import files, views

urlpatterns = [
    path("cam-nang/", views.book, name="guidance"),
    path("cam-nang/in/", views.book_on_paper, name="guidance-print"),
    path("cam-nang/cam-nang.<str:form>", files.book_file, name="guidance-file"),
    path("cam-nang/<slug:code>/", views.chapter, name="guidance-chapter"),
    path("hoi-dap/", views.answers, name="guidance-answers"),
    path("hoi-dap/<slug:code>/", views.answer, name="guidance-answer"),
    path("thong-bao/", views.notices, name="guidance-notices"),
    path("thong-bao/<slug:code>/", views.notice, name="guidance-notice"),
]
