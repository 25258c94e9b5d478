"""Tiếp nhận: a ticket comes to be, with its code and key, and goes to the organ that answers."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connection
from django.db.models import Q

from haicap.base.dates import today
from haicap.base.ids import uuid7
from haicap.base.personal import hidden
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import queries as dossiers
from haicap.domain.feedback import events, policy, queries, rules
from haicap.domain.feedback.actions import clocks
from haicap.domain.feedback.likeness import NEAR, alike, signature
from haicap.domain.feedback.models import Attachment, Ticket
from haicap.domain.feedback.queries import Subject
from haicap.domain.feedback.routing import Routed
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import DECREE, ENDED, Channel, Kind, State
from haicap.domain.law import actions as law
from haicap.domain.law import queries as documents
from haicap.domain.law.states import ProblemKind
from haicap.domain.units import policy as posts_of
from haicap.domain.units.policy import Held
from haicap.kernel.files import actions as stored
from haicap.kernel.files.models import Stored
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import record_on

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another
REPEAT_WITHIN = timedelta(days=90)
_COUNT = """
INSERT INTO feedback_source (source, hour, count) VALUES (%s, date_trunc('hour', %s::timestamptz), 1)
ON CONFLICT (source, hour) DO UPDATE SET count = feedback_source.count + 1 RETURNING count
"""


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
    """Tiếp nhận phản ánh, kiến nghị: state received, routed, three clocks running.

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
    _count(filing, said, actor, at, office=bool(posts))
    routed = queries.routed(_subject(filing), on)
    key = fresh(8)
    row = _row(filing, said, text, routed, key, posts, actor, at)
    _assign(row, on)
    clocks.begin(row, actor=actor, at=at)
    if filing.kind is Kind.LOCALITY and row.document is not None:
        row.problem_code = _problem(filing, text, actor, at)
    earlier = _repeated(row, at)
    row.repeat_of = earlier
    record_on(row, events.FILED, at=at, actor=actor, data=_facts(row, routed, earlier, len(filing.files)))
    attach(row, filing.files, actor=actor, at=at)
    if earlier is not None:
        _dissatisfied(earlier, row, actor=actor, at=at)
    return Filed(
        row.code, key, routed.desk.name, row.due_at, row.answer_due_at, earlier.code if earlier else ""
    )


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


def _facts(row: Ticket, routed: Routed, earlier: Ticket | None, files: int) -> dict[str, object]:
    return {
        "code": row.code, "kind": row.kind, "channel": row.channel, "organ": routed.desk.pk,
        "organ_name": routed.desk.name, "rule": routed.rule, "unit": row.unit.uid if row.unit else "",
        "due": clocks.due_text(row.answer_due_at), "files": files, "repeat_of": earlier.code if earlier else "",
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


def _count(filing: Filing, said: Sender, actor: str, at: datetime, *, office: bool) -> None:
    """One more from this source in this hour. Refused `too_many`."""
    source = actor if office else filing.source or said.user or said.phone or said.email
    if not source:
        return
    digest = sha256(f"{filing.channel}:{source}".encode()).digest()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [digest, at])
        sent = int(cursor.fetchone()[0])
    most = rules.AN_OFFICE_AN_HOUR if office else rules.A_SOURCE_AN_HOUR
    if sent > most:
        raise Refused(
            "too_many",
            gettext_noop(
                "Đã gửi quá nhiều phiếu trong một giờ. Xin đợi rồi gửi tiếp, hoặc gọi đường dây nóng."
            ),
            params={"most": most},
        )


def _row(
    filing: Filing,
    said: Sender,
    text: str,
    routed: Routed,
    key: str,
    posts: Sequence[Held],
    actor: str,
    at: datetime,
) -> Ticket:
    place = dossiers.place(filing.unit, today(at)) if filing.unit else None
    document = documents.document(filing.document) if filing.document else None
    taken_down = filing.channel in (Channel.PHONE, Channel.DESK)
    centre = filing.centre or (posts[0].organ_id if posts else None)
    row = Ticket(
        public_id=filing.number or uuid7(), code=f"PA{today(at):%y%m%d}-{fresh(8)}", key_hash=policy.hashed(key),
        kind=filing.kind.value, channel=filing.channel.value, language="en" if filing.language == "en" else "vi",
        subject=rules.words(filing.subject, rules.LONGEST_SUBJECT) or _first_words(text), text=text,
        about=rules.words(filing.about, 300), place_text=rules.words(filing.place_text, 300),
        happened_on=filing.happened_on, unit_id=place.unit_id if place else None,
        province_id=place.province_id if place else None, field=rules.words(filing.field, 100),
        procedure_code=filing.procedure, dossier_code=filing.dossier, document_id=document.pk if document else None,
        path=filing.path, system_code=filing.system, sender_name=said.name, sender_phone=said.phone,
        sender_email=said.email, sender_user=said.user, received_at=at, organ_id=routed.desk.pk, routed_by=routed.rule,
        taken_by=actor if taken_down else "", taken_at_id=centre if taken_down else None,
        sender_organ_id=centre if filing.kind is Kind.LOCALITY else None, signature=signature(text),
    )  # fmt: skip
    if filing.number is not None and Ticket.objects.filter(public_id=filing.number).exists():
        raise Refused("already_filed", gettext_noop("Phiếu này đã được gửi rồi; không gửi lần nữa."), DECREE)
    return row


def _first_words(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= 80 else line[:80].rsplit(" ", 1)[0] + "…"


def _assign(row: Ticket, on: date) -> None:
    """To whoever of the organ's standing unit is on duty; tickets spread over them by chance of their code."""
    force, here = queries.tables().on_duty(row.organ_id, row.field, on)
    row.force_id = force.pk if force else None
    row.assignee = here[sum(row.code.encode()) % len(here)] if here else ""


def _problem(filing: Filing, text: str, actor: str, at: datetime) -> str:
    """The question stays at its clause for the next reader, once it is answered for everybody: without personal data."""
    question = hidden(text, [filing.sender.name])[:4000]
    return law.report_problem(
        slug=filing.document, path=filing.path, kind=filing.problem, question=question, actor=actor, at=at
    ).code


def attach(row: Ticket, files: Sequence[UUID], *, actor: str, at: datetime) -> None:
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
    Attachment.objects.bulk_create([Attachment(ticket=row, file=one, at=at) for one in files])


def _repeated(row: Ticket, at: datetime) -> Ticket | None:
    """The same sender's earlier ticket on the same thing, ended within 90 days: they were not satisfied."""
    mine = queries.sent_by(phone=row.sender_phone, email=row.sender_email, user=row.sender_user)
    if mine is None or not row.signature:
        return None
    earlier = mine.filter(
        state__in=list(ENDED - {State.WITHDRAWN}), ended_at__gte=at - REPEAT_WITHIN, erased_at__isnull=True
    )
    for one in earlier.order_by("-ended_at")[:20]:
        if alike(one.text, row.text) >= NEAR:
            return one
    return None


def _dissatisfied(earlier: Ticket, by: Ticket, *, actor: str, at: datetime) -> None:
    row = policy.take_any(earlier.code)
    row.dissatisfied = True
    record_on(
        row,
        events.REPEATED,
        at=at,
        actor=actor,
        data={"code": row.code, "by": by.code},
        fields=["dissatisfied"],
    )
