"""Nhập thẩm quyền: a table of powers and assertions, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.powers import events, policy
from haicap.domain.powers.actions.writing import Writing
from haicap.domain.powers.formats.rows import AssertionLine, PowerLine
from haicap.domain.powers.models import PowersHead
from haicap.domain.powers.states import Mode
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import changed, lock_head, record_on


@action
def load_register(
    *, powers: Sequence[PowerLine], assertions: Sequence[AssertionLine], source: str, actor: str, at: datetime
) -> int:
    """Load an empty register; how many assertions. One event. Refused `already_loaded`, and as `enter`."""
    head = lock_head(PowersHead)
    if head.generation:
        raise Refused(
            "already_loaded", gettext_noop("Sổ thẩm quyền đã được nạp. Quy định mới được nhập thêm.")
        )
    writing = Writing(powers, assertions, actor=actor, at=at)
    writing.write()
    data: dict[str, object] = {
        "powers": len(writing.new_powers),
        "assertions": len(writing.new),
        "source": source,
    }
    record_on(head, events.LOADED, at=at, actor=actor, data=data, fields=())
    changed(head)
    return len(writing.new)


@action
def enter(
    *, powers: Sequence[PowerLine], assertions: Sequence[AssertionLine], source: str, actor: str, at: datetime
) -> list[str]:
    """Enter powers and assertions; codes of the new assertions. One event.

    source  file name or page, for the record
    Refused `not_yours`, or with the row: `unknown_power`, `unknown_organ`, `unknown_unit`, `unknown_document`,
    `many_documents`, `uncited`, `unknown_parent`, `parent_missing`, `parent_unfit`, `cycle`, `dates_order`,
    `district_after_reform`, `bad_condition`, `unknown_attribute`, `unknown_value`, `code_taken`, `differs`,
    `bad_code`, `no_name`, `bad_attribute`,
    `nothing_new`. Nothing is written then.
    """
    on = today(at)
    posts = policy.require(actor, policy.Verb.ENTER, on)
    head = lock_head(PowersHead)
    writing = Writing(powers, assertions, actor=actor, at=at)
    if not writing.new and not writing.new_powers:
        raise Refused("nothing_new", gettext_noop("Bảng không có dòng nào mới."))
    for row in writing.new_powers:
        if not policy.may_enter(posts, row.owner, Mode.ORIGINAL, (), on):
            raise policy.forbidden()
    for line in writing.new:
        policy.require_entry(posts, line, writing.above(line), on)
    writing.write()
    codes = [row.code for row in writing.new]
    data: dict[str, object] = {
        "powers": len(writing.new_powers), "assertions": len(codes), "source": nfc(source)[:120],
        "touched": sorted({row.power.code for row in writing.new})[:200], "codes": codes[:200],
    }  # fmt: skip
    record_on(head, events.ENTERED, at=at, actor=actor, data=data, fields=())
    changed(head)
    return codes
