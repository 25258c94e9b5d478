"""Giúp tìm: other words for things, and life events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.procedures import events, policy
from haicap.domain.procedures.actions.heads import changed, lock_head, record_on_head
from haicap.domain.procedures.models import LifeEvent, LifeEventProcedure, Procedure, Synonym
from haicap.domain.procedures.rules import check_code
from haicap.kernel.ledger.actions import action

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@action
def add_synonym(*, said: str, meant: str, actor: str, at: datetime) -> Synonym:
    """People say `said`, the record says `meant`. Refused `not_yours`, `bad_synonym`, `there_already`."""
    policy.require(actor, policy.Verb.CURATE, today(at))
    words = nfc(said).casefold(), nfc(meant).casefold()
    if not all(words) or words[0] == words[1] or max(map(len, words)) > 120:
        raise Refused(
            "bad_synonym", gettext_noop("Cần hai cách nói khác nhau, mỗi cách không quá 120 ký tự.")
        )
    head = lock_head()
    if Synonym.objects.filter(said=words[0], meant=words[1]).exists():
        raise Refused("there_already", gettext_noop("Từ đồng nghĩa này đã có."))
    row = Synonym.objects.create(said=words[0], meant=words[1])
    data: dict[str, object] = {"said": row.said, "meant": row.meant}
    record_on_head(head, events.SYNONYM_ADDED, at=at, actor=actor, data=data)
    changed(head)
    return row


@action
def drop_synonym(*, said: str, meant: str, actor: str, at: datetime) -> None:
    """Take a synonym back; the ledger keeps it. Refused `not_yours`, `not_found`."""
    policy.require(actor, policy.Verb.CURATE, today(at))
    head = lock_head()
    row = Synonym.objects.filter(said=said, meant=meant).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có từ đồng nghĩa này."))
    data: dict[str, object] = {"said": row.said, "meant": row.meant}
    record_on_head(head, events.SYNONYM_DROPPED, at=at, actor=actor, data=data)
    row.delete()
    changed(head)


@action
def put_life_event(
    *,
    key: str,
    name: str,
    name_en: str,
    codes: Sequence[str],
    actor: str,
    at: datetime,
    place: int | None = None,
) -> LifeEvent:
    """Write a life event with its procedures in order, new or in place of what it was.

    Refused `not_yours`, `bad_key`, `no_name`, `bad_code`, `not_found` for a code the catalogue does not have.
    """
    policy.require(actor, policy.Verb.CURATE, today(at))
    if not _KEY.fullmatch(key):
        raise Refused("bad_key", gettext_noop("Khóa gồm chữ thường không dấu, số và _, bắt đầu bằng chữ."))
    if not nfc(name):
        raise Refused("no_name", gettext_noop("Sự kiện đời sống phải có tên."))
    wanted = list(dict.fromkeys(check_code(code) for code in codes))
    head = lock_head()
    known = {p.code: p for p in Procedure.objects.filter(code__in=wanted)}
    for code in wanted:
        if code not in known:
            raise Refused(
                "not_found", gettext_noop("Danh mục không có thủ tục mã %(code)s."), params={"code": code}
            )
    row = LifeEvent.objects.filter(key=key).first() or LifeEvent(key=key, place=LifeEvent.objects.count())
    row.name, row.name_en = nfc(name)[:200], nfc(name_en)[:200]
    row.place = row.place if place is None else place
    row.save()
    row.procedures.all().delete()
    LifeEventProcedure.objects.bulk_create(
        [LifeEventProcedure(life_event=row, procedure=known[c], place=n) for n, c in enumerate(wanted)]
    )
    data: dict[str, object] = {"key": key, "procedures": len(wanted)}
    record_on_head(head, events.LIFE_EVENT_PUT, at=at, actor=actor, data=data)
    changed(head)
    return row


@action
def drop_life_event(*, key: str, actor: str, at: datetime) -> None:
    """Take a life event away. Refused `not_yours`, `not_found`."""
    policy.require(actor, policy.Verb.CURATE, today(at))
    head = lock_head()
    row = LifeEvent.objects.filter(key=key).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có sự kiện đời sống này."))
    record_on_head(head, events.LIFE_EVENT_DROPPED, at=at, actor=actor, data={"key": key})
    row.procedures.all().delete()
    row.delete()
    changed(head)
