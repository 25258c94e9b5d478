"""Rows of the notices. Technical: what people are told is decided and recorded elsewhere; only outbox.py writes here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haicap.base.ids import uuid7
from haicap.edges.notices.states import Channel, State


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
