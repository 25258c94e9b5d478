"""Ai đang giữ gì: open tickets by officer, and what a period brought within what an officer may list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from haicap.domain.feedback.models import Ticket
from haicap.domain.feedback.policy import Scope
from haicap.domain.feedback.queries.figures import begin_of
from haicap.domain.feedback.queries.tickets import Asked, counted_parts, page
from haicap.domain.feedback.states import OPEN, State

_OPEN = Q(state__in=sorted(OPEN))


@dataclass(frozen=True, slots=True)
class Load:
    """Open tickets of one officer ("": nobody's); `escalated` were told of one level higher."""

    officer: str
    open: int
    late: int
    soon: int
    escalated: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What was received in a period and what became of it; `late` was or is past its promise."""

    received: int
    answered: int
    in_time: int
    refused: int
    dissatisfied: int
    liked: int
    late: int


def loads(scope: Scope, at: datetime, most: int = 200) -> list[Load]:
    """By officer, the most late first. One statement; for a province one for each part."""
    parts, found = counted_parts(scope), dict[str, Counter[str]]()
    for part in parts:
        rows = _by_officer(part, at)
        for row in rows if len(parts) > 1 else rows[:most]:
            found.setdefault(row.pop("assignee"), Counter()).update(row)
    loads = [Load(who, n["n"], n["late_n"], n["soon_n"], n["up_n"]) for who, n in found.items()]
    return sorted(loads, key=lambda load: (-load.late, -load.open, load.officer))[:most]


def _by_officer(part: Q, at: datetime) -> QuerySet[Any, Any]:
    rows = Ticket.objects.filter(part, _OPEN).values("assignee")
    return rows.annotate(
        n=Count("pk"),
        late_n=Count("pk", filter=Q(due_at__lt=at)),
        soon_n=Count("pk", filter=Q(due_at__gte=at, due_at__lt=at + timedelta(days=2))),
        up_n=Count("pk", filter=Q(escalation__gt=0)),
    ).order_by("-late_n", "-n", "assignee")


def totals(scope: Scope, since: date, until: date, at: datetime) -> Totals:
    """Received on [since, until) within the scope. One statement."""
    settled = Q(answered_at__isnull=False) | Q(state=State.REFUSED)
    found = Ticket.objects.filter(
        scope.rows, received_at__gte=begin_of(since), received_at__lt=begin_of(until)
    ).aggregate(
        received=Count("received_at"),
        answered=Count("received_at", filter=Q(answered_at__isnull=False)),
        in_time=Count("received_at", filter=settled & Q(late=False)),
        refused=Count("received_at", filter=Q(state=State.REFUSED)),
        dissatisfied=Count("received_at", filter=Q(dissatisfied=True)),
        liked=Count("received_at", filter=Q(rating="like")),
        late=Count(
            "received_at", filter=Q(late=True) | (_OPEN & Q(answer_due_at__lt=at, answered_at__isnull=True))
        ),
    )
    return Totals(**found)


def escalated(scope: Scope, at: datetime, most: int = 50) -> Sequence[Ticket]:
    """Open tickets that leaders were told of, the longest overdue first. Two statements."""
    return page(scope, Asked("escalated"), at, size=most).items
