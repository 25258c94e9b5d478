"""Chữ ký: the smallest hashes of a text's neighbouring words (MinHash), so that the database finds candidates by index.

Two texts share about as many of `SIZE` hashes as their sets of word pairs have in common; `alike` then counts exactly.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from itertools import pairwise

from haicap.base.text import fold

SIZE = 16
NEAR = 0.5  # share of word pairs in common from which two texts are suggested as the same
MOST_WORDS = 400
_WORD = re.compile(r"[a-z0-9]+")
_MASKS = tuple(int.from_bytes(blake2b(bytes([n]), digest_size=4).digest(), "big") for n in range(SIZE))
_ODD = tuple(int.from_bytes(blake2b(bytes([n, 1]), digest_size=4).digest(), "big") | 1 for n in range(SIZE))


def words(text: str) -> list[str]:
    """Folded words, as many as count."""
    return _WORD.findall(fold(text[: MOST_WORDS * 12]))[:MOST_WORDS]


def _pairs(text: str) -> frozenset[str]:
    said = words(text)
    return frozenset(f"{a} {b}" for a, b in pairwise(said)) or frozenset(said)


def signature(text: str) -> list[int]:
    """`SIZE` signed 32-bit numbers, each tagged with its place; empty for a text without words."""
    hashes = [int.from_bytes(blake2b(p.encode(), digest_size=4).digest(), "big") for p in _pairs(text)]
    if not hashes:
        return []
    found = []
    for n in range(SIZE):
        odd, mask = _ODD[n], _MASKS[n]
        least = min([(h * odd & 0xFFFFFFFF) ^ mask for h in hashes])
        tagged = (least & 0x0FFFFFFF) | (n << 28)  # the place in the upper four bits
        found.append(tagged - (1 << 32) if tagged >= 1 << 31 else tagged)
    return found


def alike(one: str, other: str) -> float:
    """Share of word pairs the two texts have in common, 0–1."""
    a, b = _pairs(one), _pairs(other)
    return len(a & b) / len(a | b) if a and b else 0.0
