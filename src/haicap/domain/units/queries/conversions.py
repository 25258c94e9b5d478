"""Chuyển đổi hàng loạt: how far a list is, its answers, which lists are open.

Whoever knows the key of a list may see it: keys are unguessable and lists are erased when their time is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Count

from haicap.base.refused import Refused
from haicap.base.tables import Form
from haicap.base.words import gettext_noop
from haicap.domain.units.formats import ADDED, UNREADABLE
from haicap.domain.units.models import Conversion, ConversionChunk
from haicap.domain.units.states import ConversionState
from haicap.kernel.files.models import Stored

ERROR = ADDED.index("error")
# A sheet of so many rows takes a second to write while somebody waits.
MOST_IN_OTHER_FORM = 20_000
OPEN = (ConversionState.QUEUED, ConversionState.RUNNING)


@dataclass(frozen=True, slots=True)
class ConversionRow:
    """Một danh sách đang chuyển đổi, as its sender sees it.

    percent   0–100, rounded down
    problem   why it failed, a Vietnamese sentence; empty otherwise
    result    the stored file once it is done; None before, and after it was erased
    """

    key: str
    name: str
    form: str
    column: str
    encoding: str
    on: date
    state: ConversionState
    rows: int
    done: int
    unreadable: int
    problem: str
    requested_at: datetime
    keep_until: datetime
    version: int
    erased: bool
    result: Stored | None

    @property
    def percent(self) -> int:
        """How much is done."""
        return 100 * self.done // self.rows if self.rows else 100 * (self.state is ConversionState.DONE)

    @property
    def open(self) -> bool:
        """Still being worked on."""
        return self.state in OPEN

    @property
    def other_form(self) -> Form | None:
        """The form it was not sent in, when the result can be had in it too; None for long lists."""
        if self.result is None or self.rows > MOST_IN_OTHER_FORM:
            return None
        return Form.XLSX if self.form == Form.CSV else Form.CSV


def conversion(key: str) -> ConversionRow:
    """One list by its key. Refused `not_found` when there is none (keys end with their lists)."""
    found = Conversion.objects.select_related("result").filter(key=key).first()
    if found is None:
        raise Refused(
            "not_found",
            gettext_noop("Không có danh sách này. Danh sách được xóa sau thời hạn lưu; xin gửi lại tệp."),
        )
    return ConversionRow(
        key=found.key,
        name=found.name,
        form=found.form,
        column=found.column,
        encoding=found.encoding,
        on=found.on,
        state=ConversionState(found.state),
        rows=found.rows,
        done=found.done,
        unreadable=found.unreadable,
        problem=found.problem,
        requested_at=found.requested_at,
        keep_until=found.keep_until,
        version=found.version,
        erased=found.source_id is None,
        result=found.result,
    )


def conversion_answers(key: str, *, first: int = 0, limit: int = 100) -> tuple[dict[str, str], ...]:
    """Answers of the rows `first` … `first` + `limit` - 1 (from 0) that are done, in order; {} for a blank line."""
    found = []
    chunks = ConversionChunk.objects.filter(conversion__key=key, first__lt=first + limit).order_by("first")
    for chunk in chunks:
        if chunk.first + chunk.count <= first:
            continue
        start, end = max(0, first - chunk.first), first + limit - chunk.first
        found += [dict(zip(ADDED, added, strict=False)) for added in chunk.answers[start:end]]
    return tuple(found)


def added_cells(pk: int) -> Iterator[list[str]]:
    """The added cells of every row that is done, in order, a chunk at a time."""
    for answers in ConversionChunk.objects.filter(conversion_id=pk).order_by("first").values_list("answers", flat=True).iterator(chunk_size=4):  # fmt: skip
        yield from answers


def open_conversions() -> tuple[int, ...]:
    """Lists that are still to be worked on, oldest first."""
    return tuple(Conversion.objects.filter(state__in=OPEN).order_by("id").values_list("id", flat=True))


def expired_conversions(at: datetime) -> tuple[int, ...]:
    """Lists whose time is over and whose addresses are still here."""
    rows = Conversion.objects.filter(keep_until__lte=at, source__isnull=False)
    return tuple(rows.order_by("id").values_list("id", flat=True))


@dataclass(frozen=True, slots=True)
class ConversionFigures:
    """How far a list is, without anything its sender wrote: no name, no addresses, no key."""

    requested_at: datetime
    keep_until: datetime
    form: str
    state: ConversionState
    rows: int
    done: int
    unreadable: int
    problem: str


def conversion_figures(*, limit: int = 200) -> tuple[ConversionFigures, ...]:
    """Lists that are open or failed first, then the newest others."""
    names = "requested_at keep_until form state rows done unreadable problem".split()
    rows = Conversion.objects.order_by("-id").values(*names)
    live = rows.filter(state__in=[*OPEN, ConversionState.FAILED])[:limit]
    rest = rows.exclude(state__in=[*OPEN, ConversionState.FAILED])[:limit]
    return tuple(
        ConversionFigures(**{**row, "state": ConversionState(row["state"])}) for row in [*live, *rest]
    )


def conversion_totals() -> dict[str, int]:
    """How many lists there are in each state."""
    found = Conversion.objects.values_list("state").annotate(n=Count("pk"))
    return dict(found)


def unreadable_rows(key: str, *, limit: int = 50) -> tuple[str, ...]:
    """What is wrong with the first rows that could not be read ("dòng 5: …"), in order."""
    sql = (
        "SELECT a.cells ->> %s FROM units_conversionchunk c JOIN units_conversion v ON v.id = c.conversion_id, "
        "jsonb_array_elements(c.answers) WITH ORDINALITY AS a(cells, n) "
        "WHERE v.key = %s AND a.cells ->> %s LIKE %s ORDER BY c.first, a.n LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [ERROR, key, ERROR, f"{UNREADABLE}%", limit])
        return tuple(str(row[0]) for row in cursor.fetchall())
