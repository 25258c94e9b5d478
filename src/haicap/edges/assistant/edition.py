"""Ấn bản: names the program and the packaged lines that knowledge is made by; made by others it is other knowledge."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from haicap.base import text
from haicap.domain.procedures.catalogue import Catalogue
from haicap.kernel import search

_LINES = (".py", ".csv", ".txt")


@cache
def edition() -> str:
    """Hash of the engine's own files, of the words' forms and of the interpreter."""
    total = blake2b(f"{sys.version_info[:2]}".encode(), digest_size=6)
    for path in _files():
        content = path.read_bytes()
        total.update(f"{path.name} {len(content)} ".encode())
        total.update(content)
    return total.hexdigest()


def _files() -> Iterator[Path]:
    own, index = Path(__file__).parent, Path(search.__file__).parent
    for folder in (own, own / "data", own / "data" / "sayings", index):
        yield from sorted(path for path in folder.iterdir() if path.suffix in _LINES)
    yield Path(text.__file__)


def contents(catalogue: Catalogue) -> str:
    """Hash of what a catalogue says as far as knowledge is made of it: a restored database may count as another once did."""
    total = blake2b(digest_size=6)
    for e in catalogue.entries:
        row = (e.pk, e.code, e.name, e.field, e.levels, e.subjects, e.complete, e.keywords, e.results)
        total.update(repr(row).encode())
    total.update(repr(catalogue.synonyms).encode())
    return total.hexdigest()
