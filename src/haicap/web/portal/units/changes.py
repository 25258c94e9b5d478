"""Thay đổi giữa hai ngày: which units were born, ended, renamed, changed kind or moved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import show_date
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.units import queries
from haicap.domain.units.timeline import Changes, Register, Version
from haicap.web.common import clock, exports, paging, refusals
from haicap.web.common.memo import Memo
from haicap.web.portal.links import unit_href

KINDS = {
    "moi": gettext_noop("thành lập"),
    "het": gettext_noop("kết thúc"),
    "ten": gettext_noop("đổi tên"),
    "loai": gettext_noop("đổi loại"),
    "chuyen": gettext_noop("chuyển đơn vị cấp trên"),
}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Row:
    """One change: kind (key of KINDS), unit before and after (one of them None for births and ends)."""

    kind: str
    before: Version | None
    after: Version | None

    @property
    def word(self) -> str:
        """The kind in words."""
        return gettext(KINDS[self.kind])

    @property
    def version(self) -> Version:
        """The unit as it is after, or as it was."""
        version = self.after or self.before
        assert version is not None
        return version


@dataclass(frozen=True, slots=True)
class Found:
    """What changed between two dates: all of it in order, and how much of each kind."""

    rows: list[Row]
    counts: dict[str, int]


_FOUND: Memo[Found] = Memo(4)
_FILTERED: Memo[list[Row]] = Memo(8)


def _changes(register: Register, start: date, end: date) -> Found:
    return _FOUND.get(register, (start, end), lambda: _found(register.changes(start, end)))


def _found(changes: Changes) -> Found:
    rows = _rows(changes)
    return Found(rows, Counter(row.kind for row in rows))


def _rows(found: Changes) -> list[Row]:
    rows = [Row("moi", None, v) for v in found.born]
    rows += [Row("het", v, None) for v in found.ended]
    for kind, pairs in (("ten", found.renamed), ("loai", found.kind_changed), ("chuyen", found.moved)):
        rows += [Row(kind, before, after) for before, after in pairs]
    order = {"province": 0, "district": 1, "commune": 2}
    return sorted(
        rows, key=lambda r: (order.get(r.version.tier, 3), list(KINDS).index(r.kind), r.version.sort_key)
    )


def _asked(request: HttpRequest) -> tuple[date, date]:
    today = clock.today()
    end = clock.asked_day(request, "den")
    start = (
        clock.asked_day(request, "tu") if request.GET.get("tu", "").strip() else min(end, today) - 365 * _DAY
    )
    return start, end


def _filtered(register: Register, start: date, end: date, kind: str, tier: str) -> list[Row]:
    rows = _changes(register, start, end).rows
    if not kind and not tier:
        return rows
    return _FILTERED.get(
        register,
        (start, end, kind, tier),
        lambda: [r for r in rows if kind in ("", r.kind) and tier in ("", r.version.tier)],
    )


def _place(register: Register, version: Version | None, day: date) -> str:
    return ", ".join(v.name for v in register.path(version.uid, day)[1:]) if version else ""


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The page: two dates, the counts, the list."""
    today = clock.today()
    values: dict[str, object] = {
        "today": today,
        "tu": request.GET.get("tu", ""),
        "den": request.GET.get("den", ""),
    }
    try:
        start, end = sorted(_asked(request))
        register = queries.register()
        found = _changes(register, start, end)
    except Refused as refused:
        values["error"] = refusals.sentence(refused)
        return render(request, "portal/units/changes.html", values, status=400)
    kind, tier = request.GET.get("loai", ""), request.GET.get("cap", "")
    kind = kind if kind in KINDS else ""
    page = paging.page(request, _filtered(register, start, end, kind, tier))
    shown = []
    for row in page.rows:
        day = end if row.after else start
        shown.append((row, _place(register, row.version, day), unit_href(row.version.code, day, today)))
    values |= {
        "tu": show_date(start),
        "den": show_date(end),
        "page": page,
        "shown": shown,
        "total": len(found.rows),
        "kinds": [(k, gettext(word), found.counts.get(k, 0)) for k, word in KINDS.items()],
        "kind": kind,
        "tier": tier,
    }
    return render(request, "portal/units/changes.html", values)


HEAD = (
    "change",
    "tier",
    "code_before",
    "name_before",
    "within_before",
    "code_after",
    "name_after",
    "within_after",
    "act",
    "clause",
    "evidence",
)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as CSV."""
    start, end = sorted(_asked(request))
    register = queries.register()
    lines = (
        (
            row.kind,
            row.version.tier,
            row.before.code if row.before else "",
            row.before.name if row.before else "",
            _place(register, row.before, start),
            row.after.code if row.after else "",
            row.after.name if row.after else "",
            _place(register, row.after, end),
            row.after.citation.act if row.after else "",
            row.after.citation.clause if row.after else "",
            row.version.evidence,
        )
        for row in _changes(register, start, end).rows
    )
    return exports.csv_response(f"thay-doi-{start.isoformat()}-{end.isoformat()}", HEAD, lines)
