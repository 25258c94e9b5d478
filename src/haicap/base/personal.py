"""Dữ liệu cá nhân trong văn bản: what in a text tells who somebody is, found by its form. Pure.

Decree 356/2025/NĐ-CP on personal data (its text was not read); what has no form of its own (a name nobody told us, a story
that fits one person only) is not found: a person reads every text before it is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from haicap.base.text import fold, nfc

HIDDEN = "[…]"


class PersonalKind(StrEnum):
    """Loại dữ liệu cá nhân."""

    EMAIL = "email"
    DOSSIER = "dossier"  # a dossier's code leads to its person
    ACCOUNT = "account"
    PHONE = "phone"
    NUMBER = "number"  # định danh cá nhân, CMND
    PASSPORT = "passport"
    BIRTH = "birth"
    PLATE = "plate"
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Personal:
    """A stretch of the text, `[start, end)` in characters."""

    kind: PersonalKind
    start: int
    end: int
    text: str


_MONEY = r"(?!\s*(?:đồng|đ\b|vnđ|vnd|triệu|nghìn))"
# White space is taken once and for all ("*+"): a text of thousands of spaces would otherwise be tried in every way there is.
_FORMS: tuple[tuple[PersonalKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(form, re.IGNORECASE))
    for kind, form in (
        (PersonalKind.EMAIL, r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}"),
        (PersonalKind.DOSSIER, r"\b[A-Y]\d{2}(?:\.[A-Z0-9]{1,8}){0,4}-\d{6}-\d{4,}\b"),
        (
            PersonalKind.ACCOUNT,
            r"\b(?:số tài khoản|so tai khoan|stk|tài khoản số)\s*+(?:là|:)?\s*+\d(?:[ .-]?\d){5,18}\b",
        ),
        (PersonalKind.NUMBER, r"(?<![\d.,/])\d{3}[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}(?![\d/])" + _MONEY),
        (PersonalKind.PHONE, r"(?<![\d.,/])(?:\+?84|0)(?:[ .\-]?\d){8,10}(?![\d/])" + _MONEY),
        (PersonalKind.NUMBER, r"(?<![\d.,/])\d{9}(?![\d.,/])" + _MONEY),
        (PersonalKind.PASSPORT, r"(?<![\w-])[A-Z]\d{7,8}(?![\w-])"),
        (
            PersonalKind.BIRTH,
            r"\bsinh\s++(?:ngày|năm)?\s*+:?\s*+(?:\d{1,2}[/.\-]\d{1,2}[/.\-])?(?:19|20)\d{2}\b",
        ),
        (PersonalKind.PLATE, r"(?<![\w.-])\d{2}[A-Z]{1,2}\d?[ -]\d{3}\.?\d{1,2}(?![\w-])"),
        (
            PersonalKind.ADDRESS,
            r"\b(?:số nhà|so nha|sn)\s*+:?\s*+\d+[a-z]?(?:/\d+[a-z]?)*"
            r"|\bsố\s++\d+[a-z]?(?:/\d+[a-z]?)*\s*+,?\s*+(?:đường|phố|ngõ|hẻm|ngách|kiệt|tổ|thôn|ấp)\b[^\n,.;]{0,40}",
        ),
    )
)


def found(text: str, names: Iterable[str] = ()) -> tuple[Personal, ...]:
    """Everything personal in a text, in order, without overlaps. `names`: people known to be meant (with or without marks)."""
    spans: list[Personal] = []
    taken: list[tuple[int, int]] = []
    for kind, form in _FORMS:
        for match in form.finditer(text):
            _keep(spans, taken, Personal(kind, match.start(), match.end(), match[0]))
    for name in names:
        for start, end in _named(text, name):
            _keep(spans, taken, Personal(PersonalKind.NAME, start, end, text[start:end]))
    return tuple(sorted(spans, key=lambda s: s.start))


def _keep(spans: list[Personal], taken: list[tuple[int, int]], span: Personal) -> None:
    if all(span.end <= start or span.start >= end for start, end in taken):
        spans.append(span)
        taken.append((span.start, span.end))


def _named(text: str, name: str) -> Iterable[tuple[int, int]]:
    """Where a name of two words or more stands, written with or without marks, in any case."""
    words = fold(nfc(name)).split()
    if len(words) < 2:
        return
    said = [(m.start(), m.end(), fold(m[0])) for m in re.finditer(r"[^\W\d_]+", text)]
    for i in range(len(said) - len(words) + 1):
        if [word for _, _, word in said[i : i + len(words)]] == words:
            yield said[i][0], said[i + len(words) - 1][1]


def hidden(text: str, names: Iterable[str] = ()) -> str:
    """The text with “[…]” in place of everything personal that was found."""
    pieces, at = [], 0
    for span in found(text, names):
        pieces += [text[at : span.start], HIDDEN]
        at = span.end
    return "".join([*pieces, text[at:]])
