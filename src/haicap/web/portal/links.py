"""Đường dẫn tới trang của đơn vị: a code alone names nobody, so links carry the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from haicap.domain.units.timeline import HORIZON, Version


def day_query(on: date, today: date) -> str:
    """ "?ngay=2025-06-30", empty for today."""
    return "" if on == today else f"?ngay={on.isoformat()}"


@lru_cache(maxsize=8)
def _unit_page(language: str | None, prefix: str) -> tuple[str, str]:
    """What stands before and after the code in the address of a unit's page (a page links to hundreds of them)."""
    before, _, after = reverse("portal:unit", args=["CODE"]).partition("CODE")
    return before, after


def unit_href(code: str, on: date, today: date) -> str:
    """Page of whoever holds `code` on the day; empty for units without a code."""
    if not code:
        return ""
    before, after = _unit_page(get_language(), get_script_prefix())
    return f"{before}{code}{after}{day_query(on, today)}"


def leading(on: date, today: date) -> Callable[[Version], str]:
    """Where a unit of the day leads, as drawings ask for it."""
    return lambda version: unit_href(version.code, on, today)


def version_day(version: Version, today: date) -> date:
    """A day on which this version was in force: today when it still is, else its last day."""
    if today in version.span:
        return today
    if version.span.end is not None and version.span.end <= today:
        return version.span.end - timedelta(days=1)
    return version.span.start or HORIZON


def version_href(version: Version, today: date) -> str:
    """Page of this version of a unit."""
    return unit_href(version.code, version_day(version, today), today)
