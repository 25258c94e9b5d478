"""Thư của người gửi: what a sender writes about a ticket without having been asked, or as the answer to a question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.feedback import events, policy
from haicap.domain.feedback.actions.filing import attach
from haicap.domain.feedback.actions.handling import remark
from haicap.domain.feedback.actions.sending import Proof, supply_more
from haicap.domain.feedback.models import Ticket
from haicap.domain.feedback.states import OPEN, State
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import record_on


@action
def write_more(
    *, code: str, texts: Sequence[str], proof: Proof, actor: str, at: datetime, files: Sequence[UUID] = ()
) -> Ticket:
    """Người gửi viết thêm, in parts of at most 8,000 characters each; what was asked for sets the clock running again.

    Refused `not_found`, `not_now` (the ticket is closed), `no_words`, `too_many_files`.
    """
    row = policy.take_own(code, actor=actor, at=at, key=proof.key, phone=proof.phone, email=proof.email)
    if not texts:
        raise Refused("no_words", gettext_noop("Xin viết bằng lời."))
    if row.state == State.AWAITING_MORE:
        row = supply_more(code=code, text=texts[0], proof=proof, files=files, actor=actor, at=at)
        texts = texts[1:]
    elif row.state in OPEN:
        record_on(row, events.WRITTEN, at=at, actor=actor, data={"code": code, "files": len(files)})
        attach(row.pk, files, actor=actor, at=at)
    else:
        raise Refused(
            "not_now",
            gettext_noop("Phiếu đã đóng. Xin gửi phiếu mới và ghi mã phiếu này, hoặc mở lại phiếu."),
        )
    for text in texts:
        remark(row, text, inside=False, actor=actor, at=at)
    return row
