"""Phiếu phản ánh: the row, what was said to and fro, and its files."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q

from haicap.domain.feedback.models.answers import Answer
from haicap.domain.feedback.models.forces import Force
from haicap.domain.feedback.models.systems import Incident
from haicap.domain.feedback.states import OPEN, Channel, Kind, Rating, State
from haicap.domain.law.models import Document
from haicap.domain.units.models import Organ, Unit

_OPEN = Q(state__in=sorted(OPEN))


class Words(Func):
    """The words of texts, lower case, as they are searched: the same text in the index and in the question."""

    template = "to_tsvector('simple', %(expressions)s)"
    arg_joiner = " || ' ' || "
    output_field = SearchVectorField()


def stream_of(public_id: UUID) -> str:
    """The stream of a ticket in the ledger."""
    return f"feedback.ticket:{public_id}"


class Ticket(models.Model):
    """Phiếu: one matter somebody brought, held by one organ at a time.

    Personal text (sender, text, about) lies here and in Remark only, so that it can be erased; `signature` finds near
    duplicates. `due_at` is what must happen next, `answer_due_at` the promise to the sender; both follow the clocks.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    code = models.TextField(unique=True)  # "PA261122-7K3MQ2XD"
    key_hash = models.BinaryField(max_length=32)
    kind = models.TextField()
    channel = models.TextField()
    language = models.TextField(default="vi")
    subject = models.TextField()
    text = models.TextField(blank=True)
    about = models.TextField(blank=True)  # whom or which office it is about, in the sender's words
    place_text = models.TextField(blank=True)
    happened_on = models.DateField(null=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    province = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    field = models.TextField(blank=True)
    procedure_code = models.TextField(blank=True)
    dossier_code = models.TextField(blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True)
    path = models.TextField(blank=True)
    problem_code = models.TextField(blank=True)  # of the law room: keeps the question at its clause
    system_code = models.TextField(blank=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="tickets", null=True)
    sender_name = models.TextField(blank=True)
    sender_phone = models.TextField(blank=True)
    sender_email = models.TextField(blank=True)
    sender_user = models.TextField(blank=True)  # account, opaque
    sender_organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", null=True)
    taken_at = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    taken_by = models.TextField(blank=True)  # who wrote it down for the sender
    received_at = models.DateTimeField()
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", db_index=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+", null=True)
    assignee = models.TextField(blank=True)
    state = models.TextField(default=State.RECEIVED)
    back_to = models.TextField(blank=True)
    hop = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    alarm = models.TextField(blank=True)
    escalation = models.PositiveSmallIntegerField(default=0)
    answer = models.ForeignKey(
        Answer, on_delete=models.PROTECT, related_name="tickets", null=True, db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)  # answered, refused or still open past the promise
    ground = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    rating = models.TextField(blank=True)
    repeat_of = models.ForeignKey("self", on_delete=models.PROTECT, related_name="repeats", null=True)
    dissatisfied = models.BooleanField(default=False)
    signature = ArrayField(models.IntegerField(), default=list)
    erased_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="ticket_kind"),
            models.CheckConstraint(condition=Q(channel__in=list(Channel)), name="ticket_channel"),
            models.CheckConstraint(condition=Q(state__in=list(State)), name="ticket_state"),
            models.CheckConstraint(condition=Q(rating__in=list(Rating)), name="ticket_rating"),
            models.CheckConstraint(
                condition=~Q(state__in=[State.AWAITING_APPROVAL, State.AWAITING_PUBLICATION, State.ANSWERED])
                | Q(answer__isnull=False),
                name="ticket_answered_in_words",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.REFUSED) | ~Q(ground=""), name="ticket_refused_with_ground"
            ),
        ]
        indexes: ClassVar = [
            # Lists go by what is due; those of one state, kind or channel find a page of the nation without reading others.
            *(
                models.Index(fields=[*first, "due_at", "id"], name=f"ticket_by_{'_'.join(first) or 'due'}")
                for first in ([], ["state"], ["kind"], ["channel"])
            ),
            # Counts of what is open, whoever asks, are read from the index alone.
            *(
                models.Index(
                    fields=[first, "due_at", "id"],
                    name=f"ticket_by_{first}",
                    include=["state", "assignee", "escalation"],
                )
                for first in ("organ", "province")
            ),
            models.Index(
                fields=["assignee", "due_at", "id"],
                name="ticket_assignee",
                condition=_OPEN,
                include=["state", "escalation"],
            ),
            models.Index(  # what leaders were told of is little of all that is open
                fields=["due_at", "id"],
                name="ticket_escalated",
                condition=_OPEN & Q(escalation__gt=0),
                include=["province", "organ"],
            ),
            models.Index(fields=["organ", "received_at"], name="ticket_received"),
            models.Index(fields=["province", "received_at"], name="ticket_received_province"),
            models.Index(  # figures of a period likewise
                fields=["received_at"],
                name="ticket_period",
                include=["state", "answered_at", "late", "dissatisfied", "rating", "answer_due_at"],
            ),
            GinIndex(Words("subject", "sender_name"), name="ticket_words"),
            models.Index(fields=["sender_phone"], name="ticket_phone", condition=~Q(sender_phone="")),
            models.Index(fields=["sender_email"], name="ticket_email", condition=~Q(sender_email="")),
            models.Index(fields=["sender_user"], name="ticket_user", condition=~Q(sender_user="")),
            models.Index(
                fields=["taken_at", "received_at"], name="ticket_taken", condition=Q(taken_at__isnull=False)
            ),
            models.Index(fields=["answer"], name="ticket_answer", condition=Q(answer__isnull=False)),
            GinIndex(fields=["signature"], name="ticket_signature"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return stream_of(self.public_id)


class Remark(models.Model):
    """Lời ghi: what was written beside an event: a question to the sender, what the sender added, a note of the office."""

    id = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="remarks")
    seq = models.PositiveIntegerField()  # of the event in the ticket's stream
    text = models.TextField()
    inside = models.BooleanField(default=True)  # for officers only
    by = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ticket", "seq"], name="ticket_remark")]

    def __str__(self) -> str:
        return f"{self.ticket_id}#{self.seq}"


class EarlierAnswer(models.Model):
    """Câu trả lời trước: what a ticket was answered before its sender opened it again."""

    id = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="earlier_answers")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket", "answered_at"], name="earlier_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.answer_id}"


class Attachment(models.Model):
    """Tệp kèm theo: a stored file by its opaque id."""

    id = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="attachments")
    file = models.UUIDField(unique=True)
    name = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ticket"], name="ticket_attachment")]

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """Nguồn gửi: how many tickets one source (hash of address, telephone, e-mail) sent in an hour. No personal data."""

    id = models.BigAutoField(primary_key=True)
    source = models.BinaryField(max_length=32)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "hour"], name="source_once")]

    def __str__(self) -> str:
        return f"{self.hour}: {self.count}"
