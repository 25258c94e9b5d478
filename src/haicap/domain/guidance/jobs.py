"""Việc nền: the packaged pieces are loaded once the documents are there; flags follow the law and the calendar."""

from __future__ import annotations

import logging
from datetime import date, datetime

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.domain.guidance import actions, packaged, queries
from haicap.domain.guidance.actions.reviewing import marks, standing
from haicap.domain.law import queries as law

log = logging.getLogger("haicap.worker")
ACTOR = "system"
_followed: dict[
    str, tuple[date, int, int]
] = {}  # "last": day and states of the registers that flags were written for


def load_packaged(at: datetime) -> int:
    """Load the packaged pieces unless there are some; how many. One transaction, safe to call again."""
    if queries.loaded() or not law.loaded():
        return 0
    try:
        number = actions.load_pieces(pieces=packaged.read(), source="haicap", actor=ACTOR, at=at)
    except Refused as refused:
        if refused.code != "already_loaded":  # another worker was faster
            raise
        return 0
    log.info("guidance: %s pieces loaded", number)
    return number


def follow(at: datetime) -> int:
    """Flags as of today; how many are new or gone. Two small statements when neither day nor law nor pieces changed."""
    if not queries.loaded() or not law.loaded():
        return 0
    on = today(at)
    state = (on, law.generation(), queries.generation())
    if _followed.get("last") == state:
        return 0
    law.corpus.now()
    number = 0
    if marks(on) != set(standing()):
        number = actions.follow_reviews(on=on, actor=ACTOR, at=at)
        log.info("guidance: %s flags new or gone", number)
    _followed["last"] = (on, state[1], queries.generation())
    return number
