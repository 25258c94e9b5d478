"""Câu hỏi về thăm dò: how a system stands, its last checks, its days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from haicap.edges.probes.models import Check, Day, Watch
from haicap.edges.probes.states import State, Why

STALE = timedelta(hours=3)  # what was not checked for so long is not known


@dataclass(frozen=True, slots=True)
class Standing:
    """A system by its last check."""

    state: State
    since: datetime | None
    last_at: datetime | None
    ms: int
    why: Why
    detail: str
    streak: int
    certificate_until: datetime | None


@dataclass(frozen=True, slots=True)
class DayCount:
    """Checks of a day; `share` as expected, None without any."""

    on: date
    good: int
    failed: int
    ms: int  # mean of the good ones
    slowest: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1."""
        number = self.good + self.failed
        return self.good / number if number else None


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check."""

    at: datetime
    why: Why
    detail: str
    ms: int


def standings(at: datetime) -> Mapping[str, Standing]:
    """All systems that were ever probed, by code."""
    return {row.system: _standing(row, at) for row in Watch.objects.all()}


def standing(system: str, at: datetime) -> Standing | None:
    """One of them."""
    row = Watch.objects.filter(pk=system).first()
    return _standing(row, at) if row else None


def days(systems: Iterable[str], *, since: date, until: date) -> Mapping[str, list[DayCount]]:
    """Per system every day of [since, until], those without checks too."""
    span = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    rows = Day.objects.filter(system__in=list(systems), on__range=(since, until))
    known: dict[str, dict[date, Day]] = {}
    for row in rows:
        known.setdefault(row.system, {})[row.on] = row
    return {system: [_day(of.get(on), on) for on in span] for system, of in known.items()}


def availability(counts: Iterable[DayCount]) -> float | None:
    """The share of all checks of some days that came out as expected."""
    good = failed = 0
    for count in counts:
        good, failed = good + count.good, failed + count.failed
    return good / (good + failed) if good + failed else None


def checks(system: str, limit: int = 50) -> list[CheckLine]:
    """The last checks, newest first; those of a week are kept."""
    rows = Check.objects.filter(system=system).order_by("-at", "-pk")[:limit]
    return [CheckLine(row.at, Why(row.why), row.detail, row.ms) for row in rows]


def _standing(row: Watch, at: datetime) -> Standing:
    known = row.last_at is not None and at - row.last_at < STALE
    return Standing(
        State(row.state) if known else State.UNKNOWN, row.since if known else None, row.last_at, row.ms, Why(row.why),
        row.detail, row.streak, row.certificate_until,
    )  # fmt: skip


def _day(row: Day | None, on: date) -> DayCount:
    if row is None:
        return DayCount(on, 0, 0, 0, 0)
    return DayCount(on, row.good, row.failed, row.ms // row.good if row.good else 0, row.slowest)
