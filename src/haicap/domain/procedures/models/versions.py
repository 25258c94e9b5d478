"""Thủ tục và phiên bản: what is published is never edited; a range is closed once, by the next version or a repeal."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from haicap.domain.procedures.rules import Decision
from haicap.domain.procedures.states import STANDING, DecisionKind, VersionState
from haicap.domain.units.models.ranges import Same

STANDS = Q(state__in=list(STANDING))
DECIDED = ~Q(decision_number="") & Q(decision_on__isnull=False) & ~Q(decision_organ="") & ~Q(decision_kind="")


class Procedure(models.Model):
    """Thủ tục: the identity under its national code."""

    id = models.BigAutoField(primary_key=True)
    code = models.TextField(unique=True)
    owner = models.TextField(blank=True)  # ministry (kind of organ) that published it first; empty: not known

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(code__regex=r"^\d\.\d{6}$"), name="procedure_code")
        ]

    def __str__(self) -> str:
        return self.code


class Decided(models.Model):
    """Columns of a decision and of the way to it, the same for versions and local instances."""

    state = models.TextField(default=VersionState.DRAFT)
    valid = DateRangeField(null=True)  # days it counts; null until it is published
    decision_number = models.TextField(blank=True)
    decision_on = models.DateField(null=True)
    decision_organ = models.TextField(blank=True)
    decision_kind = models.TextField(blank=True)
    decided_by = models.TextField(blank=True)
    authorised_by = models.TextField(blank=True)
    basis_from = models.DateField(null=True)  # the legal basis takes effect: the clock of publication
    shown_on = models.DateField(null=True)  # made public on the national database
    ended_decision = models.TextField(blank=True)  # number of the decision that repealed it
    drafted_by = models.TextField(blank=True)  # opaque ids: whoever drafts does not publish
    published_by = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        abstract = True

    @property
    def decision(self) -> Decision | None:
        """The decision it was published by; None for drafts and records of the starting catalogue."""
        if not self.decision_number or self.decision_on is None:
            return None
        return Decision(
            self.decision_number,
            self.decision_on,
            self.decision_organ,
            DecisionKind(self.decision_kind),
            self.decided_by,
            self.authorised_by,
            self.basis_from,
        )

    @property
    def since(self) -> date | None:
        """First day it counts."""
        return self.valid.lower if self.valid else None


class ProcedureVersion(Decided):
    """Phiên bản: name, field and record of a procedure on the days of `valid`."""

    id = models.BigAutoField(primary_key=True)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    name = models.TextField()
    field = models.TextField(blank=True)
    content = models.JSONField(default=dict)  # the document of procedures.content
    ministry = models.TextField(blank=True)  # kind of organ of who drafted it
    origin = models.TextField(blank=True)  # where a record without a decision was copied from
    replaced_by = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+", null=True)
    note = models.TextField(blank=True)  # of a review: why it was handed back

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="procedure_one_version_a_day",
                expressions=[
                    (Same("procedure_id"), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=STANDS,
            ),
            models.CheckConstraint(condition=Q(state__in=list(VersionState)), name="procedure_version_state"),
            models.CheckConstraint(condition=~Q(name=""), name="procedure_version_named"),
            models.CheckConstraint(
                condition=~STANDS | DECIDED | ~Q(origin=""), name="procedure_published_by_decision"
            ),
            models.CheckConstraint(
                condition=STANDS
                & Q(valid__isnull=False, valid__isempty=False, valid__startswith__isnull=False)
                | ~STANDS & Q(valid__isnull=True),
                name="procedure_days_when_published",
            ),
            models.CheckConstraint(
                condition=Q(decision_kind="") | Q(decision_kind__in=list(DecisionKind)),
                name="procedure_decision_kind",
            ),
            models.CheckConstraint(
                condition=Q(published_by="") | ~Q(published_by=models.F("drafted_by")),
                name="procedure_by_two_people",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state"], name="procedure_open", condition=Q(state__in=["draft", "review"]))
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.state} {self.valid}"

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"procedures.version:{self.pk}"


class CatalogueHead(models.Model):
    """Đầu danh mục: one row. Whoever changes what readers see locks it; `generation` tells them that it changed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    generation = models.PositiveBigIntegerField(default=0)
    powers_loaded = models.BooleanField(
        default=False, db_default=False
    )  # the packaged list of powers exercised came in, once
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="catalogue_one_head")]

    def __str__(self) -> str:
        return f"generation {self.generation}"

    @property
    def stream(self) -> str:
        """The stream of the catalogue in the ledger."""
        return "procedures.catalogue:1"
