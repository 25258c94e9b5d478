"""Hệ thống thông tin, sự cố, bảo trì: whose a system is, how it is probed, what happened to it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from haicap.domain.feedback.uptime.states import BY_RULE, UNRESOLVED, Cause, Impact, IncidentState, SystemKind
from haicap.domain.units.models import Unit


class System(models.Model):
    """An information system officers and citizens depend on, and how it is probed.

    owner      kind of the organ that answers for it; unit: of which province, null for central bodies
    address    page people open, empty where nobody read it in a source; probe_url: what is asked, often the same
    expect_*   what the last answer must be; failures: so many in a row open an incident
    calm_minutes: an outage that soon after the last one is the same one
    """

    id = models.BigAutoField(primary_key=True)
    code = models.TextField(unique=True)
    name = models.TextField()
    name_en = models.TextField(blank=True)
    kind = models.TextField()
    owner = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    address = models.TextField(blank=True)
    contact = models.TextField(blank=True)  # a role, never a person
    valid = DateRangeField()
    evidence = models.TextField(default="unconfirmed")
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)
    probe_on = models.BooleanField(default=False)
    probe_url = models.TextField(blank=True)
    every_minutes = models.PositiveSmallIntegerField(default=5)
    timeout_seconds = models.PositiveSmallIntegerField(default=10)
    expect_status = models.PositiveSmallIntegerField(default=200)
    expect_text = models.TextField(blank=True)
    certificate_days = models.PositiveSmallIntegerField(default=14)
    failures = models.PositiveSmallIntegerField(default=3)
    calm_minutes = models.PositiveSmallIntegerField(default=30)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=list(SystemKind)), name="system_kind"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(owner=""), name="system_named"),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="system_valid"),
            models.CheckConstraint(
                condition=Q(probe_on=False) | Q(kind=SystemKind.OWN) | ~Q(probe_url=""),
                name="system_probed_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(every_minutes__gte=1, timeout_seconds__range=(1, 60), failures__gte=1),
                name="system_plan_sane",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"feedback.system:{self.code}"


class Incident(models.Model):
    """Sự cố: from when it was seen until it was mended. Times live on the row, every step in the ledger.

    why        for a rule: a technical word; text: what people read, written by hand
    opened_at  the first time, also after it was reopened
    """

    id = models.BigAutoField(primary_key=True)
    code = models.TextField(unique=True)  # "SC-2026-0007"
    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="incidents")
    cause = models.TextField()
    impact = models.TextField()
    why = models.TextField(blank=True)
    text = models.TextField(blank=True)
    state = models.TextField(default=IncidentState.OPEN)
    owner = models.TextField(blank=True)  # who works on it, opaque id
    ticket = models.TextField(blank=True)  # code of the ticket it was opened from
    opened_by = models.TextField()
    opened_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    write_up = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(cause__in=list(Cause)), name="incident_cause"),
            models.CheckConstraint(condition=Q(impact__in=list(Impact)), name="incident_impact"),
            models.CheckConstraint(condition=Q(state__in=list(IncidentState)), name="incident_state"),
            models.CheckConstraint(
                condition=Q(state=IncidentState.RESOLVED, resolved_at__isnull=False)
                | ~Q(state=IncidentState.RESOLVED) & Q(resolved_at__isnull=True),
                name="incident_resolved_once",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) | Q(resolved_at__gte=F("opened_at")),
                name="incident_span",
            ),
            models.CheckConstraint(
                condition=~Q(state=IncidentState.ACKNOWLEDGED) | ~Q(owner=""), name="incident_owned"
            ),
            models.UniqueConstraint(
                fields=["system", "cause"],
                condition=Q(state__in=list(UNRESOLVED), cause__in=list(BY_RULE)),
                name="incident_one_by_rule",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["system"], name="incident_open", condition=Q(state__in=list(UNRESOLVED))),
            models.Index(fields=["-opened_at", "-id"], name="incident_newest"),
            models.Index(fields=["system", "-opened_at"], name="incident_of_system"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"feedback.incident:{self.code}"


class IncidentNote(models.Model):
    """Diễn biến: what was found or done; the public ones stand on the status page."""

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="notes")
    at = models.DateTimeField()
    actor = models.TextField()
    text = models.TextField()
    public = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="incident_note_in_words")]
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.at}"


class PlannedWork(models.Model):
    """Bảo trì báo trước: [since_at, until_at); checks that fail meanwhile open no incident."""

    id = models.BigAutoField(primary_key=True)
    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="works")
    since_at = models.DateTimeField()
    until_at = models.DateTimeField()
    text = models.TextField()
    planned_by = models.TextField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until_at__gt=F("since_at")), name="planned_work_span"),
            models.CheckConstraint(condition=~Q(text=""), name="planned_work_in_words"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["until_at"], name="planned_work_to_come", condition=Q(cancelled_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.system_id} {self.since_at}"
