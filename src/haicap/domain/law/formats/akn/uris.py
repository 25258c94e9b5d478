"""Địa chỉ Akoma Ntoso: /akn/vn/act/nd/2025-06-12/140/vie@2025-12-30/!main~art_5__para_1."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote, unquote

from haicap.domain.law.formats.addresses import (
    Address,
    actor_of,
    bad_address,
    day_of,
    letters_of,
    place_of,
    read_number,
    segment_of,
    split,
    year_of,
)
from haicap.domain.law.numbers import Number, parse

PREFIX = "/akn/vn"
UNDATED = "undated"


def sort_of(number: Number) -> str:
    """ "act" when the number carries its year, else "doc"."""
    return "act" if number.year else "doc"


def path_of(
    number: str,
    issuer: str = "",
    issued_on: date | None = None,
    *,
    place: str = "",
    language: str = "",
    on: date | None = None,
) -> str:
    """The address of a work, of an expression when `language` is given ("vie@" + day), of a place in it."""
    read = parse(number)
    fits = issued_on and (read.year or issued_on.year) == issued_on.year
    time = issued_on.isoformat() if issued_on and fits else str(read.year or UNDATED)
    parts = [PREFIX, sort_of(read), letters_of(read), actor_of(read, issuer), time, segment_of(read)]
    if language:
        parts.append(f"{language}@{on.isoformat() if on else ''}")
    if place:
        parts.append(f"!main~{quote(place)}")
    return "/".join(part for part in parts if part)


def read_path(address: str) -> Address:
    """What an address names: also with "#place" or "~place" at its end. Refused `bad_address`."""
    head, place = _place(address)
    parts = split(head, PREFIX)
    sort, *parts = parts
    if sort not in ("act", "doc") or len(parts) < 3:
        raise bad_address(address)
    issuer = unquote(parts.pop(1)) if not _is_time(parts[1]) else ""
    if len(parts) < 3 or not _is_time(parts[1]):
        raise bad_address(address)
    letters, time, serial, *rest = parts
    language, _, day = "/".join(rest).partition("@")
    on = day_of(day)
    if "/" in language or (day and not on):
        raise bad_address(address)
    issued_on = day_of(time)
    year = (issued_on.year if issued_on else year_of(time)) if sort == "act" else None
    number = read_number(letters, serial, year, address)
    return Address(number.printed, issuer, issued_on, place_of(place, address), language, on)


def without_place(address: str) -> str:
    """The address of the whole document or expression."""
    return _place(address)[0]


def _place(address: str) -> tuple[str, str]:
    """An address without the place at its end, and the place."""
    head, _, place = address.partition("#")
    last = head.rpartition("/")[2]
    if not place and "~" in last and not last.startswith("~"):
        head, _, place = head.rpartition("~")
    if not place and last.startswith("~") and head.count("/") > 5:
        head, _, place = head.rpartition("~")
    head = head.removesuffix("/").removesuffix("/!main")
    return head, place


def _is_time(segment: str) -> bool:
    return segment == UNDATED or year_of(segment) is not None or day_of(segment) is not None
