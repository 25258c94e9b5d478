"""Trang nói về chính hệ thống."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from haicap.domain.units.timeline import HORIZON


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the site is, what its facts rest on, what is doubtful."""
    return render(request, "portal/about/about.html", {"horizon": HORIZON})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done for accessibility, what is known to fall short, whom to tell."""
    return render(request, "portal/about/accessibility.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read public pages; results of conversions and accounts are nobody's business."""
    names = ("portal:conversions", "portal:account", "portal:sign-in", "portal:ask", "portal:ticket-about")
    private = [*(reverse(name) for name in names), "/quan-tri/"]
    paths = [language + path for path in private for language in ("", "/en")]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in paths), f"# {settings.SITE_URL}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers that ask at the old place."""
    return redirect(static("haicap/favicon.svg"))
