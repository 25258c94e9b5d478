"""Địa bàn của tệp: the communes a file may name, as the bits of the detectors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from haicap.domain.powers.detectors import Ground, Life
from haicap.domain.powers.states import REFORM
from haicap.domain.units.timeline import Register

OLDEST = date.min


@dataclass(frozen=True, slots=True)
class Communes:
    """Codes of communes: all that ever were, with the days somebody bore them, and those of the reform and after."""

    lives: dict[str, tuple[Life, ...]]
    present: frozenset[str]

    @classmethod
    def of(cls, register: Register) -> Communes:
        """The communes of a register."""
        spans: dict[str, list[Life]] = defaultdict(list)
        for version in register.every():
            if version.tier == "commune":
                spans[version.code].append((version.span.start, version.span.end))
        lives = {code: _joined(told) for code, told in spans.items()}
        present = (code for code, told in lives.items() if any(not end or end > REFORM for _, end in told))
        return cls(lives, frozenset(present))

    def ground(self, named: Iterable[str]) -> Ground:
        """Bits for the communes since the reform and for older ones a file names."""
        codes = tuple(sorted(self.present | set(named)))
        return Ground(codes, {code: self.lives[code] for code in codes})


def _joined(spans: list[Life]) -> tuple[Life, ...]:
    found: list[Life] = []
    for since, until in sorted(spans, key=lambda span: span[0] or OLDEST):
        if found and found[-1][1] is not None and since is not None and since <= found[-1][1]:
            last = found[-1]
            found[-1] = (last[0], None if until is None or last[1] is None else max(until, last[1]))
        else:
            found.append((since, until))
    return tuple(found)
