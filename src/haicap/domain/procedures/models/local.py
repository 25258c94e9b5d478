"""Bản địa phương: what a province does otherwise in a national procedure, under its own code with a suffix."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from haicap.domain.procedures.models.versions import DECIDED, STANDS, Decided, Procedure
from haicap.domain.procedures.states import DecisionKind, VersionState
from haicap.domain.units.models.ranges import Same
from haicap.domain.units.models.register import Unit


class LocalInstance(Decided):
    """Bản địa phương: sections of the record that replace the national ones in one province."""

    id = models.BigAutoField(primary_key=True)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="instances")
    province = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    suffix = models.TextField()  # "000.00.00.H61", "H05"
    content = models.JSONField(default=dict)  # only sections that differ (rules of actions/local.py)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="local_one_instance_a_day",
                expressions=[
                    (Same("procedure_id"), RangeOperators.OVERLAPS),
                    (Same("province_id"), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=STANDS,
            ),
            models.CheckConstraint(condition=Q(state__in=list(VersionState)), name="local_state"),
            models.CheckConstraint(
                condition=Q(suffix__regex=r"^(\d{3}\.\d{2}\.\d{2}\.)?[A-Y]\d{2}$"), name="local_suffix"
            ),
            models.CheckConstraint(condition=~STANDS | DECIDED, name="local_published_by_decision"),
            models.CheckConstraint(
                condition=STANDS
                & Q(valid__isnull=False, valid__isempty=False, valid__startswith__isnull=False)
                | ~STANDS & Q(valid__isnull=True),
                name="local_days_when_published",
            ),
            models.CheckConstraint(
                condition=Q(decision_kind="") | Q(decision_kind__in=list(DecisionKind)),
                name="local_decision_kind",
            ),
            models.CheckConstraint(
                condition=Q(published_by="") | ~Q(published_by=models.F("drafted_by")),
                name="local_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id}.{self.suffix} {self.state}"

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"procedures.instance:{self.pk}"
