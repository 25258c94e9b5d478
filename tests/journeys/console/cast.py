"""The cast at the console: browsers of people who signed in, drafts made by walking the pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.test import Client

from haicap.base.dates import today
from haicap.config import demo
from haicap.domain.units import actions, queries
from haicap.domain.units.organs import Role
from haicap.domain.units.rearrangement import Line
from haicap.kernel.accounts import actions as accounts
from haicap.kernel.accounts import queries as people
from haicap.kernel.accounts.models import User
from haicap.kernel.accounts.sessions import BACKEND

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
EFFECT = date(2027, 3, 1)


def signed_in(user: User | None) -> Client:
    """A browser of somebody who gave both proofs (the proofs themselves are tested at the portal and in accounts)."""
    client = Client()
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def person(name: str) -> User:
    found = people.user_named(name)
    assert found is not None
    return found


def newcomer(name: str, *, start: int | None, end: int | None) -> User:
    """An officer with a second factor who holds a ministry post from `start` to `end` days from today."""
    user = accounts.create_officer(name=name, display_name=name, actor="system", at=AT)
    secret = demo.secret("anh.bnv")
    accounts.enrol_totp(user=user.public_id, secret=secret, actor="system", at=AT)
    accounts.confirm_totp(user=user.public_id, code=demo.code("anh.bnv", at=AT), actor="system", at=AT)
    if start is not None:
        now = today(datetime.now(UTC))
        ministry = next(row for row in queries.organs_of("vn", now) if row.kind == "bnv")
        post = actions.create_post(
            organ=ministry.pk, role=Role.LEADER, title=f"Vị trí {name}", single=False, actor="system", at=AT
        )
        until = now + timedelta(days=end) if end is not None else None
        actions.appoint(
            post=post.pk, officer=user.actor, since=now + timedelta(days=start), until=until, decision="2/QĐ",
            actor="system", at=AT,
        )  # fmt: skip
    return user


def facts(**changes: str) -> dict[str, str]:
    """The form of a new draft."""
    return {
        "number": "9/NQ-UBTVQH16", "issuer": "Ủy ban Thường vụ Quốc hội", "title": "Sắp xếp để thử",
        "signed_on": "01/02/2027", "effective_on": "01/03/2027",
    } | changes  # fmt: skip


def merger(seen: int, source: str, **changes: str) -> dict[str, str]:
    """The form of a line: `source` goes whole into phường Sa Pa Mới (code 03006)."""
    return {
        "seen": str(seen), "from_code": source, "relation": "whole", "to_code": "03006", "to_kind": "phường",
        "to_name": "Sa Pa Mới", "to_parent_code": "15", "clause": "điều 1 khoản 1",
    } | changes  # fmt: skip


def everything() -> Q:
    """Acts as somebody who may draft sees them."""
    return Q()


def line(source: str, n: int = 0, **changes: str) -> Line:
    """`source` goes whole into phường Sa Pa Mới (code 03006)."""
    values = {k: v for k, v in merger(0, source, **changes).items() if k != "seen"}
    return Line(n=n, area_share="all", people_share="all", **values)


def draft(user: User, number: str = "9/NQ-UBTVQH16") -> Any:
    """A draft without lines."""
    return actions.draft_act(
        number=number, issuer="Ủy ban Thường vụ Quốc hội", title="Sắp xếp để thử", signed_on=None,
        effective_on=EFFECT, actor=user.actor, at=AT,
    )  # fmt: skip
