"""Văn bản của một căn cứ: what a citation tells about its document. Nothing, where it is not told for certain."""

from __future__ import annotations

from functools import lru_cache

from haicap.base.refused import Refused
from haicap.domain.law.numbers import Number, find_citations, parse, rank
from haicap.domain.law.states import DocumentKind
from haicap.domain.powers.detectors import Instrument

# The decrees of June 2025 on delimitation, assignment and delegation (dispatch 87/CĐ-TTg of 12 June 2025), made under
# Resolution 190/2025/QH15: they give what otherwise a law gives.
SUNSET = frozenset(
    f"{n}/2025/NĐ-CP" for n in (*range(120, 123), *range(124, 135), *range(136, 149), 151)
)  # fmt: skip


@lru_cache(maxsize=4096)
def instrument(citation: str) -> Instrument | None:
    """The document a citation names; None when it names none that can be read, or several."""
    acts = {found.act for _, _, found in find_citations(citation)}
    if len(acts) != 1:
        return None
    try:
        number = parse(acts.pop())
    except Refused:
        return None
    kinds = set(number.kinds or ((number.kind,) if number.kind else ()))
    if not number.known or number.party or not kinds or DocumentKind.OTHER in kinds:
        return None
    kind = number.kind or next(iter(sorted(kinds)))
    return Instrument(number.normative, rank(kind, number.normative), kind, _sunset(number))


def _sunset(number: Number) -> bool:
    return number.printed in SUNSET
