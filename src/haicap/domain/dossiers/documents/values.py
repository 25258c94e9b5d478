"""Giá trị trên giấy: how instants, days, amounts and texts are written on Vietnamese office papers.

Values may be Python values or what JSON keeps of them (ISO text for days and instants), so that a paper prints
again from stored data.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from haicap.base.dates import HANOI, show_date
from haicap.base.money import figures, in_words, show
from haicap.domain.dossiers.documents.glyphs import clean

LONGEST = 20_000  # characters of one value; more is no longer a paper


def instant_of(value: object, key: str) -> datetime:
    """An aware instant, in the time of Viet Nam. ValueError for anything else."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, datetime) or found.tzinfo is None:
        raise ValueError(f"{key}: {value!r} is not an aware instant")
    return found.astimezone(HANOI)


def day_of(value: object, key: str) -> date:
    """A day; of an instant its day in Viet Nam. ValueError for anything else."""
    if isinstance(value, datetime) or (isinstance(value, str) and len(value) > 10):
        return instant_of(value, key).date()
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, date):
        raise ValueError(f"{key}: {value!r} is not a day")
    return found


def whole_of(value: object, key: str) -> int:
    """A whole number. ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{key}: {value!r} is not a whole number")
    return value


def text_of(value: object, key: str) -> str:
    """A text as it can be printed, on one line. ValueError for what is not text, or too long."""
    return long_of(value, key).replace("\n", " ")


def long_of(value: object, key: str) -> str:
    """A text as it can be printed, with its lines."""
    if not isinstance(value, str):
        raise ValueError(f"{key}: {value!r} is not text")
    if len(value) > LONGEST:
        raise ValueError(f"{key}: {len(value)} characters are more than {LONGEST}")
    return clean(value)


def instant(value: object, key: str) -> str:
    """ "09 giờ 30 phút, ngày 20 tháng 11 năm 2026"."""
    at = instant_of(value, key)
    return f"{at:%H} giờ {at:%M} phút, ngày {at:%d} tháng {at:%m} năm {at:%Y}"


def moment(value: object, key: str) -> str:
    """ "09:30 20/11/2026"."""
    return f"{instant_of(value, key):%H:%M %d/%m/%Y}"


def dateline(value: object, key: str) -> str:
    """ "ngày 20 tháng 11 năm 2026"."""
    on = day_of(value, key)
    return f"ngày {on:%d} tháng {on:%m} năm {on:%Y}"


def _day(value: object, key: str) -> str:
    return show_date(day_of(value, key))


def _count(value: object, key: str) -> str:
    return figures(whole_of(value, key))


def _money(value: object, key: str) -> str:
    return show(whole_of(value, key))


def _money_words(value: object, key: str) -> str:
    return in_words(whole_of(value, key), capital=True)


TYPES: dict[str, Callable[[object, str], str]] = {
    "text": text_of,
    "long": long_of,
    "instant": instant,
    "moment": moment,
    "day": _day,
    "count": _count,
    "money": _money,
    "money_words": _money_words,
}


def said(kind: str, value: object, key: str) -> str:
    """A value as its type is written; nothing for None and "". ValueError names the key."""
    return "" if value is None or value == "" else TYPES[kind](value, key)
