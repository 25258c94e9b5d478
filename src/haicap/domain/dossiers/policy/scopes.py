"""Phạm vi: which dossiers an officer may list, and whether with personal text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from haicap.domain.dossiers.policy.rights import CENTRES, COMMUNE_WORK, PROVINCE_VIEW, Post, posts_of
from haicap.domain.units.organs import MINISTRIES, Role

Arm = tuple[tuple[str, int], ...]  # columns and keys that must all hold


@dataclass(frozen=True, slots=True)
class Scope:
    """What an officer may list: a condition, whether personal text is shown, and over what for the heading.

    arms  the same condition for plain SQL: any of them holds; none at all for the nation (and for nobody: `level`)
    """

    rows: Q
    personal: bool
    level: str  # nation | province | commune | none
    organs: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    arms: tuple[Arm, ...] = ()


NOBODY = Scope(Q(pk__in=[]), personal=False, level="none")


def scope_of(posts: Iterable[Post]) -> Scope:
    """What the posts let one list: the nation (ministries; without personal text), a province, or one's own organs."""
    held = tuple(posts)
    provinces = [p.unit_id for p in held if p.kind in PROVINCE_VIEW]
    if provinces:
        arms: tuple[Arm, ...] = tuple((("province_id", unit),) for unit in sorted(set(provinces)))
        return Scope(_any_of(arms), personal=True, level="province", units=tuple(provinces), arms=arms)
    arms = tuple(dict.fromkeys(arm for post in held if (arm := _listed(post))))
    if arms:
        organs, units = tuple(p.organ_id for p in held), tuple({p.unit_id for p in held})
        return Scope(_any_of(arms), personal=True, level="commune", organs=organs, units=units, arms=arms)
    return Scope(Q(), personal=False, level="nation") if _of_ministry(held) else NOBODY


def _any_of(arms: Iterable[Arm]) -> Q:
    found = Q(pk__in=[])
    for arm in arms:
        found |= Q(*arm)
    return found


def _listed(post: Post) -> Arm:
    """What a post lets one list; a department's province is named too, as lists are indexed by it."""
    if post.kind in CENTRES:
        return (("received_at_organ_id", post.organ_id),)
    if post.role is Role.RECEPTION or post.kind in MINISTERIAL:
        return ()
    if post.kind in COMMUNE_WORK:
        return (("unit_id", post.unit_id),)
    return (("province_id", post.unit_id), ("organ_id", post.organ_id))


MINISTERIAL = frozenset(kind.code for kind in MINISTRIES)


def _of_ministry(posts: Iterable[Post]) -> bool:
    return any(post.kind in MINISTERIAL and post.role is not Role.RECEPTION for post in posts)


def visible_to(actor: str, on: date) -> Scope:
    """What an officer may list on the day. One statement."""
    return scope_of(posts_of(actor, on))
