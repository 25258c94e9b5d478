"""Kiểm một dòng: days no document can have, and numbers of central bodies under the name of another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from haicap.base.words import gettext_noop
from haicap.domain.law.formats.problems import Problem
from haicap.domain.law.formats.rows import AnyRow, DocumentRow
from haicap.domain.law.numbers import FIRST_YEAR, ISSUERS, LAST_YEAR, Number
from haicap.domain.law.numbers.issuers import Sort

_DAYS = ("issued_on", "effective_on", "sunset_on", "since", "until", "due_on")
_CENTRAL = (Sort.STATE, Sort.MINISTRY)


def strange_days(line: int, row: AnyRow) -> Iterator[Problem]:
    """Days before the State was or far ahead: a slip of the hand, or somebody's way to write "never"."""
    for column in _DAYS:
        day: date | None = getattr(row, column, None)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield Problem(
                row.sheet, line, column,
                gettext_noop("Ngày %(day)s không thể đúng: năm phải từ %(first)s đến %(last)s."),
                {"day": f"{day:%d/%m/}{day.year:04d}", "first": FIRST_YEAR, "last": LAST_YEAR},
                gettext_noop("Sửa năm; không có ngày kết thúc thì để trống."),
            )  # fmt: skip


def issuer_of_another(line: int, row: DocumentRow, number: Number) -> Iterator[Problem]:
    """A number of a central body belongs to that body alone: no other may put a document of its own under it."""
    known = ISSUERS.get(number.issuer) if number.known else None
    if not row.issuer or known is None or known.sort not in _CENTRAL:
        return
    if row.issuer not in (number.issuer, *number.others):
        yield Problem(
            row.sheet, line, "issuer",
            gettext_noop("Số %(number)s là số của %(right)s, không phải của “%(issuer)s”."),
            {"number": row.number, "right": known.name, "issuer": row.issuer[:80]},
            gettext_noop("Để trống cột issuer, hoặc sửa số."),
        )  # fmt: skip
