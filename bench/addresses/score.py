"""Chấm điểm: what is right, wrong and missed, and the table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from .maker import FORMER_RIVAL, Row


@dataclass(frozen=True)
class Given:
    """What a converter answered."""

    status: str
    code: str
    candidates: str
    population_code: str = ""
    legacy_code: str = ""


@dataclass
class Tally:
    """Counts of one group of rows. `extra`: population or legacy code differs on a row otherwise right."""

    n: int = 0
    right: int = 0
    wrong: int = 0
    extra: int = 0

    def add(self, verdict: str, extra: bool) -> None:
        """One more row."""
        self.n += 1
        self.right += verdict == "right"
        self.wrong += verdict == "wrong"
        self.extra += extra

    @property
    def share(self) -> float:
        """Right, of all, in per cent."""
        return 100.0 * self.right / self.n if self.n else 100.0


def verdict(row: Row, got: Given) -> str:
    """right | wrong | missed. Wrong is always the same: one sure unit given that the contract does not give."""
    if got.status == "unique":
        if row.status == "unique":
            return "right" if got.code == row.code else "wrong"
        if row.status == "silent":
            return "right" if got.code in row.candidates.split("|") else "wrong"
        return "wrong"
    if row.status == "not_unique":
        return "right"
    if row.status == "silent":
        return (
            "right"
            if set(filter(None, got.candidates.split("|"))) <= set(row.candidates.split("|"))
            else "missed"
        )
    if row.status == "unique" or got.status != row.status:
        return "missed"
    return "right" if got.candidates == row.candidates else "missed"


def differs(row: Row, got: Given) -> bool:
    """Population code of a split, legacy code of an old address: checked where the contract is plain."""
    if row.status == "split" and got.population_code != row.population_code:
        return True
    return bool(row.legacy_code) and row.status in ("unique", "split") and got.legacy_code != row.legacy_code


def group(row: Row) -> str:
    """The goal a row belongs to."""
    if row.kind.startswith("typo") and row.status in ("unique", "split", "ambiguous"):
        return "typo kinds"
    if row.kind == FORMER_RIVAL:
        return row.kind
    return {"unique": "unambiguous", "split": "split, ambiguous", "ambiguous": "split, ambiguous"}.get(
        row.status, row.status
    )


@dataclass
class Board:
    """All tallies of one converter."""

    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    groups: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    misses: list[tuple[str, Row, Given]] = field(default_factory=list)

    def add(self, row: Row, got: Given) -> None:
        """Judge one answer."""
        said = verdict(row, got)
        extra = said == "right" and differs(row, got)
        self.kinds[row.kind].add(said, extra)
        self.groups[group(row)].add(said, extra)
        if said != "right" or extra:
            self.misses.append((said if said != "right" else "extra", row, got))


GOALS = (("unambiguous", 97.0), ("typo kinds", 90.0), ("split, ambiguous", 100.0), ("not_found", 100.0))


def failures(board: Board) -> list[str]:
    """Goals missed, in words."""
    out = []
    for name, least in GOALS:
        tally = board.groups.get(name)
        if tally and tally.share < least:
            out.append(f"{name}: {tally.share:.2f} % right, the goal is {least:.0f} %")
    wrong = sum(t.wrong for name, t in board.groups.items() if name != FORMER_RIVAL)
    if wrong:
        out.append(f"{wrong} wrong answers, the goal is none")
    return out


def table(ours: Board, peer: Board | None) -> str:
    """Kind × n × right % × wrong, ours beside the peer."""
    head = f"{'kind':<40}{'n':>7} | {'ours right %':>12}{'wrong':>6}{'extra':>6} | {'peer right %':>12}{'wrong':>6}"
    lines = [head, "-" * len(head)]
    for name in ours.kinds:
        lines.append(_line(name, ours.kinds[name], peer.kinds[name] if peer else None))
    lines.append("-" * len(head))
    for name in ours.groups:
        lines.append(_line(name, ours.groups[name], peer.groups[name] if peer else None))
    return "\n".join(lines)


def _line(name: str, mine: Tally, theirs: Tally | None) -> str:
    right = f"{theirs.share:>12.2f}{theirs.wrong:>6}" if theirs else f"{'-':>12}{'-':>6}"
    return f"{name:<40}{mine.n:>7} | {mine.share:>12.2f}{mine.wrong:>6}{mine.extra:>6} | {right}"
