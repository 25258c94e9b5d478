"""Hồ sơ: one row a dossier, its running numbers, and the identifiers of agencies its code begins with."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from haicap.base.ids import uuid7
from haicap.domain.dossiers.states import WORK, Channel, Outcome, PaymentPlace, ResultMethod, State
from haicap.domain.procedures.models import LocalInstance, ProcedureVersion
from haicap.domain.units.models import Organ, Unit

IN_WORK = Q(state__in=list(WORK))


class Dossier(models.Model):
    """Hồ sơ thủ tục hành chính.

    helped_at, received_at_organ, organ   where the person was helped, where it was filed, who is competent (organ null:
                                          the platform has no such organ; `competent_name` says who it is)
    procedure_version, instance           pinned at receipt
    back_to     the state it goes back to from 5 and 6
    step        place of the working step in the version's workflow, from 0
    papers_at   who holds the paper part
    due_at      a copy of its clock's instant, kept by its own verbs; promised_at the first one told
    Personal text (applicant_*, answers) is on this row only, so that it can be erased.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    code = models.TextField(unique=True, db_collation="C")
    procedure_code = models.TextField(db_collation="C")
    procedure_version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    instance = models.ForeignKey(
        LocalInstance, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    state = models.PositiveSmallIntegerField()
    back_to = models.PositiveSmallIntegerField(null=True)
    step = models.PositiveSmallIntegerField(default=0)
    channel = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    province = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    competent_name = models.TextField(blank=True, default="")
    received_at_organ = models.ForeignKey(
        Organ, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    helped_at = models.ForeignKey(
        Organ, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    papers_at = models.ForeignKey(
        Organ, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    assignee = models.TextField(blank=True, default="")  # opaque id of the officer it lies with

    applicant_name = models.TextField()
    applicant_sort = models.TextField(db_collation="C")
    applicant_kind = models.TextField(default="person")
    applicant_number = models.TextField(blank=True, default="")
    applicant_phone = models.TextField(blank=True, default="", db_collation="C")
    applicant_email = models.TextField(blank=True, default="")
    applicant_address = models.TextField(blank=True, default="")
    applicant_user = models.TextField(blank=True, default="")
    proxy = models.TextField(blank=True, default="")
    language = models.TextField(default="vi")
    answers = models.JSONField(default=dict)
    collected_by = models.TextField(blank=True, default="")  # who came for the result, when not the applicant
    result_method = models.TextField(default=ResultMethod.COUNTER)

    filed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    alarm = models.TextField(blank=True, default="")  # why there is no date: no_limit, no_calendar
    clock = models.PositiveSmallIntegerField(default=0)  # number of the clock that runs; 0 before receipt
    decided_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True, default="")
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)  # its personal text is gone
    supplements = models.PositiveSmallIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0)

    digitised = models.BooleanField(default=False)  # index flags, captured when they happen
    reused = models.BooleanField(default=False)
    from_store = models.BooleanField(default=False)
    vneid = models.BooleanField(default=False)
    payment_place = models.PositiveSmallIntegerField(default=PaymentPlace.NONE)

    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="dossier_state"),
            models.CheckConstraint(condition=Q(channel__in=list(Channel)), name="dossier_channel"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome__in=list(Outcome)), name="dossier_outcome"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[5, 6], back_to__in=[1, 2, 4])
                | (~Q(state__in=[5, 6]) & Q(back_to__isnull=True)),
                name="dossier_way_back",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[2, 4, 9, 10]) | Q(received_at__isnull=False),
                name="dossier_received_first",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, outcome="")
                | (Q(decided_at__isnull=False) & ~Q(outcome="")),
                name="dossier_decided_with_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[9, 10]) | Q(decided_at__isnull=False, finished_at__isnull=False),
                name="dossier_done_when_decided",
            ),
            models.CheckConstraint(
                condition=Q(state=10, returned_at__isnull=False)
                | (~Q(state=10) & Q(returned_at__isnull=True)),
                name="dossier_returned_at",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[3, 7, 8, 10], ended_at__isnull=False)
                | (~Q(state__in=[3, 7, 8, 10]) & Q(ended_at__isnull=True)),
                name="dossier_ended_at",
            ),
            models.CheckConstraint(condition=~Q(applicant_name=""), name="dossier_applicant"),
        ]
        indexes: ClassVar = [
            BrinIndex(
                fields=["filed_at"], name="dossier_filed", pages_per_range=32
            ),  # books; costs writers nothing
            models.Index(fields=["applicant_phone"], name="dossier_phone"),
            models.Index(
                fields=["applicant_user", "id"], name="dossier_own", condition=~Q(applicant_user="")
            ),
            models.Index(
                fields=["unit", "state", "due_at", "id"], name="dossier_unit_work", condition=IN_WORK
            ),
            models.Index(
                fields=["received_at_organ", "state", "due_at", "id"],
                name="dossier_counter_work",
                condition=IN_WORK,
            ),
            models.Index(
                fields=["province", "state", "due_at", "id"], name="dossier_province_work", condition=IN_WORK
            ),
            models.Index(fields=["state", "due_at", "id"], name="dossier_nation_work", condition=IN_WORK),
            # What a day, a month brought and ended: figures of those who lead.
            models.Index(
                fields=["province", "received_at"],
                name="dossier_received_in",
                condition=Q(received_at__isnull=False),
            ),
            models.Index(
                fields=["province", "ended_at"], name="dossier_ended_in", condition=Q(ended_at__isnull=False)
            ),
        ]

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"dossier:{self.public_id}"

    @property
    def decided(self) -> bool:
        """Whether there is a decision."""
        return self.decided_at is not None

    def __str__(self) -> str:
        return self.code


class Counter(models.Model):
    """Số chạy: the last running number of an agency on a day. A number is never given twice."""

    pk = models.CompositePrimaryKey("agency", "day")
    agency = models.TextField(db_collation="C")
    day = models.DateField()
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.agency} {self.day}: {self.last}"


class ResultCounter(models.Model):
    """Số văn bản kết quả của một cơ quan trong năm."""

    pk = models.CompositePrimaryKey("organ_id", "year")
    organ_id = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.organ_id} {self.year}: {self.last}"


class Agency(models.Model):
    """Mã định danh cơ quan of a unit (QĐ 20/2020/QĐ-TTg): what its dossier codes begin with. Correctable data."""

    id = models.BigAutoField(primary_key=True)
    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+")
    identifier = models.TextField(unique=True, db_collation="C")
    evidence = models.TextField(default="unconfirmed")
    source = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(identifier__regex=r"^[A-Y][0-9]{2}(\.[A-Z0-9]+)*$"), name="agency_identifier"
            )
        ]

    def __str__(self) -> str:
        return self.identifier
