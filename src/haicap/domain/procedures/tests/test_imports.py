"""Files of procedures as people send them: looked through row by row, drafted whole or not at all."""

from __future__ import annotations

import io
import json
from collections import Counter
from datetime import date

import pytest
import xlsxwriter

from haicap.base.refused import Refused
from haicap.domain.procedures import actions, queries
from haicap.domain.procedures.models import ProcedureVersion
from haicap.domain.procedures.tests import make
from haicap.domain.procedures.tests.make import AT
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed

pytestmark = pytest.mark.django_db
NOW = date(2026, 11, 22)
HEAD = "code,name_vi,level,time_limit,time_unit,fee_vnd"


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code}:")


def looked(text: str | bytes):
    return queries.dry_run(io.BytesIO(text.encode() if isinstance(text, str) else text), NOW)


def test_a_report_names_every_row(catalogue) -> None:
    report = looked(
        f"{HEAD}\n1.999001,Thủ tục mới,commune,5,working_days,\n1.001193,Khai sinh đổi,commune,1,days,0\n"
        "1.99,Sai mã,,,,\n1.999002,Sai hạn,commune,-1,days,\n1.999003,Thừa,ô,1,2,3,4,5\n1.999001,Lặp,,,,\n"
    )
    assert [(r.line, r.outcome) for r in report.rows] == [
        (2, "new"), (3, "changed"), (4, "bad"), (5, "bad"), (6, "bad"), (7, "bad"),
    ]  # fmt: skip
    assert [r.problem.code for r in report.rows[2:]] == ["bad_row", "bad_row", "bad_row", "double_code"]
    assert ProcedureVersion.objects.filter(state="draft").count() == 0


def test_nothing_is_half_applied(catalogue) -> None:
    drafter, _ = make.cast()
    report = looked(f"{HEAD}\n1.999001,Mới,commune,,,\n1.9,Sai,,,,\n")
    with refused("bad_rows"):
        actions.import_table(report=report, name="a.csv", actor=drafter.actor, at=AT)
    assert not ProcedureVersion.objects.filter(state="draft").exists()
    assert actions.import_table(report=report, name="a.csv", skip_bad=True, actor=drafter.actor, at=AT) == 1
    with refused("drafts_open"):  # the same file again doubles nothing
        actions.import_table(report=report, name="a.csv", skip_bad=True, actor=drafter.actor, at=AT)
    row = ProcedureVersion.objects.get(state="draft")
    assert (row.procedure.code, row.name, row.ministry, row.drafted_by) == (
        "1.999001",
        "Mới",
        "btp",
        drafter.actor,
    )
    assert queries.read_catalogue().at("1.999001", NOW) is None


def test_an_imported_draft_goes_the_way_of_all_drafts(catalogue) -> None:
    drafter, leader = make.cast()
    report = looked(f"{HEAD}\n1.999001,Mới,commune,3,days,\n")
    actions.import_table(report=report, name="a.csv", actor=drafter.actor, at=AT)
    row = ProcedureVersion.objects.get(state="draft")
    row = actions.submit_version(pk=row.pk, seen=row.version, actor=drafter.actor, at=AT)
    actions.publish_version(
        pk=row.pk,
        seen=row.version,
        since=date(2026, 12, 1),
        decision=make.decision(),
        actor=leader.actor,
        at=AT,
    )
    assert queries.read_catalogue().at("1.999001", date(2026, 12, 1)).known_limit


def test_sheets_and_json(catalogue, tmp_path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    for row, cells in enumerate(
        [["Mã", "Tên thủ tục", "Thời hạn", "Đơn vị thời hạn"], ["1.999001", "Mới", 5, "days"]]
    ):
        sheet.write_row(row, 0, cells)
    book.close()
    report = looked((tmp_path / "a.xlsx").read_bytes())
    assert [(r.code, r.outcome) for r in report.rows] == [("1.999001", "new")]
    one = {"code": "1.999001", "name": "Mới", "field": "Thử", "content": {"levels": ["commune"]}}
    bad = {**one, "code": "1.999002", "content": {"levels": ["huyện"]}}
    report = looked(json.dumps([one, bad, one, 7, {"code": 5}]))
    assert Counter(r.outcome for r in report.rows) == {"new": 1, "bad": 4}
    assert "levels[0]" in report.rows[1].problem.sentence


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7 x", "not_a_table"),
        (b"PK\x03\x04 not a zip", "bad_xlsx"),
        (b"a,b\n1,2\n", "no_such_columns"),
        (b"code,name_vi,code\n1,2,3\n", "no_such_columns"),
        (b"code,name_vi\n", "no_rows"),
        (b'{"procedures": 5}', "bad_json"),
        (b'[{"code": ', "bad_json"),
        (b"[\xff\xfe]", "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (b"[]", "no_rows"),
    ],
)
def test_files_that_are_none(loaded_catalogue, db, file: bytes, code: str) -> None:
    with refused(code):
        looked(file)


def test_wrong_encodings_are_read_or_refused(catalogue) -> None:
    text = f"{HEAD}\n1.999001,Đăng ký mới,commune,,,\n"
    for data in (text.encode("utf-8-sig"), text.encode("utf-16")):
        assert [(r.name, r.outcome) for r in looked(data).rows] == [("Đăng ký mới", "new")]


def test_hostile_texts_stay_texts(catalogue) -> None:
    report = looked(f"{HEAD}\n1.999001,\"=cmd|' /C calc'!A0<script>alert(1)</script>\",commune,,,\n")
    assert report.rows[0].name == "=cmd|' /C calc'!A0<script>alert(1)</script>"
    drafter, leader = make.cast()
    make.published(drafter, leader, name="=1+1", since=NOW)
    rows = {one.code: one for one in queries.exported(NOW)}
    assert rows[make.NEW_CODE].name == "=1+1"


def test_who_may_not_import(catalogue) -> None:
    report = looked(f"{HEAD}\n1.999001,Mới,commune,,,\n")
    local = appointed("hoa", "justice", Role.OFFICER, "p:01")
    with refused("not_yours"):
        actions.import_table(report=report, name="a.csv", actor=local.actor, at=AT)


def test_nothing_new_is_said(catalogue, tmp_path) -> None:
    queries.write_catalogue("json", tmp_path / "a.json", NOW)
    drafter, _ = make.cast()
    with refused("nothing_new"):
        actions.import_table(
            report=looked((tmp_path / "a.json").read_bytes()), name="a.json", actor=drafter.actor, at=AT
        )


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_table_that_was_exported_can_be_read_again(loaded_catalogue, db, tmp_path, form: str) -> None:
    """What one row cannot hold (forms, several fees) shows as changed; nothing is bad, no row is lost."""
    queries.write_catalogue(form, tmp_path / f"a.{form}", NOW)
    report = looked((tmp_path / f"a.{form}").read_bytes())
    bad = [(row.line, row.code, row.problem) for row in report.rows if row.outcome == "bad"]
    assert bad == []
    assert len(report.rows) == 2905
    proposal = next(row.proposal for row in report.rows if row.code == "1.004222")
    assert proposal.content.limits[0].known
