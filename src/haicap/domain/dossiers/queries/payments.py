"""Thanh toán: what is owed on one's own dossier, what is known of an attempt, and which attempts nobody has told of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers.models import Charge, Dossier, Payment
from haicap.domain.dossiers.policy import not_found
from haicap.domain.dossiers.rules import phone as spelled_phone
from haicap.domain.dossiers.rules import read_code
from haicap.domain.dossiers.states import ENDED, PaymentState


@dataclass(frozen=True, slots=True)
class OwedCharge:
    """A charge as its payer sees it; whole đồng."""

    name: str
    amount: int
    paid: bool
    waived: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed on a dossier. left: đồng still to be paid; waiting: an attempt nobody has told of yet."""

    code: str
    charges: Sequence[OwedCharge]
    left: int
    waiting: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to pay, without anything personal. doubted: the gateway took money and examines it."""

    reference: str
    code: str
    amount: int
    provider: str
    state: str
    asked_at: datetime
    settled_at: datetime | None
    transaction: str
    refund: bool

    @property
    def doubted(self) -> bool:
        """Asked still, though the gateway has told of a transaction."""
        return self.state == PaymentState.ASKED and bool(self.transaction)


def owed(code: str, *, actor: str, phone: str = "") -> Owed:
    """For the applicant, by account or by code and the whole phone. Refused `not_found` whatever was wrong.

    The door counts tries.
    """
    row = Dossier.objects.filter(code=read_code(code) or "?").first()
    if row is None or not _own(row, actor, phone):
        raise not_found()
    charges = [
        OwedCharge(c.name, c.amount, c.payment_id is not None, bool(c.waived_by))
        for c in Charge.objects.filter(dossier_id=row.pk).order_by("pk")
    ]
    left = 0 if row.state in ENDED else sum(c.amount for c in charges if not c.paid and not c.waived)
    waiting = Payment.objects.filter(dossier_id=row.pk, state=PaymentState.ASKED).exists()
    return Owed(row.code, charges, left, waiting and left > 0)


def _own(row: Dossier, actor: str, phone: str) -> bool:
    if row.applicant_user and row.applicant_user == actor:
        return True
    try:
        given = spelled_phone(phone)
    except Refused:
        return False
    return bool(given) and given == row.applicant_phone


def attempt(reference: str, provider: str) -> Attempt:
    """What is known of an attempt, for whoever carries the gateway's proof of it. Refused `unknown_payment`."""
    found = Payment.objects.filter(reference=reference, provider=provider).select_related("dossier").first()
    if found is None:
        raise Refused("unknown_payment", gettext_noop("Không có lần thanh toán này."))
    return _attempt(found)


def unheard(*, before: datetime, after: int = 0, limit: int = 100) -> list[tuple[int, Attempt]]:
    """Attempts asked before an instant of which no gateway has told, by their keys; `after`: the last key seen."""
    found = Payment.objects.filter(state=PaymentState.ASKED, asked_at__lt=before, pk__gt=after)
    return [(p.pk, _attempt(p)) for p in found.select_related("dossier").order_by("pk")[:limit]]


def _attempt(row: Payment) -> Attempt:
    return Attempt(
        row.reference, row.dossier.code, row.amount, row.provider, row.state, row.asked_at, row.settled_at,
        row.transaction, row.refund,
    )  # fmt: skip
