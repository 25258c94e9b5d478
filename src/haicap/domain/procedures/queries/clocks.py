"""Đồng hồ công bố: which decisions came, and were made public, in time, and who is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from haicap.domain.deadlines import queries as deadlines
from haicap.domain.deadlines.reckoning import Calendar
from haicap.domain.procedures.models import LocalInstance, ProcedureVersion
from haicap.domain.procedures.rules import (
    Clock,
    Publisher,
    Standing,
    decision_clock,
    showing_clock,
)
from haicap.domain.procedures.states import STANDING

LATE = (Standing.LATE, Standing.OVERDUE)


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """A published version or instance with its two clocks.

    who       ministry (kind of organ) or province (uid)
    decision  announced in time before its basis takes effect; shown: made public in time after the decision
    """

    pk: int
    code: str
    name: str
    publisher: Publisher
    who: str
    number: str
    organ: str
    decided_on: date
    basis_from: date | None
    decision: Clock
    shown: Clock

    @property
    def late(self) -> bool:
        """Whether either clock was missed."""
        return self.decision.standing in LATE or self.shown.standing in LATE


def publications(
    on: date, *, calendar: Calendar | None = None, since: date | None = None, who: str = ""
) -> tuple[PublicationRow, ...]:
    """Everything published by a decision up to `on`, newest decision first. Records without decision have no clock.

    calendar  the working calendar, the one of the deadlines room when left out; days beyond it stand as UNKNOWN
    since     only decisions of that day or later; who: one ministry or province
    """
    decided = Q(state__in=list(STANDING), decision_on__isnull=False, decision_on__lte=on)
    if since is not None:
        decided &= Q(decision_on__gte=since)
    versions = ProcedureVersion.objects.filter(decided).select_related("procedure").defer("content")
    instances = LocalInstance.objects.filter(decided).select_related("procedure", "province").defer("content")
    calendar = calendar or deadlines.calendar()
    rows = [
        *(_row(v, v.name, Publisher.MINISTRY, v.ministry, on, calendar) for v in versions),
        *(_row(i, _code(i), Publisher.PROVINCE, i.province.uid, on, calendar) for i in instances),
    ]
    return _sorted(row for row in rows if not who or row.who == who)


def _code(row: LocalInstance) -> str:
    return f"{row.procedure.code}.{row.suffix}"


def _sorted(rows: Iterable[PublicationRow]) -> tuple[PublicationRow, ...]:
    return tuple(sorted(rows, key=lambda r: (r.decided_on, r.code), reverse=True))


def _row(
    row: ProcedureVersion | LocalInstance,
    name: str,
    publisher: Publisher,
    who: str,
    on: date,
    calendar: Calendar,
) -> PublicationRow:
    decision = row.decision
    assert decision is not None  # the filter asked for one
    code = _code(row) if isinstance(row, LocalInstance) else row.procedure.code
    return PublicationRow(
        row.pk, code, name, publisher, who, decision.number, decision.organ, decision.on, decision.basis_from,
        decision_clock(publisher, decision, calendar), showing_clock(publisher, decision, row.shown_on, on, calendar),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LateRow:
    """Who is late: how many decisions, how many of them missed a clock."""

    who: str
    publisher: Publisher
    decisions: int
    late_decisions: int
    late_showings: int


def late(rows: Iterable[PublicationRow]) -> tuple[LateRow, ...]:
    """Sums by ministry and province, the latest first; those in time throughout are there too."""
    by: dict[tuple[Publisher, str], list[PublicationRow]] = {}
    for row in rows:
        by.setdefault((row.publisher, row.who), []).append(row)
    found = [
        LateRow(
            who,
            publisher,
            len(own),
            sum(r.decision.standing in LATE for r in own),
            sum(r.shown.standing in LATE for r in own),
        )
        for (publisher, who), own in by.items()
    ]
    return tuple(sorted(found, key=lambda r: (-(r.late_decisions + r.late_showings), r.who)))
