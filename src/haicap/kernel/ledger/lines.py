"""Dòng của tệp xuất: the lines of an export, read strictly. Pure.

JSON Lines: one `ledger` (counts), the `anchor`s by number, then stream by stream in code-point order its `event`s, its
`head`s at the anchors, and an `end`.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from haicap.base.words import gettext_noop
from haicap.kernel.ledger.findings import Detail

FORMAT = 1
Line = dict[str, Any]
_FIELDS: dict[str, dict[str, type]] = {
    "ledger": {"format": int, "events": int, "streams": int, "anchors": int},
    "anchor": {"seq": int, "at": str, "streams": int, "events": int, "root": str, "hash": str},
    "event": {
        "stream": str,
        "seq": int,
        "kind": str,
        "at": str,
        "recorded_at": str,
        "actor": str,
        "on_behalf_of": str,
        "data": dict,
        "hash": str,
    },
    "head": {"stream": str, "seq": int, "hash": str, "anchor": int},
    "end": {"stream": str, "seq": int, "hash": str},
}


class Damaged(ValueError):
    """A line that no export writes."""

    def __init__(self, number: int, detail: Detail) -> None:
        self.number = number
        self.detail = detail
        super().__init__(f"line {number}: {detail}")


def parse(number: int, text: str) -> Line:
    """One line as a mapping with its kind under "t". Damaged when its fields or types are not those of that kind."""
    try:
        line: Line = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Damaged(number, Detail(gettext_noop("không phải JSON"))) from error
    fields = (
        _FIELDS.get(line.get("t", "")) if isinstance(line, dict) and isinstance(line.get("t"), str) else None
    )
    if fields is None:
        raise Damaged(number, Detail(gettext_noop("không rõ loại dòng")))
    if set(line) != {*fields, "t"} or any(type(line[name]) is not kind for name, kind in fields.items()):
        raise Damaged(number, Detail(gettext_noop("thiếu, thừa hoặc sai kiểu trường")))
    for name in ("hash", "root"):
        if name in fields and not _is_hash(line[name]):
            raise Damaged(number, Detail(gettext_noop("%(field)s không phải mã băm"), {"field": name}))
    return line


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice in one object")
    return found


def _is_hash(text: str) -> bool:
    return len(text) == 64 and not set(text) - set("0123456789abcdef")


def of_file(path: Path) -> Iterator[str]:
    """Lines of an export, gzip or plain. Damaged when the file ends in the middle or is not text."""
    number = 0
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            source: Iterable[bytes] = gzip.GzipFile(fileobj=raw) if packed else raw
            for line in source:
                number += 1
                yield line.decode("utf-8")
    except (EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError) as error:
        raise Damaged(number + 1, Detail(gettext_noop("tệp bị cắt ngang hoặc hỏng"))) from error
