"""Builders of this room's tests: everything comes to be by walking the verbs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from haicap.domain.procedures import actions
from haicap.domain.procedures.models import LocalInstance, ProcedureVersion
from haicap.domain.procedures.rules import Decision
from haicap.domain.procedures.states import DecisionKind
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.accounts.models import User

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
BIRTH = "1.001193"
NEW_CODE = "1.999001"
THIN: dict[str, Any] = {"levels": ["commune"], "online": "none"}


def decision(number: str = "1872/QĐ-BTP", on: date = date(2026, 11, 20), **facts: Any) -> Decision:
    """A decision of publication."""
    return Decision(number, on, "Bộ Tư pháp", facts.pop("kind", DecisionKind.AMENDED), **facts)


def cast() -> tuple[User, User]:
    """(drafter, leader) of the ministry of justice."""
    return appointed("lan", "btp", Role.OFFICER), appointed("minh", "btp", Role.LEADER)


def local_cast(province: str) -> tuple[User, User]:
    """(drafter, leader) of a province."""
    drafter = appointed("hoa", "justice", Role.OFFICER, province)
    return drafter, appointed("nam", "province_chairman", Role.LEADER, province)


def draft(
    actor: User, code: str = NEW_CODE, *, name: str = "Thủ tục thử", **content: Any
) -> ProcedureVersion:
    """A draft of a version."""
    return actions.draft_version(
        code=code, name=name, field="Hộ tịch", content={**THIN, **content}, actor=actor.actor, at=AT
    )


def reviewed(actor: User, code: str = NEW_CODE, **facts: Any) -> ProcedureVersion:
    """A draft handed on."""
    row = draft(actor, code, **facts)
    return actions.submit_version(pk=row.pk, seen=row.version, actor=actor.actor, at=AT)


def published(
    drafter: User,
    leader: User,
    code: str = NEW_CODE,
    *,
    since: date = date(2026, 12, 1),
    by: Decision | None = None,
    **facts: Any,
) -> ProcedureVersion:
    """A version that counts."""
    row = reviewed(drafter, code, **facts)
    return actions.publish_version(
        pk=row.pk, seen=row.version, since=since, decision=by or decision(), actor=leader.actor, at=AT
    )


def local(
    drafter: User, leader: User, province: str, *, since: date = date(2026, 12, 1), **content: Any
) -> LocalInstance:
    """A local instance of the registration of a birth that counts."""
    row = actions.draft_instance(
        code=BIRTH, province=province, suffix="H05", content=content, actor=drafter.actor, at=AT
    )
    row = actions.submit_instance(pk=row.pk, seen=row.version, actor=drafter.actor, at=AT)
    return actions.publish_instance(
        pk=row.pk, seen=row.version, since=since, decision=decision("12/QĐ-UBND"), actor=leader.actor, at=AT
    )
