"""Chuyển đổi hàng loạt: a list of addresses taken in, worked through in pieces, handed out, erased.

What a door needs:

    row = actions.request_conversion(file=upload, name=upload.name, column=None, on=day, actor=…, at=…)
    queries.conversion(row.key)                    state, percent, problem; its result once it is done
    actions.cancel_conversion(key=…, actor=…, at=…)

The worker does the rest (jobs.py). Each piece and the count of what is done are written together, so a worker that is
killed in between leaves nothing half-done; a piece written twice is refused by the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import BinaryIO

from haicap.base.ids import random_key
from haicap.base.refused import Refused
from haicap.base.tables import WEB, Table, address_column, open_table
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.units import events
from haicap.domain.units.models import Conversion, ConversionChunk
from haicap.domain.units.states import ConversionState, ConversionVerb, move_conversion
from haicap.kernel.files import actions as files
from haicap.kernel.files import blobs
from haicap.kernel.files.models import Stored
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.chain import Head
from haicap.kernel.ledger.kinds import Kind

KEEP_DAYS = 7
LONGEST_NAME = 120
LARGEST_RESULT = 1 << 30  # bytes: a list grows by its answers


@action
def request_conversion(
    *,
    file: BinaryIO,
    name: str,
    on: date,
    actor: str,
    at: datetime,
    column: str | None = None,
    keep_days: int = KEEP_DAYS,
) -> Conversion:
    """Nhận danh sách: a CSV or XLSX file (seekable), looked through once and stored; its `key` is the way to it.

    column     name of the column of addresses; None: it is found by its name
    keep_days  after so many days list and result are erased
    Refused with the repair for what is no table (base.tables) or has no such column, `no_rows` for an empty one; then
    nothing is stored.
    """
    with open_table(file, limits=WEB) as table:
        place = address_column(table.columns, column)
        rows = _count(table)
        facts = {"form": table.form.value, "encoding": table.encoding, "column": table.columns[place]}
    file.seek(0)
    source = _kept(file, name, None, actor, at)
    row = Conversion.objects.create(
        key=random_key(),
        source=source,
        name=nfc(name)[:LONGEST_NAME],
        on=on,
        requested_at=at,
        keep_until=at + timedelta(days=keep_days),
        rows=rows,
        **facts,
    )
    return _recorded(row, events.CONVERSION_REQUESTED, actor, at, {"rows": rows, "on": on.isoformat()})


def _count(table: Table) -> int:
    rows = sum(1 for _ in table.rows)
    if not rows:
        raise Refused("no_rows", gettext_noop("Bảng chỉ có dòng tiêu đề, không có địa chỉ nào."))
    return rows


@action
def advance_conversion(
    *, pk: int, first: int, answers: Sequence[Sequence[str]], unreadable: int, actor: str, at: datetime
) -> Conversion:
    """Ghi một phần: the added cells of the rows from `first` (from 0) on.

    Refused `not_now` when it was cancelled or ended meanwhile, `stale` when `first` is not the next row: another worker
    wrote this piece.
    """
    row = _taken(ConversionVerb.ADVANCE, pk=pk)
    if row.done != first:
        raise Refused("stale", gettext_noop("Phần này đã được ghi."))
    ConversionChunk.objects.create(
        conversion=row, first=first, count=len(answers), answers=[list(a) for a in answers]
    )
    row.done += len(answers)
    row.unreadable += unreadable
    return _recorded(row, events.CONVERSION_ADVANCED, actor, at, {"done": row.done})


@action
def finish_conversion(*, pk: int, result: BinaryIO, actor: str, at: datetime) -> Conversion:
    """Hoàn thành: every row is answered; `result` is the whole file. Refused `not_now`."""
    name = f"ket-qua.{Conversion.objects.only('form').get(pk=pk).form}"
    stored = _kept(result, name, LARGEST_RESULT, actor, at)
    row = _taken(ConversionVerb.FINISH, pk=pk)
    row.result = stored
    return _recorded(row, events.CONVERSION_FINISHED, actor, at, {"rows": row.rows})


@action
def fail_conversion(*, pk: int, code: str, problem: str, actor: str, at: datetime) -> Conversion:
    """Dừng vì lỗi: `problem` is the sentence its sender reads. Refused `not_now`."""
    row = _taken(ConversionVerb.FAIL, pk=pk)
    row.problem = problem
    return _recorded(row, events.CONVERSION_FAILED, actor, at, {"code": code})


@action
def cancel_conversion(*, key: str, actor: str, at: datetime) -> Conversion:
    """Dừng theo ý người gửi. Refused `not_found`, `not_now` when it has ended already."""
    row = _taken(ConversionVerb.CANCEL, key=key)
    return _recorded(row, events.CONVERSION_CANCELLED, actor, at, {})


@action
def erase_conversion(
    *, actor: str, at: datetime, pk: int | None = None, key: str | None = None
) -> Conversion:
    """Xóa: list, answers and result go; that there was a list of so many rows stays. An open one is cancelled.

    By its `key` for whoever sent it, by `pk` for the worker.
    """
    row = _locked(pk=pk) if key is None else _locked(key=key)
    if row.source is None:
        raise Refused("not_now", gettext_noop("Danh sách này đã được xóa."))
    stored = [file for file in (row.source, row.result) if file is not None]
    row.source = row.result = None
    row.name = row.problem = ""
    if row.state in (ConversionState.QUEUED, ConversionState.RUNNING):
        row.state = ConversionState.CANCELLED
    ConversionChunk.objects.filter(conversion=row).delete()
    row = _recorded(row, events.CONVERSION_ERASED, actor, at, {})
    for file in stored:
        files.forget(file=file.public_id, actor=actor, at=at)
    return row


def _kept(file: BinaryIO, name: str, limit: int | None, actor: str, at: datetime) -> Stored:
    """The file in the store; None: the limit of uploads."""
    with blobs.receive(iter(lambda: file.read(blobs.CHUNK), b""), limit=limit) as intake:
        return files.store(intake=intake, name=name, actor=actor, at=at)


def _locked(**which: object) -> Conversion:
    rows = Conversion.objects.select_for_update(of=("self",)).select_related("source", "result")
    row = rows.filter(**which).first()
    if row is None:
        raise Refused(
            "not_found", gettext_noop("Không có danh sách này; danh sách được xóa sau thời hạn lưu.")
        )
    return row


def _taken(verb: ConversionVerb, **which: object) -> Conversion:
    """The locked row in the state after `verb`; whoever has its key, or is the worker, may."""
    row = _locked(**which)
    row.state = move_conversion(ConversionState(row.state), verb, version=row.version, seen=row.version)
    return row


def _recorded(row: Conversion, kind: Kind, actor: str, at: datetime, data: dict[str, object]) -> Conversion:
    head = record(
        stream=row.stream, head=Head(row.version, bytes(row.head)), kind=kind, at=at, actor=actor, data=data
    )
    row.version, row.head = head.version, head.hash
    row.save()
    return row
