"""Bảng phân luồng: which organ answers what, as rows with days; and the head that readers ask."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from haicap.domain.feedback.states import Kind
from haicap.domain.units.models import Unit

LEVELS = ("", "nation", "province", "commune")


class Route(models.Model):
    """A line; superseded by ending its days, never edited. `organs`: kinds of organs, or @holder, @owner, @system."""

    id = models.BigAutoField(primary_key=True)
    code = models.TextField(unique=True)
    kind = models.TextField(blank=True)
    level = models.TextField(blank=True)
    province = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    procedure = models.TextField(blank=True)  # beginning of a procedure's code
    field = models.TextField(blank=True)
    organs = models.JSONField()
    valid = DateRangeField()
    place = models.PositiveIntegerField(default=0)
    citation = models.TextField(blank=True)
    evidence = models.TextField(default="unconfirmed")
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["", *Kind]), name="route_kind"),
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="route_level"),
            models.CheckConstraint(condition=~Q(organs=[]), name="route_somewhere"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"feedback.route:{self.code}"


class RoutesHead(models.Model):
    """The version of routes and rosters together: grows with every change readers could see."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    generation = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="routes_head_one")]

    def __str__(self) -> str:
        return str(self.generation)
