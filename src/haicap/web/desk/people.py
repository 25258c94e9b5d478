"""Đồng nghiệp: who works in the houses an officer works in, for those who assign and ask for approval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from haicap.domain.dossiers import queries
from haicap.domain.dossiers.policy import CENTRES, COMMUNE_WORK, LEADERS, PROVINCE_WORK
from haicap.domain.units import queries as units
from haicap.domain.units.organs import Role
from haicap.kernel.accounts import queries as accounts

MOST = 200


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who holds a post on the day."""

    actor: str
    name: str
    title: str
    leads: bool


def at_work(organ_kind: str, unit_id: int, organ_id: int | None, on: date) -> list[Colleague]:
    """Who may work on a dossier of an organ: those of its house, receptions not; leaders last."""
    house = next((h for h in (COMMUNE_WORK, PROVINCE_WORK) if organ_kind in h), ())
    uid = queries.uid_of(unit_id)
    organs = [row.pk for row in units.organs_of(uid, on) if row.kind in house or row.pk == organ_id]
    if organ_id is None:  # an organ unknown to the platform: its people sit at the centre
        organs = [row.pk for row in units.organs_of(uid, on) if row.kind in CENTRES]
    return _holders(organs, on)


def _holders(organs: list[int], on: date) -> list[Colleague]:
    found: dict[str, Colleague] = {}
    for organ in organs:
        for held in units.held_by(organ, on)[:MOST]:
            role = Role(held.post.role)
            if role is not Role.RECEPTION:
                actor = held.officer.actor
                found[actor] = Colleague(actor, held.officer.display_name, held.post.title, role in LEADERS)
    return sorted(found.values(), key=lambda c: (c.leads, c.name))


def leaders(
    organ_kind: str, unit_id: int, organ_id: int | None, centre: int | None, on: date
) -> list[Colleague]:
    """Who may approve: leaders of the competent house and of the centre that received it."""
    both = at_work(organ_kind, unit_id, organ_id, on) + (_holders([centre], on) if centre else [])
    return [c for c in {c.actor: c for c in both}.values() if c.leads]


def names(actors: set[str]) -> dict[str, str]:
    """Names by opaque id; strangers are missing."""
    return accounts.display_names({a for a in actors if a})
