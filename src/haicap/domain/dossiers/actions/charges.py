"""Khoản phải nộp, at the office: asked for, taken at the counter, waived. Decree 118/2025/NĐ-CP, điều 24."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import events, policy, rules, states
from haicap.domain.dossiers.actions import clocks, rows
from haicap.domain.dossiers.actions.payments import go_on, owed
from haicap.domain.dossiers.actions.receiving import needed
from haicap.domain.dossiers.models import Charge, Payment
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.states import PAYMENT, PaymentPlace, PaymentState, PaymentWay, Verb
from haicap.kernel.ledger.actions import action, record

COUNTER = "counter"


def _nothing_owed() -> Refused:
    return Refused("nothing_owed", gettext_noop("Hồ sơ này không có khoản nào phải nộp."), PAYMENT)


@action
def request_payment(*, code: str, actor: str, at: datetime, seen: int) -> Taken:
    """Yêu cầu thực hiện nghĩa vụ tài chính: state 6, the clock pauses until all that is owed is paid.

    Refused `nothing_owed`, and as usual.
    """
    row = policy.take(code, actor=actor, verb=Verb.REQUEST_PAYMENT, at=at)
    decided = row.decided_at is not None
    state = states.move(row.state, Verb.REQUEST_PAYMENT, version=row.version, seen=seen, decided=decided)
    charges = owed(row.id)
    if not charges:
        raise _nothing_owed()
    clocks.pause(row, actor=actor, at=at)
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.PAYMENT_ASKED, at=at, actor=actor,
        data={"amount": sum(c.amount for c in charges), "charges": len(charges)},
    )  # fmt: skip
    return rows.update(row, head, state=int(state), back_to=row.state)


@action
def take_payment(
    *,
    code: str,
    actor: str,
    at: datetime,
    seen: int,
    receipt: str = "",
    keys: Collection[str] = (),
    way: PaymentWay = PaymentWay.CASH,
) -> Payment:
    """Thu tại quầy: all that is owed, or the charges of `keys`; `receipt` is the number of the receipt.

    In state 6 the dossier goes on when nothing is owed any more; in any other open state only the payment is noted.
    Refused `nothing_owed` (also when one of `keys` is paid, waived or unknown), as usual.
    """
    row = policy.take(code, actor=actor, verb=Verb.SETTLE, at=at)
    states.move(row.state, Verb.CORRECT, version=row.version, seen=seen)  # open or done, and not stale
    charges = _chosen(row, keys)
    amount = sum(charge.amount for charge in charges)
    payment = Payment(
        dossier_id=row.id, amount=amount, provider=COUNTER, place=PaymentPlace.NONE, state=PaymentState.PAID,
        asked_at=at, asked_by=actor, settled_at=at, receipt=rules.one_line(receipt, 60), way=PaymentWay(way),
    )  # fmt: skip
    payment.reference = f"{COUNTER}-{payment.public_id}"
    payment.save(force_insert=True)
    Charge.objects.filter(pk__in=[charge.pk for charge in charges]).update(payment=payment)
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.PAYMENT_NOTED, at=at, actor=actor,
        data={"payment": str(payment.public_id), "amount": amount, "provider": COUNTER, "state": PaymentState.PAID.value,
              "refund": False},
    )  # fmt: skip
    go_on(rows.update(row, head), amount, actor=actor, at=at)
    return payment


def _chosen(row: Taken, keys: Collection[str]) -> list[Charge]:
    """What is owed, or the part of it that `keys` name. Refused `nothing_owed`."""
    charges = owed(row.id)
    if keys:
        found = [charge for charge in charges if charge.key in keys]
        if len(found) != len(set(keys)):
            raise Refused(
                "nothing_owed",
                gettext_noop("Có khoản đã nộp, được miễn hoặc không thuộc hồ sơ này. Xin chọn lại."),
                PAYMENT,
            )
        return found
    if not charges:
        raise _nothing_owed()
    return charges


@action
def waive_charge(*, code: str, key: str, actor: str, at: datetime, seen: int, ground: str) -> Taken:
    """Miễn một khoản, on a written ground. Refused `no_reason`, `nothing_owed` (paid, waived or unknown), as usual."""
    row = policy.take(code, actor=actor, verb=Verb.SETTLE, at=at)
    states.move(row.state, Verb.CORRECT, version=row.version, seen=seen)
    why = needed(ground, gettext_noop("Cần ghi căn cứ miễn khoản phải nộp."))
    charge = next((c for c in owed(row.id) if c.key == key), None)
    if charge is None:
        raise _nothing_owed()
    Charge.objects.filter(pk=charge.pk).update(waived_by=actor, waived_for=why)
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.CHARGE_WAIVED, at=at, actor=actor,
        data={"key": key, "amount": charge.amount},
    )  # fmt: skip
    rows.update(row, head)
    go_on(row, 0, actor=actor, at=at)
    return row
