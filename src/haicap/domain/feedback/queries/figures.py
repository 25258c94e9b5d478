"""Số liệu xử lý theo cơ quan, and the open data: counts and days, no personal text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from haicap.base.dates import HANOI
from haicap.base.refused import Refused
from haicap.domain.procedures import queries as procedures
from haicap.domain.procedures.catalogue import Catalogue

_BY_ORGAN = """
SELECT t.organ_id, count(*),
  count(*) FILTER (WHERE t.state IN ('received','in_work','awaiting_more','awaiting_approval')),
  count(*) FILTER (WHERE t.answered_at IS NOT NULL OR t.state = 'refused'),
  count(*) FILTER (WHERE (t.answered_at IS NOT NULL OR t.state = 'refused') AND NOT t.late),
  count(*) FILTER (WHERE t.state IN ('received','in_work','awaiting_more','awaiting_approval') AND t.answer_due_at < %(at)s),
  count(*) FILTER (WHERE t.state = 'refused'),
  count(*) FILTER (WHERE t.rating = 'like'), count(*) FILTER (WHERE t.dissatisfied),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM coalesce(t.answered_at, t.ended_at) - t.received_at))
FROM feedback_ticket t
WHERE t.received_at >= %(since)s AND t.received_at < %(until)s
  AND (%(province)s = '' OR t.province_id = (SELECT id FROM units_unit WHERE uid = %(province)s))
GROUP BY t.organ_id ORDER BY count(*) DESC, t.organ_id LIMIT %(most)s
"""
_OPEN_DATA = """
SELECT t.public_id, t.kind, t.channel, coalesce(pu.uid, ''), coalesce(u.uid, ''), o.kind, ou.uid, t.field, t.procedure_code,
  (t.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, t.state,
  (coalesce(t.answered_at, CASE WHEN t.state = 'refused' THEN t.ended_at END) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
  t.late, t.rating, t.dissatisfied, t.hop, t.asked, t.id
FROM feedback_ticket t JOIN units_organ o ON o.id = t.organ_id JOIN units_unit ou ON ou.id = o.unit_id
LEFT JOIN units_unit u ON u.id = t.unit_id LEFT JOIN units_unit pu ON pu.id = t.province_id
WHERE t.received_at >= %s AND t.received_at < %s AND t.id > %s ORDER BY t.id LIMIT %s
"""
OPEN_COLUMNS = (
    "ticket", "kind", "channel", "province", "unit", "organ_kind", "organ_unit", "field", "procedure", "received_on",
    "state", "answered_on", "late", "rating", "dissatisfied", "transfers", "asked_for_more",
)  # fmt: skip
_FIELD = OPEN_COLUMNS.index("field")  # the procedure stands beside it


@dataclass(frozen=True, slots=True)
class OrganFigures:
    """What an organ received in the days asked for; `days` the median from receipt to answer, None without any."""

    organ: int
    received: int
    open: int
    answered: int
    in_time: int
    overdue: int
    refused: int
    liked: int
    dissatisfied: int
    days: float | None

    @property
    def share_in_time(self) -> float | None:
        """Of those answered; None when none was."""
        return self.in_time / self.answered if self.answered else None


def begin_of(day: date) -> datetime:
    """Midnight in Viet Nam."""
    return datetime(day.year, day.month, day.day, tzinfo=HANOI)


def by_organ(
    since: date, until: date, at: datetime, *, province: str = "", most: int = 200
) -> list[OrganFigures]:
    """Received on [since, until), by the organ that holds or answered it, the most first. One statement."""
    values: dict[str, Any] = {
        "since": begin_of(since), "until": begin_of(until), "at": at, "province": province, "most": most
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_BY_ORGAN, values)
        return [_organ(row) for row in cursor.fetchall()]


def _organ(row: tuple[Any, ...]) -> OrganFigures:
    organ, received, still, answered, in_time, overdue, refused, liked, dissatisfied, seconds = row
    days = float(seconds) / 86_400 if seconds is not None else None
    return OrganFigures(
        organ, received, still, answered, in_time, overdue, refused, liked, dissatisfied, days
    )


class _Known:
    """The words of the catalogue; none before it is loaded."""

    def __init__(self, on: date) -> None:
        try:
            self._catalogue: Catalogue | None = procedures.catalogue()
        except Refused:
            self._catalogue = None
        self._fields = frozenset(self._catalogue.fields(on)) if self._catalogue else frozenset()

    def told(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """The row without a field or procedure that is none of these."""
        field, code = row[_FIELD : _FIELD + 2]
        known = self._catalogue is not None and bool(self._catalogue.history(code))
        kept = (field if field in self._fields else "", code if known else "")
        return (*row[:_FIELD], *kept, *row[_FIELD + 2 :])


def open_data(since: date, until: date, piece: int = 5_000) -> Iterator[tuple[Any, ...]]:
    """Rows of OPEN_COLUMNS, every ticket received on [since, until): no names, no texts, no telephone numbers.

    A ticket is named by its public id, never by its code: with four digits of a telephone the code opens it. Field and
    procedure may be in somebody's own words: only those the catalogue knows are told.
    """
    last, known = 0, _Known(until)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_OPEN_DATA, [begin_of(since), begin_of(until), last, piece])
            found = cursor.fetchall()
        yield from (known.told(row)[:-1] for row in found)
        if len(found) < piece:
            return
        last = int(found[-1][-1])
