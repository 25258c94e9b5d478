"""Chữ của mục lục: folded words, word pairs and letter triples, the same for what is indexed and what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from haicap.base.text import fold

_WORD = re.compile(r"[a-z0-9]+")
_Y = re.compile(r"^(h|k|l|m|s|t|qu)y$")  # kí and ký, lí and lý are one word


def words(text: str) -> list[str]:
    """Folded words, one spelling of i and y: "Đăng ký khai sinh" → ["dang", "ki", "khai", "sinh"]."""
    return [canonical(word) for word in _WORD.findall(fold(text))]


def canonical(word: str) -> str:
    """A folded word under its one spelling."""
    return _Y.sub(r"\1i", word) if word.endswith("y") else word


def pairs(found: Sequence[str]) -> list[str]:
    """Neighbouring words joined: most Vietnamese words have two syllables."""
    return [f"{a}_{b}" for a, b in pairwise(found)]


def triples(word: str) -> list[str]:
    """Letter triples of a word with its ends marked: "tre" → ["^tr", "tre", "re$"]."""
    marked = f"^{word}$"
    return [marked[n : n + 3] for n in range(len(marked) - 2)]
