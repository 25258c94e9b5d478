"""Địa chỉ: a document as segments of an address and back, shared by Akoma Ntoso and ELI.

The letters of a number become one segment: "NĐ-CP" → "nd", "TT-BNV" → "tt-bnv", "NQ/TW" of the Party → "~nq-tw". When
folded letters would not lead back to the number they stay as printed. An issuer that the number does not tell is an
actor of its own: "hdnd:p:48".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote

from haicap.base.refused import Refused
from haicap.base.text import fold
from haicap.base.words import gettext_noop
from haicap.domain.law.numbers import Number, parse, repaired
from haicap.domain.law.places import valid

_CONSTITUTION = "hien-phap"
_SHORT = {"nd-cp": "nd"}
_LONG = {short: long for long, short in _SHORT.items()}
_SAFE = ":@~.-_"


@dataclass(frozen=True, slots=True)
class Address:
    """What an address names: a document, perhaps a place in it, perhaps an expression (language, day)."""

    number: str
    issuer: str = ""
    issued_on: date | None = None
    place: str = ""
    language: str = ""
    on: date | None = None


def letters_of(number: Number) -> str:
    """The segment for the letters of a number; `number_of` leads back."""
    if not number.serial:
        return _CONSTITUTION
    rest = number.printed.removeprefix(number.serial)
    if rest.startswith("-"):
        printed = "~" + rest[1:].replace("/", "-", 1)
    else:
        printed = rest.removeprefix(f"/{number.year}").removeprefix("/").replace("/", "~")
    folded = fold(printed).replace(" ", "")
    folded = _SHORT.get(folded, folded)
    back = number_of(folded, number.serial, number.year)
    return quote(folded if back == number.printed else printed, safe=_SAFE)


def number_of(segment: str, serial: str, year: int | None) -> str:
    """The printed number of a segment, serial and year; "" when there is none."""
    if segment == _CONSTITUTION:
        return f"Hiến pháp {year}" if year else ""
    letters = _LONG.get(segment, unquote(segment))
    for spelt in (letters, letters.upper()):
        found = repaired(_spelt(spelt, serial, year))
        if found:
            return found
    return ""


def _spelt(letters: str, serial: str, year: int | None) -> str:
    if letters.startswith("~"):
        return f"{serial}-{letters[1:].replace('-', '/', 1)}"
    head = f"{serial}/{year}" if year else serial
    return f"{head}/{letters.replace('~', '/')}"


def actor_of(number: Number, issuer: str) -> str:
    """The segment of an issuer that the number does not tell; "" when it does."""
    return "" if issuer in ("", number.issuer) else quote(issuer, safe=_SAFE)


def segment_of(number: Number) -> str:
    """The segment for the serial; the constitution has none of its own."""
    return quote(number.serial or "1", safe=_SAFE)


def read_number(letters: str, serial: str, year: int | None, address: str) -> Number:
    """The number of an address. Refused `bad_address`."""
    found = number_of(letters, unquote(serial), year)
    if not found:
        raise bad_address(address)
    return parse(found)


def split(address: str, prefix: str) -> list[str]:
    """The segments after a prefix. Refused `bad_address`."""
    path = re.sub(r"^https?://[^/]+", "", address.strip())
    if len(path) > 1_000 or not path.startswith(prefix + "/"):
        raise bad_address(address)
    return path.removeprefix(prefix + "/").rstrip("/").split("/")


def place_of(path: str, address: str) -> str:
    """A place as an address carries it. Refused `bad_address`."""
    place = unquote(path)
    if not valid(place):
        raise bad_address(address)
    return place


def day_of(segment: str) -> date | None:
    """A day in an address; None for what is none."""
    try:
        return date.fromisoformat(segment) if len(segment) == 10 else None
    except ValueError:
        return None


def year_of(segment: str) -> int | None:
    """A year in an address; None for what is none."""
    return int(segment) if re.fullmatch(r"[0-9]{4}", segment) else None


def bad_address(address: str) -> Refused:
    """The refusal of an address that names nothing we know."""
    return Refused(
        "bad_address",
        gettext_noop("Không đọc được địa chỉ “%(address)s”. Ghi như /eli/vn/nd/2025/140/vi/art_5/para_1."),
        params={"address": address[:120]},
    )
