"""Giúp tìm: other words for things, and life events with the procedures they bring."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haicap.domain.procedures.models.versions import Procedure


class Synonym(models.Model):
    """Từ đồng nghĩa: people say `said`, the record says `meant`."""

    id = models.BigAutoField(primary_key=True)
    said = models.TextField()
    meant = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["said", "meant"], name="synonym_once"),
            models.CheckConstraint(condition=~Q(said="") & ~Q(meant=""), name="synonym_said_and_meant"),
        ]

    def __str__(self) -> str:
        return f"{self.said} = {self.meant}"


class LifeEvent(models.Model):
    """Sự kiện đời sống."""

    id = models.BigAutoField(primary_key=True)
    key = models.TextField(unique=True)
    name = models.TextField()
    name_en = models.TextField(blank=True)
    place = models.PositiveIntegerField(default=0)  # order on the page

    def __str__(self) -> str:
        return self.key


class LifeEventProcedure(models.Model):
    """A procedure of a life event, in its order."""

    id = models.BigAutoField(primary_key=True)
    life_event = models.ForeignKey(LifeEvent, on_delete=models.PROTECT, related_name="procedures")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["life_event", "procedure"], name="life_event_procedure_once")
        ]

    def __str__(self) -> str:
        return f"{self.life_event_id}: {self.procedure_id}"
