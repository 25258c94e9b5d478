"""Đồng hồ thời hạn: one row a limit that runs, for whatever stream it runs. No foreign key upward."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from haicap.domain.deadlines.models.calendar import CalendarDecree
from haicap.domain.deadlines.states import Alarm, ClockState

OPEN = (ClockState.RUNNING, ClockState.PAUSED, ClockState.NO_LIMIT)


class Clock(models.Model):
    """Đồng hồ: a limit with its receipt, pauses and due instant.

    parts        the limit in short form ("15d+8w"); empty when not known
    pauses       from, until, from, until, …; an odd number of instants: still paused
    due_at       where it stands; of a paused clock the instant it had when it was stopped
    promised_at  the due instant told first; a recompute never touches it
    """

    pk = models.CompositePrimaryKey("stream", "n")
    stream = models.TextField(db_collation="C")
    n = models.PositiveSmallIntegerField(default=1)
    received_at = models.DateTimeField()
    parts = models.TextField(blank=True, db_collation="C")
    pauses = ArrayField(models.DateTimeField(), default=list)
    due_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    calendar_version = models.PositiveIntegerField()
    state = models.TextField(db_collation="C")
    alarm = models.TextField(blank=True, default="", db_default="", db_collation="C")
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(ClockState)), name="clock_state"),
            models.CheckConstraint(condition=Q(alarm__in=["", *Alarm]), name="clock_alarm"),
            models.CheckConstraint(  # no due instant, no silence
                condition=Q(due_at__isnull=False, alarm="") | (Q(due_at__isnull=True) & ~Q(alarm="")),
                name="clock_due_or_alarm",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["running", "paused"]) | Q(due_at__isnull=False),
                name="clock_runs_to_due",
            ),
            models.CheckConstraint(
                condition=Q(state=ClockState.STOPPED, stopped_at__isnull=False)
                | (~Q(state=ClockState.STOPPED) & Q(stopped_at__isnull=True)),
                name="clock_stopped_at",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["stream", "n"], name="clock_open", condition=Q(state__in=list(OPEN))),
            models.Index(fields=["stream", "n"], name="clock_alarms", condition=Q(state=ClockState.NO_LIMIT)),
        ]

    def __str__(self) -> str:
        return f"{self.stream}#{self.n}"


class ClockDate(models.Model):
    """Hạn cũ, hạn mới: what a recompute moved, by the version of the calendar it followed."""

    pk = models.CompositePrimaryKey("calendar_version", "stream", "n")
    calendar_version = models.PositiveIntegerField()
    stream = models.TextField(db_collation="C")
    n = models.PositiveSmallIntegerField()
    old_due = models.DateTimeField(null=True)
    new_due = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.stream}#{self.n}: {self.old_due} → {self.new_due}"


class Recompute(models.Model):
    """Tính lại: the open clocks follow a version of the calendar. One row a version; done when it has finished."""

    generation = models.PositiveIntegerField(primary_key=True)
    decree = models.ForeignKey(CalendarDecree, on_delete=models.PROTECT, related_name="+", null=True)
    since_on = models.DateField()  # the first day that changed: what is due before it cannot move
    actor = models.TextField()
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    clocks = models.PositiveBigIntegerField(default=0)
    moved = models.PositiveBigIntegerField(default=0)
    later = models.PositiveBigIntegerField(default=0)
    earlier = models.PositiveBigIntegerField(default=0)
    alarms = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"recompute {self.generation}"
