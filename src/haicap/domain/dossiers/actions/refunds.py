"""Hoàn lại: money that came when nothing was owed any more has been given back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import events, policy, rules, states
from haicap.domain.dossiers.actions import rows
from haicap.domain.dossiers.models import Charge, Payment
from haicap.domain.dossiers.states import PaymentWay, Verb
from haicap.kernel.ledger.actions import action, record


@action
def note_refund(
    *,
    code: str,
    payment: UUID,
    way: PaymentWay,
    actor: str,
    at: datetime,
    seen: int,
    paper: str = "",
) -> Payment:
    """Ghi đã hoàn lại, by whoever takes money for the dossier, in any state: what the payment brought beyond its charges.

    paper  number of the voucher or transfer; a transfer must name it
    Refused `unknown_payment`, `nothing_to_refund`, `already_refunded`, `no_paper`, and as usual.
    """
    row = policy.take(code, actor=actor, verb=Verb.SETTLE, at=at)
    states.fresh(row.version, seen)
    found = Payment.objects.select_for_update().filter(dossier_id=row.id, public_id=payment).first()
    if found is None:
        raise Refused("unknown_payment", gettext_noop("Không có lần thanh toán này."))
    _may_be_given_back(found)
    number = rules.one_line(paper, 60)
    if not number and way != PaymentWay.CASH:
        raise Refused("no_paper", gettext_noop("Hoàn bằng chuyển khoản hoặc thẻ thì cần số giao dịch."))
    found.refunded_at, found.refunded_by = at, actor
    found.refunded_way, found.refund_paper = PaymentWay(way).value, number
    found.save(update_fields=["refunded_at", "refunded_by", "refunded_way", "refund_paper"])
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.REFUNDED, at=at, actor=actor,
        data={"payment": str(found.public_id), "amount": beyond(found)},
    )  # fmt: skip
    rows.update(row, head)
    return found


def _may_be_given_back(payment: Payment) -> None:
    if not payment.refund:
        raise Refused("nothing_to_refund", gettext_noop("Lần thanh toán này không có gì phải hoàn."))
    if payment.refunded_at is not None:
        raise Refused("already_refunded", gettext_noop("Khoản này đã được ghi là đã hoàn."))


def beyond(payment: Payment) -> int:
    """What a payment brought beyond the charges it paid, đồng."""
    covered = Charge.objects.filter(payment=payment).aggregate(sum=Sum("amount"))["sum"]
    return payment.amount - int(covered or 0)
