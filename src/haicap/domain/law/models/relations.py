"""Quan hệ: what one provision does to another, from its own day. A wrong one is withdrawn, never edited."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haicap.domain.law.models.documents import DAYS, EVIDENCE, Document
from haicap.domain.law.states import RelationKind
from haicap.domain.units.models.register import Unit

COUNTS = Q(withdrawn_at__isnull=True)


class Relation(models.Model):
    """Quan hệ giữa hai quy định; a path that is empty means the whole document."""

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    source = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="acting")
    source_path = models.TextField(blank=True)
    target = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="suffering")
    target_path = models.TextField(blank=True)
    since = models.DateField(null=True)  # null: with its source
    until = models.DateField(null=True)  # of a suspension: first day after; of an extension: the new end
    territory = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    evidence = models.TextField()
    told_in = models.TextField(blank=True)  # where it was read
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "source", "source_path", "target", "target_path", "since", "territory"],
                condition=COUNTS,
                nulls_distinct=False,
                name="relation_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=list(RelationKind)), name="relation_kind"),
            models.CheckConstraint(
                condition=~Q(source=F("target")) | ~Q(source_path=F("target_path")),
                name="relation_two_places",
            ),
            models.CheckConstraint(condition=EVIDENCE, name="relation_evidence"),
            models.CheckConstraint(condition=DAYS, name="relation_days"),
            models.CheckConstraint(
                condition=~Q(kind="extends") | Q(until__isnull=False), name="relation_extends_until"
            ),
            models.CheckConstraint(
                condition=COUNTS | ~Q(withdrawn_why=""), name="relation_withdrawn_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
