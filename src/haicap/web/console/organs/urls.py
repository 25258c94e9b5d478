"""Addresses of organs, posts and appointments."""

from __future__ import annotations

from django.urls import path

from haicap.web.console.organs import appointing, views

urlpatterns = [
    path("", views.organs, name="organs"),
    path("<int:pk>/", views.organ, name="organ"),
    path("<int:pk>/tep.csv", views.organ_csv, name="organ-csv"),
    path("<int:pk>/vi-tri-moi/", appointing.new_post, name="organ-post"),
    path("<int:pk>/vi-tri/<int:post>/bo-nhiem/", appointing.appoint, name="organ-appoint"),
    path("bo-nhiem/<int:pk>/", views.appointment, name="appointment"),
    path("bo-nhiem/<int:pk>/thoi/", appointing.end, name="organ-appointment-end"),
]
