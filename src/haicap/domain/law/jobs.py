"""Việc nền: the packaged register of documents is loaded behind the first page, once the units are there."""

from __future__ import annotations

import logging
from datetime import datetime

from haicap.base.refused import Refused
from haicap.domain.law import actions, packaged, queries
from haicap.domain.units import queries as units

log = logging.getLogger("haicap.worker")
ACTOR = "system"


def load_packaged(at: datetime) -> int:
    """Load the packaged documents unless there are some; how many. One transaction, safe to call again."""
    if queries.loaded() or not units.loaded():
        return 0
    try:
        number = actions.load_register(tables=packaged.read(), source="haicap", actor=ACTOR, at=at)
    except Refused as refused:
        if refused.code != "already_loaded":  # another worker was faster
            raise
        return 0
    log.info("law: %s documents loaded", number)
    return number
