"""Trạng thái của sự cố, loại hệ thống. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop


class SystemKind(StrEnum):
    """Loại hệ thống thông tin."""

    OWN = "own"  # this platform
    NATIONAL = "national"
    MINISTRY = "ministry"
    PROVINCE = "province"
    OTHER = "other"


class Cause(StrEnum):
    """Vì sao có sự cố: by which rule, or by hand."""

    PROBE = "probe"  # so many checks failed in a row
    CERTIFICATE = "certificate"  # its certificate ends soon
    HAND = "hand"


class Impact(StrEnum):
    """Mức ảnh hưởng, nặng trước."""

    DOWN = "down"  # nobody can work with it
    DEGRADED = "degraded"  # slow, or a part of it
    WARNING = "warning"  # works still


class IncidentState(StrEnum):
    """Trạng thái sự cố."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"  # somebody works on it
    RESOLVED = "resolved"


class IncidentVerb(StrEnum):
    """Việc làm với sự cố."""

    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    WRITE_UP = "write_up"


BY_RULE = (Cause.PROBE, Cause.CERTIFICATE)
UNRESOLVED = (IncidentState.OPEN, IncidentState.ACKNOWLEDGED)
SUCCESSES = 2  # good checks in a row that end an outage
SEVERITY = {impact: n for n, impact in enumerate(Impact)}
MOVES: Mapping[IncidentVerb, tuple[frozenset[IncidentState], IncidentState | None]] = {
    IncidentVerb.ACKNOWLEDGE: (frozenset({IncidentState.OPEN}), IncidentState.ACKNOWLEDGED),
    IncidentVerb.NOTE: (frozenset(IncidentState), None),
    IncidentVerb.RESOLVE: (frozenset(UNRESOLVED), IncidentState.RESOLVED),
    IncidentVerb.REOPEN: (frozenset({IncidentState.RESOLVED}), IncidentState.OPEN),
    IncidentVerb.WRITE_UP: (frozenset({IncidentState.RESOLVED}), None),
}


def move(state: str, verb: IncidentVerb) -> IncidentState:
    """The state after `verb`. Refused `not_now`."""
    origin, to = MOVES[verb]
    current = IncidentState(state)
    if current not in origin:
        raise Refused(
            "not_now",
            gettext_noop(
                "Sự cố không còn ở bước làm được việc này. Xin tải lại trang để xem trạng thái hiện nay."
            ),
        )
    return to or current


def possible(state: str) -> frozenset[IncidentVerb]:
    """Verbs the state allows."""
    return frozenset(verb for verb, (origin, _to) in MOVES.items() if IncidentState(state) in origin)


def flapping(resolved_after: timedelta, calm_minutes: int) -> bool:
    """Whether an outage so soon after the last one is the same one."""
    return resolved_after <= timedelta(minutes=calm_minutes)
