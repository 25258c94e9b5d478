"""Phạm vi: which dossiers an officer may list, and whether with personal text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from haicap.domain.dossiers.policy.rights import CENTRES, COMMUNE_WORK, PROVINCE_VIEW, Post, posts_of
from haicap.domain.units.organs import Role


@dataclass(frozen=True, slots=True)
class Scope:
    """What an officer may list: a condition, whether personal text is shown, and over what for the heading."""

    rows: Q
    personal: bool
    level: str  # nation | province | commune | none
    organs: tuple[int, ...] = ()
    units: tuple[int, ...] = ()


NOBODY = Scope(Q(pk__in=[]), personal=False, level="none")


def scope_of(posts: Iterable[Post]) -> Scope:
    """What the posts let one list: the nation (ministries; without personal text), a province, or one's own organs."""
    held = tuple(posts)
    provinces = [p.unit_id for p in held if p.kind in PROVINCE_VIEW]
    if provinces:
        return Scope(Q(province_id__in=provinces), personal=True, level="province", units=tuple(provinces))
    own = Q(pk__in=[])
    for post in held:
        own |= _listed(post)
    if own != Q(pk__in=[]):
        organs, units = tuple(p.organ_id for p in held), tuple({p.unit_id for p in held})
        return Scope(own, personal=True, level="commune", organs=organs, units=units)
    return Scope(Q(), personal=False, level="nation") if _of_ministry(held) else NOBODY


def _listed(post: Post) -> Q:
    if post.kind in CENTRES:
        return Q(received_at_organ_id=post.organ_id)
    if post.role is Role.RECEPTION:
        return Q(pk__in=[])
    if post.kind in COMMUNE_WORK:
        return Q(unit_id=post.unit_id)
    return Q(organ_id=post.organ_id) if post.kind not in MINISTERIAL else Q(pk__in=[])


MINISTERIAL = frozenset(
    "bqp bca bng bnv btp btc bct bnnmt bxd bvhttdl bkhcn bgddt byt bdttg vpcp ttcp nhnn".split()
)


def _of_ministry(posts: Iterable[Post]) -> bool:
    return any(post.kind in MINISTERIAL and post.role is not Role.RECEPTION for post in posts)


def visible_to(actor: str, on: date) -> Scope:
    """What an officer may list on the day. One statement."""
    return scope_of(posts_of(actor, on))
