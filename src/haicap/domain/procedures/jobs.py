"""Việc nền: the packaged catalogue is loaded behind the first page, exports are made after each change.

Every entry may be cut off at any moment and called again: the load is one transaction, a file is moved into place whole.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime

from haicap.base.refused import Refused
from haicap.domain.powers import queries as powers
from haicap.domain.powers.conditions import written
from haicap.domain.powers.packaged import read as packaged_powers
from haicap.domain.procedures import actions, events, queries
from haicap.domain.procedures.formats import FORMS
from haicap.domain.procedures.packaged.catalogue import packaged_catalogue
from haicap.domain.procedures.packaged.helps import packaged_life_events, packaged_synonyms

log = logging.getLogger("haicap.worker")
ACTOR = "system"
CHANGING = (
    events.CATALOGUE_LOADED.name,
    events.VERSION_PUBLISHED.name,
    events.VERSION_REPEALED.name,
)


def load_packaged(at: datetime) -> int:
    """Load the packaged catalogue unless there is one; how many procedures were loaded. Some seconds, once."""
    if queries.loaded():
        return 0
    began = time.monotonic()
    package = packaged_catalogue()
    log.info("procedures: %s rows read, writing them", len(package.proposals))
    for bad in package.refused:
        log.warning("procedures: line %s (%s) refused: %s", bad.line, bad.code, bad.problem)
    try:
        number = actions.load_catalogue(
            actor=ACTOR,
            at=at,
            package=package,
            life_events=packaged_life_events(),
            synonyms=packaged_synonyms(),
        )
    except Refused as refused:
        if refused.code != "already_loaded":  # another worker was faster
            raise
        return 0
    log.info("procedures: %s loaded in %.1f s", number, time.monotonic() - began)
    return number


def load_powers(at: datetime) -> int:
    """Load which powers procedures exercise, once catalogue and powers are there; how many lines. Safe to call again."""
    if queries.powers_loaded() or not queries.loaded() or not powers.loaded():
        return 0
    lines = [
        actions.ExerciseLine(
            p.procedure, p.power, p.role, written(p.condition), p.evidence, p.source, p.note
        )
        for p in packaged_powers().procedures
    ]  # fmt: skip
    try:
        number = actions.load_powers(lines=lines, source="haicap", actor=ACTOR, at=at)
    except Refused as refused:
        if refused.code != "already_loaded":  # another worker was faster
            raise
        return 0
    log.info("procedures: %s powers exercised loaded", number)
    return number


def prepare_exports(event_id: int) -> None:
    """After a change: the files of the whole catalogue, before somebody waits for them (a delivery of CHANGING)."""
    for form in FORMS:
        queries.prepared_export(form)
