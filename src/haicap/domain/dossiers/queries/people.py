"""Tên người: names of officers by their opaque ids, as papers print them. Remembered per process, a minute at most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from haicap.base.kept import Notes
from haicap.domain.units import queries as units
from haicap.kernel.accounts import queries as accounts

REMEMBERED = 10_000


_names: Notes[dict[str, str]] = Notes(dict, seconds=60, full=lambda noted: len(noted) > REMEMBERED)


def name_of(actor: str) -> str:
    """The display name of an officer; empty for an account that is gone, a machine, a citizen without one."""
    return names_of([actor])[actor]


def names_of(actors: Iterable[str]) -> Mapping[str, str]:
    """Names by opaque id, empty where there is none. At most one statement."""
    held, wanted = _names(), set(actors)
    if missing := wanted - held.keys():
        found = accounts.display_names(missing)
        held.update((actor, found.get(actor, "")) for actor in missing)
    return {actor: held.get(actor, "") for actor in wanted}


def title_of(actor: str, organ: int, on: date) -> str:
    """The title of the post an officer holds in an organ on the day; empty when there is none. One statement."""
    held = units.held_by(organ, on).filter(officer__public_id=actor).first()
    return held.post.title if held else ""
