"""Chuyển đổi hàng loạt: a list of addresses, worked through in chunks so that a crash loses and doubles nothing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haicap.domain.units.states import ConversionState
from haicap.kernel.files.models import Stored


class Conversion(models.Model):
    """One list: where it came from, how far it is, where its result lies. Addresses live in files, never in events."""

    id = models.BigAutoField(primary_key=True)
    key = models.TextField(unique=True)  # unguessable: whoever has the link has the result
    source = models.ForeignKey(Stored, on_delete=models.PROTECT, related_name="+", null=True)
    result = models.ForeignKey(Stored, on_delete=models.PROTECT, related_name="+", null=True)
    name = models.TextField()  # file name as given, shown only
    form = models.TextField()  # csv | xlsx: form of source and result
    column = models.TextField()  # name of the column that holds the address
    encoding = models.TextField(blank=True)
    on = models.DateField()
    requested_at = models.DateTimeField()
    keep_until = models.DateTimeField()
    state = models.TextField(default=ConversionState.QUEUED)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)  # why it failed, as a sentence
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(ConversionState)), name="conversion_state"),
            models.CheckConstraint(condition=Q(done__lte=models.F("rows")), name="conversion_done"),
            models.CheckConstraint(
                condition=~Q(state=ConversionState.DONE) | Q(done=models.F("rows")), name="conversion_whole"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                condition=Q(state__in=[ConversionState.QUEUED, ConversionState.RUNNING]),
                name="conversion_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.done}/{self.rows})"

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"units.conversion:{self.pk}"


class ConversionChunk(models.Model):
    """Answers of consecutive rows: rows `first` … `first` + `count` - 1 (from 0)."""

    id = models.BigAutoField(primary_key=True)
    conversion = models.ForeignKey(Conversion, on_delete=models.PROTECT, related_name="chunks")
    first = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    answers = models.JSONField()  # list of lists: the added columns of each row, in contract order

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversion", "first"], name="conversion_chunk_once")
        ]

    def __str__(self) -> str:
        return f"{self.conversion_id}: {self.first}+{self.count}"
