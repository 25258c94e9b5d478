"""Phí, lệ phí: what is owed, and each attempt to pay it. Whole đồng."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haicap.base.ids import uuid7
from haicap.domain.dossiers.models.dossier import Dossier
from haicap.domain.dossiers.states import PaymentPlace, PaymentState, PaymentWay


class Charge(models.Model):
    """Khoản phải nộp of a dossier, as the pinned version says."""

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.TextField()
    name = models.TextField()
    amount = models.PositiveBigIntegerField()
    payment = models.ForeignKey(
        "Payment", on_delete=models.PROTECT, related_name="+", null=True
    )  # that settled it
    waived_by = models.TextField(blank=True, default="")
    waived_for = models.TextField(blank=True, default="")  # ground of the exemption

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "key"], name="charge_once"),
            models.CheckConstraint(
                condition=Q(waived_by="", waived_for="") | (~Q(waived_by="") & ~Q(waived_for="")),
                name="charge_waived_for",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.dossier_id}"


class Payment(models.Model):
    """Một lần thanh toán: asked of a gateway, or taken at the counter. `reference` is what the gateway knows it by.

    way     how it was paid at the counter; empty for a gateway
    refund  paid when nothing was owed any more: to be given back, and noted once it was
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    reference = models.TextField(unique=True, db_collation="C")
    amount = models.PositiveBigIntegerField()
    provider = models.TextField()  # "counter" or the gateway
    place = models.PositiveSmallIntegerField(default=PaymentPlace.NONE)
    state = models.TextField(default=PaymentState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    expires_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    transaction = models.TextField(blank=True, default="")
    receipt = models.TextField(blank=True, default="")  # number of the receipt
    way = models.TextField(blank=True, default="")
    refund = models.BooleanField(default=False)
    refunded_at = models.DateTimeField(null=True)
    refunded_by = models.TextField(blank=True, default="")
    refunded_way = models.TextField(blank=True, default="")
    refund_paper = models.TextField(blank=True, default="")  # number of the voucher or transfer

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["settled_at"], name="payment_settled", condition=Q(settled_at__isnull=False)
            ),
            models.Index(fields=["asked_at"], name="payment_asked", condition=Q(state="asked")),
            models.Index(
                fields=["asked_at"], name="payment_lost", condition=Q(state__in=("failed", "expired"))
            ),
            models.Index(
                fields=["id"], name="payment_to_refund", condition=Q(refund=True, refunded_at__isnull=True)
            ),
            models.Index(
                fields=["refunded_at"], name="payment_refunded", condition=Q(refunded_at__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(PaymentState)), name="payment_state"),
            models.CheckConstraint(condition=Q(way__in=["", *PaymentWay]), name="payment_way"),
            models.CheckConstraint(
                condition=Q(refunded_at__isnull=True, refunded_by="", refunded_way="", refund_paper="")
                | (Q(refund=True, refunded_at__isnull=False) & ~Q(refunded_by="") & ~Q(refunded_way="")),
                name="payment_refunded_by",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount"),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(settled_at__isnull=False), name="payment_settled_at"
            ),
        ]

    def __str__(self) -> str:
        return self.reference
