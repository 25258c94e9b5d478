"""Đọc tiếp: long lists in pieces, by a cursor that knows which state of the register it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

T = TypeVar("T")
MOST = 1000
_CURSOR = re.compile(r"(\d{1,18})\.(\d{1,9})")


def piece(items: Sequence[T], after: str, limit: int, generation: int) -> tuple[Sequence[T], str | None]:
    """Up to `limit` items from where `after` points, and the cursor of the next piece (None at the end).

    Refused `bad_cursor` for what is no cursor, `list_changed` when the register changed since the first piece.
    """
    start = 0
    if after:
        found = _CURSOR.fullmatch(after)
        if found is None:
            raise Refused("bad_cursor", gettext_noop("Con trỏ đọc tiếp không đúng dạng. Xin đọc lại từ đầu."))
        if int(found[1]) != generation:
            raise Refused(
                "list_changed",
                gettext_noop("Sổ đăng ký đã thay đổi trong khi bạn đọc danh sách. Xin đọc lại từ đầu."),
            )
        start = int(found[2])
    end = start + limit
    return items[start:end], f"{generation}.{end}" if end < len(items) else None
