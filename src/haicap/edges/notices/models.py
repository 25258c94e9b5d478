"""Rows of the notices. Technical: what people are told is decided and recorded elsewhere; only outbox.py writes here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haicap.base.ids import uuid7
from haicap.edges.notices.states import Channel, Outcome, State


class Message(models.Model):
    """Tin: one message to one person by one channel. Its personal text is erased some time after it ended."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    key = models.TextField(unique=True)  # says what it tells to whom: a second one is not queued
    channel = models.TextField()
    to = models.TextField()  # address or number; empty once erased
    language = models.TextField(default="vi")
    template = models.TextField()
    params = models.JSONField(default=dict)  # what the template is filled with; empty once erased
    about = models.TextField()  # a stream of the ledger, "dossier:…"
    state = models.TextField(default=State.WAITING.value)
    attempts = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField()  # not tried before; while it is being sent: when the lease ends
    until = models.DateTimeField()  # not tried after
    error = models.TextField(default="", blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # sent, failed or dropped
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(channel__in=[c.value for c in Channel]), name="message_channel"
            ),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="message_state"),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="message_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | (Q(to="", params={}, error="") & ~Q(state="waiting")),
                name="message_erased_leaves_nothing",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("created_at")), name="message_span"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "retry_at", "id"], condition=Q(state="waiting"), name="message_due"
            ),
            models.Index(
                fields=["ended_at"],
                condition=Q(ended_at__isnull=False, erased_at__isnull=True),
                name="message_erase",
            ),
            models.Index(fields=["state", "-id"], name="message_list"),
            models.Index(fields=["about"], name="message_about"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.template} {self.state}"


class Line(models.Model):
    """Đường gửi: whether a whole channel answers. A server that is away is not asked for every single message."""

    channel = models.TextField(primary_key=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    since = models.DateTimeField(null=True)  # of the first of them
    closed_until = models.DateTimeField(null=True)
    error = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        return f"{self.channel}: {self.failures} failures"


class Mailbox(models.Model):
    """Hộp thư đến: how far it has been read, and since when it does not answer. Nothing is deleted in it."""

    name = models.TextField(primary_key=True)  # "user@host/INBOX"
    validity = models.PositiveBigIntegerField(default=0)  # UIDVALIDITY: another one begins anew
    last_uid = models.PositiveBigIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(null=True)
    closed_until = models.DateTimeField(null=True)
    error = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        return self.name


class Incoming(models.Model):
    """Thư đến: every mail is a row, once; what was not understood is kept whole for a while. Personal text goes with it."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    key = models.TextField(unique=True)  # the mail's own id, or the hash of its bytes
    at = models.DateTimeField()
    sender = models.TextField(blank=True)  # empty once erased
    sender_hash = models.BinaryField(max_length=32, default=b"")  # counts mails of one sender
    name = models.TextField(blank=True)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    size = models.PositiveBigIntegerField(default=0)
    outcome = models.TextField()
    reason = models.TextField(blank=True)  # why it was kept aside, or what of it was not taken
    ticket = models.TextField(blank=True)  # code
    raw = models.BinaryField(null=True)  # zlib; of mails kept aside
    settled_at = models.DateTimeField(null=True)
    settled_by = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome__in=[o.value for o in Outcome]), name="incoming_outcome"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(sender="", name="", subject="", text="", raw__isnull=True),
                name="incoming_erased_leaves_nothing",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-id"], name="incoming_aside", condition=Q(outcome="aside")),
            models.Index(fields=["sender_hash", "at"], name="incoming_sender"),
            models.Index(fields=["at"], name="incoming_erase", condition=Q(erased_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.at} {self.outcome}"
