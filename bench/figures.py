"""A figure with its limit, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured value. `most`: it may not be larger than the limit; otherwise not smaller."""

    what: str
    value: float
    unit: str
    limit: float
    most: bool = True

    @property
    def holds(self) -> bool:
        """Whether the limit holds."""
        return self.value <= self.limit if self.most else self.value >= self.limit

    def row(self) -> str:
        """One line of the table."""
        sign = "≤" if self.most else "≥"
        share = self.value / self.limit
        word = "holds" if self.holds else "MISSED"
        return f"{self.what:<58} {self.value:>10,.2f} {self.unit:<6} {sign} {self.limit:>8,.0f}  ×{share:<7.3f} {word}"


def table(title: str, figures: Iterable[Figure]) -> bool:
    """Print figures; whether all hold."""
    rows = list(figures)
    print(f"\n{title}\n{'-' * len(title)}")
    for figure in rows:
        print(figure.row())
    return all(figure.holds for figure in rows)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]
