"""Việc nền: the index follows the catalogue, so that nobody who asks waits for it."""

from __future__ import annotations

from haicap.domain.procedures import events
from haicap.edges.assistant.facts import facts

CHANGING = tuple(
    kind.name
    for kind in (
        events.CATALOGUE_LOADED,
        events.VERSION_PUBLISHED,
        events.VERSION_REPLACED,
        events.VERSION_REPEALED,
        events.SYNONYM_ADDED,
        events.SYNONYM_DROPPED,
    )
)


def follow(event_id: int) -> None:
    """After a change of the catalogue: the index of the new state, before somebody asks (a delivery of CHANGING)."""
    facts().refresh()
