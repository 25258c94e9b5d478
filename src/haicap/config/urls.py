"""Addresses: which door answers where. Vietnamese pages have no prefix, English ones live under /en/."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from haicap.web.common import health

urlpatterns = [
    path("suc-khoe/song", health.live, name="live"),
    path("suc-khoe/san-sang", health.ready, name="ready"),
    path("api/v1/", include("haicap.web.api.urls")),
    *i18n_patterns(
        path("", include("haicap.web.portal.urls")),
        path("ban-lam-viec/", include("haicap.web.desk.urls")),
        path("quan-tri/", include("haicap.web.console.urls")),
        prefix_default_language=False,
    ),
]
handler404 = "haicap.web.common.errors.not_found"
handler403 = "haicap.web.common.errors.forbidden"
handler400 = "haicap.web.common.errors.bad_request"
handler500 = "haicap.web.common.errors.server_error"
