"""Rows of the ledger. Nothing here is ever updated but a delivery."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models.expressions import RawSQL


class TransactionId(models.Field[int, int]):
    """PostgreSQL's 64-bit transaction id: orders the feed by commit, where serial ids would skip rows."""

    def db_type(self, connection: Any) -> str:
        """The column type."""
        return "xid8"

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """Read as a number: its text does not sort."""
        return f"({sql})::text::bigint", params


class Event(models.Model):
    """Sự kiện: one thing that happened, linked to the one before it in its stream."""

    id = models.BigAutoField(primary_key=True)
    stream = models.TextField()
    seq = models.PositiveIntegerField()
    kind = models.TextField()
    at = models.DateTimeField()  # when it counts
    recorded_at = models.DateTimeField()  # when it was written down
    actor = models.TextField()  # opaque: no foreign key, so that people can be erased
    on_behalf_of = models.TextField(blank=True, default="")
    data = models.JSONField(default=dict)
    hash = models.BinaryField(max_length=32)
    tx = TransactionId(db_default=RawSQL("pg_current_xact_id()", ()), editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "seq"], name="event_stream_seq"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="event_seq_from_one"),
        ]
        indexes: ClassVar = [models.Index(fields=["tx", "id"], name="event_feed")]

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq} {self.kind}"


class Delivery(models.Model):
    """Giao việc: an event that one consumer has still to act on. Deleted when done."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    consumer = models.TextField()
    attempts = models.PositiveIntegerField(default=0, db_default=0)
    retry_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="", db_default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["consumer", "id"], name="delivery_open")]

    def __str__(self) -> str:
        return f"{self.consumer}: {self.event_id}"


class Anchor(models.Model):
    """Mốc neo: one hash over the heads of all streams, chained, so that a cut-off tail shows."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    streams = models.PositiveIntegerField()
    events = models.PositiveBigIntegerField()
    root = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"anchor {self.id} over {self.streams} streams"
