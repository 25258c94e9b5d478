"""Sửa thông tin: facts of a document corrected with their source; a wrong relation withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from haicap.base.refused import Refused
from haicap.base.text import fold, nfc
from haicap.base.words import gettext_noop
from haicap.domain.law import events, policy
from haicap.domain.law.models import Document, LawHead, Relation
from haicap.domain.law.numbers import FIRST_YEAR, LAST_YEAR
from haicap.domain.law.queries.corpus import read_corpus
from haicap.domain.law.states import Evidence
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import changed, check_seen, lock_head, record_on

DAYS = ("issued_on", "since", "until")
WORDS = ("title", "owner", "urgency", "signer", "source", "note", "evidence")
CORRECTABLE = (*DAYS, *WORDS)


@action
def correct_document(
    *, slug: str, facts: Mapping[str, date | str | None], seen: int, actor: str, at: datetime
) -> Document:
    """Correct facts of a document; the ledger keeps what stood before.

    facts  some of CORRECTABLE: dates or None, words, evidence of `Evidence`
    Refused `not_found`, `not_yours`, `stale`, `no_source` (a confirmed fact names where it was read), `dates_order`,
    `bad_date` (a year no document can have), `there_already` (another document bears this number, issuer and date),
    `nothing_new`, `cycle`.
    """
    head = lock_head(LawHead)
    row = policy.take_document(slug, actor=actor, at=at)
    check_seen(row, seen)
    before = {name: _plain(getattr(row, name)) for name in facts}
    for name, value in facts.items():
        if name not in CORRECTABLE:
            raise KeyError(name)
        setattr(row, name, nfc(value) if isinstance(value, str) else value)
    _judge(row)
    after = {name: _plain(getattr(row, name)) for name in facts}
    fields = [name for name in facts if before[name] != after[name]]
    if not fields:
        raise Refused("nothing_new", gettext_noop("Không có gì thay đổi."))
    _alone(row)
    row.folded = fold(f"{row.number} {row.title}")
    data: dict[str, object] = {
        "slug": row.slug, "number": row.number, "fields": fields,
        "before": {f: before[f] for f in fields}, "after": {f: after[f] for f in fields},
    }  # fmt: skip
    record_on(row, events.DOCUMENT_CORRECTED, at=at, actor=actor, data=data)
    read_corpus()
    changed(head)
    return row


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _alone(row: Document) -> None:
    same = Document.objects.filter(number=row.number, issuer=row.issuer, issuer_unit=row.issuer_unit_id)
    if same.filter(issued_on=row.issued_on).exclude(pk=row.pk).exists():
        raise Refused(
            "there_already",
            gettext_noop(
                "Sổ đã có văn bản khác cùng số, cùng cơ quan, cùng ngày ban hành. Xin xem lại ngày ban hành."
            ),
        )


def _judge(row: Document) -> None:
    for name in DAYS:
        day = getattr(row, name)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Refused(
                "bad_date",
                gettext_noop("Năm %(year)s không thể đúng; không có ngày kết thúc thì để trống."),
                params={"year": day.year},
            )
    if row.evidence not in list(Evidence):
        raise KeyError(row.evidence)
    if row.evidence == Evidence.CONFIRMED and not row.source:
        raise Refused(
            "no_source", gettext_noop("Thông tin đã xác minh phải ghi nguồn. Xin ghi nơi đã đọc văn bản.")
        )
    if row.since and row.until and row.since >= row.until:
        raise Refused("dates_order", gettext_noop("Ngày hết hiệu lực phải sau ngày có hiệu lực."))
    if row.since and row.issued_on and row.since < row.issued_on and row.rank:
        raise Refused("dates_order", gettext_noop("Ngày có hiệu lực không thể trước ngày ban hành."))


@action
def withdraw_relation(*, pk: int, why: str, actor: str, at: datetime) -> Relation:
    """A relation was entered wrongly: it no longer counts, the row and its reason stay.

    Refused `not_found`, `not_yours`, `no_reason`, `cycle`.
    """
    head = lock_head(LawHead)
    row = policy.take_relation(pk, actor=actor, at=at)
    if not nfc(why):
        raise Refused("no_reason", gettext_noop("Xin ghi lý do bỏ quan hệ này."))
    data: dict[str, object] = {
        "kind": row.kind, "source": row.source.number, "source_path": row.source_path,
        "target": row.target.number, "target_path": row.target_path, "id": row.pk,
    }  # fmt: skip
    record_on(head, events.RELATION_WITHDRAWN, at=at, actor=actor, data=data, fields=())
    row.withdrawn_at, row.withdrawn_why = at, nfc(why)[:500]
    row.save(update_fields=["withdrawn_at", "withdrawn_why"])
    read_corpus()
    changed(head)
    return row
