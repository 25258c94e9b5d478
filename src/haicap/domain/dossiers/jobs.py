"""Việc nền: copies of due instants follow the calendar, old drafts go, identifiers are loaded once."""

from __future__ import annotations

import logging
from datetime import datetime

from haicap.domain.deadlines import events as deadlines
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.packaged import SOURCE, identifiers
from haicap.domain.units import queries as units
from haicap.kernel.ledger import queries as ledger

log = logging.getLogger("haicap.dossiers")

ACTOR = "system"
WAKING = (deadlines.RECOMPUTED.name,)


def follow_calendar(event_id: int) -> None:
    """After a recompute: copy what it moved (a delivery of WAKING)."""
    event = ledger.event(event_id)
    _follow(int(event.data["generation"]), event.at)


def _follow(generation: int, at: datetime) -> None:
    moved = 0
    while found := actions.follow_calendar(generation=generation, actor=ACTOR, at=at):
        moved += found
    log.info("dossiers: %s follow the calendar", moved)


def catch_up(at: datetime) -> None:
    """Those that were in somebody's hands when the others followed the calendar."""
    for generation in queries.lately_recomputed(at):
        if queries.behind(generation):
            _follow(generation, at)


def expire_drafts(at: datetime) -> None:
    """Drafts nobody touched for 30 days go, piece by piece."""
    while actions.expire_drafts(actor=ACTOR, at=at) >= 1000:
        pass


def agencies_loaded() -> bool:
    """Whether units have identifiers."""
    return queries.has_agencies()


def load_agencies(at: datetime) -> int:
    """Identifiers of today's provinces and communes, unless they have one; how many were new."""
    return actions.load_agencies(
        identifiers=identifiers(units.register(), at), source=SOURCE, actor=ACTOR, at=at
    )
