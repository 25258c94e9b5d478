"""Ô của bảng: cells of a row as texts → a power or an assertion, or everything that is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from haicap.base.dates import read_date
from haicap.base.refused import Refused
from haicap.base.text import fold, nfc
from haicap.base.words import gettext_noop
from haicap.domain.law import places
from haicap.domain.law.states import Evidence
from haicap.domain.powers.conditions import Choice, parse, written
from haicap.domain.powers.formats.problems import Problem
from haicap.domain.powers.formats.rows import AssertionLine, PowerLine
from haicap.domain.powers.formats.words import LEVELS, MODES, ROLES, choices, word
from haicap.domain.powers.states import OTHER_ORGANS, Level, Mode, Reading, Role, Sort
from haicap.domain.units.organs import KINDS
from haicap.domain.units.timeline import Register

POWERS, ASSERTIONS = "powers", "assertions"
ROWS: Mapping[str, type[PowerLine] | type[AssertionLine]] = {POWERS: PowerLine, ASSERTIONS: AssertionLine}
NEEDED = {POWERS: ("code", "name", "level"), ASSERTIONS: ("power", "role", "organ", "level")}
LONGEST = 4000

EMPTY = gettext_noop("Ô trống: dòng nào cũng phải ghi cột này.")
LONG = gettext_noop("Ô dài quá %(most)s chữ.")
NOT_A_WORD = gettext_noop("“%(text)s” không dùng được; các giá trị: %(words)s.")
NO_ORGAN = gettext_noop("Không có loại cơ quan “%(text)s”; xin chọn trong trang “danh sách” của tệp mẫu.")
NO_UNIT = gettext_noop("Không có đơn vị “%(text)s”; xin ghi mã 2 hoặc 5 chữ số, hoặc mã định danh như p:15.")
NOT_A_NUMBER = gettext_noop("“%(text)s” không phải số nguyên từ 0 đến 999.")
NOT_A_FLAG = gettext_noop("“%(text)s” không dùng được; ghi 1 là có, để trống là không.")
BAD_ATTRIBUTES = gettext_noop(
    "Thuộc tính “%(text)s” không đọc được; xin viết như “khoan in {2,3} and 0 <= so_tang < 200”."
)
BAD_CODE = gettext_noop("Mã “%(text)s” không dùng được; dùng chữ thường không dấu, số, dấu chấm và gạch nối.")
_CODE_LETTERS = set("abcdefghijklmnopqrstuvwxyz0123456789.-")


def columns(sheet: str) -> tuple[str, ...]:
    """Columns of a sheet, in order."""
    names = [field.name for field in fields(ROWS[sheet])]
    return tuple(["id", *(n for n in names if n != "id")] if "id" in names else names)


def cells(row: PowerLine | AssertionLine) -> list[str]:
    """A row as texts, in the order of its columns; `read_row` gives it back."""
    sheet = POWERS if isinstance(row, PowerLine) else ASSERTIONS
    return [_text(name, getattr(row, name)) for name in columns(sheet)]


def _text(name: str, value: Any) -> str:
    match value:
        case None | False | 0:
            return ""
        case True:
            return "1"
        case date():
            return value.isoformat()
        case tuple():
            return "|".join(value)
        case Mapping():
            return json.dumps(value, ensure_ascii=False) if value else ""
    return places.written(value) if name == "place" else str(value)


class Reader:
    """Reads rows of a sheet; codes of units are those of `on`."""

    def __init__(self, register: Register, on: date) -> None:
        self.register, self.on = register, on
        self._units: dict[str, str] = {}
        self.readers: Mapping[str, Callable[[str], Any]] = {
            "code": _code, "sort": _member(Sort, Sort.POWER), "level": _level, "role": _role, "organ": organ_of,
            "owner": lambda t: organ_of(t) if t else "", "unit": self.unit, "units": self.units,
            "condition": lambda t: written(parse(t)), "since": _day, "until": _day, "mode": _mode,
            "place": lambda t: places.read(t) if t else "", "reading": _member(Reading, Reading.LITERAL),
            "no_fallback": _flag, "added_days": _count, "added_papers": _count, "attributes": attributes_of,
            "evidence": _member(Evidence, Evidence.UNCONFIRMED),
        }  # fmt: skip

    def row(
        self, sheet: str, line: int, texts: Mapping[str, str]
    ) -> tuple[PowerLine | AssertionLine | None, list[Problem]]:
        """The row, or None and every problem of its cells. Columns that are not there are empty."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for column in columns(sheet):
            text = nfc(_plain(texts.get(column, "")))
            try:
                if not text and column in NEEDED[sheet]:
                    raise Refused("empty", EMPTY)
                if len(text) > LONGEST:
                    raise Refused("long", LONG, params={"most": LONGEST})
                values[column] = self.readers.get(column, str)(text)
            except Refused as refused:
                problems.append(Problem(line, column, refused.template, refused.params, sheet))
        return (None if problems else ROWS[sheet](**values)), problems

    def unit(self, text: str) -> str:
        """The uid of a unit told by uid or by its code; "" for an empty cell."""
        if text and text not in self._units:
            self._units[text] = self._unit(text)
        return self._units[text] if text else ""

    def _unit(self, text: str) -> str:
        if self.register.versions(text):
            return text
        try:
            found = self.register.at(text, self.on)
        except Refused:
            found = None
        if found is None:
            raise Refused("unknown_unit", NO_UNIT, params={"text": text[:40]})
        return found.uid

    def units(self, text: str) -> tuple[str, ...]:
        """Units joined by |."""
        return tuple(dict.fromkeys(self.unit(part.strip()) for part in text.split("|") if part.strip()))


def _plain(text: str) -> str:
    """Without what UTF-8 and XML cannot carry."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff"))


def _day(text: str) -> date | None:
    return read_date(text) if text else None


def _count(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise Refused("not_a_number", NOT_A_NUMBER, params={"text": text[:40]})
    return int(text)


_FLAGS = {"": False, "0": False, "khong": False, "1": True, "co": True, "x": True}


def _flag(text: str) -> bool:
    if fold(text) not in _FLAGS:
        raise Refused("not_a_flag", NOT_A_FLAG, params={"text": text[:40]})
    return _FLAGS[fold(text)]


def _code(text: str) -> str:
    if not 2 <= len(text) <= 80 or set(text) - _CODE_LETTERS or text[0] in ".-":
        raise Refused("bad_code", BAD_CODE, params={"text": text[:60]})
    return text


def _member(kinds: type[StrEnum], otherwise: StrEnum) -> Callable[[str], StrEnum]:
    def read(text: str) -> StrEnum:
        if text and text not in kinds._value2member_map_:
            raise Refused("not_a_word", NOT_A_WORD, params={"text": text[:60], "words": ", ".join(kinds)})
        return kinds(text) if text else otherwise

    return read


def _role(text: str) -> Role:
    if found := word(ROLES, text):
        return found
    raise Refused("not_a_word", NOT_A_WORD, params={"text": text[:60], "words": choices(ROLES)})


def _level(text: str) -> Level:
    if found := word(LEVELS, text):
        return found
    raise Refused("not_a_word", NOT_A_WORD, params={"text": text[:60], "words": choices(LEVELS)})


def _mode(text: str) -> Mode:
    found = word(MODES, text) if text else Mode.ORIGINAL
    if found is None:
        raise Refused("not_a_word", NOT_A_WORD, params={"text": text[:60], "words": choices(MODES)})
    return found


@cache
def organ_names() -> Mapping[str, str]:
    """Every kind of organ with its Vietnamese name, by code."""
    levels = {"province": "cấp tỉnh", "commune": "cấp xã"}
    named = {code: kind.name.format(unit=levels.get(kind.level, "")).strip() for code, kind in KINDS.items()}
    return named | {code: name for code, (_, name) in OTHER_ORGANS.items()}


@cache
def _organs() -> Mapping[str, str]:
    return {fold(name): code for code, name in organ_names().items()}


def organ_of(text: str) -> str:
    """The code of a kind of organ told by code or by name. Refused `unknown_organ`."""
    found = text if text in organ_names() else _organs().get(fold(text))
    if not found:
        raise Refused("unknown_organ", NO_ORGAN, params={"text": text[:80]})
    return found


def attributes_of(text: str) -> dict[str, list[Any]]:
    """Attributes a power declares: JSON, or written like a condition. Refused `bad_attributes`."""
    if not text:
        return {}
    bad = Refused("bad_attributes", BAD_ATTRIBUTES, params={"text": text[:80]})
    if text.startswith("{"):
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            raise bad from None
        if not isinstance(said, dict) or not all(_is_domain(values) for values in said.values()):
            raise bad
        return said
    try:
        terms = parse(text).terms
    except Refused:
        raise bad from None
    found = {
        t.attribute: list(t.of.values) if isinstance(t.of, Choice) else [t.of.lo, t.of.hi] for t in terms
    }
    if not all(_is_domain(values) for values in found.values()):
        raise bad
    return found


def _is_domain(values: object) -> bool:
    """Named values, or two whole numbers [lo, hi)."""
    if not isinstance(values, list) or not values:
        return False
    if all(type(v) is int for v in values):
        return len(values) == 2 and values[0] < values[1]
    return all(isinstance(v, str) and v for v in values)
