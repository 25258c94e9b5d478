"""Số liệu xử lý phản ánh: by organ, over days, drawn; and the open data without personal text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from haicap.domain.feedback import policy, queries
from haicap.domain.feedback.queries import OrganFigures
from haicap.domain.units import queries as units
from haicap.domain.units.queries import OrganRow
from haicap.web.common import clock, exports, paging
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate

MOST = 5_000
ROWS = 50
HEAD = (
    "organ", "kind", "unit", "received", "open", "overdue", "answered", "in_time", "refused", "liked", "dissatisfied",
    "median_days",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """Days [since, last], both counted, and a province (uid) or the whole nation ("")."""

    since: date
    last: date
    province: str

    @property
    def until(self) -> date:
        """The day after the last."""
        return self.last + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """An organ with its figures; `others` were answered late."""

    organ: OrganRow | None
    n: OrganFigures

    @property
    def name(self) -> str:
        """Its name today, or the one it bore."""
        return self.organ.name if self.organ else str(self.n.organ)

    @property
    def late(self) -> int:
        """Answered late, or open past the promise."""
        return self.n.answered - self.n.in_time + self.n.overdue

    @property
    def percent(self) -> int | None:
        """Answered in time, of those answered."""
        share = self.n.share_in_time
        return None if share is None else round(100 * share)


def _asked(request: HttpRequest, officer: Officer) -> Asked:
    """`?tu=`, `den`: this year when not told; `tinh`: a province, "vn" all, else one's own where one is a province's."""
    days = (
        clock.asked_day(request, "tu")
        if frame.word(request, "tu", 20)
        else officer.on.replace(month=1, day=1)
    )
    last = clock.asked_day(request, "den")
    own = policy.scope_of(officer.posts).province
    province = frame.word(request, "tinh", 40) or own
    known = units.register().version(province, officer.on) if province != "vn" and province else None
    return Asked(min(days, last), max(days, last), known.uid if known and known.tier == "province" else "")


def _lines(asked: Asked, officer: Officer) -> list[Line]:
    found = queries.by_organ(asked.since, asked.until, officer.at, province=asked.province, most=MOST)
    names = units.organs_named([n.organ for n in found], officer.on)
    return [Line(names.get(n.organ), n) for n in found]


@require_safe
@gate()
def overview(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """What was received between two days and what became of it, by the organ that holds or answered it."""
    asked = _asked(request, officer)
    lines = _lines(asked, officer)
    received = sum(line.n.received for line in lines)
    answered = sum(line.n.answered for line in lines)
    in_time = sum(line.n.in_time for line in lines)
    late = sum(line.late for line in lines)
    values = {
        "asked": asked, "page": paging.page(request, lines, ROWS), "most": max((line.n.received for line in lines), default=0),
        "provinces": [(v.uid, v.name) for v in units.register().provinces(officer.on)],
        "received": received, "answered": answered, "in_time": in_time, "late": late,
        "dissatisfied": sum(line.n.dissatisfied for line in lines), "liked": sum(line.n.liked for line in lines),
        "percent": round(100 * in_time / answered) if answered else None, "query": request.GET.urlencode(),
    }  # fmt: skip
    return frame.show(request, officer, "feedback/figures", values)


@require_safe
@gate()
def overview_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The same as CSV."""
    return exports.csv_response("so-lieu-phan-anh", HEAD, _cells(_lines(_asked(request, officer), officer)))


def _cells(lines: Iterable[Line]) -> Iterable[Sequence[object]]:
    for line in lines:
        n, days = line.n, line.n.days
        yield (
            line.name, line.organ.kind if line.organ else "", line.organ.unit_uid if line.organ else "", n.received, n.open,
            n.overdue, n.answered, n.in_time, n.refused, n.liked, n.dissatisfied, "" if days is None else round(days, 2),
        )  # fmt: skip


@require_safe
@gate()
def open_data_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Every ticket received between the days as codes and days: no names, no texts, no telephone numbers."""
    asked = _asked(request, officer)
    return exports.csv_response(
        "phan-anh-du-lieu-mo", queries.OPEN_COLUMNS, queries.open_data(asked.since, asked.until)
    )
