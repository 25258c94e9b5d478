"""Dòng dữ liệu: powers and assertions as plain rows, the same in packaged CSV, workbooks and JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from typing import Any

from haicap.domain.law.states import Evidence
from haicap.domain.powers.states import Level, Mode, Reading, Role, Sort


@dataclass(frozen=True, slots=True)
class PowerLine:
    """A power; attributes: values by name, or two numbers [lo, hi) half-open."""

    code: str
    name: str
    level: Level
    sort: Sort = Sort.POWER
    name_en: str = ""
    field: str = ""
    attributes: Mapping[str, Sequence[Any]] = made(default_factory=dict)
    owner: str = ""
    evidence: Evidence = Evidence.UNCONFIRMED
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AssertionLine:
    """An assertion; `document` names a document of the law room ("number" or "number | issuer | date").

    id         code in the register; "" gets the next one
    unit       uid of a named organ; units: uids it is limited to, () everywhere
    condition  canonical text of powers.conditions
    place      path of law.places
    parent     id of the assertion it is derived from
    """

    power: str
    role: Role
    organ: str
    level: Level
    id: str = ""
    unit: str = ""
    units: tuple[str, ...] = ()
    condition: str = ""
    since: date | None = None
    until: date | None = None
    mode: Mode = Mode.ORIGINAL
    parent: str = ""
    document: str = ""
    place: str = ""
    citation: str = ""  # what is known where there is no document
    reading: Reading = Reading.LITERAL
    no_fallback: bool = False
    added_days: int = 0
    added_papers: int = 0
    evidence: Evidence = Evidence.UNCONFIRMED
    source: str = ""
    note: str = ""
