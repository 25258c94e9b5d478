"""Thẩm quyền và quy định thẩm quyền. Rows are never edited: what was wrong is superseded, once, and a new row says
what holds, so that what was believed on a day stays answerable."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from haicap.domain.law.models import Document
from haicap.domain.law.states import Evidence
from haicap.domain.powers.states import DERIVED, Level, Mode, Reading, Role, Sort
from haicap.domain.units.models.register import Unit

BELIEVED = Q(superseded_at__isnull=True)
EVIDENCE = Q(evidence__in=list(Evidence))


class Power(models.Model):
    """Thẩm quyền: one matter somebody may decide, or a field of work of organs."""

    id = models.BigAutoField(primary_key=True)
    code = models.TextField(unique=True)  # "dat-dai.thu-hoi"
    sort = models.TextField(default=Sort.POWER)
    name = models.TextField()
    name_en = models.TextField(blank=True)
    field = models.TextField(blank=True)
    attributes = models.JSONField(default=dict)  # {"khoan": ["2", "3"]} or {"so_tang": [0, 200]}, half-open
    level = models.TextField()  # tier of the unit it is exercised in
    owner = models.TextField(blank=True)  # kind of the ministry that answers for it
    evidence = models.TextField()
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)
    folded = models.TextField()  # name and field without marks, for search
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(code__regex=r"^[a-z0-9][a-z0-9.-]{1,79}$"), name="power_code"),
            models.CheckConstraint(condition=~Q(name=""), name="power_named"),
            models.CheckConstraint(condition=Q(sort__in=list(Sort)), name="power_sort"),
            models.CheckConstraint(condition=Q(level__in=list(Level)), name="power_level"),
            models.CheckConstraint(condition=EVIDENCE, name="power_evidence"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        """Its stream in the ledger: entries, corrections and withdrawals of its assertions."""
        return f"powers.power:{self.code}"


class Assertion(models.Model):
    """Quy định thẩm quyền: who holds a power in a role, where, in which cases, from when until when, by which provision."""

    id = models.BigAutoField(primary_key=True)
    code = models.TextField()  # "A-0001"; a correction keeps it
    power = models.ForeignKey(Power, on_delete=models.PROTECT, related_name="assertions")
    role = models.TextField()
    organ = models.TextField()  # kind of organ
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)  # of a named organ
    level = models.TextField()
    units = ArrayField(models.TextField(), default=list)  # uids; empty: everywhere below its level
    condition = models.TextField(blank=True)  # canonical; empty: every case
    since = models.DateField(null=True)  # null: with its provision
    until = models.DateField(null=True)
    mode = models.TextField()
    parent = models.TextField(blank=True)  # code of the assertion it is derived from
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True)
    path = models.TextField(blank=True)
    citation = models.TextField(blank=True)  # as written, where the document is not in the register
    reading = models.TextField(default=Reading.LITERAL)
    no_fallback = models.BooleanField(default=False)
    added_days = models.SmallIntegerField(default=0)
    added_papers = models.SmallIntegerField(default=0)
    evidence = models.TextField()
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)
    entered_by = models.TextField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    superseded_why = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], condition=BELIEVED, name="assertion_one_believed"),
            models.CheckConstraint(condition=Q(role__in=list(Role)), name="assertion_role"),
            models.CheckConstraint(condition=Q(level__in=list(Level)), name="assertion_level"),
            models.CheckConstraint(condition=Q(mode__in=list(Mode)), name="assertion_mode"),
            models.CheckConstraint(condition=Q(reading__in=list(Reading)), name="assertion_reading"),
            models.CheckConstraint(condition=~Q(organ="") & ~Q(code=""), name="assertion_named"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lt=F("until")),
                name="assertion_days",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=list(DERIVED)) & ~Q(parent="") & ~Q(parent=F("code"))
                | ~Q(mode__in=list(DERIVED)) & Q(parent=""),
                name="assertion_parent_fits_mode",
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | ~Q(citation=""), name="assertion_cited"
            ),
            models.CheckConstraint(condition=EVIDENCE, name="assertion_evidence"),
            models.CheckConstraint(
                condition=BELIEVED | ~Q(superseded_why=""), name="assertion_superseded_with_reason"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["power"], name="assertion_of_power", condition=BELIEVED),
            models.Index(fields=["document"], name="assertion_of_document"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.organ}"


class PowersHead(models.Model):
    """Đầu sổ thẩm quyền: one row. Whoever changes the register locks it; `generation` tells readers."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    generation = models.PositiveBigIntegerField(default=0)
    checked = models.TextField(
        blank=True
    )  # state of powers, law, units and catalogue the findings were reckoned for
    checked_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="powers_one_head")]

    def __str__(self) -> str:
        return f"generation {self.generation}"

    @property
    def stream(self) -> str:
        """The stream of the register in the ledger."""
        return "powers.register:1"
