"""Nhập văn bản: a table of documents, places, texts, relations and owed documents, whole or not at all."""

from __future__ import annotations

from datetime import datetime

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.law import events, policy
from haicap.domain.law.actions.writing import Writing
from haicap.domain.law.formats.rows import Tables
from haicap.domain.law.models import LawHead
from haicap.domain.law.queries.corpus import read_corpus
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import changed, lock_head, record_on


@action
def load_register(*, tables: Tables, source: str, actor: str, at: datetime) -> int:
    """Load an empty register; how many documents. One event.

    Refused `already_loaded`, and as `enter` for rows that do not fit together.
    """
    head = lock_head(LawHead)
    if head.generation:
        raise Refused("already_loaded", gettext_noop("Sổ văn bản đã được nạp. Văn bản mới được nhập thêm."))
    writing = Writing(tables, at)
    writing.write()
    read_corpus()
    data: dict[str, object] = {**writing.counts(), "source": source}
    record_on(head, events.LOADED, at=at, actor=actor, data=data, fields=())
    changed(head)
    return len(writing.made)


@action
def enter(*, tables: Tables, source: str, actor: str, at: datetime) -> int:
    """Enter rows; how many documents are new. One event; what is in force follows from the rows.

    source  file name or page, for the record
    Refused `not_yours` for a document of an issuer the officer does not keep, also as the target of a relation that
    changes it, unless the officer's body stands above; with the row: `bad_rows` (rows that contradict themselves or each
    other, dates in the wrong order), `no_issuer`, `unknown_document`, `many_documents`, `unknown_unit`, `same_place`,
    `differs` (a document entered before with other facts), `there_already` (a place, relation or owed document entered
    before with other days, a place with another heading), `text_days`; `cycle`, `nothing_new`. Nothing is written then.
    """
    on = today(at)
    posts = policy.require(actor, policy.Verb.ENTER, on)
    head = lock_head(LawHead)
    writing = Writing(tables, at)
    if not all(policy.reaches(posts, uid, on) for uid in writing.issuers_touched()):
        raise policy.forbidden()
    if not all(policy.may_act_on(posts, uid, on) for uid in writing.issuers_acted_on()):
        raise policy.forbidden()
    writing.write()
    counts = writing.counts()
    if not any(counts.values()):
        raise Refused("nothing_new", gettext_noop("Bảng không có gì khác với sổ văn bản hiện nay."))
    read_corpus()  # cycles are refused here, before anything counts
    data: dict[str, object] = {**counts, "source": nfc(source)[:120], "slugs": writing.touched()[:200]}
    record_on(head, events.ENTERED, at=at, actor=actor, data=data, fields=())
    changed(head)
    return counts["documents"]
