"""Phát hiện: overlaps, omissions and faults of chains in a register of powers. Pure; no clock, no database.

check(claims, ground) -> list[Finding]                  what a file says, literally
check(claims, ground, scopes=…) -> list[Finding]        a register: precedence, lives of units, what must be covered
window(findings, since, until), alive(findings, on)     what of it falls into days
holders(claims, ground, unit=…, on=…, case={…})         who exercises
"""

from haicap.domain.powers.detectors.checking import alive, check, window
from haicap.domain.powers.detectors.exercising import Holding, holders
from haicap.domain.powers.detectors.rank import beats
from haicap.domain.powers.detectors.shape import Claim, Finding, Ground, Instrument, Life, Rank, Scope

__all__ = [
    "Claim",
    "Finding",
    "Ground",
    "Holding",
    "Instrument",
    "Life",
    "Rank",
    "Scope",
    "alive",
    "beats",
    "check",
    "holders",
    "window",
]
