"""Tổ công tác thường trực: members, days on duty, absences."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from haicap.domain.units.models import Organ


class Force(models.Model):
    """A standing unit of an organ that answers (Conclusion 155-KL/TW of 2025 for ministries; local hotlines).

    fields  what it answers for; empty: everything its organ receives
    """

    id = models.BigAutoField(primary_key=True)
    code = models.TextField(unique=True)
    name = models.TextField()
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField(default=list)
    phone = models.TextField(blank=True)
    valid = DateRangeField()
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="force_named"),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="force_valid"),
        ]
        indexes: ClassVar = [models.Index(fields=["organ"], name="force_organ")]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"feedback.force:{self.code}"


class Duty(models.Model):
    """Trực: an officer answers for the force on the days of `days`."""

    id = models.BigAutoField(primary_key=True)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="duties")
    officer = models.TextField()  # opaque id
    days = DateRangeField()
    ended_at = models.DateTimeField(null=True)  # taken off the list

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(days__isempty=False), name="duty_days"),
            models.CheckConstraint(condition=~Q(officer=""), name="duty_of_somebody"),
        ]
        indexes: ClassVar = [models.Index(fields=["officer"], name="duty_officer")]

    def __str__(self) -> str:
        return f"{self.force_id}: {self.days}"


class Absence(models.Model):
    """Vắng mặt: an officer is away; a stand-in takes what would come to them."""

    id = models.BigAutoField(primary_key=True)
    officer = models.TextField()
    stand_in = models.TextField(blank=True)
    days = DateRangeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(days__isempty=False), name="absence_days"),
            models.CheckConstraint(condition=~Q(stand_in=F("officer")), name="absence_stand_in"),
        ]
        indexes: ClassVar = [models.Index(fields=["officer"], name="absence_officer")]

    def __str__(self) -> str:
        return str(self.days)
