"""Thanh toán: attempts to pay through a gateway, and what a gateway tells of them. Decree 118/2025/NĐ-CP, điều 24.

Order inside every verb: the dossier is locked first, then the payment. What counts is the gateway's proved notice; it may
come twice, late, or in another order than things happened.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from haicap.base.dates import HANOI
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import events, policy, rules, states
from haicap.domain.dossiers.actions import clocks, rows
from haicap.domain.dossiers.models import Charge, Payment
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.states import ENDED, PAYMENT, PaymentPlace, PaymentState, State, Verb
from haicap.kernel.ledger.actions import action, record

PAYABLE_FOR = timedelta(minutes=15)
MOST_OPEN = 20  # attempts of one dossier that nobody has heard of yet
DOUBTED = "doubted"  # not a state: money was taken, the gateway examines it; the attempt stays asked
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that are read for another


def owed(dossier_id: int) -> list[Charge]:
    """Charges of a dossier that are neither paid nor waived, oldest first."""
    return list(
        Charge.objects.filter(dossier_id=dossier_id, payment__isnull=True, waived_by="").order_by("pk")
    )


def _reference(at: datetime) -> str:
    """What a gateway knows an attempt by: the day and 60 bits of chance, letters and digits only; UNIQUE has the last word."""
    return f"HC{at.astimezone(HANOI):%y%m%d}" + "".join(secrets.choice(_LETTERS) for _ in range(12))


@action
def ask_payment(*, code: str, provider: str, actor: str, at: datetime, phone: str = "") -> Payment:
    """Bắt đầu thanh toán, by the applicant (account, or code and the whole phone): all that is owed, through a gateway.

    Nothing is paid by this; an attempt nobody follows up expires. Refused `not_found`, `not_now`, `nothing_owed`,
    `too_many` (attempts nobody has heard of).
    """
    row = policy.take_own(code, actor=actor, verb=Verb.SETTLE, at=at, phone=phone)
    if row.state in ENDED:
        raise Refused(
            "not_now", gettext_noop("Hồ sơ này đã kết thúc nên không còn khoản nào phải nộp."), PAYMENT
        )
    amount = sum(charge.amount for charge in owed(row.id))
    if not amount:
        raise Refused("nothing_owed", gettext_noop("Hồ sơ này không có khoản nào phải nộp."), PAYMENT)
    open_now = Payment.objects.filter(
        dossier_id=row.id, state=PaymentState.ASKED, asked_at__gt=at - timedelta(days=1)
    )
    if open_now.count() >= MOST_OPEN:
        raise Refused(
            "too_many",
            gettext_noop("Đã bắt đầu thanh toán quá nhiều lần mà chưa có kết quả. Xin thử lại sau một giờ."),
        )
    payment = Payment.objects.create(
        dossier_id=row.id, reference=_reference(at), amount=amount, provider=provider, place=PaymentPlace.OWN,
        asked_at=at, asked_by=actor, expires_at=at + PAYABLE_FOR,
    )  # fmt: skip
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.PAYMENT_BEGUN, at=at, actor=actor,
        data={"payment": str(payment.public_id), "amount": amount, "provider": provider},
    )  # fmt: skip
    rows.update(row, head)
    return payment


@action
def note_payment(
    *,
    reference: str,
    paid: bool,
    amount: int,
    provider: str,
    transaction: str,
    actor: str,
    at: datetime,
    doubted: bool = False,
) -> Payment:
    """Ghi kết quả thanh toán as a gateway tells it, once.

    paid     success counts whenever it comes, also after a failure or after the attempt expired; failure after success
             is an earlier truth and refused as `already_noted`
    doubted  money was taken and is being examined: noted, the attempt stays open
    Money for a dossier that has ended, or beyond what is still owed, is kept and marked for refund. When nothing is owed
    any more, a dossier that waited for it (state 6) goes on and its clock runs again.
    Refused `unknown_payment`, `wrong_amount`, `already_noted`.
    """
    row, payment = _taken(reference, provider, at)
    if amount != payment.amount:
        raise Refused("wrong_amount", gettext_noop("Số tiền khác với số phải trả."))
    if _known(payment, paid, doubted, transaction):
        raise Refused("already_noted", gettext_noop("Kết quả thanh toán này đã được ghi."))
    payment.transaction = transaction
    told = DOUBTED
    if not doubted:
        payment.state = told = (PaymentState.PAID if paid else PaymentState.FAILED).value
        payment.settled_at = at
    settled = _settled(row, payment) if payment.state == PaymentState.PAID else ()
    _write(row, payment, told, settled, actor=actor, at=at)
    return payment


@action
def expire_payment(*, reference: str, actor: str, at: datetime) -> Payment:
    """An attempt of which nothing was heard, long after it could have been paid. Refused `unknown_payment`, `not_now`.

    A success that is told later still counts.
    """
    row, payment = _taken(reference, "", at)
    still = payment.expires_at is not None and payment.expires_at > at
    if payment.state != PaymentState.ASKED or payment.transaction or still:
        raise Refused("not_now", gettext_noop("Lần thanh toán này đã có kết quả hoặc còn hạn."))
    payment.state = PaymentState.EXPIRED.value
    _write(row, payment, payment.state, (), actor=actor, at=at)
    return payment


def _taken(reference: str, provider: str, at: datetime) -> tuple[Taken, Payment]:
    """The locked dossier, then the locked payment. Refused `unknown_payment`."""
    unknown = Refused("unknown_payment", gettext_noop("Không có lần thanh toán này."))
    if not rules.plain(reference):
        raise unknown
    found = Payment.objects.filter(reference=reference).values_list("dossier__code", "provider").first()
    if found is None or (provider and found[1] != provider):
        raise unknown
    row = policy.take_told(found[0], at=at)
    return row, Payment.objects.select_for_update().get(reference=reference)


def _known(payment: Payment, paid: bool, doubted: bool, transaction: str) -> bool:
    """Whether this tells nothing new: told before, or older than what is known."""
    if payment.state == PaymentState.PAID:
        return True
    if paid:
        return False
    if doubted:
        return payment.state != PaymentState.ASKED or (
            bool(transaction) and payment.transaction == transaction
        )
    return payment.state in (PaymentState.FAILED, PaymentState.EXPIRED)


def _settled(row: Taken, payment: Payment) -> Sequence[Charge]:
    """The charges a success pays, as many as it covers; what is left over is marked for refund."""
    if row.state in ENDED:
        payment.refund = True
        return ()
    left, covered = payment.amount, []
    for charge in owed(row.id):
        if charge.amount <= left:
            left -= charge.amount
            covered.append(charge)
    payment.refund = left > 0
    return covered


def _write(
    row: Taken, payment: Payment, told: str, settled: Sequence[Charge], *, actor: str, at: datetime
) -> None:
    """The payment, its charges, the event; and the dossier goes on when it waited for this."""
    payment.save(update_fields=["state", "transaction", "settled_at", "refund"])
    Charge.objects.filter(pk__in=[c.pk for c in settled]).update(payment=payment)
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.PAYMENT_NOTED, at=at, actor=actor,
        data={"payment": str(payment.public_id), "amount": payment.amount, "provider": payment.provider, "state": told,
              "refund": payment.refund},
    )  # fmt: skip
    if settled and payment.place:
        rows.update(row, head, payment_place=payment.place)
    else:
        rows.update(row, head)
    if settled:
        go_on(row, sum(c.amount for c in settled), actor=actor, at=at)


def go_on(row: Taken, amount: int, *, actor: str, at: datetime) -> None:
    """When it waited for money and nothing is owed any more: back to where it came from, the clock runs again."""
    if row.state != State.PAYING or owed(row.id):
        return
    state = states.move(row.state, Verb.SETTLE, version=row.version, seen=row.version, back_to=row.back_to)
    told, changes = clocks.resume(row, actor=actor, at=at)
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.SETTLED, at=at, actor=actor,
        data={"due": clocks.due_text(told), "amount": amount},
    )  # fmt: skip
    rows.update(row, head, state=int(state), back_to=None, **changes)
