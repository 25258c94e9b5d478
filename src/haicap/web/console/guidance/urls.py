"""Addresses of guidance at the console."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.guidance import editing, moving, questions, views

urlpatterns = [
    path("", views.listing, name="guidance"),
    path("moi/", editing.new, name="guidance-new"),
    path("ra-soat/", views.reviews, name="guidance-reviews"),
    path("cau-hoi/", questions.listing, name="guidance-questions"),
    path("cau-hoi/<int:pk>/", questions.one, name="guidance-question"),
    path("<slug:code>/", views.piece, name="guidance-piece"),
    path("<slug:code>/soan/", editing.again, name="guidance-again"),
    path("<slug:code>/<int:number>/", moving.version, name="guidance-version"),
    path("<slug:code>/<int:number>/sua/", editing.edit, name="guidance-edit"),
]
