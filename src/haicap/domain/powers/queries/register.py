"""Sổ thẩm quyền trong bộ nhớ: powers and believed assertions, and as they were believed on an earlier instant."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from haicap.base.kept import Kept
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.law import places
from haicap.domain.law import queries as law
from haicap.domain.law.states import Evidence
from haicap.domain.powers.conditions import Condition, parse
from haicap.domain.powers.queries import slots
from haicap.domain.powers.states import OTHER_ORGANS, Level, Mode, Reading, Role, Sort
from haicap.domain.units import queries as units
from haicap.domain.units.organs import KINDS

_POWERS = """
SELECT id, code, sort, name, name_en, field, attributes, level, owner, evidence, source, note, version
FROM powers_power ORDER BY id
"""
_ASSERTIONS = """
SELECT a.code, p.code, a.role, a.organ, coalesce(u.uid, ''), a.level, a.units, a.condition, a.since, a.until, a.mode,
       a.parent, a.document_id, a.path, a.citation, a.reading, a.no_fallback, a.added_days, a.added_papers, a.evidence,
       a.source, a.note, a.recorded_at, a.superseded_at, a.superseded_why, a.entered_by
FROM powers_assertion a JOIN powers_power p ON p.id = a.power_id LEFT JOIN units_unit u ON u.id = a.unit_id
WHERE {where} ORDER BY a.code, a.recorded_at
"""


@dataclass(frozen=True, slots=True)
class PowerRow:
    """Thẩm quyền as the doors see it."""

    pk: int
    code: str
    sort: Sort
    name: str
    name_en: str
    field: str
    attributes: Mapping[str, Sequence[Any]]
    level: Level
    owner: str
    evidence: Evidence
    source: str
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class AssertionRow:
    """Quy định thẩm quyền as the doors see it."""

    code: str
    power: str
    role: Role
    organ: str
    unit: str
    level: Level
    units: tuple[str, ...]
    condition: Condition
    since: date | None
    until: date | None
    mode: Mode
    parent: str
    document: law.Doc | None
    path: str
    written: str  # citation as written, where the document is not in the register
    reading: Reading
    no_fallback: bool
    added_days: int
    added_papers: int
    evidence: Evidence
    source: str
    note: str
    recorded_at: datetime
    superseded_at: datetime | None
    superseded_why: str
    entered_by: str = ""

    @property
    def citation(self) -> str:
        """ "151/2025/NĐ-CP, điều 5 khoản 1 điểm a"."""
        if self.document is None:
            return self.written
        place = places.written(self.path)
        return f"{self.document.number}, {place}" if place else self.document.number


def organ_name(kind: str, unit: str = "", on: date | None = None) -> str:
    """Name of a kind of organ, of a unit where one is named: Vietnamese, marked for translation."""
    if kind in OTHER_ORGANS:
        return OTHER_ORGANS[kind][1]
    known = KINDS.get(kind)
    if known is None:
        return kind
    if not unit:
        level = {"province": gettext_noop("cấp tỉnh"), "commune": gettext_noop("cấp xã")}.get(known.level, "")
        return known.name.format(unit=level).strip()
    register = units.register()
    version = register.version(unit, on) if on else None
    found = version or register.versions(unit)[-1]
    return known.name.format(unit=found.name[:1].lower() + found.name[1:]).strip()


def _rows(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def read_powers() -> list[PowerRow]:
    """Every power. One statement."""
    return [_power(r) for r in _rows(_POWERS)]


def _power(r: tuple[Any, ...]) -> PowerRow:
    attributes = json.loads(r[6]) if isinstance(r[6], str) else r[6]
    return PowerRow(
        r[0], r[1], Sort(r[2]), r[3], r[4], r[5], attributes, Level(r[7]), r[8], Evidence(r[9]), *r[10:]
    )


def read_assertions(
    *, believed_at: datetime | None = None, code: str = "", power: str = ""
) -> list[AssertionRow]:
    """Assertions believed now or at an instant; with `code` every row of one, oldest first. One statement."""
    if code:
        rows = _rows(_ASSERTIONS.format(where="a.code = %s"), [code])
    elif power:
        rows = _rows(_ASSERTIONS.format(where="p.code = %s"), [power])
    elif believed_at is None:
        rows = _rows(_ASSERTIONS.format(where="a.superseded_at IS NULL"))
    else:
        held = "a.recorded_at <= %s AND (a.superseded_at IS NULL OR a.superseded_at > %s)"
        rows = _rows(_ASSERTIONS.format(where=held), [believed_at, believed_at])
    docs = law.corpus().docs
    return [_assertion(r, docs) for r in rows]


def _assertion(r: tuple[Any, ...], docs: Mapping[int, law.Doc]) -> AssertionRow:
    return AssertionRow(
        r[0], r[1], Role(r[2]), r[3], r[4], Level(r[5]), tuple(r[6]), parse(r[7]), r[8], r[9], Mode(r[10]), r[11],
        docs.get(r[12]), r[13], r[14], Reading(r[15]), r[16], r[17], r[18], Evidence(r[19]), *r[20:],
    )  # fmt: skip


class Register:
    """Powers and believed assertions, by code and by power."""

    def __init__(self, powers: Iterable[PowerRow], assertions: Iterable[AssertionRow]) -> None:
        self.powers = {p.code: p for p in powers}
        self.assertions = {a.code: a for a in assertions}
        self._of: dict[str, list[AssertionRow]] = defaultdict(list)
        for a in self.assertions.values():
            self._of[a.power].append(a)

    def of(self, power: str) -> Sequence[AssertionRow]:
        """Assertions of a power."""
        return self._of.get(power, ())

    def derived_from(self, code: str) -> list[AssertionRow]:
        """Assertions whose parent is `code`."""
        found = self.assertions.get(code)
        return [a for a in self.of(found.power) if a.parent == code] if found else []


def generation() -> int:
    """The number that grows with every change of the register; 0 before it is loaded."""
    found = _rows("SELECT generation FROM powers_powershead")
    return int(found[0][0]) if found else 0


def loaded() -> bool:
    """True once there is a register of powers."""
    return generation() > 0


def state() -> tuple[Hashable, ...]:
    """What everything derived depends on: powers, law, units, catalogue. Three small statements."""
    from_above = slots.catalogue.generation() if slots.catalogue.generation else 0
    return generation(), law.generation(), units.generation(), from_above


def _read(_: Hashable) -> Register:
    law.corpus.now()
    return Register(read_powers(), read_assertions())


register: Kept[Register] = Kept(state, _read)


def power(code: str) -> PowerRow:
    """A power by code. Refused `not_found`."""
    found = register().powers.get(code)
    if found is None:
        raise Refused("not_found", gettext_noop("Sổ không có thẩm quyền này."))
    return found


def assertion(code: str) -> AssertionRow:
    """The believed assertion. Refused `not_found`."""
    found = register().assertions.get(code)
    if found is None:
        raise Refused("not_found", gettext_noop("Sổ không có quy định thẩm quyền này."))
    return found


def history(code: str) -> list[AssertionRow]:
    """Every row of an assertion, oldest first: what was believed when."""
    return read_assertions(code=code)
