"""Tên gần giống: which units a text that was not found may have meant. Only ever asked as a question, never answered."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from haicap.base.text import fold
from haicap.domain.units.timeline import Register, Version
from haicap.web.common.maps import BEFORE_REFORM
from haicap.web.common.memo import Memo

_KIND_WORDS = frozenset("xa phuong thi tran dac khu quan huyen tp p q x tt tx".split())
_LEAST = 0.34


@dataclass(slots=True)
class _Names:
    versions: dict[str, Version] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    grams: dict[str, list[str]] = field(default_factory=dict)


_NAMES: Memo[_Names] = Memo(2)


def _grams(folded: str) -> set[str]:
    padded = f" {folded} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def _bare(text: str) -> str:
    words = [w for w in fold(text).replace(".", " ").split() if w not in _KIND_WORDS]
    return " ".join(words)


def _names(register: Register, on: date) -> _Names:
    """Communes of the day and of the day before the reform, by folded name; the day's own win."""
    return _NAMES.get(register, on, lambda: _read(register, on))


def _read(register: Register, on: date) -> _Names:
    names = _Names()
    grams: dict[str, list[str]] = defaultdict(list)
    for version in (*register.state(on, "commune"), *register.state(BEFORE_REFORM, "commune")):
        folded = _bare(version.short_name)
        if folded and folded not in names.versions:
            names.versions[folded] = version
            mine = _grams(folded)
            names.sizes[folded] = len(mine)
            for gram in mine:
                grams[gram].append(folded)
    names.grams = dict(grams)
    return names


def nearest(register: Register, text: str, on: date, most: int = 5) -> list[Version]:
    """Up to `most` communes whose names look like a part of `text`, best first; at most 120 letters are read.

    Names of provinces say where, not which: they count only when nothing else was typed.
    """
    names = _names(register, on)
    scores: dict[str, float] = {}
    above = {fold(v.short_name) for v in (*register.provinces(on), *register.provinces(BEFORE_REFORM))}
    parts = [
        bare for part in text[:120].split(",")[:6] if len(bare := _bare(part)) > 2 and not bare.isdigit()
    ]
    for bare in [part for part in parts if part not in above] or parts:
        mine = _grams(bare)
        shared = Counter(name for gram in mine for name in names.grams.get(gram, ()))
        for name, count in shared.items():
            score = count / (len(mine) + names.sizes[name] - count)
            scores[name] = max(score, scores.get(name, 0))
    best = sorted((n for n in scores if scores[n] >= _LEAST), key=lambda n: (-scores[n], n))
    return [names.versions[name] for name in best[:most]]
