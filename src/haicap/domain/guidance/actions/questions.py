"""Câu hỏi gửi trợ lý: counted without personal data; editors settle what failed."""

from __future__ import annotations

import hashlib
from datetime import datetime

from haicap.base.personal import hidden
from haicap.base.refused import Refused
from haicap.base.text import fold, nfc
from haicap.base.words import gettext_noop
from haicap.domain.guidance import events, policy
from haicap.domain.guidance.models import Piece, Question
from haicap.domain.guidance.states import Behaviour, QuestionState, Settled, Thumb
from haicap.domain.procedures import actions as catalogue
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import check_seen, record_on

LONGEST = 500  # characters of a question that are kept


@action
def note_question(
    *, text: str, behaviour: str, first: str = "", thumb: str = "", actor: str, at: datetime
) -> Question:
    """A question the assistant answered or failed; the same words again are counted on the one row.

    text   as it was asked; telephone numbers, names told, addresses … are hidden before anything is kept
    first  code of what was answered first; thumb  "", "up", "down"
    A settled question that fails again is open again. Refused `no_question`.
    """
    words = nfc(hidden(nfc(text.replace("\0", ""))[: 4 * LONGEST]))[:LONGEST]
    key = hashlib.sha256(fold(words).encode()).digest()
    if not fold(words).strip(" ?!.,"):
        raise Refused("no_question", gettext_noop("Xin ghi câu hỏi."))
    did, said = Behaviour(behaviour), Thumb(thumb)
    fresh = Question(key=key, text=words, behaviour=did, first_at=at, last_at=at)
    Question.objects.bulk_create([fresh], ignore_conflicts=True)
    row = Question.objects.select_for_update().get(key=key)
    row.behaviour, row.first, row.last_at = did, nfc(first)[:80], max(row.last_at, at)
    if said is Thumb.NONE:
        row.asked += 1  # a thumb follows a question that was counted already
    row.up += said is Thumb.UP
    row.down += said is Thumb.DOWN
    failed = said is Thumb.DOWN or (did is Behaviour.REFUSE and said is Thumb.NONE)
    row.failed += failed
    if failed:
        row.state = QuestionState.OPEN
    data: dict[str, object] = {"behaviour": did.value, "first": row.first, "thumb": said.value}
    record_on(row, events.QUESTION_NOTED, at=at, actor=actor, data=data)
    return row


@action
def settle_question(
    *,
    pk: int,
    how: str,
    piece: str = "",
    said: str = "",
    meant: str = "",
    note: str = "",
    seen: int,
    actor: str,
    at: datetime,
) -> Question:
    """An editor dealt with a question.

    how  synonym: people say `said`, the catalogue says `meant`; article: `piece` answers it now; dropped, with a note
    Refused `not_yours`, `not_found`, `stale`, `no_piece`, `no_reason`, and as `procedures.add_synonym`.
    """
    row = policy.take_question(pk, actor=actor, at=at)
    check_seen(row, seen)
    answered = Piece.objects.filter(code=piece).first() if how == Settled.ARTICLE else None
    if how == Settled.ARTICLE and answered is None:
        raise Refused("no_piece", gettext_noop("Không có bài mang mã này. Xin soạn bài trước."))
    if how == Settled.DROPPED and not nfc(note):
        raise Refused("no_reason", gettext_noop("Xin ghi vì sao không cần xử lý câu hỏi này."))
    if how == Settled.SYNONYM:
        catalogue.add_synonym(said=said, meant=meant, actor=actor, at=at)
    row.state, row.how, row.piece = QuestionState.SETTLED, Settled(how), answered
    row.note, row.settled_by, row.settled_at = nfc(note)[:1000], actor, at
    data: dict[str, object] = {"how": row.how, "piece": piece if answered else ""}
    record_on(row, events.QUESTION_SETTLED, at=at, actor=actor, data=data)
    return row
