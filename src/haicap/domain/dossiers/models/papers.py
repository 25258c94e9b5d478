"""Giấy tờ đi ra: slips as they were printed, results with their signatures."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haicap.base.ids import random_key, uuid7
from haicap.domain.dossiers.models.dossier import Dossier
from haicap.kernel.files.models import Stored


class Slip(models.Model):
    """Phiếu: one of the forms 01–07 with what it said then. Printed again from `data` it is the same, byte for byte."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    form = models.TextField()  # "01"
    form_set = models.TextField()  # "tt03-2025"
    n = models.PositiveSmallIntegerField()
    data = models.JSONField()  # personal text: erasable
    at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "n"], name="slip_once")]

    def __str__(self) -> str:
        return f"form {self.form} of {self.dossier_id}"


class Result(models.Model):
    """Kết quả: the paper a dossier ends with. `key` opens its public check; a revoked one says so there."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    n = models.PositiveSmallIntegerField()
    key = models.TextField(unique=True, default=random_key, db_collation="C")
    title = models.TextField()
    number = models.TextField(blank=True)
    file = models.ForeignKey(Stored, on_delete=models.PROTECT, related_name="+", null=True)
    sha256 = models.TextField(blank=True, default="")
    values = models.JSONField(default=dict)  # what it says, for copies; personal text: erasable
    signer = models.TextField(blank=True, default="")  # opaque id
    signer_name = models.TextField(blank=True, default="")
    organ_name = models.TextField(blank=True, default="")
    signed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    copy_of = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.TextField(blank=True, default="")
    revoked_for = models.TextField(blank=True, default="")
    trial = models.BooleanField(default=False)  # signed by the demonstration's authority: no legal value

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "n"], name="result_once"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revoked_for=""), name="result_revoked_for"
            ),
        ]

    def __str__(self) -> str:
        return f"result {self.n} of {self.dossier_id}"
