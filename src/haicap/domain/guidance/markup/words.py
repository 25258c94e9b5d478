"""Lời không định dạng."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from haicap.base.text import fold, nfc
from haicap.domain.guidance.markup.blocks import Block, BlockKind, read


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """The words of a text, blocks parted by a space."""
    return nfc(" ".join(_words(read(text))))


def plain_blocks(text: str) -> list[str]:
    """The same, a piece for every paragraph, item or row: sentences that can be quoted alone."""
    return [nfc(words) for words in _words(read(text)) if nfc(words)]


def _words(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if block.kind is BlockKind.ROW:
            yield " · ".join("".join(run.text for run in cell.runs) for cell in block.inner)
        elif block.runs:
            yield "".join(run.text for run in block.runs)
        else:
            yield from _words(block.inner)


def headings(text: str) -> list[tuple[int, str, str]]:
    """Headings of a text: (level, words, name of the place on its page)."""
    found, used = [], set[str]()
    for block in read(text):
        if block.kind is BlockKind.HEADING:
            words = "".join(run.text for run in block.runs)
            name = re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")[:60] or "muc"
            while name in used:
                name += "-x"
            used.add(name)
            found.append((block.level, words, name))
    return found
