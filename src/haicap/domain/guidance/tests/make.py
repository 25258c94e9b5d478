"""Builders of this room's tests: everything comes to be by walking the verbs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from haicap.base.citation import Citation
from haicap.domain.guidance import actions, queries
from haicap.domain.guidance.models import Piece, PieceVersion
from haicap.domain.guidance.queries import Draft
from haicap.domain.guidance.states import Audience
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.accounts.models import User

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
NOW = date(2026, 11, 22)
CODE = "bai-thu"
DECREE = Citation("118/2025/NĐ-CP", "điều 17")


def editor(name: str = "bien.tap", role: Role = Role.OFFICER, organ: str = "bnv") -> User:
    """An officer of the Ministry of Home Affairs."""
    return appointed(name, organ, role)


def approver(name: str = "duyet") -> User:
    """A leader of the same ministry."""
    return appointed(name, "bnv", Role.LEADER)


def words(**changes: Any) -> Draft:
    """What an editor writes."""
    given: dict[str, Any] = {
        "title": "Bài thử", "body": "Một đoạn **đậm** theo Nghị định 118/2025/NĐ-CP.", "summary": "Tóm tắt.",
        "audiences": (Audience.COMMUNE,), "citations": (DECREE,),
    }  # fmt: skip
    return Draft(**(given | changes))


def seen(code: str = CODE) -> int:
    """The version of the row of a piece, as a page would have shown it."""
    return Piece.objects.get(code=code).version


def drafted(
    who: User, *, code: str = CODE, kind: str = "article", at: datetime = AT, **changes: Any
) -> PieceVersion:
    """A new piece with its first draft."""
    place = {key: changes.pop(key) for key in ("part", "place", "topic") if key in changes}
    return actions.draft_piece(kind=kind, code=code, draft=words(**changes), actor=who.actor, at=at, **place)


def again(who: User, *, code: str = CODE, at: datetime = AT, **changes: Any) -> PieceVersion:
    """The next draft of a piece."""
    return actions.draft_version(code=code, draft=words(**changes), seen=seen(code), actor=who.actor, at=at)


def submitted(row: PieceVersion, who: User, at: datetime = AT) -> PieceVersion:
    """The same, handed in."""
    code = row.piece.code
    return actions.submit_draft(code=code, number=row.number, seen=seen(code), actor=who.actor, at=at)


def published(
    row: PieceVersion, who: User, by: User, *, since: date = NOW, until: date | None = None, at: datetime = AT
) -> PieceVersion:
    """Submitted by one, published by the other."""
    submitted(row, who, at)
    code = row.piece.code
    found = actions.publish(
        code=code, number=row.number, since=since, until=until, seen=seen(code), actor=by.actor, at=at
    )
    queries.shelf.now()
    return found


def later(days: int) -> datetime:
    """So many days after AT."""
    return AT + timedelta(days=days)
