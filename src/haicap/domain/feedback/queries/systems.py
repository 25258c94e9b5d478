"""Câu hỏi về hệ thống và sự cố: what works, what does not since when, how long repairs take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from statistics import fmean, median

from django.db.models import Count, Q, QuerySet

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.feedback.models.systems import Incident, IncidentNote, PlannedWork, System
from haicap.domain.feedback.models.tickets import Ticket
from haicap.domain.feedback.queries.system_rows import (
    Figures,
    IncidentLine,
    NoteLine,
    Standing,
    SystemLine,
    WorkLine,
)
from haicap.domain.feedback.uptime.states import (
    UNRESOLVED,
    Cause,
    Impact,
    IncidentState,
    SystemKind,
)

HISTORY = timedelta(days=90)
__all__ = [
    "HISTORY", "Figures", "IncidentLine", "NoteLine", "Standing", "SystemLine", "WorkLine", "figures", "incident", "incidents",
    "loaded", "owner_of", "plans", "public_notes", "standings", "system", "systems", "tickets_of", "unresolved", "working_on",
    "works",
]  # fmt: skip


def loaded() -> bool:
    """Whether there is a list of systems."""
    return System.objects.exists()


def systems(on: date, *, kind: str = "", owner: str = "", unit_uid: str = "") -> list[SystemLine]:
    """Systems of a day: ours, national, ministries', provinces'; each by name."""
    rows = System.objects.filter(valid__contains=on).select_related("unit")
    if kind:
        rows = rows.filter(kind=kind)
    if owner:
        rows = rows.filter(owner=owner)
    if unit_uid:
        rows = rows.filter(unit__uid=unit_uid)
    order = {k.value: n for n, k in enumerate(SystemKind)}
    return sorted(map(_system, rows), key=lambda line: (order[line.kind], line.name))


def system(code: str) -> SystemLine:
    """One system. Refused `not_found`."""
    row = System.objects.select_related("unit").filter(code=code.replace("\0", "")).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có hệ thống này."))
    return _system(row)


def owner_of(code: str) -> str:
    """Kind of the organ that answers for a system; empty when it is unknown."""
    return System.objects.filter(code=code).values_list("owner", flat=True).first() or ""


def plans(on: date) -> list[SystemLine]:
    """Systems that are to be probed on the day."""
    rows = System.objects.filter(valid__contains=on, probe_on=True).select_related("unit")
    return [_system(row) for row in rows.order_by("pk")]


def incident(code: str) -> IncidentLine:
    """One incident with all its notes. Refused `not_found`."""
    row = Incident.objects.select_related("system__unit").filter(code=code.replace("\0", "")).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có sự cố này."))
    return _incident(row, row.notes.all())


def unresolved(system: str, cause: Cause) -> IncidentLine | None:
    """What is open of a system for a cause; the newest."""
    rows = _incidents().filter(system__code=system, cause=cause.value, state__in=list(UNRESOLVED))
    row = rows.first()
    return _incident(row) if row else None


def incidents(
    *,
    system: str = "",
    state: str = "",
    open_only: bool = False,
    since: datetime | None = None,
    limit: int = 500,
) -> list[IncidentLine]:
    """Incidents, newest first."""
    rows = _incidents()
    if system:
        rows = rows.filter(system__code=system)
    if state:
        rows = rows.filter(state=state)
    if open_only:
        rows = rows.filter(state__in=list(UNRESOLVED))
    if since is not None:
        rows = rows.filter(Q(opened_at__gte=since) | Q(resolved_at__gte=since) | Q(resolved_at__isnull=True))
    return [_incident(row) for row in rows[:limit]]


def public_notes(codes: Iterable[str]) -> dict[str, list[NoteLine]]:
    """What people were told of these incidents, oldest first."""
    found: dict[str, list[NoteLine]] = {}
    rows = IncidentNote.objects.filter(incident__code__in=list(codes), public=True).select_related("incident")
    for row in rows:
        found.setdefault(row.incident.code, []).append(_note(row))
    return found


def tickets_of(code: str) -> int:
    """How many tickets are linked to an incident."""
    return Ticket.objects.filter(incident__code=code).count()


def works(at: datetime, *, system: str = "") -> list[WorkLine]:
    """Planned work that is not over yet, the next first."""
    rows = PlannedWork.objects.filter(cancelled_at__isnull=True, until_at__gt=at).select_related("system")
    if system:
        rows = rows.filter(system__code=system)
    return [_work(row) for row in rows.order_by("since_at", "pk")[:200]]


def working_on(system: str, at: datetime) -> bool:
    """Whether planned work is going on: failed checks open no incident then."""
    rows = PlannedWork.objects.filter(cancelled_at__isnull=True, since_at__lte=at, until_at__gt=at)
    return rows.filter(system__code=system).exists()


def standings(at: datetime) -> list[Standing]:
    """All systems of the day with what is open and planned. Three queries."""
    by_system: dict[str, list[IncidentLine]] = {}
    for line in incidents(open_only=True):
        by_system.setdefault(line.system, []).append(line)
    planned: dict[str, list[WorkLine]] = {}
    for work in works(at):
        planned.setdefault(work.system, []).append(work)
    return [
        Standing(line, tuple(by_system.get(line.code, ())), tuple(planned.get(line.code, ())))
        for line in systems(today(at))
    ]


def figures(since: datetime, *, system: str = "") -> Figures:
    """Figures of the incidents opened since then; warnings of certificates are not counted."""
    rows = Incident.objects.exclude(cause=Cause.CERTIFICATE.value)
    if system:
        rows = rows.filter(system__code=system)
    now = rows.aggregate(n=Count("pk", filter=Q(state__in=list(UNRESOLVED))))["n"]
    times = list(rows.filter(opened_at__gte=since).values_list("opened_at", "acknowledged_at", "resolved_at"))
    waited = [(a - o).total_seconds() for o, a, _ in times if a is not None]
    mended = [(r - o).total_seconds() for o, _, r in times if r is not None]
    return Figures(
        len(times), now, len(mended), _span(fmean(waited)) if waited else None, _span(fmean(mended)) if mended else None,
        _span(median(mended)) if mended else None,
    )  # fmt: skip


def _span(seconds: float) -> timedelta:
    return timedelta(seconds=round(seconds))


def _incidents() -> QuerySet[Incident]:
    return Incident.objects.select_related("system__unit").order_by("-opened_at", "-pk")


def _system(row: System) -> SystemLine:
    return SystemLine(
        row.code, row.name, row.name_en, SystemKind(row.kind), row.owner, row.unit.uid if row.unit else "", row.address,
        row.contact, row.valid.lower, row.valid.upper, row.evidence, row.source, row.note, row.probe_on, row.probe_url,
        row.every_minutes, row.timeout_seconds, row.expect_status, row.expect_text, row.certificate_days, row.failures,
        row.calm_minutes, row.version,
    )  # fmt: skip


def _incident(row: Incident, notes: Sequence[IncidentNote] | QuerySet[IncidentNote] = ()) -> IncidentLine:
    return IncidentLine(
        row.code, row.system.code, row.system.name, row.system.name_en, row.system.owner,
        row.system.unit.uid if row.system.unit else "", Cause(row.cause), Impact(row.impact), row.why, row.text,
        IncidentState(row.state), row.owner, row.ticket, row.opened_by, row.opened_at, row.acknowledged_at,
        row.resolved_at, row.reopened, row.write_up, row.version, tuple(map(_note, notes)),
    )  # fmt: skip


def _note(row: IncidentNote) -> NoteLine:
    return NoteLine(row.at, row.actor, row.text, row.public)


def _work(row: PlannedWork) -> WorkLine:
    return WorkLine(
        row.pk, row.system.code, row.system.name, row.system.name_en, row.since_at, row.until_at, row.text
    )
