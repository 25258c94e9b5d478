"""Mã QR: what stands in it, and its drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import segno

from haicap.base.text import fold
from haicap.domain.dossiers.documents.values import LONGEST, instant_of

LONGEST_CODE = 600  # letters a telephone still reads from 20 mm


def code_text(keys: Sequence[str], data: Mapping[str, Any]) -> str:
    """What the QR code says: the address for tracking when there is one, otherwise the values of `keys`.

    Values are joined by "|" without marks ("H26.1-261122-0001|2026-11-22T09:30+07:00||H26.1"), so that a scanner
    that types like a keyboard gives the same text; missing ones stay empty. Empty when there is nothing to say.
    """
    address = data.get("tracking_url") or ""
    if address:
        return _short(address, "tracking_url")
    if not keys or not any(data.get(key) for key in keys):
        return ""
    return _short("|".join(_compact(data.get(key), key) for key in keys), "QR")


def _short(text: object, key: str) -> str:
    if not isinstance(text, str) or not text.isascii() or not text.isprintable() or len(text) > LONGEST_CODE:
        raise ValueError(f"{key}: {str(text)[:80]!r} cannot stand in a QR code")
    return text


def _compact(value: object, key: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) or (isinstance(value, str) and key.endswith("_at") and value):
        return instant_of(value, key).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    folded = fold(str(value)[:LONGEST]) if not str(value).isascii() else str(value)
    return "".join(char for char in folded if char.isascii() and char.isprintable() and char != "|")[:80]


def drawing(text: str) -> str:
    """The QR code as SVG, without a margin; error correction M. Empty for an empty text."""
    if not text:
        return ""
    svg = segno.make(text, error="m", micro=False).svg_inline(border=0, svgclass=None, lineclass=None)
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
