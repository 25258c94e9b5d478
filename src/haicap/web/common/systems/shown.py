"""Bảng trạng thái: each system with its mark, since when, its share of good checks and a drawing of its days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from haicap.base.dates import show_date, today
from haicap.domain.feedback.queries import systems
from haicap.domain.feedback.queries.systems import IncidentLine, SystemLine, WorkLine
from haicap.domain.feedback.uptime.states import Cause, Impact
from haicap.edges.probes import queries as probes
from haicap.edges.probes.queries import DayCount
from haicap.edges.probes.queries import Standing as Probed
from haicap.edges.probes.states import State
from haicap.web.common.systems import words

DAYS = 90
BAR, GAP, HEIGHT = 6, 2, 34


@dataclass(frozen=True, slots=True)
class DayBar:
    """A day of the drawing."""

    x: int
    css: str
    title: str


@dataclass(frozen=True, slots=True)
class Days:
    """A bar a day, oldest first."""

    bars: tuple[DayBar, ...]
    width: int
    height: int
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A system on a page."""

    system: SystemLine
    name: str
    tone: str
    word: str
    since: datetime | None
    incidents: tuple[IncidentLine, ...]
    works: tuple[WorkLine, ...]
    probed: Probed | None
    share: float | None  # of the checks of 90 days, per cent
    days: Days | None

    @property
    def watched(self) -> bool:
        """Whether anything is known of it."""
        return self.system.probe_on or bool(self.incidents) or bool(self.works)

    @property
    def troubled(self) -> bool:
        """Whether people should know."""
        return self.tone in ("late", "warn")


def board(at: datetime) -> list[Line]:
    """Every system of the day. Six queries."""
    standings = systems.standings(at)
    probed = probes.standings(at)
    until = today(at)
    watched = [s.system.code for s in standings if s.system.code in probed]
    days = probes.days(watched, since=until - timedelta(days=DAYS - 1), until=until)
    return [_line(s, probed, days, at) for s in standings]


def _line(
    standing: systems.Standing, probed: Mapping[str, Probed], days: Mapping[str, list[DayCount]], at: datetime
) -> Line:
    code = standing.system.code
    known = probed.get(code) if standing.system.probe_on else None
    tone, word, since = mark(standing, known, at)
    counts = days.get(code, [])
    share = probes.availability(counts)
    return Line(
        standing.system, words.named(standing.system.name, standing.system.name_en), tone, word, since,
        tuple(i for i in standing.incidents if i.cause is not Cause.CERTIFICATE), standing.works, known,
        None if share is None else share * 100, draw(counts) if counts else None,
    )  # fmt: skip


def mark(standing: systems.Standing, probed: Probed | None, at: datetime) -> tuple[str, str, datetime | None]:
    """Tone, word and since when: what people said comes before what the last check said."""
    if any(w.since_at <= at for w in standing.works):
        return "calm", gettext("đang bảo trì"), min(w.since_at for w in standing.works)
    open_now = [i for i in standing.incidents if i.cause is not Cause.CERTIFICATE]
    if open_now:
        worst = next(i for impact in Impact for i in open_now if i.impact is impact)
        return (*words.toned(words.IMPACTS, worst.impact), worst.opened_at)
    if probed is None or probed.state is State.UNKNOWN:
        return "calm", gettext("chưa theo dõi"), None
    if probed.state is State.DOWN:
        return "warn", gettext("đang kiểm tra lại"), probed.since
    return "ok", gettext("hoạt động"), probed.since


def draw(counts: Sequence[DayCount]) -> Days:
    """A bar a day: all good, some failed, most failed, not checked."""
    bars = tuple(DayBar(n * (BAR + GAP), _css(c), _title(c)) for n, c in enumerate(counts))
    bad = sum(1 for c in counts if c.failed)
    label = gettext("%(n)s ngày, %(bad)s ngày có lần thăm dò không đạt") % {"n": len(counts), "bad": bad}
    return Days(bars, len(counts) * (BAR + GAP), HEIGHT, label)


def _css(count: DayCount) -> str:
    if count.share is None:
        return "none"
    if count.failed == 0:
        return "good"
    return "some" if count.share >= 0.9 else "bad"


def _title(count: DayCount) -> str:
    day = show_date(count.on)
    if count.share is None:
        return gettext("%(day)s: không thăm dò") % {"day": day}
    values = {"day": day, "good": count.good, "n": count.good + count.failed}
    return gettext("%(day)s: %(good)s trên %(n)s lần đạt") % values
