"""Xử lý: what was asked of the applicant, who held it, who was consulted, how it was rated."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haicap.base.ids import uuid7
from haicap.domain.dossiers.models.dossier import Dossier
from haicap.domain.units.models import Organ


class Supplement(models.Model):
    """Yêu cầu bổ sung: the first is asked by whoever checks; a second needs a reason and somebody who approves it."""

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    n = models.PositiveSmallIntegerField()
    items = models.JSONField(default=list)  # [{"paper": code, "name": …, "what": …}]
    reason = models.TextField(blank=True)
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    approved_by = models.TextField(blank=True)
    contact = models.TextField(blank=True)  # whom to ask, telephone
    supplied_at = models.DateTimeField(null=True)
    supplied_by = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "n"], name="supplement_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(supplied_at__isnull=True), name="supplement_one_open"
            ),
            models.CheckConstraint(
                condition=Q(n=1) | (~Q(reason="") & ~Q(approved_by="")), name="supplement_second_is_approved"
            ),
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=models.F("asked_by")),
                name="supplement_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"supplement {self.n} of {self.dossier_id}"


class Handover(models.Model):
    """Bàn giao: custody of the paper part (or of the electronic one) goes from one organ to another."""

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    n = models.PositiveSmallIntegerField()
    sheet = models.UUIDField(default=uuid7, db_index=True)  # those handed over together share one
    from_organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", null=True)
    to_organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    papers = models.BooleanField(default=True)  # False: the electronic part only
    sent_by = models.TextField()
    sent_at = models.DateTimeField()
    taken_by = models.TextField(blank=True, default="")
    taken_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "n"], name="handover_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(taken_at__isnull=True), name="handover_one_open"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["to_organ", "sent_at"], name="handover_open", condition=Q(taken_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"handover {self.n} of {self.dossier_id}"


class Consultation(models.Model):
    """Lấy ý kiến: a question to another organ while the dossier is processed; its clock goes on."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    wanted_by = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organ"], name="consultation_open", condition=Q(answered_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"consultation of {self.dossier_id}"


class Remark(models.Model):
    """Ý kiến xử lý: what an officer wrote beside an event of the dossier; the ledger itself holds no such text."""

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveIntegerField()  # of the event in the dossier's stream
    text = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "seq"], name="remark_once")]

    def __str__(self) -> str:
        return f"remark {self.seq} of {self.dossier_id}"


class Rating(models.Model):
    """Đánh giá: one of each dossier, by the applicant."""

    id = models.BigAutoField(primary_key=True)
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="+")
    satisfied = models.BooleanField()
    comment = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"rating of {self.dossier_id}"
