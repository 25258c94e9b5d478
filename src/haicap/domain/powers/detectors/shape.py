"""Hình dạng: what goes into the detectors and what comes out. Plain values, no rows of a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from haicap.domain.law.states import DocumentKind
from haicap.domain.powers.conditions import EVERY_CASE, Choice, Condition, Interval
from haicap.domain.powers.states import FindingKind, Level, Mode, Role

Life = tuple[date | None, date | None]  # [since, until), None unbounded


@dataclass(frozen=True, slots=True)
class Instrument:
    """The document a claim rests on. `rank` 1 is the highest, 0 has none (not normative)."""

    normative: bool
    rank: int = 0
    kind: DocumentKind | None = None
    sunset: bool = (
        False  # one of the decrees made under Resolution 190/2025/QH15, which may do what a law does
    )


@dataclass(frozen=True, slots=True)
class Rank:
    """What decides between two provisions that differ (see `beats`).

    level    rank of the document, 1 the highest; 0: not normative, below all
    issued   day of its issue; None: not known, decides nothing
    issued_by  where it is not known: the last day on which it can have been issued; only tells it is older than a
             sunset decree
    sunset   the document says itself that it wins over older ones while it is in force
    special  number of terms of the condition: more is more special
    """

    level: int = 0
    issued: date | None = None
    sunset: bool = False
    special: int = 0
    issued_by: date | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Một quy định thẩm quyền: one organ holds one power in one role, for units, cases and days.

    units    bits over `Ground.units`
    parent   id of the claim of the same power it is derived from; "" none
    rank     None: no precedence against others
    whole    of claims that are stretches of one assertion: its name, the same for all
    """

    id: str
    power: str
    role: Role
    organ: str
    level: Level
    units: int
    condition: Condition = EVERY_CASE
    since: date | None = None
    until: date | None = None
    mode: Mode = Mode.ORIGINAL
    parent: str = ""
    citation: str = ""
    instrument: Instrument | None = None
    rank: Rank | None = None
    no_fallback: bool = False  # the deed says the parent does not act again when it ends
    added_days: int = 0  # to the time limit, against the parent's
    added_papers: int = 0
    whole: str = ""
    guidance: bool = False  # how a letter wants a provision read: neither wins nor loses, it collides


@dataclass(frozen=True, slots=True)
class Ground:
    """Units as bits, and when each exists; a unit without lives exists always."""

    units: tuple[str, ...]
    lives: Mapping[str, tuple[Life, ...]] = field(default_factory=dict)
    bits: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bits", {code: n for n, code in enumerate(self.units)})

    @property
    def everywhere(self) -> int:
        """All units."""
        return (1 << len(self.units)) - 1

    def mask(self, codes: Iterable[str]) -> int:
        """The units of these codes. KeyError for a code that is no unit here."""
        return sum({1 << self.bits[code] for code in codes})

    def codes(self, mask: int) -> tuple[str, ...]:
        """Codes of the units of a mask, in the order of `units`."""
        if mask == self.everywhere:
            return self.units
        return tuple(self.units[n] for n in bits_of(mask))


@dataclass(frozen=True, slots=True)
class Scope:
    """What must be covered by one (power, role). An attribute that is not named: the hull of what the claims say."""

    units: int
    since: date | None = None
    until: date | None = None
    attributes: Mapping[str, Interval | Choice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """Một phát hiện: what is wrong for these units, days [since, until) and cases.

    case     in the grammar of conditions, "" = every case
    claims   ids of those it is about, `citations` theirs
    reason   of an omission (`states.Reason`); else ""
    note     "guidance": only a letter of guidance collides
    """

    kind: FindingKind
    power: str
    role: Role
    units: tuple[str, ...]
    since: date | None
    until: date | None
    case: str
    citations: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""


def bits_of(mask: int) -> list[int]:
    """Numbers of the bits set, ascending."""
    if mask.bit_count() * 8 > mask.bit_length():
        return [n for n, bit in enumerate(bin(mask)[:1:-1]) if bit == "1"]
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
