"""Gói hồ sơ: a ZIP written piece by piece, so that its size never stands in memory. Pure."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, cast

from haicap.base.dates import HANOI
from haicap.base.text import fold

FLUSH = 256 * 1024
_STRANGE = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the bundle: its name, and its bytes piece by piece (asked for when its turn comes)."""

    name: str
    pieces: Iterable[bytes]
    packed: bool = True  # False: packed already (PDF, pictures)


class _Pipe:
    """What the ZIP writer writes into; taken away as it comes. No seeking: sizes follow the data."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        """Hold a piece."""
        self._held.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing lies deeper."""

    def taken(self) -> bytes:
        """What was written since."""
        data, self._held, self.size = b"".join(self._held), [], 0
        return data


def written(entries: Iterable[Entry], at: datetime) -> Iterator[bytes]:
    """The ZIP of the entries, all dated `at`, in pieces of some 256 KiB."""
    pipe, day = _Pipe(), at.astimezone(HANOI).timetuple()[:6]
    with zipfile.ZipFile(cast(IO[bytes], pipe), "w") as archive:  # write and flush are all it needs
        for entry in entries:
            info = zipfile.ZipInfo(entry.name, day)
            info.compress_type = zipfile.ZIP_DEFLATED if entry.packed else zipfile.ZIP_STORED
            info.external_attr = 0o600 << 16
            with archive.open(info, "w", force_zip64=True) as out:
                for piece in entry.pieces:
                    out.write(piece)
                    if pipe.size >= FLUSH:
                        yield pipe.taken()
    yield pipe.taken()


def safe_name(text: str, n: int) -> str:
    """A name for a file of the bundle: ASCII, no folders, its number first; "03-giay-chung-sinh.pdf"."""
    plain = _STRANGE.sub("-", fold(text.replace("\\", "/").rsplit("/", 1)[-1])).strip("-.") or "tep"
    stem, dot, ending = plain.rpartition(".")
    kept = f"{stem[: LONGEST - len(ending) - 1]}.{ending}" if dot and len(ending) <= 5 else plain[:LONGEST]
    return f"{n:02d}-{kept}"
