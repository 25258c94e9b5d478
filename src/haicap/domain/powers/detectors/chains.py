"""Chuỗi: faults between a derived power and the one it comes from. Law 72/2025/QH15, điều 12–14.

Only what the claims themselves tell is judged: an instrument that could not be read is never a fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from haicap.domain.law.states import DocumentKind
from haicap.domain.powers.detectors.field import Fault, Field
from haicap.domain.powers.detectors.shape import Claim, Finding
from haicap.domain.powers.detectors.space import Box, minus
from haicap.domain.powers.states import DERIVED, REFORM, FindingKind, Level, Mode, Role

# Điều 12: what the National Assembly gives to a local government itself it gives by one of these.
ASSIGNING = (DocumentKind.CONSTITUTION, DocumentKind.LAW, DocumentKind.ASSEMBLY_RESOLUTION)
# From the top downwards: nothing is delegated or authorised upwards.
ORDER = (Level.NATION, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


def chains(field: Field) -> list[Finding]:
    """All faults of the chains of one power."""
    grouped: dict[tuple[FindingKind, Role], list[Fault]] = {}
    for claim in field.given:
        for kind, fault in _faults(field, claim):
            grouped.setdefault((kind, claim.role), []).append(fault)
    return [finding for (kind, role), faults in grouped.items() for finding in field.told(kind, role, faults)]


def _faults(field: Field, claim: Claim) -> Iterator[tuple[FindingKind, Fault]]:
    box = field.told_box(claim)
    if box.since >= box.until:
        return
    parent = field.family.by_id.get(claim.parent) if claim.parent else None
    whole = Fault(box, (claim, parent) if parent else (claim,))
    if _wrong_instrument(claim, parent):
        yield FindingKind.CHAIN_INSTRUMENT, whole
    if claim.mode not in DERIVED:
        return
    if claim.added_days > 0 or claim.added_papers > 0:
        yield FindingKind.CHAIN_BURDEN, whole
    if claim.mode == Mode.AUTHORISATION:
        yield from ((kind, whole) for kind in _wrongly_authorised(claim, parent))
    if parent is None:
        yield FindingKind.CHAIN_NOT_HOLDER, whole
        return
    if _wrong_receiver(claim, parent):
        yield FindingKind.CHAIN_RECEIVER, whole
    yield from _unheld(field, box, whole, parent)


def _wrongly_authorised(claim: Claim, parent: Claim | None) -> Iterator[FindingKind]:
    """Điều 14: for a time, and not passed on."""
    if claim.until is None:
        yield FindingKind.CHAIN_NO_END
    if parent is not None and parent.mode == Mode.AUTHORISATION:
        yield FindingKind.CHAIN_REAUTHORISED


def _unheld(field: Field, box: Box, whole: Fault, parent: Claim) -> Iterator[tuple[FindingKind, Fault]]:
    """Where the parent does not hold: after its end its basis is gone; elsewhere it never was the holder."""
    stretches = [field.told_box(claim) for claim in field.family.stretches(parent)]
    end = max(its.until for its in stretches)
    if box.until > end:
        beyond = Box(box.units, max(box.since, end), box.until, box.terms)
        yield FindingKind.CHAIN_BEYOND_BASIS, Fault(beyond, whole.claims)
    if box.since < end:
        rest = [Box(box.units, box.since, min(box.until, end), box.terms)]
        for its in stretches:
            rest = [piece for part in rest for piece in minus(part, its, field.space)]
        for piece in rest:
            yield FindingKind.CHAIN_NOT_HOLDER, Fault(piece, whole.claims)


def _wrong_instrument(claim: Claim, parent: Claim | None) -> bool:
    """Phân quyền needs a law or resolution of the National Assembly, phân cấp a normative document.

    A commune issues no document by which it could delegate. The decrees made under Resolution 190/2025/QH15 may give
    what only a law gives.
    """
    if claim.mode == Mode.DELEGATION and parent is not None and parent.level == Level.COMMUNE:
        return True
    instrument = claim.instrument
    if instrument is None:
        return False
    if claim.mode == Mode.DELEGATION:
        return not instrument.normative
    if claim.mode == Mode.ASSIGNMENT and instrument.kind is not None:
        return instrument.kind not in ASSIGNING and not instrument.sunset
    return False


def _wrong_receiver(claim: Claim, parent: Claim) -> bool:
    """What is derived goes to the same level or down (điều 13, 14); a superior steers down (điều 11 khoản 3)."""
    if claim.mode == Mode.OVERRIDE:
        return ORDER.index(claim.level) > ORDER.index(parent.level)
    return ORDER.index(claim.level) < ORDER.index(parent.level)


def abolished(field: Field, role: Role) -> list[Finding]:
    """Holders that are no more: district bodies from REFORM on, and bodies of units whose code nobody bears."""
    faults = []
    for claim in (c for c in field.given if c.role == role):
        box = field.told_box(claim)
        ends = [(REFORM.toordinal(), claim.units)] if claim.level == Level.DISTRICT else []
        for day, units in [*ends, *field.lives.ended]:
            since = max(box.since, day)
            if claim.units & units and since < box.until:
                faults.append(Fault(replace(box, units=claim.units & units, since=since), (claim,)))
    return field.told(FindingKind.HOLDER_ABOLISHED, role, faults)
