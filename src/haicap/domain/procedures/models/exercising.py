"""Thẩm quyền được thực hiện: which power a procedure exercises, in which role and cases."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haicap.domain.law.states import Evidence
from haicap.domain.powers.models import Power
from haicap.domain.powers.states import Role
from haicap.domain.procedures.models.versions import Procedure


class Exercise(models.Model):
    """Thủ tục thực hiện thẩm quyền nào: one line of it; a procedure may exercise several."""

    id = models.BigAutoField(primary_key=True)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="exercises")
    power = models.ForeignKey(Power, on_delete=models.PROTECT, related_name="+")
    role = models.TextField()
    condition = models.TextField(blank=True)  # canonical text of powers.conditions; empty: every case
    evidence = models.TextField()
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["procedure", "power", "role", "condition"], name="exercise_once"),
            models.CheckConstraint(condition=Q(role__in=list(Role)), name="exercise_role"),
            models.CheckConstraint(condition=Q(evidence__in=list(Evidence)), name="exercise_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id}: {self.power_id} {self.role}"
