"""Việc nền: the routing table is loaded once, clocks follow the calendar, late tickets go up, ended organs let go."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.domain.deadlines import events as deadlines
from haicap.domain.dossiers import queries as dossiers
from haicap.domain.feedback import actions, queries
from haicap.domain.feedback.packaged import routes
from haicap.domain.units import queries as units
from haicap.kernel.ledger import queries as ledger

log = logging.getLogger("haicap.feedback")

ACTOR = "system"
WAKING = (deadlines.RECOMPUTED.name,)


def load_packaged(at: datetime) -> None:
    """The starting routing table, once the units are there."""
    if not queries.loaded() and units.loaded():
        actions.load_routes(rows=routes(), actor=ACTOR, at=at)


def follow_calendar(event_id: int) -> None:
    """After a recompute: copy what it moved (a delivery of WAKING)."""
    event = ledger.event(event_id)
    _follow(int(event.data["generation"]), event.at)


def _follow(generation: int, at: datetime) -> None:
    moved = 0
    while found := actions.follow_calendar(generation=generation, actor=ACTOR, at=at):
        moved += found
    log.info("feedback: %s tickets follow the calendar", moved)


def catch_up(at: datetime) -> None:
    """Those that were in somebody's hands when the others followed the calendar."""
    for generation in dossiers.lately_recomputed(at):
        if queries.behind(generation):
            _follow(generation, at)


def escalate(at: datetime) -> int:
    """Late tickets one level up, each in its own transaction; how many."""
    return sum(_tried(actions.escalate, code, at) for code in queries.overdue(at))


def leave_ended_organs(at: datetime) -> int:
    """Open tickets of organs that do not exist today go to whoever follows them; how many."""
    return sum(_tried(actions.move_from_ended, code, at) for code in queries.orphans(today(at)))


def _tried(verb: Callable[..., object], code: str, at: datetime) -> bool:
    """Whether a verb took the ticket; somebody may have been faster, and one that cannot does not hold up the others."""
    try:
        verb(code=code, actor=ACTOR, at=at)
    except Refused as refused:
        if refused.code != "not_now":
            log.warning("feedback: %s: %s", code, refused)
        return False
    return True


def sweep(at: datetime) -> None:
    """Counts of senders of hours gone by."""
    if queries.old_sources(at):
        actions.forget_sources(actor=ACTOR, at=at)
