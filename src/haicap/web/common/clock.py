"""Đồng hồ ở cửa: the clock stays here; the domain is told `at` and `on`."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.http import HttpRequest

from haicap.base import dates


def now() -> datetime:
    """This instant, aware."""
    return datetime.now(tz=UTC)


def today() -> date:
    """This day in Viet Nam."""
    return dates.today(now())


def asked_day(request: HttpRequest, name: str = "ngay") -> date:
    """The day a page is asked about (`?ngay=01/07/2025` or ISO); today when not given.

    Refused `bad_date` for text that is no date.
    """
    text = request.GET.get(name, "").strip()
    return dates.read_date(text) if text else today()
