"""Việc nền: the packaged register is loaded once law and units are there; findings follow every change."""

from __future__ import annotations

import logging
from datetime import datetime

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.domain.law import events as law_events
from haicap.domain.law import places
from haicap.domain.law import queries as law
from haicap.domain.powers import actions, events, packaged, queries
from haicap.domain.powers.conditions import written
from haicap.domain.powers.formats.rows import AssertionLine, PowerLine
from haicap.kernel.ledger import queries as ledger

log = logging.getLogger("haicap.worker")
ACTOR = "system"
CHANGING = (
    events.LOADED.name,
    events.ENTERED.name,
    events.CORRECTED.name,
    events.WITHDRAWN.name,
    law_events.LOADED.name,
    law_events.ENTERED.name,
    law_events.DOCUMENT_CORRECTED.name,
    law_events.RELATION_WITHDRAWN.name,
)


def load_packaged(at: datetime) -> int:
    """Load the packaged powers unless there are some; how many assertions. One transaction, safe to call again."""
    if queries.loaded() or not law.loaded():
        return 0
    powers, assertions = packaged_lines()
    try:
        number = actions.load_register(
            powers=powers, assertions=assertions, source="haicap", actor=ACTOR, at=at
        )
    except Refused as refused:
        if refused.code != "already_loaded":  # another worker was faster
            raise
        return 0
    log.info("powers: %s assertions loaded", number)
    return number


def packaged_lines() -> tuple[list[PowerLine], list[AssertionLine]]:
    """The packaged tables as lines of an entry."""
    tables = packaged.read()
    powers = [
        PowerLine(
            p.code, p.name, p.level, p.sort, p.name_en, p.field, {k: _values(v) for k, v in p.attributes.items()},
            p.owner, p.evidence, p.source, p.note,
        )
        for p in tables.powers
    ]  # fmt: skip
    lines = [
        AssertionLine(
            power=a.power, role=a.role, organ=a.organ, level=a.level, id=a.id, unit=a.unit,
            condition=written(a.condition), since=a.since, until=a.until, mode=a.mode, parent=a.parent,
            document=a.document, place=places.read(a.place) if a.place else "", citation=a.citation, reading=a.reading,
            no_fallback=a.no_fallback, added_days=a.added_days, added_papers=a.added_papers, evidence=a.evidence,
            source=a.source, note=a.note,
        )
        for a in tables.assertions
    ]  # fmt: skip
    return powers, lines


def _values(domain: tuple[str, ...] | packaged.Span) -> list[str] | list[int]:
    return [domain.lo, domain.hi] if isinstance(domain, packaged.Span) else list(domain)


def follow(event_id: int) -> None:
    """After a change of powers or law (a delivery of CHANGING): the cases are kept in step."""
    catch_up(ledger.event(event_id).at)


def catch_up(at: datetime) -> int:
    """Reckon anew if anything changed since the last time; how many cases are new. Safe to call again."""
    if not queries.loaded() or not queries.stale(today(at)):
        return 0
    new, gone = actions.check_register(actor=ACTOR, at=at)
    log.info("powers: %s new findings, %s gone", new, gone)
    return new
