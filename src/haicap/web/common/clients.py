"""Ai đang gọi: the client's network address."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The address of the browser: behind a proxy the one the nearest proxy saw, else that of the connection."""
    if settings.BEHIND_PROXY:
        forwarded = str(request.headers.get("X-Forwarded-For", ""))
        if forwarded:
            return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
