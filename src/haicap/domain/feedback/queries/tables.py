"""Bảng phân luồng và lịch trực trong bộ nhớ: read whole, kept until their head moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from haicap.base.dates import Span
from haicap.base.kept import Kept
from haicap.base.text import fold
from haicap.domain.feedback.models import Absence, Duty, Force, Route
from haicap.domain.feedback.routing import Rule

RouteRow = Route  # the name doors know these rows by


@dataclass(frozen=True, slots=True)
class DutyRow:
    """An officer on duty on the days of `span`."""

    pk: int
    officer: str
    span: Span


@dataclass(frozen=True, slots=True)
class ForceRow:
    """A standing unit with its roster; `fields` folded, empty: everything."""

    pk: int
    code: str
    name: str
    organ: int
    fields: tuple[str, ...]
    phone: str
    span: Span
    version: int
    duties: tuple[DutyRow, ...]

    def answers_for(self, field: str, on: date) -> bool:
        """Whether it takes a matter of this field on the day."""
        return on in self.span and (not self.fields or any(fold(field).startswith(f) for f in self.fields))


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything a routing asks."""

    generation: int
    rules: tuple[Rule, ...]
    forces: Mapping[int, Sequence[ForceRow]]  # by organ
    absences: Mapping[str, Sequence[tuple[Span, str]]]  # officer → (days, stand-in)

    def present(self, officer: str, on: date) -> str:
        """The officer, or whoever stands in on the day; "" when away without anybody. Stand-ins are followed thrice."""
        for _ in range(4):
            away = next((stand_in for span, stand_in in self.absences.get(officer, ()) if on in span), None)
            if away is None:
                return officer
            officer = away
            if not officer:
                return ""
        return ""

    def on_duty(self, organ: int, field: str, on: date) -> tuple[ForceRow | None, tuple[str, ...]]:
        """The force of an organ that takes the field, and who of it answers on the day, nobody twice."""
        force = next((f for f in self.forces.get(organ, ()) if f.answers_for(field, on)), None)
        if force is None:
            return None, ()
        here = (self.present(duty.officer, on) for duty in force.duties if on in duty.span)
        return force, tuple(dict.fromkeys(officer for officer in here if officer))


def generation() -> int:
    """Grows with every change of routes and rosters; 0 before they are loaded."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT generation FROM feedback_routeshead")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def loaded() -> bool:
    """Whether there is a routing table."""
    return generation() > 0


def routes() -> QuerySet[Route]:
    """Every line of the routing table, ended ones too, as they are tried: a province's own before the nation's."""
    return Route.objects.select_related("province").order_by("province__uid", "place", "code")


def span_of(valid: object) -> Span:
    """A database range as a span of days."""
    return Span(getattr(valid, "lower", None), getattr(valid, "upper", None))


def _read(state: Hashable) -> Tables:
    rules = tuple(
        Rule(
            r.code, tuple(r.organs), r.kind, r.level, r.province.uid if r.province else "", r.procedure, r.field,
            span_of(r.valid), r.place,
        )
        for r in Route.objects.select_related("province").order_by("place", "code")
    )  # fmt: skip
    duties: dict[int, list[DutyRow]] = defaultdict(list)
    for duty in Duty.objects.filter(ended_at__isnull=True).order_by("days", "pk"):
        duties[duty.force_id].append(DutyRow(duty.pk, duty.officer, span_of(duty.days)))
    forces: dict[int, list[ForceRow]] = defaultdict(list)
    for f in Force.objects.order_by("code"):
        forces[f.organ_id].append(
            ForceRow(
                f.pk,
                f.code,
                f.name,
                f.organ_id,
                tuple(fold(x) for x in f.fields),
                f.phone,
                span_of(f.valid),
                f.version,
                tuple(duties[f.pk]),
            )
        )
    # those for a field before those for everything
    ordered = {organ: sorted(rows, key=lambda f: (not f.fields, f.code)) for organ, rows in forces.items()}
    absences: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for a in Absence.objects.filter(ended_at__isnull=True).order_by("-pk"):
        absences[a.officer].append((span_of(a.days), a.stand_in))
    return Tables(int(str(state)), rules, ordered, absences)


tables: Kept[Tables] = Kept(generation, _read)
