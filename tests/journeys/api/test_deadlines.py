"""Deadlines with their proof, as a program asks for them."""

from __future__ import annotations

import csv
import io
import subprocess
import sys

import pytest

from haicap.domain.deadlines import queries


@pytest.fixture(autouse=True)
def memory():
    queries.forget()
    yield
    queries.forget()


def test_one_deadline_with_its_proof(machine) -> None:
    found = machine.read("/deadlines?received=2026-02-13%2016:59&limit=5&unit=working_days")
    assert (found["due"], found["first_due"], found["calendar_version"]) == (
        "2026-02-27 17:00",
        "2026-02-27 17:00",
        1,
    )
    assert [d["mark"] for d in found["days"]].count("counted") == 5
    (tet,) = [d for d in found["days"] if d["day"] == "2026-02-17"]
    assert (tet["mark"], tet["why"], tet["document"]) == ("off", "holiday", "45/2019/QH14, điều 112")
    assert found["days"][-1]["due"] is True
    rule = found["rules"][0]
    assert (rule["code"], rule["citation"], rule["evidence"]) == (
        "first_day",
        "91/2015/QH13, điều 147 khoản 2",
        "unconfirmed",
    )


def test_sums_and_pauses(machine) -> None:
    asked = {
        "received": "2026-02-13 17:30",
        "parts": [{"value": "15", "unit": "days"}, {"value": "8", "unit": "working_days"}],
    }
    found = machine.post("/deadlines", asked).json()
    assert (found["counted_from"], found["due"]) == ("2026-02-23 08:00", "2026-03-23 17:00")
    assert [s["due"] for s in found["steps"]] == ["2026-03-10 17:00", "2026-03-23 17:00"]
    pauses = [
        {"paused": "2026-03-02 10:00", "resumed": "2026-03-03 10:00"}, {"paused": "2026-03-04 10:00"},
    ]  # fmt: skip
    found = machine.post("/deadlines", asked | {"pauses": pauses}).json()
    assert found["due"] is None
    assert found["first_due"] == "2026-03-23 17:00"
    answer = machine.post("/deadlines", asked | {"pauses": pauses[::-1]})
    assert answer.json()["code"] == "paused_twice"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("received=2026-02-13%2016:59&limit=0&unit=days", "bad_limit"),
        ("received=2026-02-13%2016:59&limit=5&unit=weeks", "bad_unit"),
        ("received=13/02/2026&limit=5&unit=days", "bad_instant"),
        ("received=2030-02-13%2016:59&limit=5&unit=days", "no_calendar"),
        ("received=2026-02-13%2016:59&limit=5&unit=days&resumed=2026-02-14%2009:00", "no_pause"),
        ("limit=5&unit=days", "bad_parameters"),
    ],
)
def test_what_has_no_answer_is_a_problem(machine, query, code) -> None:
    answer = machine.get(f"/deadlines?{query}")
    assert 400 <= answer.status_code < 500
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.json()["code"] == code


def test_many_answer_as_the_command_line_does(machine, tmp_path) -> None:
    rows = [
        ("2026-08-28 10:00", "3", "working_days", "", ""),
        ("2026-11-20 15:00", "", "same_day", "", ""),
        ("2026-11-20 09:00", "năm", "days", "", ""),
        ("2026-11-20 09:00", "4", "working_days", "2026-11-23 10:00", ""),
        ("2026-11-20 09:00", "4", "working_days", "2026-11-23 10:00", "2026-11-25 10:00"),
    ]
    names = ("received", "value", "unit", "paused", "resumed")
    found = machine.post(
        "/deadlines/bulk", {"questions": [dict(zip(names, r, strict=True)) for r in rows]}
    ).json()
    (tmp_path / "in.csv").write_text(
        "\n".join([",".join(names), *(",".join(row) for row in rows)]) + "\n", encoding="utf-8"
    )
    program = [
        sys.executable,
        "-c",
        "from haicap.config.cli import main; main()",
        "deadline",
        "--register",
        "packaged",
    ]
    subprocess.run(
        [*program, "--in", tmp_path / "in.csv", "--out", tmp_path / "out.csv"], check=True, timeout=240
    )
    told = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8"))))
    assert [(a["due"], a["error"]) for a in found["answers"]] == [(t["due"], t["error"]) for t in told]
    assert [bool(a["due"]) for a in found["answers"]] == [True, True, False, False, True]
    too_many = machine.post("/deadlines/bulk", {"questions": [dict(zip(names, rows[0], strict=True))] * 1001})
    assert too_many.status_code == 422


def test_the_calendar_and_its_version(machine) -> None:
    answer = machine.get("/calendar?year=2026")
    found = answer.json()
    assert (found["version"], found["first_year"], found["last_year"]) == (1, 2025, 2026)
    assert {d["day"]: d["working"] for d in found["days"]}["2026-08-22"] is True
    assert machine.get("/calendar?year=2026", **{"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert len(machine.read("/calendar")["days"]) == len(queries.calendar().special)
    assert machine.get("/calendar?year=2031").status_code == 404
