"""Tiếp nhận: a ticket comes to be, with its code and key, and goes to the organ that answers."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Q

from haicap.base.dates import today
from haicap.base.ids import uuid7
from haicap.base.personal import hidden
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import queries as dossiers
from haicap.domain.feedback import events, policy, queries, rules
from haicap.domain.feedback.actions import clocks, rows
from haicap.domain.feedback.actions.rows import Earlier
from haicap.domain.feedback.likeness import NEAR, alike, signature
from haicap.domain.feedback.models import Attachment, stream_of
from haicap.domain.feedback.queries import Subject
from haicap.domain.feedback.routing import Routed
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import DECREE, Channel, Kind, State
from haicap.domain.law import actions as law
from haicap.domain.law import queries as documents
from haicap.domain.law.states import ProblemKind
from haicap.domain.units import policy as posts_of
from haicap.domain.units.policy import Held
from haicap.kernel.files import actions as stored
from haicap.kernel.files.models import Stored
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.actions.rows import record_on
from haicap.kernel.ledger.chain import Head

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another
# What nothing has happened to yet.
EMPTY: Mapping[str, Any] = {
    "problem_code": "", "state": State.RECEIVED.value, "back_to": "", "hop": 0, "asked": 0, "escalation": 0,
    "late": False, "ground": "", "rating": "", "dissatisfied": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filing:
    """What is filed.

    unit        uid of the commune or province it is about ("" where it does not matter)
    procedure, dossier, document (slug), path, system (code)   what it is about, where told
    source      what the door knows of who sends (address, telephone): counted, kept only as a hash
    centre      key of the organ at which an officer writes it down for the sender
    problem     a locality's question: missing, contradictory or unclear
    files       opaque ids of stored files
    """

    kind: Kind
    text: str
    subject: str = ""
    sender: Sender = field(default_factory=Sender)
    channel: Channel = Channel.PORTAL
    unit: str = ""
    place_text: str = ""
    about: str = ""
    happened_on: date | None = None
    procedure: str = ""
    dossier: str = ""
    document: str = ""
    path: str = ""
    field: str = ""
    system: str = ""
    system_owner: str = ""
    system_unit: str = ""
    problem: ProblemKind = ProblemKind.UNCLEAR
    language: str = "vi"
    source: str = ""
    centre: int | None = None
    files: Sequence[UUID] = ()
    number: UUID | None = None  # given before, so that the same filing sent twice stays one ticket


@dataclass(frozen=True, slots=True)
class Filed:
    """A ticket with the key that is told once, to its sender."""

    code: str
    key: str
    organ: str
    due_at: datetime | None
    answer_due_at: datetime | None
    repeat_of: str = ""


@action
def file_ticket(*, filing: Filing, actor: str, at: datetime) -> Filed:
    """Tiếp nhận phản ánh, kiến nghị: state received, routed, three clocks running. Five statements, four for strangers.

    Refused `no_words`, `too_long`, `bad_phone`, `bad_email`, `name_needed`, `no_unit`, `not_found` (document), `too_many`
    (a source that sends without end), `already_filed`, `not_yours` (writing down for others, a locality's question),
    `no_organ`, `not_loaded`.
    """
    on, filing = today(at), _bare(filing)
    said = rules.sender(filing.sender, filing.kind)
    text = rules.paragraphs(filing.text)
    if not text:
        raise Refused("no_words", gettext_noop("Xin viết nội dung phản ánh, kiến nghị."), DECREE)
    posts = _posts(filing, actor, on)
    most = rules.AN_OFFICE_AN_HOUR if posts else rules.A_SOURCE_AN_HOUR
    source = _source(filing, said, actor if posts else "")
    known = rows.known(source, filing.number, said, at)
    _brake(known.sent + bool(source), most)
    routed, key = queries.routed(_subject(filing), on), fresh(8)
    values = _values(filing, said, text, routed, actor, at) | _of_officer(filing, posts, actor)
    if known.there:
        raise _already_filed()
    values |= {"key_hash": policy.hashed(key), **_on_duty(values, on)}
    begun = _begun(values, actor=actor, at=at)
    if filing.kind is Kind.LOCALITY and values["document_id"] is not None:
        values["problem_code"] = _problem(filing, text, actor, at)
    earlier = _repeated(known.earlier, values)
    facts = _facts(values, filing, routed, begun, earlier.code if earlier else "")
    head = record(
        stream=stream_of(values["public_id"]), head=Head(), kind=events.FILED, at=at, actor=actor, data=facts
    )
    values |= {**asdict(begun), "repeat_of_id": earlier.pk if earlier else None}
    pk, sent = rows.insert(values | {"version": head.version, "head": head.hash}, source, at)
    _brake(sent, most)
    attach(pk, filing.files, actor=actor, at=at)
    if earlier is not None:
        _dissatisfied(earlier.code, values["code"], actor=actor, at=at)
    return Filed(
        values["code"], key, routed.desk.name, begun.due_at, begun.answer_due_at, earlier.code if earlier else ""
    )  # fmt: skip


def _bare(filing: Filing) -> Filing:
    """Codes without signs no database keeps; those of machines come as they were sent."""
    return replace(
        filing, procedure=rules.words(filing.procedure[:20], 20), dossier=rules.words(filing.dossier[:60], 60),
        path=rules.words(filing.path[:200], 200), system=rules.words(filing.system[:60], 60),
    )  # fmt: skip


def _subject(filing: Filing) -> Subject:
    return Subject(
        filing.kind, filing.unit, filing.procedure, filing.document, filing.field, filing.system_owner, filing.system_unit
    )  # fmt: skip


def _facts(
    values: Mapping[str, Any], filing: Filing, routed: Routed, begun: clocks.Begun, earlier: str
) -> dict[str, object]:
    return {
        "code": values["code"], "kind": values["kind"], "channel": values["channel"], "organ": routed.desk.pk,
        "organ_name": routed.desk.name, "rule": routed.rule, "unit": filing.unit,
        "due": clocks.due_text(begun.answer_due_at), "files": len(filing.files), "repeat_of": earlier,
    }  # fmt: skip


def fresh(length: int) -> str:
    """Random letters that are read over the telephone without mistakes."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def _posts(filing: Filing, actor: str, on: date) -> Sequence[Held]:
    """The posts of an officer who asks for a locality or writes down for a caller. Refused `not_yours`."""
    if filing.channel in (Channel.PHONE, Channel.DESK):
        posts = policy.may_take_down(actor, on)
        if filing.centre is not None and filing.centre not in {p.organ_id for p in posts}:
            raise policy.not_yours()
        return posts
    return policy.may_take_down(actor, on) if filing.kind is Kind.LOCALITY else posts_of.held(actor, on)


def _source(filing: Filing, said: Sender, officer: str) -> bytes:
    """What is counted, as a hash: an officer who writes, else what is known of the sender; empty for nothing."""
    source = officer or filing.source or said.user or said.phone or said.email
    return sha256(f"{filing.channel}:{source}".encode()).digest() if source else b""


def _brake(sent: int, most: int) -> None:
    """Refused `too_many` when a source has sent more than so many in this hour."""
    if sent > most:
        raise Refused(
            "too_many",
            gettext_noop(
                "Đã gửi quá nhiều phiếu trong một giờ. Xin đợi rồi gửi tiếp, hoặc gọi đường dây nóng."
            ),
            params={"most": most},
        )


def _already_filed() -> Refused:
    return Refused("already_filed", gettext_noop("Phiếu này đã được gửi rồi; không gửi lần nữa."), DECREE)


def _values(
    filing: Filing, said: Sender, text: str, routed: Routed, actor: str, at: datetime
) -> dict[str, Any]:
    """The columns of a new ticket but those of its head, its clocks, its key and whoever wrote it down."""
    place = dossiers.place(filing.unit, today(at)) if filing.unit else None
    document = documents.document(filing.document) if filing.document else None
    return {
        "public_id": filing.number or uuid7(), "code": f"PA{today(at):%y%m%d}-{fresh(8)}", "kind": filing.kind.value,
        "channel": filing.channel.value, "language": "en" if filing.language == "en" else "vi",
        "subject": rules.words(filing.subject, rules.LONGEST_SUBJECT) or _first_words(text), "text": text,
        "about": rules.words(filing.about, 300), "place_text": rules.words(filing.place_text, 300),
        "happened_on": filing.happened_on, "unit_id": place.unit_id if place else None,
        "province_id": place.province_id if place else None, "field": rules.words(filing.field, 100),
        "procedure_code": filing.procedure, "dossier_code": filing.dossier,
        "document_id": document.pk if document else None, "path": filing.path, "system_code": filing.system,
        "sender_name": said.name, "sender_phone": said.phone, "sender_email": said.email, "sender_user": said.user,
        "received_at": at, "organ_id": routed.desk.pk, "signature": signature(text), **EMPTY,
    }  # fmt: skip


def _of_officer(filing: Filing, posts: Sequence[Held], actor: str) -> dict[str, Any]:
    """Who wrote it down for the sender and where; which organ asks for its locality."""
    centre = filing.centre or (posts[0].organ_id if posts else None)
    taken_down, asks = filing.channel in (Channel.PHONE, Channel.DESK), filing.kind is Kind.LOCALITY
    return {
        "taken_by": actor if taken_down else "", "taken_at_id": centre if taken_down else None,
        "sender_organ_id": centre if asks else None,
    }  # fmt: skip


def _begun(values: Mapping[str, Any], *, actor: str, at: datetime) -> clocks.Begun:
    """The clocks. Refused `already_filed` when another filing of the same number was faster."""
    try:
        return clocks.started(stream_of(values["public_id"]), 0, actor=actor, at=at)
    except Refused as refused:
        if refused.code != "already_started":
            raise
        raise _already_filed() from refused


def _first_words(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= 80 else line[:80].rsplit(" ", 1)[0] + "…"


def _on_duty(values: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Whoever of the organ's standing unit is on duty; tickets spread over them by chance of their code."""
    force, here = queries.tables().on_duty(values["organ_id"], values["field"], on)
    return {
        "force_id": force.pk if force else None,
        "assignee": here[sum(values["code"].encode()) % len(here)] if here else "",
    }


def _problem(filing: Filing, text: str, actor: str, at: datetime) -> str:
    """The question stays at its clause for the next reader, once it is answered for everybody: without personal data."""
    question = hidden(text, [filing.sender.name])[:4000]
    return law.report_problem(
        slug=filing.document, path=filing.path, kind=filing.problem, question=question, actor=actor, at=at
    ).code


def attach(ticket: int, files: Sequence[UUID], *, actor: str, at: datetime) -> None:
    """Hold stored files with the ticket: the actor's own, or those nothing holds yet. Refused `too_many_files`, `no_file`."""
    if not files:
        return
    if len(files) > rules.MOST_FILES:
        raise Refused(
            "too_many_files",
            gettext_noop("Một phiếu có nhiều nhất %(n)s tệp."),
            params={"n": rules.MOST_FILES},
        )
    mine = Q(uploaded_by=actor) | Q(expires_on__isnull=False)
    found = Stored.objects.filter(mine, public_id__in=files).count()
    if found != len(files) or Attachment.objects.filter(file__in=files).exists():
        raise Refused("no_file", gettext_noop("Không có tệp đính kèm này. Xin tải tệp lên lại."))
    stored.keep(files=list(files), actor=actor, at=at)
    Attachment.objects.bulk_create([Attachment(ticket_id=ticket, file=one, at=at) for one in files])


def _repeated(known: Iterable[Earlier], values: Mapping[str, Any]) -> Earlier | None:
    """The same sender's earlier ticket on the same thing, ended within 90 days: they were not satisfied."""
    if not values["signature"]:
        return None
    return next((one for one in known if alike(one.text, values["text"]) >= NEAR), None)


def _dissatisfied(earlier: str, by: str, *, actor: str, at: datetime) -> None:
    row = policy.take_any(earlier)
    row.dissatisfied = True
    record_on(
        row,
        events.REPEATED,
        at=at,
        actor=actor,
        data={"code": row.code, "by": by},
        fields=["dissatisfied"],
    )
