"""Nhập bảng: what a looked-through file proposes becomes drafts, all of it in one act or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.procedures import events, policy
from haicap.domain.procedures.actions.heads import lock_head, record_on_head
from haicap.domain.procedures.formats import Outcome, Report
from haicap.domain.procedures.models import Procedure, ProcedureVersion
from haicap.domain.procedures.packaged.catalogue import Proposal
from haicap.domain.procedures.states import OPEN
from haicap.kernel.ledger.actions import action


@action
def import_table(*, report: Report, name: str, skip_bad: bool = False, actor: str, at: datetime) -> int:
    """Draft every new and changed row of a report (queries.dry_run); how many drafts. One event, no version counts yet.

    name      file name, for the record
    skip_bad  leave bad rows out; otherwise they refuse the whole file
    Refused `not_yours`, `bad_rows`, `nothing_new`, `drafts_open` when a code has an open draft already (so a file sent
    twice doubles nothing).
    """
    on = today(at)
    policy.require(actor, policy.Verb.DRAFT, on)
    bad, proposals = report.count(Outcome.BAD), report.proposals()
    if bad and not skip_bad:
        raise Refused(
            "bad_rows",
            gettext_noop("%(n)s dòng không dùng được. Xin sửa tệp, hoặc chọn bỏ qua các dòng đó."),
            params={"n": bad},
        )
    if not proposals:
        raise Refused("nothing_new", gettext_noop("Tệp không có gì khác với danh mục hiện nay."))
    head = lock_head()
    codes = [p.code for p in proposals]
    _none_open(codes)
    _draft(proposals, actor, on)
    data: dict[str, object] = {
        "drafts": len(proposals), "skipped": len(report.rows) - len(proposals), "codes": codes,
        "source": nfc(name)[:120],
    }  # fmt: skip
    record_on_head(head, events.TABLE_IMPORTED, at=at, actor=actor, data=data)
    return len(proposals)


def _draft(proposals: Sequence[Proposal], actor: str, on: date) -> None:
    codes = [p.code for p in proposals]
    Procedure.objects.bulk_create([Procedure(code=code) for code in codes], ignore_conflicts=True)
    known = {row.code: row for row in Procedure.objects.filter(code__in=codes)}
    mine: dict[str, str] = dict.fromkeys({row.owner for row in known.values()}, "")
    for owner in mine:
        mine[owner] = policy.ministry_for(actor, owner, on)
    rows = [
        ProcedureVersion(
            procedure=known[p.code],
            name=p.name,
            field=p.field[:200],
            content=p.document,
            ministry=mine[known[p.code].owner],
            drafted_by=actor,
        )
        for p in proposals
    ]
    ProcedureVersion.objects.bulk_create(rows, batch_size=500)


def _none_open(codes: list[str]) -> None:
    rows = ProcedureVersion.objects.filter(procedure__code__in=codes, state__in=list(OPEN))
    open_codes = sorted(set(rows.values_list("procedure__code", flat=True)))
    if open_codes:
        raise Refused(
            "drafts_open",
            gettext_noop(
                "Đã có dự thảo đang mở của %(n)s mã, ví dụ %(code)s. Xin xử lý các dự thảo đó trước."
            ),
            params={"n": len(open_codes), "code": open_codes[0]},
        )
