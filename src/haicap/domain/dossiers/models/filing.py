"""Nộp: drafts before there is a dossier, and the papers it is made of."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haicap.base.ids import uuid7
from haicap.domain.dossiers.models.dossier import Dossier
from haicap.domain.dossiers.states import FileOrigin
from haicap.domain.units.models import Unit
from haicap.kernel.files.models import Stored


class Draft(models.Model):
    """Bản nháp: answers saved before filing. Found again by its short code and the phone; gone 30 days after its last change."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    code = models.TextField(unique=True, db_collation="C")  # short, to be written down
    procedure_code = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    phone = models.TextField(blank=True, default="")
    user = models.TextField(blank=True, default="")
    language = models.TextField(default="vi")
    answers = models.JSONField(default=dict)
    page = models.TextField(blank=True, default="")  # where the person stopped
    saved_at = models.DateTimeField()
    filed_as = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["saved_at"], name="draft_age"),
                             models.Index(fields=["user"], name="draft_own", condition=~Q(user=""))]  # fmt: skip

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"draft:{self.public_id}"

    def __str__(self) -> str:
        return self.code


class Component(models.Model):
    """Thành phần hồ sơ: a paper as it was handed in, of a dossier or still of a draft."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", null=True)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="+", null=True)
    paper = models.TextField()  # code of the paper in the procedure version; "khac" for another
    name = models.TextField()
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    file = models.ForeignKey(Stored, on_delete=models.PROTECT, related_name="+", null=True)
    origin = models.TextField(default=FileOrigin.HANDED)
    supplement = models.PositiveSmallIntegerField(
        default=0
    )  # number of the supplement that brought it; 0: at filing
    added_by = models.TextField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)  # replaced or taken back before receipt

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(dossier__isnull=False, draft__isnull=True)
                | Q(dossier__isnull=True, draft__isnull=False),
                name="component_of_one",
            ),
            models.CheckConstraint(condition=Q(origin__in=list(FileOrigin)), name="component_origin"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} of {self.dossier_id or self.draft_id}"
