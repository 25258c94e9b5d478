"""Chạy thử: what a table of assertions would change, before anybody enters it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from haicap.domain.powers.detectors import Finding, holders
from haicap.domain.powers.queries.effective import Effective, current, effective
from haicap.domain.powers.queries.findings import Found, find
from haicap.domain.powers.queries.register import AssertionRow, PowerRow, Register, register
from haicap.domain.powers.states import Role


@dataclass(frozen=True, slots=True)
class Shift:
    """Who holds a power in a role on a day, before and after the table (in the first unit it touches)."""

    power: PowerRow
    role: Role
    on: date
    before: tuple[AssertionRow, ...]
    after: tuple[AssertionRow, ...]


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would change: holders, findings that would go, findings that would come."""

    shifts: tuple[Shift, ...]
    closed: tuple[Finding, ...]
    opened: tuple[Finding, ...]


def dry_run(rows: Sequence[AssertionRow], powers: Sequence[PowerRow]) -> DryRun:
    """Reckon the register with these rows added (a row with the code of a believed one takes its place).

    The cost is that of a check of the powers they touch, twice.
    """
    known = register()
    added = {row.code: row for row in rows}
    kept = [a for a in known.assertions.values() if a.code not in added]
    then = Register([*known.powers.values(), *powers], [*kept, *rows])
    touched = {row.power for row in rows} | {
        known.assertions[c].power for c in added if c in known.assertions
    }
    before, after = current(), effective(then, current().ground)
    old = {f.key: f for f in find(touched)}
    new = {f.key: f for f in find(touched, held=after, known=then)}
    return DryRun(
        tuple(_shifts(before, after, then, touched, set(added))),
        tuple(_only(old, new)),
        tuple(_only(new, old)),
    )


def _only(these: dict[str, Found], not_those: dict[str, Found]) -> list[Finding]:
    return [found.finding for key, found in these.items() if key not in not_those]


def _shifts(
    before: Effective, after: Effective, then: Register, touched: set[str], fresh: set[str]
) -> list[Shift]:
    found = []
    for (power, role), claims in after.groups.items():
        if power not in touched:
            continue
        for on in sorted({c.since for c in claims if c.since and after.origin[c.id].code in fresh}):
            unit = next(
                (after.ground.codes(c.units)[0] for c in claims if c.since == on), after.ground.units[0]
            )
            was = holders(before.groups.get((power, role), ()), before.ground, unit=unit, on=on, case={})
            will = holders(claims, after.ground, unit=unit, on=on, case={})
            old = tuple(before.origin[c.id] for c in was)
            new = tuple(after.origin[c.id] for c in will)
            if old != new:
                found.append(Shift(then.powers[power], role, on, old, new))
    return found
