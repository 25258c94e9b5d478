"""Hỏi lại cổng ("querydr"): what became of a payment whose notice never came.

A POST of JSON to another address than the payment page. Its hash covers the values alone, joined by "|" in a fixed order
(the answer's too); vnp_TransactionDate is the vnp_CreateDate of the payment asked about.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import urllib.request
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.edges.payments import protocol
from haicap.edges.payments.gateway import Notice
from haicap.edges.payments.protocol import HASH, Merchant

ASKED = ("vnp_RequestId", "vnp_Version", "vnp_Command", "vnp_TmnCode", "vnp_TxnRef", "vnp_TransactionDate",
         "vnp_CreateDate", "vnp_IpAddr", "vnp_OrderInfo")  # fmt: skip
ANSWERED = ("vnp_ResponseId", "vnp_Command", "vnp_ResponseCode", "vnp_Message", "vnp_TmnCode", "vnp_TxnRef", "vnp_Amount",
            "vnp_BankCode", "vnp_PayDate", "vnp_TransactionNo", "vnp_TransactionType", "vnp_TransactionStatus",
            "vnp_OrderInfo", "vnp_PromotionCode", "vnp_PromotionAmount")  # fmt: skip
UNKNOWN = "91"  # the gateway has no such transaction: nobody came to its page
_MOST = 64 * 1024  # bytes of an answer
_SECONDS = 10


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """A question goes to the gateway and nowhere else."""


_opener = urllib.request.build_opener(_NoRedirect)


def joined_hash(values: Mapping[str, object], names: tuple[str, ...], secret: str) -> str:
    """HMAC-SHA512 of the values in this order, joined by "|"; what is missing counts as empty."""
    text = "|".join(str(values.get(name, "")) for name in names)
    return hmac.new(secret.encode(), text.encode(), hashlib.sha512).hexdigest()


def question(
    reference: str, *, asked_at: datetime, at: datetime, number: str, merchant: Merchant
) -> dict[str, str]:
    """The document that asks; `number` is ours, never used twice within a day."""
    values = {
        "vnp_RequestId": number,
        "vnp_Version": protocol.VERSION,
        "vnp_Command": "querydr",
        "vnp_TmnCode": merchant.code,
        "vnp_TxnRef": reference,
        "vnp_OrderInfo": f"Hoi giao dich {reference}"[:255],
        "vnp_TransactionDate": protocol.moment(asked_at),
        "vnp_CreateDate": protocol.moment(at),
        "vnp_IpAddr": "127.0.0.1",
    }
    return {**values, HASH: joined_hash(values, ASKED, merchant.secret)}


def read_answer(values: Mapping[str, object], reference: str, merchant: Merchant) -> Notice | None:
    """What the gateway answers; None when it knows no such transaction. Refused `forged`, `no_answer`, as notices."""
    given = str(values.get(HASH, "")).lower().encode(errors="replace")
    if not hmac.compare_digest(given, joined_hash(values, ANSWERED, merchant.secret).encode()):
        raise Refused("forged", protocol.FORGED)
    response = str(values.get("vnp_ResponseCode", ""))
    if response == UNKNOWN:
        return None
    if response != protocol.DONE:
        raise no_answer()
    if values.get("vnp_TxnRef") != reference:
        raise Refused("unknown_payment", protocol.NOT_OURS)
    status = str(values.get("vnp_TransactionStatus", ""))
    told = {name: str(value) for name, value in values.items()}
    return protocol.notice_of(
        {**told, "vnp_ResponseCode": status if status != protocol.NOT_OVER else protocol.DONE}, merchant
    )


def no_answer() -> Refused:
    """The gateway did not say."""
    return Refused("no_answer", gettext_noop("Cổng thanh toán không trả lời câu hỏi về giao dịch."))


def ask(url: str, document: Mapping[str, str]) -> Mapping[str, object]:
    """Send a question; the answer's document. Refused `no_answer` for anything that is none."""
    request = urllib.request.Request(  # noqa: S310  # https or this machine: judged where settings are read
        url, json.dumps(document).encode(), {"Content-Type": "application/json"}
    )
    try:
        with _opener.open(request, timeout=_SECONDS) as answer:
            body = answer.read(_MOST + 1)
        found = json.loads(body) if len(body) <= _MOST else None
    except (OSError, ValueError, RecursionError, http.client.HTTPException) as error:
        raise no_answer() from error
    if not isinstance(found, dict):
        raise no_answer()
    return found
