"""Kết quả: typeset from the template of the version, signed, copied, revoked. Anybody can check one by its key."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from haicap.base.dates import show_date, today
from haicap.base.ids import random_key, uuid7
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import events, policy, queries, rules, states
from haicap.domain.dossiers.actions import rows
from haicap.domain.dossiers.actions.receiving import answers_of, needed
from haicap.domain.dossiers.models import Result
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.queries.people import name_of
from haicap.domain.dossiers.queries.pinned import Pinned
from haicap.domain.dossiers.queries.saying import said, said_as
from haicap.domain.dossiers.states import RETURNING, Verb
from haicap.domain.procedures.content import Source
from haicap.kernel.files import actions as files
from haicap.kernel.files import blobs
from haicap.kernel.ledger.actions import action, record

log = logging.getLogger("haicap.dossiers")

_NUMBER = """
INSERT INTO dossiers_resultcounter (organ_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT (organ_id, year) DO UPDATE SET last = dossiers_resultcounter.last + 1 RETURNING last
"""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a result says.

    signer, signer_title  who signs, and the title of the post that allows it
    place                 the unit's own name, for the line of the date
    key                   opens the public page that checks it
    values                by source of the template's lines, as printed; days as dd/mm/yyyy
    """

    found: Pinned
    title: str
    number: str
    organ: str
    place: str
    signer: str
    signer_title: str
    at: datetime
    key: str
    values: Mapping[str, str]
    copy: bool = False


# Filled in config/wiring.py: typesetting and signing need keys and addresses that the domain does not know.
Make = Callable[[Paper], bytes]


@dataclass(slots=True)
class _Slot:
    make: Make | None = None
    trial: bool = False


_slot = _Slot()


def wire(make: Make | None, *, trial: bool = False) -> None:
    """Fill the slot: from what a result says to the signed PDF (PAdES). trial: its signatures have no legal value."""
    _slot.make, _slot.trial = make, trial


@action
def sign(
    *,
    code: str,
    actor: str,
    at: datetime,
    seen: int,
    inputs: Mapping[str, str] | None = None,
    number: str = "",
) -> Taken:
    """Ký kết quả: typeset and signed (PAdES) in the signer's name; its number is the organ's next of the year.

    inputs  what the template asks of the officer; number: the one given in the organ's own register, if any
    Refused `not_decided`, `signed_already`, `no_signing` (no key is set up), and as usual.
    """
    row = policy.take(code, actor=actor, verb=Verb.SIGN, at=at)
    states.move(row.state, Verb.SIGN, version=row.version, seen=seen)
    if row.decided_at is None:
        raise Refused(
            "not_decided", gettext_noop("Hồ sơ chưa có quyết định nên chưa ký được kết quả."), RETURNING
        )
    if Result.objects.filter(dossier_id=row.id, copy_of__isnull=True, revoked_at__isnull=True).exists():
        raise Refused(
            "signed_already", gettext_noop("Kết quả của hồ sơ này đã ký. Muốn ký lại, hãy thu hồi bản trước.")
        )
    paper = _paper(row, actor, at, dict(inputs or {}), rules.one_line(number, 60))
    return _signed(row, paper, actor=actor, at=at)


def _paper(row: Taken, actor: str, at: datetime, inputs: Mapping[str, str], number: str) -> Paper:
    found = queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    template, on = found.content.result_template, today(at)
    place = queries.place(queries.uid_of(row.unit_id), on)
    organ = place.offices.get(template.organ) or queries.office(row.organ_id, on)
    if template.numbering and not number:
        number = rules.result_number(
            template.numbering, _next(organ.pk if organ else row.unit_id, on.year), at
        )
    signer = name_of(actor)
    written = {f.key: (f, rules.paragraphs(inputs.get(f.key, ""), 2000)) for f in template.inputs}
    values: dict[str, str] = {
        **said(found.content.form, answers_of(row)),
        **{key: said_as(field, text) for key, (field, text) in written.items()},
        Source.DOSSIER_CODE: row.code,
        Source.RECEIVED_ON: show_date(today(row.received_at)) if row.received_at else "",
        Source.APPLICANT: row.applicant_name,
        Source.PROCEDURE: found.name,
        Source.DECIDED_ON: show_date(today(row.decided_at)) if row.decided_at else "",
        Source.NUMBER: number,
        Source.ORGAN: organ.name if organ else row.competent_name,
        Source.UNIT: place.title,
        Source.SIGNER: signer,
    }
    missing = [f.label.vi for f in template.inputs if f.required and not values[f.key]]
    if missing:
        raise Refused(
            "input_missing",
            gettext_noop("Cần điền trước khi ký: %(fields)s."),
            params={"fields": ", ".join(missing)},
        )
    return Paper(
        found, template.title.vi or found.name, number, values[Source.ORGAN], place.short, signer,
        _title(row, actor, on), at, random_key(), values,
    )  # fmt: skip


def _title(row: Taken, actor: str, on: date) -> str:
    """The title of the post that allows the signature."""
    organs = [post.organ_id for post in row.posts if policy.allows(Verb.SIGN, [post], row)]
    held = (queries.title_of(actor, organ, on) for organ in organs)
    return next((title for title in held if title), "")


def _next(organ: int, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER, [organ, year])
        return int(cursor.fetchone()[0])


def _signed(row: Taken, paper: Paper, *, actor: str, at: datetime, copy_of: Result | None = None) -> Taken:
    if _slot.make is None:
        raise Refused("no_signing", gettext_noop("Máy chủ chưa có khóa ký số. Xin báo người vận hành."))
    try:
        content = _slot.make(paper)
    except ValueError as error:  # the paper cannot be set in type as it stands
        log.warning("a result cannot be printed", extra={"dossier": row.code, "reason": str(error)})
        raise Refused(
            "not_printable",
            gettext_noop(
                "Chưa lập được giấy kết quả: nội dung có chỗ thiếu hoặc không in được. Xin xem lại."
            ),
        ) from error
    public_id, n = uuid7(), Result.objects.filter(dossier_id=row.id).count() + 1
    with blobs.receive([content]) as intake:
        stored = files.store(intake=intake, name=f"{row.code}-{n}.pdf", actor=actor, at=at)
    digest = hashlib.sha256(content).hexdigest()
    Result.objects.create(
        public_id=public_id, dossier_id=row.id, n=n, key=paper.key, title=paper.title, number=paper.number, file=stored,
        sha256=digest, signer=actor, signer_name=paper.signer, organ_name=paper.organ, signed_at=at, made_at=at, copy_of=copy_of,
        values=dict(paper.values), trial=_slot.trial,
    )  # fmt: skip
    kind = events.COPIED if copy_of else events.SIGNED
    data = {"result": str(public_id), "number": paper.number}
    if not copy_of:
        data["sha256"] = digest
    head = record(stream=row.stream, head=row.ledger_head, kind=kind, at=at, actor=actor, data=data)
    return rows.update(row, head)


@action
def copy_result(*, code: str, result: UUID, actor: str, at: datetime, seen: int) -> Taken:
    """Cấp bản sao: the same number and content, signed anew by whoever issues the copy. Refused `revoked`."""
    row = policy.take(code, actor=actor, verb=Verb.REVOKE, at=at)
    states.move(row.state, Verb.REVOKE, version=row.version, seen=seen)
    original = _result(row, result)
    found = queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    signer = name_of(actor)
    values = {**original.values, Source.SIGNER: signer}
    place = queries.place(queries.uid_of(row.unit_id), today(at)).short
    paper = Paper(
        found, original.title, original.number, original.organ_name, place, signer, _title(row, actor, today(at)), at,
        random_key(), values, copy=True,
    )  # fmt: skip
    return _signed(row, paper, actor=actor, at=at, copy_of=original)


@action
def revoke_result(*, code: str, result: UUID, actor: str, at: datetime, seen: int, reason: str) -> Taken:
    """Thu hồi: the public page says since when and why; the paper stays on record. Copies fall with the original."""
    row = policy.take(code, actor=actor, verb=Verb.REVOKE, at=at)
    states.move(row.state, Verb.REVOKE, version=row.version, seen=seen)
    found = _result(row, result)
    why = needed(reason, gettext_noop("Cần ghi lý do thu hồi kết quả."))
    Result.objects.filter(dossier_id=row.id, revoked_at__isnull=True).filter(
        pk__in=[found.pk, *Result.objects.filter(copy_of=found).values_list("pk", flat=True)]
    ).update(revoked_at=at, revoked_by=actor, revoked_for=why)
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.REVOKED, at=at, actor=actor,
        data={"result": str(result), "number": found.number},
    )  # fmt: skip
    return rows.update(row, head)


def _result(row: Taken, public_id: UUID) -> Result:
    found = Result.objects.filter(dossier_id=row.id, public_id=public_id).first()
    if found is None:
        raise policy.not_found()
    if found.revoked_at is not None:
        raise Refused("revoked", gettext_noop("Kết quả này đã bị thu hồi."), RETURNING)
    return found
