"""Hình thức văn bản: the letters of a kind → the kind, which depends on who issues it; the rank of kinds.

Order of rank: Law 64/2025/QH15 điều 4, as amended by Law 87/2025/QH15. What follows resolutions of provincial councils
there rests on general knowledge; the text was not read.
"""

from __future__ import annotations

from collections.abc import Mapping

from haicap.domain.law.numbers.issuers import Issuer, Sort
from haicap.domain.law.states import DocumentKind as K

# Letters of kinds, in the spelling of numbers; what a kind is when nothing of its issuer decides it.
KIND_LETTERS: Mapping[str, K] = {
    "NĐ": K.DECREE, "NQ": K.OTHER, "NQLT": K.OTHER, "QĐ": K.OTHER, "TT": K.CIRCULAR, "TTLT": K.JOINT_CIRCULAR,
    "L": K.PRESIDENT_ORDER, "LCT": K.PRESIDENT_ORDER, "PL": K.ORDINANCE, "VBHN": K.CONSOLIDATION, "CĐ": K.DISPATCH,
    "CV": K.LETTER, "TB": K.NOTICE, "CT": K.DIRECTIVE, "KH": K.PLAN, "BC": K.REPORT, "TTr": K.SUBMISSION, "KL": K.OTHER,
    "HD": K.OTHER, "QC": K.OTHER, "QyĐ": K.OTHER, "ĐA": K.OTHER, "PA": K.OTHER, "CTr": K.OTHER, "GM": K.OTHER, "BB": K.OTHER,
}  # fmt: skip
_BY_ISSUER: Mapping[tuple[str, str], K] = {
    ("NQ", "cp"): K.GOVERNMENT_RESOLUTION, ("NQ", "hdnd"): K.COUNCIL_RESOLUTION, ("NQ", "hdtp"): K.COURT_RESOLUTION,
    ("NQ", "ubtvqh"): K.STANDING_RESOLUTION, ("NQ", "qh"): K.ASSEMBLY_RESOLUTION, ("NQLT", "cp"): K.GOVERNMENT_RESOLUTION,
    ("NQLT", "ubtvqh"): K.STANDING_RESOLUTION, ("QĐ", "ttg"): K.PM_DECISION, ("QĐ", "ubnd"): K.COMMITTEE_DECISION,
    ("QĐ", "ctubnd"): K.CHAIRMAN_DECISION, ("QĐ", "ctn"): K.PRESIDENT_ORDER,
}  # fmt: skip
# Only these may issue the form at all.
ONLY: Mapping[str, tuple[str, ...]] = {
    "NĐ": ("cp", "hdbt"),
    "L": ("ctn",),
    "LCT": ("ctn",),
    "PL": ("ubtvqh",),
}
MUST_HAVE_YEAR = ("NĐ",)
# Without letters of a kind the term alone stands: laws and resolutions of the Assembly are numbered alike.
TERMED: Mapping[str, tuple[K, ...]] = {
    "qh": (K.LAW, K.ASSEMBLY_RESOLUTION),
    "ubtvqh": (K.STANDING_RESOLUTION, K.ORDINANCE),
}
CONSOLIDATED: Mapping[str, K] = {
    "L": K.LAW, "PL": K.ORDINANCE, "NĐ": K.DECREE, "TT": K.CIRCULAR, "TTLT": K.JOINT_CIRCULAR, "QĐ": K.PM_DECISION,
    "NQ": K.GOVERNMENT_RESOLUTION,
}  # fmt: skip
_NORMATIVE = {
    K.LAW, K.ASSEMBLY_RESOLUTION, K.ORDINANCE, K.STANDING_RESOLUTION, K.PRESIDENT_ORDER, K.DECREE,
    K.GOVERNMENT_RESOLUTION, K.PM_DECISION, K.COURT_RESOLUTION, K.CIRCULAR, K.JOINT_CIRCULAR, K.COUNCIL_RESOLUTION,
    K.COMMITTEE_DECISION, K.CHAIRMAN_DECISION, K.MINISTER_DECISION,
}  # fmt: skip
_RANKS: Mapping[K, int] = {
    K.CONSTITUTION: 1, K.LAW: 2, K.ASSEMBLY_RESOLUTION: 2, K.ORDINANCE: 3, K.STANDING_RESOLUTION: 3, K.PRESIDENT_ORDER: 4,
    K.DECREE: 5, K.GOVERNMENT_RESOLUTION: 5, K.PM_DECISION: 6, K.COURT_RESOLUTION: 7, K.CIRCULAR: 8,
    K.MINISTER_DECISION: 8,  # normative ones are of the years before 2009
    K.JOINT_CIRCULAR: 9, K.COUNCIL_RESOLUTION: 10, K.COMMITTEE_DECISION: 11, K.CHAIRMAN_DECISION: 12,
}  # fmt: skip
_COMMUNE: Mapping[K, int] = {K.COUNCIL_RESOLUTION: 13, K.COMMITTEE_DECISION: 14}


def kind_of(letters: str, code: str, known: Issuer | None) -> K:
    """The kind of a document from its kind letters and its issuer."""
    if letters == "QĐ" and known and known.sort is Sort.MINISTRY:
        return K.MINISTER_DECISION
    return _BY_ISSUER.get((letters, code), KIND_LETTERS[letters])


def is_normative(kind: K, year: int | None) -> bool:
    """Whether a number shows a normative document: the form can be one, and the year stands in the number."""
    return year is not None and kind in _NORMATIVE


def rank(kind: K, normative: bool, *, commune: bool = False) -> int:
    """Thứ bậc: 1 is the highest (the Constitution); 0 = no rank, not a normative document.

    commune  the issuer is of a commune (its council and committee come after those of the province)
    """
    if kind is K.CONSTITUTION:
        return 1
    if not normative:
        return 0
    return (_COMMUNE.get(kind) if commune else None) or _RANKS.get(kind, 0)
