"""Rows of the ledger. Nothing here is ever updated but a delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    _Whole = models.Field[int, int]
else:
    _Whole = models.Field


class TransactionId(_Whole):
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
    """Mốc neo: one hash over the heads of all streams, chained, so that a cut-off tail shows.

    An anchor lists the heads of the streams that grew since the one before it (`AnchoredHead`) and hashes the
    anchor before it too; so the newest anchor stands for the head of every stream there is.
    """

    id = models.BigAutoField(primary_key=True)
    seq = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    upto = (
        models.BigIntegerField()
    )  # every event with an id up to this is covered by this anchor or an older one
    streams = models.PositiveIntegerField()  # streams that grew since the anchor before
    events = models.PositiveBigIntegerField()  # events since the anchor before
    root = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"anchor {self.seq} over {self.streams} streams"


class AnchoredHead(models.Model):
    """Đầu chuỗi đã neo: where one stream stood at one anchor."""

    id = models.BigAutoField(primary_key=True)
    anchor = models.ForeignKey(Anchor, on_delete=models.PROTECT, related_name="+")
    stream = models.TextField()
    seq = models.PositiveIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "anchor"], name="anchored_head_once")
        ]

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq} at anchor {self.anchor_id}"


class Epoch(models.Model):
    """Kỷ nguyên của dòng sự kiện: a random name that every feed cursor carries.

    Transaction ids belong to one database cluster: after a restore into another one the old cursors mean nothing,
    and the new epoch says so. The newest row counts.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.TextField(unique=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Errand(models.Model):
    """Việc định kỳ: when the worker last did what it does again and again. Technical row."""

    name = models.TextField(primary_key=True)
    last_at = models.DateTimeField()
    error = models.TextField(default="", db_default="", blank=True)

    def __str__(self) -> str:
        return self.name


class Reply(models.Model):
    """Lời đáp đã giữ: what a request that carried a key of its own was answered. Technical row, kept seven days."""

    pk = models.CompositePrimaryKey("actor", "key")
    actor = models.TextField(db_collation="C")
    key = models.TextField(db_collation="C")
    fingerprint = models.BinaryField(max_length=32)
    answer = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.actor}: {self.key}"
