"""Ai có thẩm quyền: holders on a day, in a unit, for a case; every holder over time; powers of an organ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.powers.detectors import Claim, holders
from haicap.domain.powers.queries.effective import Effective, current, effective
from haicap.domain.powers.queries.register import (
    AssertionRow,
    PowerRow,
    Register,
    organ_name,
    read_assertions,
    register,
)
from haicap.domain.powers.states import Level, Role
from haicap.domain.units import queries as units

CaseValues = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who exercises a power: `organ` a kind, `unit` uid of the unit whose organ it is there ("" national)."""

    organ: str
    unit: str
    level: Level
    role: Role
    assertion: AssertionRow
    since: date | None
    until: date | None

    def name(self, on: date) -> str:
        """Name of the organ on the day."""
        return organ_name(self.organ, self.unit, on)


def holder(
    power: str,
    unit: str,
    on: date,
    *,
    role: Role = Role.DECIDE,
    case: CaseValues | None = None,
    believed_at: datetime | None = None,
) -> list[Holder]:
    """Who holds a power in a role in a commune on a day: after precedence; a delegate before whom it accompanies.

    unit         uid of a commune; of a province for powers exercised there
    case         values of the power's attributes; one not told is not asked
    believed_at  as the register stood at that instant
    Several: an overlap. None: nobody. Refused `not_found` for a power the register does not have.
    """
    held = current() if believed_at is None else _believed(power, believed_at)
    if believed_at is None and power not in register().powers:
        raise Refused("not_found", gettext_noop("Sổ không có thẩm quyền này."))
    claims = held.groups.get((power, role), ())
    commune = _commune(unit, on, held)
    found = holders(claims, held.ground, unit=commune, on=on, case=case or {})
    return [_holder(claim, held, unit, on) for claim in found]


def _believed(power: str, at: datetime) -> Effective:
    """What counted of one power as it was believed: powers do not touch each other."""
    powers = [row for row in register().powers.values() if row.code == power]
    then = [row for row in read_assertions(believed_at=at) if row.power == power]
    return effective(Register(powers, then), current().ground)


def _commune(unit: str, on: date, held: Effective) -> str:
    """The unit itself where it is one of the ground; any commune of a province or of the nation stands for it."""
    if unit in held.ground.bits:
        return unit
    known = units.register()
    version = known.version(unit, on) or next(iter(known.versions(unit)), None)
    if version is None:
        raise Refused(
            "unknown_unit", gettext_noop("Không có đơn vị mang mã định danh %(uid)s."), params={"uid": unit}
        )
    if version.tier == "commune":  # a former commune: its heir stands for the area
        heirs = [
            f.version.uid
            for f in known.became(unit, max(on, date(2025, 7, 1)))
            if f.version.uid in held.ground.bits
        ]
        return heirs[0] if heirs else ""
    inside = known.children(unit, max(on, date(2025, 7, 1)), "commune")
    return next((v.uid for v in inside if v.uid in held.ground.bits), held.ground.units[0])


def _holder(claim: Claim, held: Effective, unit: str, on: date) -> Holder:
    row = held.origin[claim.id]
    return Holder(
        row.organ, row.unit or _place(row.level, unit, on), row.level, row.role, row, claim.since, claim.until
    )


def _place(level: Level, unit: str, on: date) -> str:
    """The unit whose organ is meant: of the commune itself, of its province; none for the nation and former districts."""
    known = units.register()
    if level is Level.COMMUNE:
        version = known.version(unit, on)
        return unit if version and version.tier == "commune" else ""
    if level is Level.PROVINCE:
        province = known.province_of(unit, on)
        return province.uid if province else ""
    return ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Who holds from when until when, as the lines of a power's page."""

    row: AssertionRow
    since: date | None
    until: date | None


def stretches(power: str, *, believed_at: datetime | None = None) -> list[Stretch]:
    """Every claim of a power with the days it counts, oldest first within each role.

    believed_at  as the register stood at that instant (by the law as it is known now)
    """
    held = current() if believed_at is None else _believed(power, believed_at)
    found = [
        Stretch(held.origin[claim.id], claim.since, claim.until)
        for _, claims in held.of(power)
        for claim in claims
    ]
    return sorted(found, key=lambda s: (list(Role).index(s.row.role), s.since or date.min, s.row.code))


def held_by(organ: str, unit: str, on: date) -> list[tuple[PowerRow, Stretch]]:
    """Powers an organ of a unit holds by the register on a day (before precedence), with the assertion."""
    known, held = register(), current()
    bit = held.ground.bits.get(unit)
    found = []
    for claim in held.every():
        row = held.origin[claim.id]
        here = row.unit in ("", unit) and (bit is None or claim.units >> bit & 1)
        begun = claim.since is None or claim.since <= on
        if row.organ == organ and here and begun and (claim.until is None or on < claim.until):
            found.append((known.powers[row.power], Stretch(row, claim.since, claim.until)))
    return sorted(found, key=lambda pair: (pair[0].field, pair[0].name, pair[1].row.role))
