"""Ai giữ thẩm quyền: the question of a power's page (unit, day, case, instant), and procedures that exercise it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from haicap.base.text import fold
from haicap.base.words import gettext_noop
from haicap.domain.powers import queries
from haicap.domain.powers.queries import PowerRow
from haicap.domain.powers.queries.slots import Published, catalogue
from haicap.domain.powers.states import Role
from haicap.domain.units import queries as units
from haicap.domain.units.timeline import Version
from haicap.web.common.powers import deciding, words
from haicap.web.console import frame
from haicap.web.console.gate import Officer

MOST_FOUND = 20
NO_UNIT = gettext_noop("Không có đơn vị nào mang mã hoặc tên “%(text)s”.")


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds the power by the question asked; `choices` when the name of the unit fits several."""

    text: str
    unit: Version | None
    choices: Sequence[tuple[str, str]]
    unknown: bool
    on: date
    attributes: Sequence[deciding.Choosable]
    answers: Sequence[tuple[str, Sequence[deciding.Line]]]


def units_named(text: str, on: date) -> list[Version]:
    """Units with this code, uid or name; exact names first."""
    known = units.register()
    if not text:
        return []
    if text.isascii() and text.isdigit() and len(text) in (2, 5):
        found = known.at(text, on)
        return [found] if found else []
    if known.versions(text):
        version = known.version(text, on)
        return [version] if version else []
    wanted = fold(text)
    named = [v for tier in ("province", "commune") for v in known.state(on, tier) if wanted in fold(v.name)]
    exact = [v for v in named if wanted in (fold(v.name), fold(v.short_name))]
    return (
        exact if len(exact) == 1 else sorted(named, key=lambda v: fold(v.short_name) != wanted)[:MOST_FOUND]
    )


def place_of(officer: Officer) -> str:
    """The unit of one's first post, as the question's default."""
    return officer.posts[0].unit_uid if officer.posts else "vn"


def answer(
    request: HttpRequest, officer: Officer, power: PowerRow, on: date, believed: datetime | None
) -> Holding:
    """The question in the address (`?don-vi=`, `?ngay=`, one word for each attribute) and its answer."""
    text = frame.word(request, "don-vi", 80)
    found = units_named(text, on)
    unit = found[0] if len(found) == 1 else None
    case = deciding.case_of(power, {name: frame.word(request, f"a-{name}", 60) for name in power.attributes})
    uid = unit.uid if unit else ("" if text else "vn")
    told = []
    for (_, role), _claims in queries.current().of(power.code) if uid else ():
        holders = queries.holder(power.code, uid, on, role=role, case=case, believed_at=believed)
        told.append((role, words.said(words.ROLES, role), deciding.lines(holders, on, officer.on)))
    told.sort(key=lambda row: list(Role).index(row[0]))
    choices = [(v.code, units.register().title(v.uid, on)) for v in found] if len(found) > 1 else []
    return Holding(
        text, unit, choices, bool(text) and not found, on, deciding.choosable(power, case),
        [(word, lines) for _, word, lines in told],
    )  # fmt: skip


def procedures_of(power: PowerRow, on: date) -> list[Published]:
    """Procedures of the catalogue that exercise the power; none while the catalogue tells nothing."""
    if catalogue.published is None:
        return []
    return [p for p in catalogue.published(on) if p.power == power.code]
