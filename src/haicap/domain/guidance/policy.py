"""Quyền: who writes, approves and withdraws pieces, read from the posts of the units room. The only way to a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.guidance.models import Piece, PieceVersion, Question
from haicap.domain.guidance.states import VersionVerb
from haicap.domain.units import policy as units
from haicap.domain.units.organs import KINDS, Role

SYSTEM = "system"  # the actor of what nobody in particular did: loading the packaged pieces
LEADERS = (Role.LEADER, Role.DEPUTY)


class Verb(StrEnum):
    """Verbs of this room that need a right. Doors hold rights of several rooms in one set: no word is used twice."""

    WRITE = "write_guidance"
    APPROVE = "approve_guidance"  # publish, return, withdraw
    SETTLE = "settle_questions"  # what the assistant could not answer


# Right that each step of a version needs.
NEEDS = {
    VersionVerb.EDIT: Verb.WRITE,
    VersionVerb.SUBMIT: Verb.WRITE,
    VersionVerb.DROP: Verb.WRITE,
    VersionVerb.CONFIRM: Verb.WRITE,
    VersionVerb.RETURN: Verb.APPROVE,
    VersionVerb.PUBLISH: Verb.APPROVE,
    VersionVerb.WITHDRAW: Verb.APPROVE,
}


def _central(posts: Iterable[units.Held]) -> list[units.Held]:
    return [p for p in posts if KINDS[p.organ_kind].level == "nation" and p.role is not Role.RECEPTION]


def rights_of(posts: Sequence[units.Held]) -> frozenset[Verb]:
    """Everything an officer's posts allow: ministries write for the whole country, their leaders approve."""
    central = _central(posts)
    found = {Verb.WRITE, Verb.SETTLE} if central else set[Verb]()
    if any(p.role in LEADERS for p in central):
        found.add(Verb.APPROVE)
    return frozenset(found)


def rights(actor: str, on: date) -> frozenset[Verb]:
    """The same for an actor on a day."""
    return rights_of(units.held(actor, on))


def may(actor: str, verb: Verb, on: date) -> bool:
    """Whether the officer may do `verb` at all on the day."""
    return verb in rights(actor, on)


def require(actor: str, verb: Verb, on: date) -> None:
    """Refused `not_yours` unless `may`."""
    if not may(actor, verb, on):
        raise forbidden()


def forbidden() -> Refused:
    """The refusal of this room."""
    return Refused(
        "not_yours",
        gettext_noop(
            "Bạn không có quyền làm việc này. Quyền đến từ quyết định bổ nhiệm; xin hỏi cơ quan nội vụ của bạn."
        ),
    )


def take_piece(code: str, *, actor: str, at: datetime) -> Piece:
    """The locked piece, if the officer may write a version of it. Refused `not_yours`, `not_found`."""
    require(actor, Verb.WRITE, today(at))
    row = Piece.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có bài này."))
    return row


def take_version(
    code: str, number: int, verb: VersionVerb, *, actor: str, at: datetime
) -> tuple[Piece, PieceVersion]:
    """Piece and version, both locked, if the officer may do `verb` to it.

    Refused `not_yours`, `not_found`; `same_person`: who drafted a version does not publish it.
    """
    require(actor, NEEDS[verb], today(at))
    piece = Piece.objects.select_for_update().filter(code=code).first()
    row = (
        PieceVersion.objects.select_for_update().filter(piece=piece, number=number).first() if piece else None
    )
    if piece is None or row is None:
        raise Refused("not_found", gettext_noop("Không có bản này."))
    if verb is VersionVerb.PUBLISH and row.drafted_by == actor:
        raise Refused(
            "same_person",
            gettext_noop("Người soạn không tự duyệt bài của mình. Xin nhờ lãnh đạo khác duyệt."),
        )
    return piece, row


def take_question(pk: int, *, actor: str, at: datetime) -> Question:
    """The locked question, if the officer may settle it. Refused `not_yours`, `not_found`."""
    require(actor, Verb.SETTLE, today(at))
    row = Question.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có câu hỏi này."))
    return row
