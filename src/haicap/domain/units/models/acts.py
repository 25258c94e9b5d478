"""Văn bản sắp xếp: acts that change the map, and the table entered from each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haicap.domain.units.states import ActState


class Act(models.Model):
    """Văn bản: number as printed, issuer, date of effect. The same number may repeat per issuer."""

    id = models.BigAutoField(primary_key=True)
    number = models.TextField()  # "1685/NQ-UBTVQH15"
    issuer = models.TextField(blank=True)
    title = models.TextField(blank=True)
    signed_on = models.DateField(null=True)
    effective_on = models.DateField()
    state = models.TextField(default=ActState.DRAFT)
    packaged = models.BooleanField(default=False)  # came with the initial register; its lines are not kept
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, related_name="corrections", null=True)
    drafted_by = models.TextField(blank=True)  # opaque id: whoever drafts may not enact
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number", "issuer", "effective_on"],
                condition=Q(state=ActState.ENACTED),
                name="act_enacted_once",
            ),
            models.CheckConstraint(condition=Q(state__in=list(ActState)), name="act_state"),
            models.CheckConstraint(condition=~Q(number=""), name="act_numbered"),
        ]
        ordering: ClassVar = ["-effective_on", "number"]

    def __str__(self) -> str:
        return self.number

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"units.act:{self.pk}"


class ActLine(models.Model):
    """Dòng: one movement the act orders: from a unit (code on the day before) to a unit (code from the day)."""

    id = models.BigAutoField(primary_key=True)
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="lines")
    n = models.PositiveIntegerField()
    from_code = models.TextField()
    relation = models.TextField()
    area_share = models.TextField()
    people_share = models.TextField()
    to_code = models.TextField()
    to_kind = models.TextField()
    to_name = models.TextField()  # without the kind word
    to_parent_code = models.TextField()
    clause = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["act", "n"], name="act_line_number")]
        ordering: ClassVar = ["act", "n"]

    def __str__(self) -> str:
        return f"{self.from_code} {self.relation} {self.to_code}"
