"""What a gateway does with an order: judges it, lets somebody decide, says what became of it. No network here."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from haicap.base.refused import Refused
from haicap.edges.payments import protocol
from haicap.edges.payments.asking import ANSWERED, ASKED, joined_hash
from haicap.edges.payments.gateway import Query
from haicap.edges.payments.protocol import Merchant

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_NEEDED = (
    "vnp_Version", "vnp_Command", "vnp_TmnCode", "vnp_Amount", "vnp_CurrCode", "vnp_TxnRef", "vnp_OrderInfo",
    "vnp_OrderType", "vnp_Locale", "vnp_ReturnUrl", "vnp_IpAddr", "vnp_CreateDate", "vnp_ExpireDate",
)  # fmt: skip


class Choice(StrEnum):
    """What the person at the payment page does, and what the gateway then does."""

    PAY = "pay"
    PAY_LATE = "pay_late"  # paid; our server hears of it only after a while
    PAY_SILENT = "pay_silent"  # paid; the notice never comes
    CANCEL = "cancel"
    NO_FUNDS = "no_funds"
    DOUBT = "doubt"


# choice → vnp_ResponseCode, vnp_TransactionStatus
_CODES: Mapping[Choice, tuple[str, str]] = {
    Choice.PAY: ("00", "00"),
    Choice.PAY_LATE: ("00", "00"),
    Choice.PAY_SILENT: ("00", "00"),
    Choice.CANCEL: ("24", "02"),
    Choice.NO_FUNDS: ("51", "02"),
    Choice.DOUBT: ("07", "07"),
}


class Turned(Exception):
    """The gateway does not show its payment page; `code` is its own (70 signature, 03 data, 15 expired, 99 another)."""

    def __init__(self, code: str, words: str) -> None:
        self.code, self.words = code, words
        super().__init__(f"{code} {words}")


@dataclass(slots=True)
class Order:
    """An order as it came, and what was said about it."""

    values: Mapping[str, str]
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    said: dict[str, str] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)  # what our notices were answered with


@dataclass(slots=True)
class Counterpart:
    """The books of a gateway with one merchant."""

    merchant: Merchant
    now: Callable[[], datetime]
    orders: dict[str, Order] = field(default_factory=dict)
    _references: dict[str, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, query: Query) -> Order:
        """An order that may be paid. Turned away: 70, 02, 03, 04, 15, 01."""
        try:
            values = protocol.proved(query, self.merchant.secret)
        except Refused:
            raise Turned("70", "Sai chữ ký") from None
        self._judge(values)
        with self._lock:
            known = self.orders.get(self._references.get(values["vnp_TxnRef"], ""))
            if known is not None and (known.said or dict(known.values) != values):
                raise Turned("01", "Giao dịch đã tồn tại")
            if known is None:
                known = Order(values)
                self.orders[known.key] = known
                self._references[values["vnp_TxnRef"]] = known.key
        return known

    def _judge(self, values: Mapping[str, str]) -> None:
        missing = [name for name in _NEEDED if not values.get(name)]
        if missing:
            raise Turned("03", f"Thiếu {missing[0]}")
        if values["vnp_TmnCode"] != self.merchant.code:
            raise Turned("02", "Không có đơn vị này")
        fixed = {"vnp_Version": "2.1.0", "vnp_Command": "pay", "vnp_CurrCode": "VND"}
        wrong = [name for name, value in fixed.items() if values[name] != value]
        amount = values["vnp_Amount"]
        if wrong or not (amount.isascii() and amount.isdigit() and len(amount) <= 12):
            raise Turned("03", "Dữ liệu không đúng dạng")
        if values["vnp_ExpireDate"] <= protocol.moment(self.now()):
            raise Turned("15", "Giao dịch đã quá thời gian chờ thanh toán")
        if urlsplit(values["vnp_ReturnUrl"]).hostname not in LOOPBACK:
            raise Turned("03", "Cổng thử chỉ đưa về địa chỉ của máy này")

    def decide(self, key: str, choice: Choice) -> Order:
        """The person decides, once. Turned away: 99 for an order nobody made, 01 for one decided before."""
        with self._lock:
            order = self.orders.get(key)
            if order is None:
                raise Turned("99", "Không có giao dịch này")
            if order.said:
                raise Turned("01", "Giao dịch đã kết thúc")
            response, status = _CODES[choice]
            money = choice not in (Choice.CANCEL, Choice.NO_FUNDS)
            order.said = {
                "vnp_TmnCode": self.merchant.code,
                "vnp_Amount": order.values["vnp_Amount"],
                "vnp_BankCode": "NCB",
                "vnp_BankTranNo": f"VNP{secrets.randbelow(10**8):08d}" if money else "",
                "vnp_CardType": "ATM",
                "vnp_OrderInfo": order.values["vnp_OrderInfo"],
                "vnp_PayDate": protocol.moment(self.now()),
                "vnp_ResponseCode": response,
                "vnp_TransactionNo": str(10**7 + secrets.randbelow(9 * 10**7)) if money else "0",
                "vnp_TransactionStatus": status,
                "vnp_TxnRef": order.values["vnp_TxnRef"],
            }
        return order

    def query_of(self, order: Order, **altered: str) -> str:
        """The signed query of its return and of its notice."""
        return protocol.signed_query({**order.said, **altered}, self.merchant.secret)

    def answer_question(self, values: Mapping[str, object]) -> dict[str, str]:
        """The document that answers "querydr": 97 for a wrong hash, 02 for another merchant, 91 for no transaction."""
        said: dict[str, str] = {}
        given = str(values.get(protocol.HASH, ""))
        if not hmac.compare_digest(given.encode(), joined_hash(values, ASKED, self.merchant.secret).encode()):
            code = "97"
        elif values.get("vnp_TmnCode") != self.merchant.code or values.get("vnp_Command") != "querydr":
            code = "02"
        else:
            found = self.orders.get(self._references.get(str(values.get("vnp_TxnRef")), ""))
            code = "00" if found is not None else "91"
            said = dict(found.said or found.values) if found is not None else {}
        answer = {
            "vnp_ResponseId": secrets.token_hex(16),
            "vnp_Command": "querydr",
            "vnp_ResponseCode": code,
            "vnp_Message": "QueryDR Success" if code == "00" else "Refused",
            "vnp_TmnCode": self.merchant.code,
            "vnp_TxnRef": str(values.get("vnp_TxnRef", "")),
            "vnp_TransactionType": "01",
        }
        kept = ("vnp_Amount", "vnp_BankCode", "vnp_PayDate", "vnp_TransactionNo", "vnp_OrderInfo")
        answer |= {name: said[name] for name in kept if said.get(name)}
        if code == "00":
            answer["vnp_TransactionStatus"] = said.get("vnp_TransactionStatus", protocol.NOT_OVER)
        return {**answer, protocol.HASH: joined_hash(answer, ANSWERED, self.merchant.secret)}
