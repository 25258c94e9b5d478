"""Builders of this room's tests: everything comes to be by walking the verbs, of both rooms."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from haicap.domain.law.tests import make as law
from haicap.domain.powers import actions, queries
from haicap.domain.powers.formats.rows import AssertionLine, PowerLine
from haicap.domain.powers.models import Case
from haicap.domain.powers.states import Level, Mode, Role
from haicap.domain.units.organs import Role as Post
from haicap.domain.units.tests.make import appointed
from haicap.kernel.accounts.models import User

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
NOW = date(2026, 11, 22)
BASIS = date(2026, 1, 1)  # first day of law.DECREE
POWER = "thu.cap-phep"
SAPA, SAIGON = "c:03006@2025-07-01", "c:26740@2025-07-01"
LAO_CAI, HCM = "p:15@2025-07-01", "p:79@2025-07-01"
DEED = "903/2026/QĐ-UBND"


def minutes(n: int) -> datetime:
    """Instants one after another: what came since the last check is told by them."""
    return AT.replace(minute=n)


def justice(name: str = "lan") -> User:
    """An officer of a ministry that keeps the register; a leader."""
    return appointed(name, "btp", Post.LEADER)


def power(code: str = POWER, **facts: Any) -> PowerLine:
    """A power over buildings, for which the Ministry of Construction answers."""
    words = {"field": "Thử", "owner": "bxd", "attributes": {"tang": [0, 100], "nhom": ["A", "B"]}} | facts
    return PowerLine(code, words.pop("name", "Cấp phép thử"), words.pop("level", Level.COMMUNE), **words)


def line(organ: str = "commune_committee", level: Level = Level.COMMUNE, **facts: Any) -> AssertionLine:
    """An assertion that rests on article 5 of law.DECREE."""
    words = {"document": law.DECREE, "place": "art_5"} | facts
    return AssertionLine(words.pop("power", POWER), words.pop("role", Role.DECIDE), organ, level, **words)


def delegated(parent: str, organ: str = "commune_economy", **facts: Any) -> AssertionLine:
    """A delegation by a deed of the province."""
    words = {
        "mode": Mode.AUTHORISATION,
        "parent": parent,
        "document": DEED,
        "place": "",
        "until": date(2027, 6, 1),
    }
    return line(organ, **words | facts)


def documents(actor: User) -> None:
    """The decree everything rests on, another one, and a deed of Lào Cai."""
    law.enter(
        actor, law.document(), law.document(law.OTHER), law.place("art_5"), law.place("art_6"),
        law.document(DEED, issuer=f"ubnd:{LAO_CAI}", owner=""),
    )  # fmt: skip


def enter(actor: User, *rows: PowerLine | AssertionLine, at: datetime = AT) -> list[str]:
    """Powers and assertions entered; codes of the assertions."""
    return actions.enter(
        powers=[r for r in rows if isinstance(r, PowerLine)],
        assertions=[r for r in rows if isinstance(r, AssertionLine)],
        source="bang.csv", actor=actor.actor, at=at,
    )  # fmt: skip


def seen(code: str) -> int:
    """Version of the power of an assertion."""
    return fresh().powers[fresh().assertions[code].power].version


def correct(actor: User, code: str, at: datetime = AT, why: str = "Đọc lại", **facts: Any) -> Any:
    """An assertion said anew with some facts changed."""
    now = queries.assertion_line(fresh().assertions[code])
    return actions.correct_assertion(
        code=code, line=replace(now, **facts), why=why, seen=seen(code), actor=actor.actor, at=at
    )


def fresh() -> queries.Register:
    """The register as it is at this moment."""
    return queries.register.now()


def held(on: date = NOW, unit: str = SAIGON, power: str = POWER, **facts: Any) -> list[str]:
    """Kinds of organs that hold a power on a day, by the register of this moment."""
    queries.current.now()
    return [h.organ for h in queries.holder(power, unit, on, **facts)]


def check(at: datetime = AT, powers: list[str] | None = None) -> tuple[int, int]:
    """The findings reckoned anew."""
    return actions.check_register(powers=powers, actor="system", at=at)


def cases(power: str = POWER, **facts: Any) -> list[Case]:
    """Cases of a power that are not gone."""
    return list(queries.cases(power=power, **facts))
