"""Văn phạm của điều kiện: text ↔ value, with one canonical way to write each value.

    term       lo <= attribute < hi | attribute < hi | lo <= attribute | attribute in {a,b}
    condition  terms joined by " and "; empty: every case

Numbers are whole and bounds half-open: “> 12” is written “13 <= attribute”. An attribute named twice must hold twice.
"""

from __future__ import annotations

import re
import unicodedata
from functools import reduce

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.powers.conditions.condition import Choice, Condition, Interval, Term

MOST_LETTERS = 4000
MOST_DIGITS = 15
_NUMBER = r"[+-]?\d+"
_NAME = r"[^\W\d][\w.\-]*"
_RANGE = re.compile(rf"(?:({_NUMBER})\s*<=\s*)?({_NAME})(?:\s*<\s*({_NUMBER}))?")
_CHOICE = re.compile(rf"({_NAME})\s+in\s*\{{([^{{}}]*)\}}")
_AND = re.compile(r"\s+and\s+(?![^{]*\})")
# Other ways people write a comparison: understood only to tell how it is written here.
_OTHER = re.compile(rf"(?:({_NUMBER})\s*([<>≤≥]=?)\s*)?({_NAME})(?:\s*([<>≤≥=]=?)\s*(\S.*?))?")
_SIGNS = {"≤": "<=", "≥": ">=", "==": "="}
_REST = re.compile(r"[,{}]")

NOT_A_TERM = gettext_noop("Điều kiện “%(term)s” không đọc được; xin viết như “%(repair)s”.")
NO_CASE = gettext_noop(
    "Điều kiện “%(term)s” không trường hợp nào thỏa mãn: cận dưới phải nhỏ hơn cận trên; xin viết như “%(repair)s”."
)
NO_VALUES = gettext_noop("Điều kiện “%(term)s” không kể giá trị nào; xin viết như “%(repair)s”.")
TWO_SORTS = gettext_noop(
    "Thuộc tính “%(term)s” vừa là số vừa là giá trị kể tên trong một điều kiện; xin giữ một cách."
)
CONTRADICTS = gettext_noop(
    "Hai vế về “%(term)s” loại trừ nhau, không trường hợp nào thỏa mãn; xin bỏ một vế hoặc tách thành hai dòng."
)
TOO_LONG = gettext_noop("Điều kiện dài quá %(term)s chữ; xin tách thành nhiều dòng.")
_EXAMPLE = "0 <= so_tang < 12 and nhom in {A,B}"


def parse(text: str) -> Condition:
    """The condition a text says. Refused `bad_condition` with the term and the repair."""
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        return Condition()
    if len(text) > MOST_LETTERS:
        raise _bad(TOO_LONG, str(MOST_LETTERS))
    terms: dict[str, Term] = {}
    for part in _AND.split(text):
        term = _term(part.strip())
        known = terms.get(term.attribute)
        terms[term.attribute] = _both(known, term) if known else term
    return Condition(tuple(terms[name] for name in sorted(terms)))


def written(condition: Condition) -> str:
    """The one way to write a condition; `parse` reads it back to an equal value."""
    return " and ".join(map(_written, condition.terms))


def _written(term: Term) -> str:
    if isinstance(term.of, Choice):
        return f"{term.attribute} in {{{','.join(term.of.values)}}}"
    lo = "" if term.of.lo is None else f"{term.of.lo} <= "
    hi = "" if term.of.hi is None else f" < {term.of.hi}"
    return f"{lo}{term.attribute}{hi}"


def _bad(sentence: str, term: str, repair: str = _EXAMPLE) -> Refused:
    shown = term if len(term) <= 80 else f"{term[:80]}…"
    return Refused("bad_condition", sentence, params={"term": shown, "repair": repair})


def _term(part: str) -> Term:
    if found := _CHOICE.fullmatch(part):
        return _choice(part, found[1], found[2])
    found = _RANGE.fullmatch(part)
    if not found or (found[1] is None and found[3] is None) or _too_big(found[1], found[3]):
        raise _bad(NOT_A_TERM, part, _repair(part))
    lo, hi = (None if bound is None else int(bound) for bound in (found[1], found[3]))
    if lo is not None and hi is not None and lo >= hi:
        raise _bad(
            NO_CASE, part, f"{hi} <= {found[2]} < {lo}" if hi < lo else f"{lo} <= {found[2]} < {lo + 1}"
        )
    return Term(found[2], Interval(lo, hi))


def _too_big(*bounds: str | None) -> bool:
    return any(bound is not None and len(bound) > MOST_DIGITS for bound in bounds)


def _choice(part: str, name: str, listed: str) -> Term:
    values = [" ".join(value.split()) for value in listed.split(",")]
    if not all(values):
        kept = ",".join(v for v in values if v) or "A,B"
        raise _bad(NO_VALUES, part, f"{name} in {{{kept}}}")
    return Term(name, Choice(tuple(sorted(set(values)))))


def _both(one: Term, other: Term) -> Term:
    """What two terms about one attribute leave."""
    name = one.attribute
    if isinstance(one.of, Choice) and isinstance(other.of, Choice):
        kept = tuple(v for v in one.of.values if v in other.of.values)
        if kept:
            return Term(name, Choice(kept))
        raise _bad(CONTRADICTS, name)
    if isinstance(one.of, Choice) or isinstance(other.of, Choice):
        raise _bad(TWO_SORTS, name)
    lo = max((b for b in (one.of.lo, other.of.lo) if b is not None), default=None)
    hi = min((b for b in (one.of.hi, other.of.hi) if b is not None), default=None)
    if lo is not None and hi is not None and lo >= hi:
        raise _bad(CONTRADICTS, name)
    return Term(name, Interval(lo, hi))


def _repair(part: str) -> str:
    """How what was probably meant is written here; the example when nothing can be guessed."""
    found = _OTHER.fullmatch(part)
    if not found or _too_big(found[1]) or not (found[2] or found[4]):
        return _EXAMPLE
    name = found[3]
    bounds = [_bound(_flipped(found[2]), found[1]), _bound(found[4], found[5])]
    if found[4] and bounds[1] is None:
        value = _REST.sub(" ", found[5] or "").strip()
        return f"{name} in {{{value}}}" if value and found[4] in ("=", "==") else _EXAMPLE
    merged = reduce(_narrower, [b for b in bounds if b is not None], Interval())
    if merged == Interval() or (merged.lo is not None and merged.hi is not None and merged.lo >= merged.hi):
        return _EXAMPLE
    return _written(Term(name, merged))


def _narrower(one: Interval, other: Interval) -> Interval:
    return Interval(
        one.lo if other.lo is None else other.lo,
        one.hi if other.hi is None else other.hi,
    )


def _flipped(sign: str | None) -> str | None:
    """“12 < x” is “x > 12”."""
    return sign.translate(str.maketrans("<>≤≥", "><≥≤")) if sign else None


def _bound(sign: str | None, number: str | None) -> Interval | None:
    if not sign or not number or not re.fullmatch(_NUMBER, number) or _too_big(number):
        return None
    n = int(number)
    return {
        "<": Interval(None, n),
        "<=": Interval(None, n + 1),
        ">": Interval(n + 1, None),
        ">=": Interval(n, None),
        "=": Interval(n, n + 1),
    }.get(_SIGNS.get(sign, sign))
