"""Danh sách việc: what an officer still has to do, counted by stage and time left, a page at a time.

Plain SQL whose states are literals, so that the partial indexes of open rows serve it whatever plan is kept. A page is
found state by state in the order of the index and goes on after a key, never by counting over what came before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection

from haicap.base.dates import HANOI, today
from haicap.base.refused import Refused
from haicap.base.text import fold
from haicap.domain.deadlines import queries as deadlines
from haicap.domain.dossiers.policy import Scope
from haicap.domain.dossiers.queries.rows import COLUMNS, JOINED, Item, read_items
from haicap.domain.dossiers.states import WORK

SIZE = 50
SOON = 2  # working days
IN_WORK = "d.state IN (1, 2, 4, 5, 6, 9)"  # as the partial indexes have it


class Stage(StrEnum):
    """Chặng: where a dossier stands, as a desk sees it."""

    NEW = "moi"  # state 1
    RECEIVED = "tiep-nhan"  # 2
    WORK = "xu-ly"  # 4, before the decision
    SIGN = "ky"  # 4, decided
    SUPPLEMENT = "bo-sung"  # 5
    PAYING = "nop-phi"  # 6
    DONE = "tra"  # 9
    ALL = "tat-ca"


class TimeLeft(StrEnum):
    """Thời gian còn lại; only what lies with an office runs out."""

    LATE = "tre"
    TODAY = "hom-nay"
    SOON = "sap-den"  # within two working days
    CALM = "con-han"
    NONE = "khong-han"  # not received yet, paused, done, or nothing was promised


STATES: Mapping[Stage, tuple[int, ...]] = {
    Stage.NEW: (1,), Stage.RECEIVED: (2,), Stage.WORK: (4,), Stage.SIGN: (4,), Stage.SUPPLEMENT: (5,), Stage.PAYING: (6,),
    Stage.DONE: (9,), Stage.ALL: WORK,
}  # fmt: skip
RUNNING = (2, 4)  # states in which the time runs


@dataclass(frozen=True, slots=True)
class Bounds:
    """Instants at which time left changes its word: now, midnight, midnight after the second working day."""

    now: datetime
    today: datetime
    soon: datetime


def bounds(at: datetime) -> Bounds:
    """The bounds of an instant; weekends count for the second working day where no calendar is known."""
    day = today(at)
    try:
        soon = date.fromordinal(deadlines.calendar().nth(day.toordinal(), SOON))
    except Refused:
        soon = day + timedelta(days=SOON)
    return Bounds(at, _midnight(day), _midnight(soon))


def _midnight(day: date) -> datetime:
    """The end of a day."""
    return datetime.combine(day + timedelta(days=1), time(), HANOI)


def time_left(state: int, due_at: datetime | None, known: Bounds) -> TimeLeft:
    """The class of one dossier."""
    if due_at is None or state not in RUNNING:
        return TimeLeft.NONE
    if due_at < known.now:
        return TimeLeft.LATE
    if due_at < known.today:
        return TimeLeft.TODAY
    return TimeLeft.SOON if due_at < known.soon else TimeLeft.CALM


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to; empty narrows nothing.

    officer  opaque id; "-" asks for what lies with nobody
    text     a name without marks, or digits of a personal number; only where personal text is shown
    """

    stage: Stage = Stage.ALL
    left: TimeLeft | None = None
    procedure: str = ""
    officer: str = ""
    channel: int | None = None
    unit: str = ""  # uid of a commune or province
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after this due instant (None: among those without one) and key."""

    due_at: datetime | None
    pk: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a worklist; `next` None at the end."""

    items: Sequence[Item]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many by stage and time left."""

    counts: Mapping[tuple[Stage, TimeLeft], int] = field(default_factory=dict)

    def of(self, stage: Stage, left: TimeLeft | None = None) -> int:
        """How many in a stage, of one class of time left or of all."""
        wanted = [s for s in Stage if s is not Stage.ALL] if stage is Stage.ALL else [stage]
        kinds = list(TimeLeft) if left is None else [left]
        return sum(self.counts.get((s, k), 0) for s in wanted for k in kinds)


def where(scope: Scope) -> tuple[str, list[Any]]:
    """The scope as SQL over `d`; "false" for nobody."""
    if scope.level == "nation":
        return "true", []
    if not scope.arms:
        return "false", []
    text = " OR ".join(
        "(" + " AND ".join(f"d.{column} = %s" for column, _ in arm) + ")" for arm in scope.arms
    )
    return f"({text})", [key for arm in scope.arms for _, key in arm]


_TALLY = """
SELECT d.state, CASE WHEN d.state NOT IN (2, 4) OR d.due_at IS NULL THEN 4 WHEN d.due_at < %s THEN 0
  WHEN d.due_at < %s THEN 1 WHEN d.due_at < %s THEN 2 ELSE 3 END AS class, count(*)
FROM dossiers_dossier d WHERE {work} AND {scope} GROUP BY 1, 2
"""
_SIGN = """
SELECT CASE WHEN d.due_at IS NULL THEN 4 WHEN d.due_at < %s THEN 0 WHEN d.due_at < %s THEN 1 WHEN d.due_at < %s THEN 2
  ELSE 3 END AS class, count(*)
FROM dossiers_dossier d WHERE d.state = 4 AND d.decided_at IS NOT NULL AND {scope} GROUP BY 1
"""
_STAGE_OF = {
    1: Stage.NEW,
    2: Stage.RECEIVED,
    4: Stage.WORK,
    5: Stage.SUPPLEMENT,
    6: Stage.PAYING,
    9: Stage.DONE,
}


def tally(scope: Scope, at: datetime) -> Tally:
    """Counts of what is open in a scope. Two statements over open rows only; the first reads an index alone."""
    condition, keys = where(scope)
    if condition == "false":
        return Tally()
    known, kinds = bounds(at), list(TimeLeft)
    times = [known.now, known.today, known.soon]
    counts: dict[tuple[Stage, TimeLeft], int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TALLY.format(work=IN_WORK, scope=condition), [*times, *keys])
        for state, left, number in cursor.fetchall():
            counts[_STAGE_OF[state], kinds[left]] = number
        cursor.execute(_SIGN.format(scope=condition), [*times, *keys])
        for left, number in cursor.fetchall():
            counts[Stage.SIGN, kinds[left]] = number
            counts[Stage.WORK, kinds[left]] -= number
    return Tally(counts)


def page(scope: Scope, asked: Asked, at: datetime, *, after: Cursor | None = None, size: int = SIZE) -> Page:
    """One page by (due_at, id), those without a date last. One statement, two where the dated ones end."""
    items: list[Item] = []
    if after is None or after.due_at is not None:
        items = _read(scope, asked, at, after, size + 1, dated=True)
    if len(items) <= size and asked.left in (None, TimeLeft.NONE):
        below = after if after is not None and after.due_at is None else None
        items += _read(scope, asked, at, below, size + 1 - len(items), dated=False)
    shown = items[:size]
    last = shown[-1] if len(items) > size else None
    return Page(shown, Cursor(last.due_at, last.pk) if last else None)


def _read(
    scope: Scope, asked: Asked, at: datetime, after: Cursor | None, limit: int, *, dated: bool
) -> list[Item]:
    condition, keys = where(scope)
    states = _states(asked)
    if condition == "false" or not states:
        return []
    narrowed, values = _narrowed(scope, asked, at)
    start: list[Any] = []
    if after is None:
        begin = f"d.due_at IS {'NOT ' if dated else ''}NULL"
    elif after.due_at is None:
        begin, start = "d.due_at IS NULL AND d.id > %s", [after.pk]
    else:
        begin, start = "(d.due_at, d.id) > (%s, %s)", [after.due_at, after.pk]
    part = (
        "(SELECT d.id, d.due_at FROM dossiers_dossier d WHERE d.state = {state} AND {condition} AND {begin}{narrowed} "
        "ORDER BY d.due_at, d.id LIMIT %s)"
    )
    parts = [part.format(state=s, condition=condition, begin=begin, narrowed=narrowed) for s in states]
    text = (
        f"WITH few AS (SELECT * FROM ({' UNION ALL '.join(parts)}) x ORDER BY due_at, id LIMIT %s) SELECT {COLUMNS} FROM few "
        f"JOIN dossiers_dossier d ON d.id = few.id {JOINED} ORDER BY few.due_at, few.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(text, [*[*keys, *start, *values, limit] * len(states), limit])
        return read_items(cursor.fetchall(), personal=scope.personal)


def _states(asked: Asked) -> Sequence[int]:
    states = STATES[asked.stage]
    if asked.left is None or asked.left is TimeLeft.NONE:
        return states
    return tuple(s for s in states if s in RUNNING)


_LEFT = {
    TimeLeft.LATE: " AND d.due_at < %s",
    TimeLeft.TODAY: " AND d.due_at >= %s AND d.due_at < %s",
    TimeLeft.SOON: " AND d.due_at >= %s AND d.due_at < %s",
    TimeLeft.CALM: " AND d.due_at >= %s",
    TimeLeft.NONE: " AND (d.state NOT IN (2, 4) OR d.due_at IS NULL)",
}


def _times(left: TimeLeft, known: Bounds) -> list[datetime]:
    return {
        TimeLeft.LATE: [known.now], TimeLeft.TODAY: [known.now, known.today], TimeLeft.SOON: [known.today, known.soon],
        TimeLeft.CALM: [known.soon], TimeLeft.NONE: [],
    }[left]  # fmt: skip


def _narrowed(scope: Scope, asked: Asked, at: datetime) -> tuple[str, list[Any]]:
    text, values = "", list[Any]()
    if asked.stage in (Stage.WORK, Stage.SIGN):
        text += f" AND d.decided_at IS {'NOT ' if asked.stage is Stage.SIGN else ''}NULL"
    if asked.left is not None:
        text += _LEFT[asked.left]
        values += _times(asked.left, bounds(at))
    officer = "" if asked.officer == "-" else asked.officer
    for column, value, wanted in (
        ("procedure_code", asked.procedure, bool(asked.procedure)),
        ("assignee", officer, bool(asked.officer)),
        ("channel", asked.channel, asked.channel is not None),
    ):
        if wanted:
            text += f" AND d.{column} = %s"
            values.append(value)
    if asked.unit:
        column = "unit_id" if asked.unit.startswith("c:") else "province_id"
        text += f" AND d.{column} = (SELECT id FROM units_unit WHERE uid = %s)"
        values.append(asked.unit)
    if asked.text and scope.personal:
        more, found = named(asked.text)
        text, values = text + more, values + found
    return text, values


_MARKED = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"  # few: each letter is looked for in them
FOLDED = f"translate(lower(d.applicant_name), '{_MARKED}', '{''.join(fold(c) for c in _MARKED)}')"


def named(text: str) -> tuple[str, list[Any]]:
    """A condition on the applicant: digits are the beginning of a number, words all stand in the name, without marks."""
    plain = text.strip()[:100]
    digits = plain.replace(" ", "").replace(".", "")
    if digits.isdigit() and len(digits) >= 6:
        return " AND d.applicant_number LIKE %s", [f"{digits}%"]
    words = [w.replace("\\", "").replace("%", "").replace("_", "") for w in fold(plain).split()][:8]
    return "".join(f" AND {FOLDED} LIKE %s" for w in words if w), [f"%{w}%" for w in words if w]
