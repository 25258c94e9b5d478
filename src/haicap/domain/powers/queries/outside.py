"""Sổ khác nói gì: findings that other registers bring: the published catalogue, and who is there to do the work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from haicap.domain.powers.detectors import Finding, holders
from haicap.domain.powers.queries import slots
from haicap.domain.powers.queries.effective import Effective
from haicap.domain.powers.queries.register import Register
from haicap.domain.powers.rules import stands_for
from haicap.domain.powers.states import FindingKind, Reason, Role
from haicap.domain.units import queries as units


def differing(
    held: Effective, known: Register, powers: Collection[str] | None, on: date
) -> Iterator[Finding]:
    """Procedures the catalogue publishes with a holder the register does not have on the day.

    Any of several published organs is enough; a committee is published for whoever acts in it (`rules.stands_for`).
    """
    if slots.catalogue.published is None:
        return
    for p in slots.catalogue.published(on):
        if p.power not in known.powers or not p.organs or (powers is not None and p.power not in powers):
            continue
        claims = held.groups.get((p.power, Role(p.role)), ())
        by_law = holders(claims, held.ground, unit=held.ground.units[0], on=on, case=p.case)
        kinds = {held.origin[c.id].organ for c in by_law}
        if by_law and not any(stands_for(o, k) for o in p.organs for k in kinds):
            yield Finding(
                FindingKind.CATALOGUE_DIFFERS, p.power, Role(p.role), (), None, None, "",
                tuple(c.citation for c in by_law), tuple(c.id for c in by_law), Reason.NOT_PUBLISHED, p.code,
            )  # fmt: skip


def without_means(held: Effective, powers: Collection[str] | None, on: date) -> Iterator[Finding]:
    """Powers whose holder has seats but nobody in the leading one on the day, with the units. One statement.

    Organs for which no post was ever entered are not told: the platform does not know them yet.
    """
    empty: dict[str, set[str]] = defaultdict(set)
    for kind, unit in units.without_head(on):
        empty[kind].add(unit)
    for (power, role), claims in held.groups.items():
        if powers is not None and power not in powers:
            continue
        for claim in claims:
            row = held.origin[claim.id]
            begun = claim.since is None or claim.since <= on
            if not begun or (claim.until is not None and on >= claim.until):
                continue
            bare = sorted(
                u
                for u in empty.get(row.organ, ())
                if row.unit in ("", u) and not _elsewhere(held, claim.units, u)
            )
            if bare:
                yield Finding(
                    FindingKind.OMISSION, power, role, tuple(bare), None, None, "", (claim.citation,), (row.code,),
                    Reason.NO_MEANS, row.organ,
                )  # fmt: skip


def _elsewhere(held: Effective, mask: int, unit: str) -> bool:
    """Whether a commune lies outside the units of a claim."""
    bit = held.ground.bits.get(unit)
    return bit is not None and not mask >> bit & 1
