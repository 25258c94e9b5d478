"""Cơ quan, vị trí, bổ nhiệm: who sits where on which days. The base of all rights."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from haicap.domain.units.models.acts import Act
from haicap.domain.units.models.ranges import Same
from haicap.domain.units.models.register import Unit
from haicap.domain.units.organs import KINDS, Role
from haicap.kernel.accounts.models import User


class Organ(models.Model):
    """Cơ quan: a body of a unit on the days of `valid` (ministries belong to the nation).

    It is the same organ when the unit changes name or kind; its name on a day comes from organs.name_of.
    """

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="organs")
    kind = models.TextField()
    own_name = models.TextField(
        blank=True
    )  # as decided locally; empty: named by rule, after the unit of the day
    valid = DateRangeField()
    made_by = models.ForeignKey(
        Act, on_delete=models.PROTECT, related_name="+", null=True
    )  # null: initial load
    ended_by = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "kind"], name="organ_once"),
            models.CheckConstraint(condition=Q(kind__in=sorted(KINDS)), name="organ_kind"),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="organ_valid_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.unit_id}"


class Post(models.Model):
    """Vị trí: a seat in an organ, with the role that rights are read from."""

    id = models.BigAutoField(primary_key=True)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="posts")
    role = models.TextField()
    title = models.TextField()
    single = models.BooleanField(default=False)  # one holder at a time

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=list(Role)), name="post_role"),
            models.UniqueConstraint(fields=["organ", "title"], name="post_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Appointment(models.Model):
    """Bổ nhiệm: an officer holds a post on the days of `valid`, by a decision."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    valid = DateRangeField()
    decision = models.TextField()  # number of the decision
    single = models.BooleanField(default=False)  # copied from the post for the constraint
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="appointment_not_twice",
                expressions=[
                    (Same("post_id"), RangeOperators.OVERLAPS),
                    (Same("officer_id"), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="appointment_single_post",
                expressions=[(Same("post_id"), RangeOperators.OVERLAPS), ("valid", RangeOperators.OVERLAPS)],
                condition=Q(single=True),
            ),
            models.CheckConstraint(condition=~Q(decision=""), name="appointment_by_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} @ {self.post_id} {self.valid}"

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"units.appointment:{self.pk}"
