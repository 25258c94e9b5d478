"""Căn cứ: an act and a place in it, as a plain value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """ "1656/NQ-UBTVQH15, điều 1 khoản 5".

    act     number of the act as printed, leading zeros kept; several acts are joined by " | "
    clause  place in it ("điều 1 khoản 5"), empty when not known
    """

    act: str
    clause: str = ""

    def __str__(self) -> str:
        return f"{self.act}, {self.clause}" if self.clause else self.act

    def __bool__(self) -> bool:
        return bool(self.act)


def joined(citations: list[Citation]) -> str:
    """Several citations in reading order, each once, joined by "; "."""
    return "; ".join(dict.fromkeys(str(c) for c in citations if c))
