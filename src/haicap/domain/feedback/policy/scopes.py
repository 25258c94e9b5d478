"""Phạm vi: which tickets an officer may list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from haicap.base.kept import Notes
from haicap.domain.dossiers.policy import CENTRES, COMMUNE_WORK, PROVINCE_VIEW
from haicap.domain.feedback.policy.rights import FOCAL, works
from haicap.domain.units import policy as units
from haicap.domain.units.policy import Held
from haicap.kernel.ledger import statements

# Every organ a house ever had: what one of them answered stays with the house.
_HOUSE = f"""
SELECT o.id FROM units_organ o JOIN units_unit u ON u.id = o.unit_id
WHERE u.uid = %s AND o.kind IN ({", ".join(f"'{kind}'" for kind in COMMUNE_WORK)})
"""
_UNIT = "SELECT id FROM units_unit WHERE uid = %s"
_noted: Notes[dict[tuple[str, str], list[int]]] = Notes(
    dict, seconds=60, full=lambda noted: len(noted) > 20_000
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What an officer may list; `level` nation | province | organ | counter | none; `organs` their own.

    parts  the same rows in parts that share none, each of which a list reads in order by an index of its own
    """

    rows: Q
    level: str
    organs: tuple[int, ...] = ()
    province: str = ""
    parts: tuple[Q, ...] = ()


def visible_to(actor: str, on: date) -> Scope:
    """What an officer may list on the day. One statement."""
    return scope_of(units.held(actor, on))


def scope_of(posts: Sequence[Held]) -> Scope:
    """The same for posts: the whole queue (Government Office), a province, one's own house, what one's counter wrote down.

    By the keys of organs and provinces, which lists find by an index: no join decides what is seen.
    """
    working = [p for p in posts if works(p)]
    organs = tuple(sorted({p.organ_id for p in working}))
    if any(p.organ_kind == FOCAL for p in working):
        return Scope(Q(), "nation", organs)
    provinces = [p.unit_uid for p in working if p.organ_kind in PROVINCE_VIEW]
    if provinces:
        keys = sorted({key for uid in provinces for key in _remembered(_UNIT, uid)})
        here, other = Q(province_id__in=keys), Q(province_id__isnull=True) | ~Q(province_id__in=keys)
        parts = [Q(province_id=key) for key in keys] + [Q(organ_id=key) & other for key in organs]
        return Scope(here | Q(organ_id__in=organs), "province", organs, provinces[0], tuple(parts))
    if organs:
        house = _houses(working, organs)
        return Scope(Q(organ_id__in=house), "organ", organs, parts=tuple(Q(organ_id=key) for key in house))
    counters = tuple(sorted({p.organ_id for p in posts if p.organ_kind in CENTRES}))
    if counters:
        return Scope(Q(taken_at_id__in=counters), "counter", counters)
    return Scope(Q(pk__in=[]), "none")


def _houses(posts: Iterable[Held], organs: Iterable[int]) -> list[int]:
    """The organs of the posts, and of communes those of the same house."""
    uids = {post.unit_uid for post in posts if post.organ_kind in COMMUNE_WORK}
    return sorted({*organs, *(key for uid in uids for key in _remembered(_HOUSE, uid))})


def _remembered(sql: str, uid: str) -> list[int]:
    """Keys by the uid of a unit. One statement a minute."""
    memory = _noted()
    found = memory.get((sql, uid))
    if found is None:
        found = memory[sql, uid] = [int(row[0]) for row in statements.rows(sql, [uid])]
    return found
