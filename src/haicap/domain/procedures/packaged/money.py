"""Phí trong danh mục: what a row says of money → fees, without taking a bare zero for "free"."""

from __future__ import annotations

import re
from typing import Any

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

_NAME = {"vi": "Phí, lệ phí", "en": "Fee"}
_FREE = re.compile(r"^(?:miễn|không thu)", re.IGNORECASE)
_LOCAL = re.compile(r"hđnd|hội đồng nhân dân", re.IGNORECASE)
_ONLINE = re.compile(r"trực tuyến: ([0-9]{1,3}(?:\.[0-9]{3})*|[0-9]+)(?![0-9.])")
_PER_PAGE = re.compile(r"tính theo trang|/trang", re.IGNORECASE)
_PER_COPY = re.compile(r"mỗi bản|/bản", re.IGNORECASE)
NOT_SAID = "Nguồn không nói mức thu cho hình thức này."

Fees = list[dict[str, Any]]


def fees_of(amount: str, note: str) -> Fees:
    """Fees of a row: `amount` in đồng or empty, `note` as the source has it. Refused `bad_row`."""
    if amount and not (amount.isascii() and amount.isdigit() and len(amount) <= 12):
        raise Refused(
            "bad_row",
            gettext_noop("Cột %(column)s: “%(value)s” không dùng được. Ghi như: %(example)s."),
            params={"column": "fee_vnd", "value": amount[:60], "example": "50000"},
        )
    if not amount and not note:
        return []
    if amount and int(amount) > 0:
        return _known(int(amount), note)
    if amount or _FREE.match(note):
        return [_fee("free", note)]
    return [_fee("local" if _LOCAL.search(note) else "unknown", note)]


def _fee(kind: str, note: str, **facts: Any) -> dict[str, Any]:
    fee = {"key": "phi", "name": _NAME, "kind": kind, **facts}
    return {**fee, "note": note} if note else fee


def _known(amount: int, note: str) -> Fees:
    kind = "per_page" if _PER_PAGE.search(note) else "per_copy" if _PER_COPY.search(note) else "fixed"
    online = _ONLINE.search(note)
    if not online:
        return [_fee(kind, note, amount=amount)]
    less = int(online[1].replace(".", ""))
    other = {"kind": kind, "amount": less} if less else {"kind": "free"}
    return [
        _fee(kind, note, amount=amount, channel="direct"),
        {"key": "phi_truc_tuyen", "name": _NAME, "channel": "online", **other},
        {"key": "phi_buu_chinh", "name": _NAME, "channel": "post", "kind": "unknown", "note": NOT_SAID},
    ]
