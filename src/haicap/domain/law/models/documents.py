"""Văn bản, quy định và lời văn: a document is known by number, issuer and date; a provision by its place."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from haicap.domain.law.states import DocumentKind, Evidence
from haicap.domain.units.models.ranges import Same
from haicap.domain.units.models.register import Unit

EVIDENCE = Q(evidence__in=list(Evidence))
DAYS = Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lt=F("until"))


class Document(models.Model):
    """Văn bản. A number alone is no identity: provinces use the same ones."""

    id = models.BigAutoField(primary_key=True)
    slug = models.TextField(unique=True)  # of its pages: "140-2025-nd-cp"
    number = models.TextField()  # as printed, leading zeros kept
    issuer = models.TextField()  # code: "cp", "bnnmt", "ubnd"
    issuer_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)  # local ones
    issued_on = models.DateField(null=True)  # null: not known
    kind = models.TextField()
    rank = models.PositiveSmallIntegerField(default=0)  # 1 is the highest; 0: not normative
    title = models.TextField(blank=True)
    since = models.DateField(null=True)  # first day it counts; null: not known
    until = models.DateField(null=True)  # its own first day without effect; null: none set
    until_by = models.TextField(blank=True)  # place of the clause that sets it
    territory = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", null=True
    )  # also a former unit
    owner = models.TextField(blank=True)  # kind of the ministry that answers for it
    urgency = models.TextField(blank=True)
    signer = models.TextField(blank=True)  # capacity and office, not a person
    evidence = models.TextField()
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)
    folded = models.TextField()  # number and title without marks, for search
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number", "issuer", "issuer_unit", "issued_on"],
                nulls_distinct=False,
                name="document_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=list(DocumentKind)), name="document_kind"),
            models.CheckConstraint(condition=EVIDENCE, name="document_evidence"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(issuer=""), name="document_named"),
            models.CheckConstraint(condition=DAYS, name="document_days"),
        ]
        indexes: ClassVar = [models.Index(fields=["number"], name="document_number")]

    def __str__(self) -> str:
        return self.number

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"law.document:{self.slug}"


class Provision(models.Model):
    """Quy định: a place of a document that somebody cites or that has days or words of its own."""

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="provisions")
    path = models.TextField()  # "art_5__para_1__point_đ"
    heading = models.TextField(blank=True)
    since = models.DateField(null=True)  # own days; null: those of what it belongs to
    until = models.DateField(null=True)
    evidence = models.TextField()
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "path"], name="provision_once"),
            models.CheckConstraint(condition=~Q(path=""), name="provision_place"),
            models.CheckConstraint(condition=EVIDENCE, name="provision_evidence"),
            models.CheckConstraint(condition=DAYS, name="provision_days"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.path}"


class ProvisionText(models.Model):
    """Lời văn of a place on the days of `valid`. None at hand: no row, never an invented one."""

    id = models.BigAutoField(primary_key=True)
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="texts")
    valid = DateRangeField()
    text = models.TextField()
    folded = models.TextField()  # without marks, for search
    evidence = models.TextField()
    source = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="text_one_a_day",
                expressions=[
                    (Same("provision_id"), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=~Q(text="") & Q(valid__isempty=False), name="text_there"),
            models.CheckConstraint(condition=EVIDENCE, name="text_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.provision_id} {self.valid}"


class LawHead(models.Model):
    """Đầu sổ văn bản: one row. Whoever changes what is in force locks it; `generation` tells readers."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    generation = models.PositiveBigIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="law_one_head")]

    def __str__(self) -> str:
        return f"generation {self.generation}"

    @property
    def stream(self) -> str:
        """The stream of the register in the ledger."""
        return "law.register:1"
