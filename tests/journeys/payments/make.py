"""A dossier on which money is owed, made by walking the verbs: filed and received at the counter of Sa Pa."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from haicap.config import demo
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.rules import Applicant
from haicap.domain.dossiers.states import Channel
from haicap.domain.units import queries as units
from haicap.edges.payments import protocol
from haicap.edges.payments.protocol import Merchant
from haicap.kernel.accounts import queries as accounts

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # a Friday, 09:00 in Viet Nam
SOON = timedelta(minutes=3)
PHONE = "0912 345 678"
AMOUNT = 50_000  # of procedure 2.001406
US = Merchant("http://127.0.0.1:9/paymentv2/vpcpay.html", "HAICAP01", "not a real secret of anybody")


def actor(name: str) -> str:
    """Somebody of the demo cast, as the record knows them."""
    found = accounts.user_named(name)
    assert found is not None
    return found.actor


def clerk() -> str:
    """Who sits at the counter of Sa Pa; the cast is made when it is not there yet."""
    if accounts.user_named("giang.sapa") is None:
        demo.load(at=AT)
    return actor("giang.sapa")


def received(*, user: str = "", name: str = "Nguyễn Văn Thử") -> Taken:
    """A dossier in state 2 on which 50.000 đồng are owed."""
    who, unit = clerk(), units.register().at("03006", AT.date())
    assert unit is not None
    centre = next(row.pk for row in units.organs_of(unit.uid, AT.date()) if row.kind == "commune_centre")
    applicant = Applicant(name=name, phone=PHONE, user=user)
    filing = actions.Filing(
        procedure="2.001406", unit=unit.uid, applicant=applicant, channel=Channel.DIRECT, centre=centre
    )
    return actions.take_in(filing=filing, actor=who, at=AT)


def paying(**more: str) -> Taken:
    """The same in state 6: it waits for the money."""
    row = received(**more)
    return actions.request_payment(code=row.code, actor=clerk(), at=AT, seen=row.version)


def asked(row: Taken, at: datetime = AT) -> queries.Attempt:
    """An attempt to pay all of it."""
    payment = actions.ask_payment(code=row.code, provider="vnpay", actor="public", at=at, phone=PHONE)
    return queries.attempt(payment.reference, "vnpay")


def told(attempt: queries.Attempt, *, secret: str = US.secret, **other: str) -> str:
    """The query of a notice about it, signed."""
    values: Mapping[str, str] = {
        "vnp_TmnCode": US.code,
        "vnp_Amount": str(attempt.amount * 100),
        "vnp_BankCode": "NCB",
        "vnp_CardType": "ATM",
        "vnp_OrderInfo": f"Thanh toan ho so {attempt.code}",
        "vnp_PayDate": "20261120091000",
        "vnp_ResponseCode": "00",
        "vnp_TransactionNo": "14226112",
        "vnp_TransactionStatus": "00",
        "vnp_TxnRef": attempt.reference,
    }
    return protocol.signed_query({**values, **other}, secret)
