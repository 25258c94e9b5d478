"""Lịch làm việc: days that are not what their weekday says, with the document that decided each.

Like the register of units, days are never edited: what no longer holds is marked superseded, once, and a new row
says what holds. `made_by` is empty for what was loaded with the release; its documents stand on the rows.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from haicap.domain.deadlines.states import DecreeState
from haicap.domain.units.models import Unit
from haicap.domain.units.models.ranges import Same

BELIEVED = Q(superseded_at__isnull=True)
KINDS = ("holiday", "compensated", "swapped", "working", "ordinary")
_NOTHING = b"\0" * 32


class CalendarDecree(models.Model):
    """Văn bản về lịch: number as printed, issuer, and the year it opens when it brings a whole new year."""

    id = models.BigAutoField(primary_key=True)
    number = models.TextField()
    issuer = models.TextField(blank=True)
    title = models.TextField(blank=True)
    signed_on = models.DateField(null=True)
    opens_year = models.PositiveSmallIntegerField(null=True)
    state = models.TextField(default=DecreeState.DRAFT)
    drafted_by = models.TextField()  # opaque id: whoever drafts may not enact
    enacted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=_NOTHING)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number", "issuer"],
                condition=Q(state=DecreeState.ENACTED),
                name="decree_enacted_once",
            ),
            models.CheckConstraint(condition=Q(state__in=list(DecreeState)), name="decree_state"),
            models.CheckConstraint(condition=~Q(number=""), name="decree_numbered"),
        ]
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.number

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"deadlines.decree:{self.pk}"


class DecreeDay(models.Model):
    """Dòng của văn bản: one day a decree decides."""

    id = models.BigAutoField(primary_key=True)
    decree = models.ForeignKey(CalendarDecree, on_delete=models.PROTECT, related_name="days")
    on = models.DateField()
    kind = models.TextField()
    name = models.TextField(blank=True)
    clause = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decree", "on"], name="decree_day_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="decree_day_kind"),
        ]
        ordering: ClassVar = ["decree", "on"]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class CalendarYear(models.Model):
    """Năm có lịch: a year whose working days are known; without it no deadline reaches into the year."""

    id = models.BigAutoField(primary_key=True)
    year = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(CalendarDecree, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year"], condition=BELIEVED, name="calendar_year_once")
        ]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """Ngày đặc biệt: a day that is not what its weekday says. `document` is the citation as printed."""

    id = models.BigAutoField(primary_key=True)
    on = models.DateField()
    kind = models.TextField()
    name = models.TextField(blank=True)
    document = models.TextField(blank=True)
    evidence = models.TextField()
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(CalendarDecree, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField()
    superseded_by = models.ForeignKey(CalendarDecree, on_delete=models.PROTECT, related_name="+", null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["on"], condition=BELIEVED, name="calendar_day_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="calendar_day_kind"),
            models.CheckConstraint(
                condition=Q(evidence__in=["confirmed", "unconfirmed"]), name="calendar_day_evidence"
            ),
            models.CheckConstraint(
                condition=Q(made_by__isnull=True) | ~Q(document=""), name="calendar_day_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class CalendarHead(models.Model):
    """Đầu lịch: one row. Whoever changes the calendar locks it; `generation` is the calendar's version."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    generation = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=_NOTHING)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="calendar_one_head")]

    def __str__(self) -> str:
        return f"calendar {self.generation}"


class OpeningHours(models.Model):
    """Giờ mở cửa của nơi tiếp nhận: when a unit's counter is open; no part of the legal calendar.

    week: seven lists (Monday first) of [opens, closes) in minutes of the day.
    """

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    valid = DateRangeField()
    week = models.JSONField()
    decision = models.TextField()
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=_NOTHING)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="hours_one_a_day",
                expressions=[(Same("unit_id"), RangeOperators.OVERLAPS), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="hours_valid_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.valid}"
