"""Builders of this room's tests: everything comes to be by walking the verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from haicap.domain.deadlines import actions, jobs, queries
from haicap.domain.deadlines.actions import Line
from haicap.domain.deadlines.models import CalendarDecree, Clock
from haicap.domain.deadlines.reckoning import read_parts
from haicap.kernel.accounts.models import User
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.kinds import Kind

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
TICKED = Kind("tests.clock_ticked", "Thử đồng hồ.", {})
S = "tests.thing:1"


def here(text: str) -> datetime:
    """ "2026-11-20 09:00" in Viet Nam."""
    return datetime.fromisoformat(f"{text}+07:00")


def shown(at: datetime | None) -> str:
    """The same back; empty for none."""
    return f"{at.astimezone(here('2026-01-01 00:00').tzinfo):%Y-%m-%d %H:%M}" if at else ""


@action
def ticking(*, verb: Callable[..., Any], actor: str, at: datetime, **values: Any) -> Any:
    """A verb of some room above, which times something: its clock joins its event."""
    stream = values.get("stream", S)
    told = verb(**{"stream": stream} | values, actor=actor, at=at)
    record(stream=stream, head=ledger.head_of(stream), kind=TICKED, at=at, actor=actor, data={})
    return told


def start(received: str, parts: str, stream: str = S) -> actions.Told:
    limits = read_parts(parts) if parts else ()
    return ticking(
        verb=actions.start_clock, stream=stream, received_at=here(received), parts=limits, actor="x", at=AT
    )


def tick(verb: Callable[..., Any], at: str, stream: str = S, **values: Any) -> actions.Told:
    return ticking(verb=verb, stream=stream, actor="x", at=here(at), **values)


def clock(stream: str = S) -> Clock:
    found = queries.clock(stream)
    assert found is not None
    return found


def draft(
    actor: User, *lines: Line, number: str = "1/2026/QĐ-TTg", opens: int | None = None
) -> CalendarDecree:
    decree = actions.draft_decree(
        number=number, issuer="Thủ tướng Chính phủ", title="Nghỉ thêm", signed_on=None, opens_year=opens,
        actor=actor.actor, at=AT,
    )  # fmt: skip
    return actions.put_days(pk=decree.pk, seen=decree.version, days=lines, actor=actor.actor, at=AT)


def enacted(drafter: User, leader: User, *lines: Line, **facts: Any) -> CalendarDecree:
    decree = draft(drafter, *lines, **facts)
    return actions.enact_decree(pk=decree.pk, seen=decree.version, actor=leader.actor, at=AT)


def withdrawn(decree: CalendarDecree, leader: User) -> CalendarDecree:
    return actions.withdraw_decree(
        pk=decree.pk, seen=decree.version, reason="ghi nhầm", actor=leader.actor, at=AT
    )


def holiday(text: str, kind: str = "holiday") -> Line:
    return Line(date.fromisoformat(text), kind, "Ngày thử", "điều 1")


def follow() -> None:
    jobs.work()
