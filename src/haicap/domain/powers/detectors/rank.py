"""Thứ bậc: which of two provisions that differ counts. Law 64/2025/QH15; the decrees' own clause on their effect."""

from __future__ import annotations

from haicap.domain.powers.detectors.shape import Rank


def beats(one: Rank | None, other: Rank | None) -> bool:
    """Whether `one` counts and `other` does not, where they differ. Never both ways; unknown facts decide nothing.

    In this order: a sunset decree over what was issued before it, whatever its rank; the superior document; the
    later one; within documents alike the more special condition.
    """
    if one is None or other is None:
        return False
    if one.sunset != other.sunset:
        older, newer = (other, one) if one.sunset else (one, other)
        told = older.issued or older.issued_by
        if told and newer.issued and told < newer.issued:
            return one.sunset
    if one.level != other.level:
        return one.level > 0 and (not other.level or one.level < other.level)
    if one.issued != other.issued:
        return bool(one.issued and other.issued and one.issued > other.issued)
    return one.issued is not None and one.special > other.special
