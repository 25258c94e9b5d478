"""Kiểm tra: all detectors over all powers, and the findings of some days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from haicap.domain.powers.detectors.chains import abolished, chains
from haicap.domain.powers.detectors.coverage import cliff, omissions, overlaps
from haicap.domain.powers.detectors.field import Field, Lives
from haicap.domain.powers.detectors.shape import Claim, Finding, Ground, Scope
from haicap.domain.powers.states import FindingKind, Role

Scopes = Mapping[tuple[str, Role], Scope]


def check(claims: Iterable[Claim], ground: Ground, *, scopes: Scopes | None = None) -> list[Finding]:
    """Everything that is wrong, disjoint within (kind, power, role), sorted.

    Without `scopes` the claims are taken literally: hull and unions of what they say must be covered, no precedence
    applies unless they carry a rank, nothing is known of when units exist except for `holder_abolished`. With
    `scopes` (also empty) a register is checked: only while its unit exists does a holder count or miss, district
    bodies count until REFORM; a (power, role) that is not in `scopes` must cover its hull. Powers do not touch each
    other: after a change the claims of that power alone tell all its findings.

    Refused `too_much` when the claims of one power and role cut each other into more cells than can be looked at.
    """
    by_power: dict[str, list[Claim]] = {}
    for claim in claims:
        by_power.setdefault(claim.power, []).append(claim)
    wanted: dict[str, dict[Role, Scope]] = {}
    for (power, role), scope in (scopes or {}).items():
        wanted.setdefault(power, {})[role] = scope
    lives = Lives(ground)
    found: list[Finding] = []
    for power in sorted({*by_power, *wanted}):
        mine = None if scopes is None else wanted.get(power, {})
        found += _power(Field(power, by_power.get(power, []), ground, lives, mine))
    return found


def _power(field: Field) -> list[Finding]:
    found = chains(field)
    for role in field.roles():
        found += [
            *overlaps(field, role),
            *omissions(field, role),
            *cliff(field, role),
            *abolished(field, role),
        ]
    kinds = list(FindingKind)
    return sorted(
        found,
        key=lambda f: (
            f.role,
            kinds.index(f.kind),
            f.since or date.min,
            f.until or date.max,
            f.case,
            f.units,
        ),
    )


def window(findings: Sequence[Finding], since: date | None, until: date | None) -> list[Finding]:
    """Findings of the days [since, until), clipped to them."""
    found = []
    for finding in findings:
        first = max((d for d in (finding.since, since) if d), default=None)
        last = min((d for d in (finding.until, until) if d), default=None)
        if first is None or last is None or first < last:
            found.append(replace(finding, since=first, until=last))
    return found


def alive(findings: Sequence[Finding], on: date) -> list[Finding]:
    """Findings that are so on a day, with their whole stretch."""
    return [f for f in findings if (f.since is None or f.since <= on) and (f.until is None or on < f.until)]
