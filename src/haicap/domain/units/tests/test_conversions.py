"""Bulk conversion through its verbs: pieces, crashes, cancelling, failing, erasing."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from haicap.base.refused import Refused
from haicap.base.tables import WEB, XlsxWriter, open_table
from haicap.domain.units import actions, jobs, queries
from haicap.domain.units.formats import ADDED
from haicap.domain.units.models import Conversion, ConversionChunk
from haicap.domain.units.states import ConversionState
from haicap.kernel.files import queries as files
from haicap.kernel.files.models import Stored
from haicap.kernel.ledger import jobs as ledger
from haicap.kernel.ledger.models import Event

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
ON = date(2025, 7, 1)
BEN_NGHE = "12 Nguyễn Huệ, Phường Bến Nghé, Quận 1, TP HCM"
pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(jobs, "PIECE", 3)


def handed_in(content: bytes, **more: object) -> Conversion:
    return actions.request_conversion(
        file=io.BytesIO(content), name="danh sách.csv", on=ON, actor="public", at=AT, **more
    )


def listed(n: int = 10) -> bytes:
    return ("id,address\n" + "".join(f'{i},"số {i}, {BEN_NGHE}"\n' for i in range(n))).encode()


def result_of(row: Conversion) -> list[list[str]]:
    stored = queries.conversion(row.key).result
    assert stored is not None
    with files.open_stored(stored) as file:
        text = file.read().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_list_from_hand_to_hand() -> None:
    content = (
        listed(8)
        + b'x,"broken\n\n=9,"Ph\xc6\xb0\xe1\xbb\x9dng C\xe1\xbb\xada Nam, H\xc3\xa0 N\xe1\xbb\x99i"\n'
    )
    row = handed_in(content)
    asked = queries.conversion(row.key)
    assert (asked.state, asked.rows, asked.column, asked.encoding, asked.percent) == (
        ConversionState.QUEUED, 11, "address", "UTF-8", 0,
    )  # fmt: skip
    jobs.work_through(row.pk)
    done = queries.conversion(row.key)
    assert (done.state, done.done, done.unreadable, done.percent) == (ConversionState.DONE, 11, 1, 100)
    found = result_of(row)
    assert found[0] == ["id", "address", *ADDED]
    assert [r[0] for r in found[1:9]] == [str(i) for i in range(8)]
    assert {tuple(r[2:4]) for r in found[1:9]} == {("unique", "26740")}
    assert found[9][0] == "x"
    assert found[9][-1].startswith("dòng 10: ")
    assert found[10] == []
    assert found[11][0] == "'=9"
    assert found[11][2] == "ambiguous"
    assert queries.conversion_answers(row.key, first=2, limit=3)[0]["code"] == "26740"
    assert len(queries.conversion_answers(row.key, first=2, limit=3)) == 3


def test_events_tell_numbers_and_no_addresses() -> None:
    row = handed_in(listed(4))
    jobs.work_through(row.pk)
    events = list(Event.objects.filter(stream=row.stream).order_by("seq").values_list("kind", "data"))
    assert [kind.rpartition("_")[2] for kind, _ in events] == [
        "requested",
        "advanced",
        "advanced",
        "finished",
    ]
    assert events[0][1] == {"rows": 4, "on": "2025-07-01"}
    assert "Nguyễn" not in str(events)
    assert Conversion.objects.get(pk=row.pk).version == 4


def test_work_that_was_cut_off_goes_on_where_it_stood() -> None:
    row = handed_in(listed(10))
    answered = 0

    def stop_after_two() -> bool:
        nonlocal answered
        answered += 1
        return answered == 2

    with pytest.raises(jobs.JobAborted):
        jobs.work_through(row.pk, stopping=stop_after_two)
    assert queries.conversion(row.key).done == 6
    jobs.work_through(row.pk)
    jobs.work_through(row.pk)  # once more does nothing
    assert [c.first for c in ConversionChunk.objects.order_by("first")] == [0, 3, 6, 9]
    assert [r[0] for r in result_of(row)[1:]] == [str(i) for i in range(10)]


def test_a_piece_is_written_once() -> None:
    row = handed_in(listed(6))
    piece = {
        "pk": row.pk,
        "answers": [["not_found"] + [""] * 8] * 3,
        "unreadable": 0,
        "actor": "system",
        "at": AT,
    }
    actions.advance_conversion(first=0, **piece)
    with pytest.raises(Refused, match="stale"):
        actions.advance_conversion(first=0, **piece)
    with pytest.raises(Refused, match="stale"):
        actions.advance_conversion(first=6, **piece)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConversionChunk.objects.create(conversion_id=row.pk, first=0, count=3, answers=[])
    assert queries.conversion(row.key).done == 3


def test_a_list_is_not_done_before_its_last_row() -> None:
    row = handed_in(listed(6))
    with pytest.raises(IntegrityError, match="conversion_whole"), transaction.atomic():
        actions.finish_conversion(pk=row.pk, result=io.BytesIO(b"x"), actor="system", at=AT)
    assert queries.conversion(row.key).result is None


def test_cancelling_stops_the_work() -> None:
    row = handed_in(listed(9))
    jobs_stop = iter([False, True])
    with pytest.raises(jobs.JobAborted):
        jobs.work_through(row.pk, stopping=lambda: next(jobs_stop))
    actions.cancel_conversion(key=row.key, actor="public", at=AT)
    jobs.work_through(row.pk)
    found = queries.conversion(row.key)
    assert (found.state, found.done, found.result) == (ConversionState.CANCELLED, 6, None)
    with pytest.raises(Refused, match="not_now"):
        actions.cancel_conversion(key=row.key, actor="public", at=AT)
    with pytest.raises(Refused, match="not_found"):
        actions.cancel_conversion(key="nobody", actor="public", at=AT)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\x89PNG\r\n", "not_a_table"),
        (b"a,b\n1,2\n", "no_address_column"),
        (b"address\n", "no_rows"),
        ("address,x\nété,ÿ ø å\n".encode("cp1252"), "encoding_unknown"),
        (b"PK\x03\x04half", "bad_xlsx"),
    ],
)
def test_what_is_no_list_leaves_nothing(content: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        handed_in(content)
    assert not Conversion.objects.exists()
    assert not Stored.objects.exists()


def test_a_sheet_comes_back_as_a_sheet(tmp_path) -> None:
    writer = XlsxWriter(tmp_path / "x.xlsx")
    for cells in (["tên", "địa chỉ"], ["=1", BEN_NGHE], [], ["b", "Hà Nội"]):
        writer.write(cells)
    writer.close()
    row = handed_in((tmp_path / "x.xlsx").read_bytes())
    jobs.work_through(row.pk)
    stored = queries.conversion(row.key).result
    with files.open_stored(stored) as file, open_table(file, limits=WEB) as table:
        rows = list(table.rows)
    assert table.columns == ["tên", "địa chỉ", *ADDED]
    assert rows[0].cells[:4] == ["=1", BEN_NGHE, "unique", "26740"]
    assert [r.blank for r in rows] == [False, True, False]
    assert rows[2].cells[2] == "not_found"


def test_a_list_is_erased_when_its_time_is_over() -> None:
    row, open_row = handed_in(listed(3)), handed_in(listed(2))
    jobs.work_through(row.pk)
    jobs.erase_expired(AT + timedelta(days=6))
    assert Stored.objects.count() == 3
    jobs.erase_expired(AT + timedelta(days=7))
    jobs.erase_expired(AT + timedelta(days=8))
    assert not Stored.objects.exists()
    assert not ConversionChunk.objects.exists()
    found = queries.conversion(row.key)
    assert (found.erased, found.name, found.result, found.state) == (True, "", None, ConversionState.DONE)
    assert queries.conversion(open_row.key).state is ConversionState.CANCELLED


def test_a_list_nobody_can_finish_is_given_up_with_a_word() -> None:
    row = handed_in(listed(2))
    jobs.pick_up(AT + timedelta(hours=25))
    found = queries.conversion(row.key)
    assert found.state is ConversionState.FAILED
    assert "gửi lại" in found.problem


def waiting() -> list[tuple[str, dict[str, int]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return cursor.fetchall()


def test_a_list_handed_in_is_queued_once() -> None:
    row = handed_in(listed(2))
    ledger.drain(at=AT)
    jobs.pick_up(AT)
    jobs.pick_up(AT)
    ours = [args for name, args in waiting() if name == "units.convert"]
    assert len(ours) == 1
    assert str(row.pk) in str(ours[0])
    jobs.work_through(row.pk)
    jobs.pick_up(AT)
    assert queries.open_conversions() == ()


def test_one_worker_at_a_time() -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s::int, 7)", [jobs._LOCKS])
        with jobs.only_worker(7) as mine:
            assert not mine
        with jobs.only_worker(8) as mine:
            assert mine
    finally:
        other.close()
