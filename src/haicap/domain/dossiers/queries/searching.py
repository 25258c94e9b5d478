"""Tìm: by code, by what a scanner read, by phone, by number or name of the applicant, within what one may list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from haicap.base.refused import Refused
from haicap.domain.dossiers import policy
from haicap.domain.dossiers.policy import Scope
from haicap.domain.dossiers.queries.rows import COLUMNS, JOINED, Item, read_items
from haicap.domain.dossiers.queries.worklists import IN_WORK, named, where
from haicap.domain.dossiers.rules import DOSSIER_CODE
from haicap.domain.dossiers.rules import phone as spelled_phone

MOST = 50
FEWEST = 2  # letters of a name


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found: the one dossier a code names, or rows. `by`: code, phone, number, name, nothing."""

    by: str
    code: str = ""
    items: Sequence[Item] = field(default_factory=tuple)


def code_in(text: str) -> str:
    """The dossier code in a text: typed, or what a slip's QR holds (fields or an address); "" when there is none."""
    plain = unicodedata.normalize("NFKC", text).upper().replace("–", "-").replace("—", "-")
    found = DOSSIER_CODE.search(plain) or DOSSIER_CODE.search(re.sub(r"[\s_]+", "", plain))
    return found[0] if found else ""


def found(scope: Scope, text: str, *, actor: str, on: date) -> Hits:
    """Search by anything. A code opens what one may see whole, wherever it is; the rest stays within the scope.

    Phones find every dossier, numbers and names those still in work. One statement.
    """
    code = code_in(text)
    if code:
        return _by_code(scope, code, actor, on)
    if not scope.personal:
        return Hits("nothing")
    digits = re.sub(r"[\s.\-+()]", "", text)
    if digits.isdigit() and 9 <= len(digits) <= 11 and digits.startswith(("0", "84")):
        return Hits("phone", items=_by_phone(scope, text))
    if digits.isdigit() and len(digits) >= 6:
        return Hits("number", items=_by_name(scope, digits))
    if len(text.strip()) < FEWEST:
        return Hits("nothing")
    return Hits("name", items=_by_name(scope, text))


def _by_code(scope: Scope, code: str, actor: str, on: date) -> Hits:
    if scope.personal:
        try:
            return Hits("code", code=policy.look(code, actor=actor, on=on).code)
        except Refused:
            return Hits("code")
    condition, keys = where(scope)
    return Hits("code", items=_rows(f"d.code = %s AND {condition}", [code, *keys], "d.id", personal=False))


def _by_phone(scope: Scope, text: str) -> list[Item]:
    condition, keys = where(scope)
    # “+ 0”: otherwise the planner may walk the key from its end for a number that few dossiers have.
    return _rows(f"d.applicant_phone = %s AND {condition}", [spelled_phone(text), *keys], "d.id + 0 DESC")


def _by_name(scope: Scope, text: str) -> list[Item]:
    condition, keys = where(scope)
    narrowed, values = named(text)
    return _rows(f"{IN_WORK} AND {condition}{narrowed}", [*keys, *values], "d.applicant_sort, d.id")


def _rows(condition: str, values: list[Any], order: str, *, personal: bool = True) -> list[Item]:
    text = f"SELECT {COLUMNS} FROM dossiers_dossier d {JOINED} WHERE {condition} ORDER BY {order} LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(text, [*values, MOST])
        return read_items(cursor.fetchall(), personal=personal)


def alike(scope: Scope, *, procedure: str, number: str = "", phone: str = "", name: str = "") -> list[Item]:
    """Hồ sơ có thể trùng: open ones of the same procedure by the same person (number, phone, else the name), oldest first.

    Never a reason to refuse: a warning. One statement over an index of phones or the open rows of the scope.
    """
    condition, keys = where(scope)
    who, values = list[str](), list[Any]()
    if phone:
        who, values = [*who, "d.applicant_phone = %s"], [*values, phone]
    if number:
        who, values = [*who, "d.applicant_number = %s"], [*values, number]
    if not who and name:
        who, values = ["lower(d.applicant_name) = lower(%s)"], [name]
    if not who:
        return []
    text = f"{IN_WORK} AND {condition} AND d.procedure_code = %s AND ({' OR '.join(who)})"
    return _rows(text, [*keys, procedure[:8], *values], "d.id")
