"""Quyền: who enters powers, decides about findings and answers surveys, read from the posts of the units room."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import StrEnum

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.powers.models import Assertion, Case, Power, SurveyAnswer
from haicap.domain.powers.states import DERIVED, PRINCIPLES, Level, Mode
from haicap.domain.units import policy as units
from haicap.domain.units import queries as register
from haicap.domain.units.organs import Role

SYSTEM = "system"
KEEPERS = ("btp", "bnv")  # Justice checks what is in force, Home Affairs answers for local government
LEADERS = (Role.LEADER, Role.DEPUTY)
_HEIGHT = {
    Level.COMMUNE: 0,
    Level.DISTRICT: 1,
    Level.PROVINCE: 1,
    Level.NATION: 2,
}  # districts: their province keeps them


class Verb(StrEnum):
    """Verbs of this room that need a right."""

    ENTER = "enter_powers"
    DECIDE = "decide_finding"
    SURVEY = "answer_survey"


def rights_of(posts: Sequence[units.Held]) -> frozenset[Verb]:
    """Everything an officer's posts allow at all."""
    found = set[Verb]()
    working = units.working(posts)
    if working:
        found.add(Verb.ENTER)
    if any(p.level == "nation" and p.role in LEADERS for p in working):
        found.add(Verb.DECIDE)
    if any(p.level != "nation" for p in working):
        found.add(Verb.SURVEY)
    return frozenset(found)


def rights(actor: str, on: date) -> frozenset[Verb]:
    """The same for an actor on a day."""
    return rights_of(units.held(actor, on))


def may(actor: str, verb: Verb, on: date) -> bool:
    """Whether the officer may do `verb` at all on the day."""
    return verb in rights(actor, on)


def require(actor: str, verb: Verb, on: date) -> tuple[units.Held, ...]:
    """The posts of the officer; Refused `not_yours` unless `may`."""
    posts = units.held(actor, on)
    if verb not in rights_of(posts):
        raise forbidden()
    return posts


def forbidden() -> Refused:
    """The refusal of this room."""
    return units.forbidden(PRINCIPLES)


def giver(mode: Mode, own: Level, above: Level | None) -> Level:
    """The level of whoever acts: who takes over is told by the assertion itself, who gives on by its parent."""
    return own if mode is Mode.OVERRIDE or above is None else above


def may_enter(
    posts: Sequence[units.Held],
    owner: str,
    mode: Mode,
    areas: Collection[str],
    on: date,
    by: Level = Level.NATION,
) -> bool:
    """Whether officers in these posts keep an assertion.

    The keepers enter any; a ministry those of powers it answers for; a province or commune what bodies of its level or
    below delegate, authorise or take over inside its own area: nobody writes down what a body above gave them.

    areas  uids of every unit it speaks of; none: the whole country
    by     level of whoever gives or takes over: see `giver`
    """
    working = units.working(posts)
    if any(p.organ_kind in KEEPERS or (owner and p.organ_kind == owner) for p in working):
        return True
    if mode not in DERIVED or not areas:
        return False
    local = (p for p in working if p.level != "nation")
    mine = {p.unit_uid for p in local if _HEIGHT[Level(p.level)] >= _HEIGHT[by]}
    return all(mine & {v.uid for v in register.register().path(uid, on)} for uid in areas)


def require_entry(posts: Sequence[units.Held], row: Assertion, above: Level | None, on: date) -> None:
    """Refused `not_yours` unless officers in these posts keep the assertion as it reads. `above`: its parent's level."""
    areas = {*row.units, *([row.unit.uid] if row.unit else [])}
    by = giver(Mode(row.mode), Level(row.level), above)
    if not may_enter(posts, row.power.owner, Mode(row.mode), areas, on, by):
        raise forbidden()


def _above(row: Assertion) -> Level | None:
    """The level of what an assertion of the register derives from; of its last row when it no longer counts."""
    rows = (
        Assertion.objects.filter(code=row.parent).order_by("pk") if row.parent else Assertion.objects.none()
    )
    last = rows.last()
    return Level(last.level) if last else None


def take_assertion(code: str, *, actor: str, at: datetime) -> Assertion:
    """The believed assertion, locked, if the officer may correct it. Refused `not_found`, `not_yours`."""
    on = today(at)
    posts = require(actor, Verb.ENTER, on)
    rows = Assertion.objects.select_for_update(of=("self", "power")).select_related("power", "unit")
    row = rows.filter(code=code, superseded_at__isnull=True).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Sổ không có quy định thẩm quyền này."))
    require_entry(posts, row, _above(row), on)
    return row


def take_power(code: str) -> Power:
    """The locked power. Refused `not_found`."""
    row = Power.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Sổ không có thẩm quyền này."))
    return row


def take_case(pk: int, *, actor: str, at: datetime) -> Case:
    """The locked case: leaders of the ministry that answers for the power, and of the keepers. Refused as above."""
    posts = require(actor, Verb.DECIDE, today(at))
    row = Case.objects.select_for_update(of=("self",)).select_related("power").filter(pk=pk).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có phát hiện này."))
    if not may_decide(posts, row.owner):
        raise forbidden()
    return row


def may_decide(posts: Sequence[units.Held], owner: str) -> bool:
    """Whether these posts lead the ministry that answers for a power (`owner`), or a keeper of the register."""
    return any(p.organ_kind in (*KEEPERS, owner) and p.role in LEADERS for p in units.working(posts))


def take_answer(
    round_: str, power: Power, unit_uid: str, *, actor: str, at: datetime
) -> tuple[SurveyAnswer | None, tuple[units.Held, ...]]:
    """The unit's answer so far, locked, for officers of the unit. Refused `not_yours`."""
    posts = require(actor, Verb.SURVEY, today(at))
    if not any(p.unit_uid == unit_uid for p in units.working(posts)):
        raise forbidden()
    rows = SurveyAnswer.objects.select_for_update(of=("self",))
    return rows.filter(round=round_, power=power, unit__uid=unit_uid).first(), posts
