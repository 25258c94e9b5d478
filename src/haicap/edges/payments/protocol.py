"""Giao thức VNPAY 2.1.0 ("pay"): signed parameters there, signed parameters back. Pure.

The public description of the gateway (Hướng dẫn tích hợp hệ thống PAY, version 2.1.0, HMAC-SHA512):
- parameters `vnp_*` that have a value, sorted by name, name and value URL-encoded (space as "+"), joined by "&";
  vnp_SecureHash is the HMAC-SHA512 of that text under the secret, in hexadecimal, appended last and not hashed itself
  (nor vnp_SecureHashType, which 2.1.0 no longer sends);
- vnp_Amount is the amount in đồng times 100; times are yyyyMMddHHmmss in Viet Nam (GMT+7); vnp_TxnRef is unique within a
  day (ours for ever); vnp_OrderInfo carries no marks;
- the gateway sends the browser back to vnp_ReturnUrl and, apart from it, notifies our server (IPN, a GET) and reads
  {"RspCode", "Message"}: 00 and 02 end it; 01, 04, 97, 99 and silence make it notify again.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from haicap.base.dates import HANOI
from haicap.base.refused import Refused
from haicap.base.text import fold
from haicap.base.words import gettext_noop
from haicap.edges.payments.gateway import Notice, Order, Outcome, Query

VERSION = "2.1.0"
HASH, HASH_KIND = "vnp_SecureHash", "vnp_SecureHashType"
DONE = "00"
TAKEN_BUT_DOUBTED = "07"
NOT_OVER = "01"  # of vnp_TransactionStatus
MOST_DONG = 9_999_999_999  # vnp_Amount has 12 digits, two of them for the factor 100
_LONGEST_QUERY = 64  # parameters
_LONGEST_VALUE = 2000
_REFERENCE = re.compile(r"[A-Za-z0-9-]{1,100}")
_AMOUNT = re.compile(r"[0-9]{1,15}")
_TRANSACTION = re.compile(r"[0-9]{0,15}")
_CODE = re.compile(r"[0-9A-Z]{2}")
_TOLD = ("vnp_TmnCode", "vnp_Amount", "vnp_TxnRef", "vnp_ResponseCode", "vnp_TransactionStatus")

FORGED = gettext_noop("Không xác minh được chữ ký của cổng thanh toán.")
NOT_OURS = gettext_noop("Không có lần thanh toán này.")
OTHER_AMOUNT = gettext_noop("Số tiền khác với số phải trả.")
BAD_ORDER = gettext_noop("Không gửi được yêu cầu này tới cổng thanh toán.")


@dataclass(frozen=True, slots=True)
class Merchant:
    """Who we are at the gateway: its address, our code there, and the secret shared with it."""

    url: str
    code: str
    secret: str = field(repr=False)


def signed_text(values: Mapping[str, str]) -> str:
    """The text that is hashed, and the query of the address: vnp_* with a value, sorted, encoded."""
    kept = sorted(
        (k, v) for k, v in values.items() if k.startswith("vnp_") and v and k not in (HASH, HASH_KIND)
    )
    return urlencode(kept, errors="surrogatepass")


def sign(values: Mapping[str, str], secret: str) -> str:
    """vnp_SecureHash of these parameters: 128 hexadecimal digits."""
    return hmac.new(secret.encode(), signed_text(values).encode(), hashlib.sha512).hexdigest()


def signed_query(values: Mapping[str, str], secret: str) -> str:
    """The query of an address that carries these parameters and their signature."""
    return f"{signed_text(values)}&{HASH}={sign(values, secret)}"


def moment(at: datetime) -> str:
    """yyyyMMddHHmmss in Viet Nam."""
    return f"{at.astimezone(HANOI):%Y%m%d%H%M%S}"


def build_redirect(order: Order, merchant: Merchant) -> str:
    """The address that shows the gateway's payment page for an order. Refused `bad_order`."""
    if not 0 < order.amount <= MOST_DONG or _REFERENCE.fullmatch(order.reference) is None:
        raise Refused("bad_order", BAD_ORDER)
    if not order.at < order.until or not 10 <= len(order.return_url) <= 255:
        raise Refused("bad_order", BAD_ORDER)
    values = {
        "vnp_Version": VERSION,
        "vnp_Command": "pay",
        "vnp_TmnCode": merchant.code,
        "vnp_Amount": str(order.amount * 100),
        "vnp_CurrCode": "VND",
        "vnp_TxnRef": order.reference,
        "vnp_OrderInfo": plain(order.about),
        "vnp_OrderType": "other",
        "vnp_Locale": "en" if order.language == "en" else "vn",
        "vnp_ReturnUrl": order.return_url,
        "vnp_IpAddr": address(order.address),
        "vnp_CreateDate": moment(order.at),
        "vnp_ExpireDate": moment(order.until),
    }
    return f"{merchant.url}?{signed_query(values, merchant.secret)}"


def plain(text: str) -> str:
    """Text without marks and special signs, as vnp_OrderInfo wants it; letters of codes stay capital."""
    bare = "".join(fold(char).upper() if char.isupper() else fold(char) or " " for char in text)
    return re.sub(r" +", " ", re.sub(r"[^A-Za-z0-9 .:-]", " ", bare)).strip()[:255]


def address(text: str) -> str:
    """vnp_IpAddr: 7 to 45 characters, so short IPv6 addresses are written out."""
    try:
        found = ipaddress.ip_address(text.strip())
    except ValueError:
        return "127.0.0.1"
    return str(found) if len(str(found)) >= 7 else found.exploded


def read_return(query: Query, merchant: Merchant) -> Notice:
    """What the browser brought back. Refused `forged`, `unknown_payment`, `wrong_amount`."""
    return _read(query, merchant)


def read_notification(query: Query, merchant: Merchant) -> Notice:
    """What the gateway told our server: the same parameters, the same judgement."""
    return _read(query, merchant)


def _read(query: Query, merchant: Merchant) -> Notice:
    return notice_of(proved(query, merchant.secret), merchant)


def notice_of(values: Mapping[str, str], merchant: Merchant) -> Notice:
    """The notice that proved parameters are. Refused `forged` (fields missing), `unknown_payment`, `wrong_amount`."""
    if any(not values.get(name) for name in _TOLD):
        raise Refused("forged", FORGED)  # signed, but not this protocol
    if values["vnp_TmnCode"] != merchant.code or _REFERENCE.fullmatch(values["vnp_TxnRef"]) is None:
        raise Refused("unknown_payment", NOT_OURS)
    hundredfold = values["vnp_Amount"]
    if _AMOUNT.fullmatch(hundredfold) is None or int(hundredfold) % 100:
        raise Refused("wrong_amount", OTHER_AMOUNT)
    transaction = values.get("vnp_TransactionNo", "")
    return Notice(
        reference=values["vnp_TxnRef"],
        outcome=outcome(values["vnp_ResponseCode"], values["vnp_TransactionStatus"]),
        amount=int(hundredfold) // 100,
        transaction=transaction if _TRANSACTION.fullmatch(transaction) and transaction.strip("0") else "",
        reason=values["vnp_ResponseCode"] if _CODE.fullmatch(values["vnp_ResponseCode"]) else "99",
    )


def proved(query: Query, secret: str) -> dict[str, str]:
    """The vnp_* parameters, when their signature is right. Refused `forged`, also for repeated or endless ones."""
    values: dict[str, str] = {}
    for number, (name, value) in enumerate(query):
        repeated = name.startswith("vnp_") and name in values
        if number >= _LONGEST_QUERY or repeated or len(name) > 100 or len(value) > _LONGEST_VALUE:
            raise Refused("forged", FORGED)
        values[name] = value
    given = values.get(HASH, "").lower().encode(errors="replace")
    if not hmac.compare_digest(given, sign(values, secret).encode()):
        raise Refused("forged", FORGED)
    return {name: value for name, value in values.items() if name.startswith("vnp_")}


def outcome(response: str, status: str) -> Outcome:
    """What vnp_ResponseCode and vnp_TransactionStatus say together; paid only when both do."""
    if TAKEN_BUT_DOUBTED in (response, status):
        return Outcome.DOUBTED
    if response == DONE and status == DONE:
        return Outcome.PAID
    if response == DONE and status == NOT_OVER:
        return Outcome.PENDING
    return Outcome.FAILED
