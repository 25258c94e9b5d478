"""Đóng gói: named rows of numbers and texts in one file, read where it lies.

A file holds numbers and JSON only: reading one runs nothing. A hash over all of it tells a whole file from one that was cut
off or altered. It is read into memory once and not mapped, as a mapped file that is cut off ends the process that reads it.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAGIC = b"HAICAPK1"
_HASH = 32
_LENGTH = 8
_START = len(MAGIC) + _HASH
SMALL, LARGE, REAL = "I", "Q", "d"  # kinds of numbers: 32 and 64 bits, and fractions


class Unreadable(Exception):
    """A file is not what it should be; it is to be made again."""


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of different lengths: row n is values[bounds[n]:bounds[n + 1]]."""

    values: memoryview
    bounds: memoryview

    def row(self, n: int) -> memoryview:
        """One row."""
        return self.values[self.bounds[n] : self.bounds[n + 1]]

    def rows(self, first: int, last: int) -> memoryview:
        """Rows from `first` to before `last`, joined."""
        return self.values[self.bounds[first] : self.bounds[last]]


def _row(kind: str, values: Iterable[float] = ()) -> array[Any]:
    """An array of a kind: the standard library's types do not let a kind be chosen."""
    return array(kind, values)


class Packer:
    """Collects rows and texts, and joins them."""

    def __init__(self) -> None:
        self._parts: dict[str, tuple[str, bytes]] = {}

    def numbers(self, name: str, kind: str, values: Iterable[float]) -> None:
        """A row of numbers."""
        self._parts[name] = (kind, _row(kind, values).tobytes())

    def ragged(self, name: str, kind: str, rows: Iterable[Sequence[float]]) -> None:
        """Rows of different lengths."""
        values, bounds = _row(kind), _row(SMALL, [0])
        for row in rows:
            values.extend(row)
            bounds.append(len(values))
        self._parts[name] = (kind, values.tobytes())
        self._parts[f"{name}/bounds"] = (SMALL, bounds.tobytes())

    def text(self, name: str, value: object) -> None:
        """Anything JSON can say."""
        self._parts[name] = ("B", json.dumps(value, ensure_ascii=False).encode())

    def packed(self) -> bytes:
        """The whole."""
        places: dict[str, tuple[str, int, int]] = {}
        body = bytearray()
        for name, (kind, data) in self._parts.items():
            body += bytes(-len(body) % 8)
            places[name] = (kind, len(body), len(data))
            body += data
        head = json.dumps({"order": sys.byteorder, "places": places}).encode()
        head += b" " * (-len(head) % 8)
        rest = len(head).to_bytes(_LENGTH, "big") + head + body
        return MAGIC + hashlib.sha256(rest).digest() + rest


class Packed:
    """What a Packer made. Unreadable when it is damaged."""

    def __init__(self, data: bytes) -> None:
        whole = memoryview(data)
        if (
            bytes(whole[: len(MAGIC)]) != MAGIC
            or hashlib.sha256(whole[_START:]).digest() != whole[len(MAGIC) : _START]
        ):
            raise Unreadable("it is cut off or altered")
        start = _START + _LENGTH
        size = int.from_bytes(whole[_START:start], "big")
        head = json.loads(bytes(whole[start : start + size]))
        if head["order"] != sys.byteorder:
            raise Unreadable("it was made on another kind of machine")
        self._places: Mapping[str, tuple[str, int, int]] = head["places"]
        self._body = whole[start + size :]

    @classmethod
    def opened(cls, path: Path) -> Packed | None:
        """A file; None when there is none. Unreadable when it is damaged."""
        try:
            return cls(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError) as error:
            raise Unreadable(str(error)) from error

    def numbers(self, name: str) -> memoryview:
        """A row of numbers, where it lies."""
        kind, start, size = self._places[name]
        return self._body[start : start + size].cast(kind)  # type: ignore[call-overload, no-any-return]  # kinds above

    def ragged(self, name: str) -> Ragged:
        """Rows of different lengths."""
        return Ragged(self.numbers(name), self.numbers(f"{name}/bounds"))

    def text(self, name: str) -> Any:
        """What JSON said."""
        _, start, size = self._places[name]
        return json.loads(bytes(self._body[start : start + size]))


def write(path: Path, data: bytes) -> None:
    """Put a file in its place, whole or not at all. OSError when the disk does not take it."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
