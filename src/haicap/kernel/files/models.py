"""Rows of the files. The bytes lie in the store under their hash; a row says whose, what and until when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haicap.base.ids import uuid7
from haicap.kernel.files.states import Finding, Scan
from haicap.kernel.ledger.chain import NOTHING, Head


class Stored(models.Model):
    """Tệp đã lưu: one file as somebody handed it in. Equal bytes share one place in the store."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()  # bytes
    media_type = models.TextField()  # read from the content, never from the name
    original_name = models.TextField()  # data only: no path is ever made from it
    uploaded_by = models.TextField()  # opaque id: no foreign key, so that people can be erased
    at = models.DateTimeField()
    retain_until = models.DateField(null=True)  # may not go before this day; None: no duty to keep it
    expires_on = models.DateField(null=True)  # goes by itself from this day; None: stays until forgotten
    finding = models.TextField(
        blank=True, default=""
    )  # whether it is a paper an office can take; "": not looked at
    scan = models.TextField(default=Scan.NOT_SCANNED.value)
    scan_note = models.TextField(default="", blank=True)
    scanned_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=NOTHING)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="stored_sha256_hex"),
            models.CheckConstraint(condition=Q(scan__in=[s.value for s in Scan]), name="stored_scan"),
            models.CheckConstraint(
                condition=Q(finding="") | Q(finding__in=[f.value for f in Finding]), name="stored_finding"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(retain_until__isnull=True)
                | Q(expires_on__gte=models.F("retain_until")),
                name="stored_retained_first",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["expires_on"], condition=Q(expires_on__isnull=False), name="stored_expiring"
            ),
        ]

    @property
    def stream(self) -> str:
        """The stream of this file's events."""
        return f"file:{self.public_id}"

    @property
    def ledger_head(self) -> Head:
        """Where the stream stands."""
        return Head(self.version, bytes(self.head))

    def __str__(self) -> str:
        return f"file {self.public_id}"
