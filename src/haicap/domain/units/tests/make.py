"""Builders of this room's tests: everything comes to be by walking the verbs."""

from __future__ import annotations

from datetime import UTC, date, datetime

from haicap.domain.units import actions, queries
from haicap.domain.units.models import Act, Organ
from haicap.domain.units.organs import Role
from haicap.domain.units.rearrangement import Line
from haicap.kernel.accounts import actions as accounts
from haicap.kernel.accounts.models import User

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
SINCE = date(2025, 7, 1)


def officer(name: str) -> User:
    """An officer of the cast; no post yet."""
    return accounts.create_officer(
        name=f"can.bo.{name}",
        display_name=name.title(),
        password="mot-mat-khau-kho-doan",
        actor="system",
        at=AT,
    )


def organ(kind: str, uid: str = "vn") -> Organ:
    """An organ of the register."""
    return Organ.objects.get(kind=kind, unit__uid=uid)


def appointed(
    name: str, kind: str, role: Role, uid: str = "vn", *, since: date = SINCE, until: date | None = None
) -> User:
    """An officer who holds a post of an organ on [since, until)."""
    person = officer(name)
    place = organ(kind, uid)
    post = actions.create_post(
        organ=place.pk, role=role, title=f"{role} {name}", single=False, actor="system", at=AT
    )
    actions.appoint(
        post=post.pk,
        officer=str(person.public_id),
        since=since,
        until=until,
        decision="01/QĐ",
        actor="system",
        at=AT,
    )
    return person


def draft(
    actor: User, *lines: Line, number: str = "1/NQ-UBTVQH16", effective_on: date = date(2027, 1, 1)
) -> Act:
    """A draft act with its lines."""
    act = actions.draft_act(
        number=number, issuer="Ủy ban Thường vụ Quốc hội", title="", signed_on=None, effective_on=effective_on,
        actor=actor.actor, at=AT,
    )  # fmt: skip
    return actions.put_lines(pk=act.pk, seen=act.version, lines=lines, actor=actor.actor, at=AT)


def enacted(drafter: User, leader: User, *lines: Line, **facts: object) -> Act:
    """An act that counts."""
    act = draft(drafter, *lines, **facts)  # type: ignore[arg-type]
    return actions.enact_act(pk=act.pk, seen=act.version, actor=leader.actor, at=AT)


def fresh():
    """The register as it is now in the test's transaction."""
    return queries.register_now()
