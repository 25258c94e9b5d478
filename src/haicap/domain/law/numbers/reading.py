"""Đọc số: a number as printed → what its letters say. Strict: a misspelt number is refused with its repair."""

from __future__ import annotations

import re
from dataclasses import dataclass

from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.law.numbers.forms import (
    CONSOLIDATED,
    KIND_LETTERS,
    MUST_HAVE_YEAR,
    ONLY,
    TERMED,
    is_normative,
    kind_of,
)
from haicap.domain.law.numbers.issuers import BY_LETTERS, Issuer, Sort
from haicap.domain.law.numbers.spelling import code_of, tidied
from haicap.domain.law.states import DocumentKind

LONGEST = 80
FIRST_YEAR, LAST_YEAR = 1945, 2099
_SERIAL = r"[0-9]{1,5}(?:\.[0-9]{1,3})*[A-Za-z]?"
_LETTERS = r"[A-ZĐƯ][A-Za-zĐđƯư0-9&]*(?:\.[A-Z0-9]+)*"
_STATE = re.compile(rf"({_SERIAL})(?:/([0-9]{{4}}))?/({_LETTERS})((?:[-/]{_LETTERS})*)")
_PARTY = re.compile(rf"({_SERIAL})-([A-ZĐ][A-Za-zĐđ]*)/({_LETTERS})((?:-{_LETTERS})*)")
_TERM = re.compile(r"(QH|UBTVQH)([0-9]{1,2})")
_CONSTITUTION = re.compile(r"Hiến pháp(?: năm)? ([0-9]{4})")


@dataclass(frozen=True, slots=True)
class Number:
    """A number read.

    printed       as it is cited, marks and leading zeros kept; serial likewise ("002", "66.25", "08A")
    kind          None where laws and resolutions are numbered alike (72/2025/QH15): `kinds` says which it may be
    issuer        code of `issuers`, or its letters folded when nobody knows them; "" for none
    others        further issuers of a joint document
    term          of the National Assembly
    unit          letters of the drafting unit behind the issuer ("KTQLXD")
    normative     văn bản quy phạm pháp luật, as far as the number shows it
    party         a document of the Party
    consolidates  the kind that a consolidated text brings together, where the number names it
    """

    printed: str
    serial: str
    year: int | None = None
    kind: DocumentKind | None = None
    issuer: str = ""
    term: int | None = None
    unit: str = ""
    normative: bool = False
    party: bool = False
    consolidates: DocumentKind | None = None
    kinds: tuple[DocumentKind, ...] = ()
    others: tuple[str, ...] = ()
    known: bool = False  # whether the issuer is in the table


def parse(text: str) -> Number:
    """The parts of a number as printed.

    Refused `bad_number`: not a number, or not spelt as printed (the sentence names the right spelling);
    `bad_number_year`, `bad_number_issuer`: a form its year or issuer does not fit.
    """
    plain = nfc(text)
    if len(plain) > LONGEST:
        raise _bad(plain)
    guess = tidied(plain)
    if guess != plain:
        try:
            _strict(guess)
        except Refused:
            raise _bad(plain) from None
        raise Refused(
            "bad_number",
            gettext_noop("Số “%(number)s” chưa viết như khi ban hành; có phải “%(guess)s”?"),
            params={"number": plain, "guess": guess},
        )
    return _strict(plain)


def repaired(text: str) -> str:
    """The number as it is printed, for a text that misses marks, capitals or signs; "" when it is none."""
    if len(text) > LONGEST * 2:
        return ""
    try:
        return _strict(tidied(text)).printed
    except Refused:
        return ""


def _bad(number: str) -> Refused:
    return Refused(
        "bad_number",
        gettext_noop(
            "Không đọc được số “%(number)s”. Ghi như “140/2025/NĐ-CP”, “303/NQ-CP”, “9600/BXD-KTQLXD” hoặc “60-NQ/TW”."
        ),
        params={"number": number[:LONGEST]},
    )


def _strict(plain: str) -> Number:
    if constitution := _CONSTITUTION.fullmatch(plain):
        kind = DocumentKind.CONSTITUTION
        return Number(plain, "", int(constitution[1]), kind, "qh", normative=True, kinds=(kind,), known=True)
    if party := _PARTY.fullmatch(plain):
        return _of_party(plain, *party.groups())
    found = _STATE.fullmatch(plain)
    if not found:
        raise _bad(plain)
    serial, digits, first, rest = found.groups()
    year = _year(plain, digits)
    parts = [part for part in re.split(r"[-/]", rest) if part]
    if term := _TERM.fullmatch(first):
        return _of_assembly(plain, serial, year, term, parts)
    if first in KIND_LETTERS:
        return _of_kind(plain, serial, year, first, parts)
    return _of_letter(plain, serial, year, first, parts)


def _year(plain: str, digits: str | None) -> int | None:
    if digits is None:
        return None
    if not FIRST_YEAR <= int(digits) <= LAST_YEAR:
        raise Refused(
            "bad_number_year",
            gettext_noop("Năm %(year)s trong số “%(number)s” không đúng; ghi năm ban hành, ví dụ 2025."),
            params={"year": digits, "number": plain},
        )
    return int(digits)


def _of_party(plain: str, serial: str, letters: str, organ: str, rest: str) -> Number:
    """ "60-NQ/TW". A steering committee of the State writes both ways: "12-CV/BCĐ" beside "137/CV-BCĐ"."""
    if letters not in KIND_LETTERS:
        raise _bad(plain)
    known, _ = _issuer(organ)
    party = not known or known.sort is Sort.PARTY
    kind = DocumentKind.PARTY if party else kind_of(letters, known.code if known else "", known)
    return Number(
        plain, serial, None, kind, known.code if known else code_of(organ), unit=rest.lstrip("-"), party=party, kinds=(kind,),
        known=known is not None,
    )  # fmt: skip


def _of_assembly(plain: str, serial: str, year: int | None, term: re.Match[str], parts: list[str]) -> Number:
    """ "72/2025/QH15", "76/2025/UBTVQH15"; without a year, and with a unit, it is a letter."""
    code, number = term[1].lower(), int(term[2])
    if year is None:
        if not parts:
            raise _no_year(plain)
        kind = DocumentKind.LETTER
        return Number(plain, serial, None, kind, code, number, "-".join(parts), kinds=(kind,), known=True)
    if parts:
        raise _bad(plain)
    return Number(plain, serial, year, None, code, number, normative=True, kinds=TERMED[code], known=True)


def _no_year(plain: str) -> Refused:
    return Refused(
        "bad_number_year",
        gettext_noop("Số “%(number)s” thiếu năm; văn bản loại này ghi như “140/2025/NĐ-CP”, “72/2025/QH15”."),
        params={"number": plain},
    )


def _of_kind(plain: str, serial: str, year: int | None, letters: str, parts: list[str]) -> Number:
    consolidates = CONSOLIDATED.get(parts[0]) if letters == "VBHN" and len(parts) > 1 else None
    if consolidates:
        parts = parts[1:]
    if not parts:
        raise _no_issuer(plain)
    known, term = _issuer(parts[0])
    code = known.code if known else code_of(parts[0])
    if letters in ONLY and code not in ONLY[letters]:
        raise _wrong_issuer(plain, letters)
    if letters in MUST_HAVE_YEAR and year is None:
        raise _no_year(plain)
    kind = kind_of(letters, code, known)
    joint = letters in ("TTLT", "NQLT")
    return Number(
        plain, serial, year, kind, code, term,
        unit="" if joint else "-".join(parts[1:]),
        normative=is_normative(kind, year), party=bool(known and known.sort is Sort.PARTY), consolidates=consolidates,
        kinds=(kind,), others=_others(parts) if joint else (), known=known is not None,
    )  # fmt: skip


def _others(parts: list[str]) -> tuple[str, ...]:
    found = [_issuer(part)[0] for part in parts[1:]]
    return tuple(known.code if known else code_of(part) for known, part in zip(found, parts[1:], strict=True))


def _no_issuer(plain: str) -> Refused:
    return Refused(
        "bad_number_issuer",
        gettext_noop("Số “%(number)s” thiếu cơ quan ban hành; ghi như “15/2025/QĐ-TTg”, “41/VBHN-BNNMT”."),
        params={"number": plain},
    )


def _wrong_issuer(plain: str, letters: str) -> Refused:
    return Refused(
        "bad_number_issuer",
        gettext_noop(
            "Trong số “%(number)s”, văn bản %(letters)s không do cơ quan này ban hành; chỉ có: %(right)s."
        ),
        params={
            "number": plain,
            "letters": letters,
            "right": ", ".join(i.letters for i in BY_LETTERS.values() if i.code in ONLY[letters]),
        },
    )


def _of_letter(plain: str, serial: str, year: int | None, organ: str, parts: list[str]) -> Number:
    """ "9600/BXD-KTQLXD": letters of the body and of the unit that wrote it, none of a kind and no year."""
    known, _ = _issuer(organ)
    if year is not None or (known is None and not parts):
        raise _bad(plain)
    kind = DocumentKind.LETTER
    return Number(
        plain, serial, None, kind, known.code if known else code_of(organ), unit="-".join(parts), kinds=(kind,),
        party=bool(known and known.sort is Sort.PARTY), known=known is not None,
    )  # fmt: skip


def _issuer(letters: str) -> tuple[Issuer | None, int | None]:
    """The issuer of some letters, and the term where one stands with them (UBTVQH15)."""
    if term := _TERM.fullmatch(letters):
        return BY_LETTERS[term[1]], int(term[2])
    known = BY_LETTERS.get(letters)
    return (None, None) if known and known.termed else (known, None)
