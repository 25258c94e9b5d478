"""Rows of the probes. Technical: how a system stood at its last check, raw checks of a week, counts of each day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haicap.edges.probes.states import State, Why


class Watch(models.Model):
    """Một hệ thống đang được thăm: its last check and the streak of equal ones."""

    system = models.TextField(primary_key=True)  # its code in the feedback room
    state = models.TextField(default=State.UNKNOWN)
    streak = models.PositiveIntegerField(default=0)  # checks in a row that came to `state`
    since = models.DateTimeField(null=True)  # of the first of them
    last_at = models.DateTimeField(null=True)
    ms = models.PositiveIntegerField(default=0)
    why = models.TextField(blank=True, default="")
    detail = models.TextField(blank=True, default="")
    certificate_until = models.DateTimeField(null=True)
    next_at = models.DateTimeField()  # not asked before; while it is being asked: when its lease ends

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="watch_state"),
            models.CheckConstraint(condition=Q(why__in=list(Why)), name="watch_why"),
        ]
        indexes: ClassVar = [models.Index(fields=["next_at"], name="watch_due")]

    def __str__(self) -> str:
        return f"{self.system}: {self.state}"


class Check(models.Model):
    """Một lần thăm; kept for a week."""

    id = models.BigAutoField(primary_key=True)
    system = models.TextField()
    at = models.DateTimeField()
    why = models.TextField(blank=True, default="")  # empty: as expected
    detail = models.TextField(blank=True, default="")
    ms = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["system", "-at"], name="check_of_system"),
            models.Index(fields=["at"], name="check_old"),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.at} {self.why or 'ok'}"


class Day(models.Model):
    """Một ngày của một hệ thống (giờ Việt Nam): how many checks were as expected, and how long answers took in all."""

    id = models.BigAutoField(primary_key=True)
    system = models.TextField()
    on = models.DateField()
    good = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    ms = models.PositiveBigIntegerField(default=0)  # of the good ones together
    slowest = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["system", "on"], name="day_once"),
            models.CheckConstraint(condition=Q(ms__gte=F("slowest")), name="day_slowest_is_one_of_them"),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.on}"
