"""Units over time, as a program asks for them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.web.api.records import PUBLIC


def test_a_unit_by_code_and_day(machine) -> None:
    old = machine.read("/units/26740?on=2025-06-30")["unit"]
    new = machine.read("/units/26740?on=01/07/2025")["unit"]
    assert (old["name"], new["name"]) == ("Phường Bến Nghé", "Phường Sài Gòn")
    assert old["title"] == "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"
    assert (old["valid_to"], new["valid_from"]) == ("2025-07-01", "2025-07-01")
    assert new["citation"].startswith("1685/NQ-UBTVQH15")
    assert machine.read("/units?code=26740&on=2025-06-30")["unit"] == old


def test_lineage_cites_its_clause_and_leads_to_today(machine) -> None:
    found = machine.read("/units/26740/lineage?on=2025-06-30")
    (edge,) = found["successors"]
    assert (edge["from"]["name"], edge["to"]["name"]) == ("Phường Bến Nghé", "Phường Sài Gòn")
    assert edge["citation"] == "1685/NQ-UBTVQH15, điều 1 khoản 1"
    assert [f["code"] for f in found["became"]] == ["26740"]


def test_children_and_the_map_come_in_pieces_without_gaps(machine) -> None:
    seen, path = [], "/map?on=2025-07-01&limit=1000"
    while path:
        piece = machine.read(path)
        seen += [u["code"] for u in piece["units"]]
        path = piece["next"] and f"/map?on=2025-07-01&limit=1000&after={piece['next']}"
    assert len(seen) == len(set(seen)) == piece["total"] == 3321
    assert seen == sorted(seen)
    provinces = machine.read("/units/VN/children?on=2025-07-01")["units"]
    assert len(provinces) == 34


def test_history_of_a_code(machine) -> None:
    names = [h["name"] for h in machine.read("/codes/26740")["holders"]]
    assert names == ["Phường Bến Nghé", "Phường Sài Gòn"]


def test_changes_of_the_reform(machine) -> None:
    found = machine.read("/changes?from=2025-06-30&to=2025-07-01&limit=5")
    assert len(found["changes"]) == 5
    assert found["total"] > 13_000
    assert found["changes"][0]["what"] == "born"
    assert found["changes"][0]["before"] is None


def test_organs_of_a_commune(machine) -> None:
    kinds = {o["kind"] for o in machine.read("/organs?code=26740&on=2025-07-01")["organs"]}
    assert {"commune_council", "commune_committee", "commune_chairman"} <= kinds


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/units/abc", 400, "bad_code"),
        ("/units/26740?on=31/02/2025", 400, "bad_date"),
        ("/units/26740?on=2018-12-30", 404, "before_horizon"),
        ("/units/99999", 404, "unknown_code"),
        ("/codes/99999", 404, "unknown_code"),
        ("/map?tier=street", 422, "bad_parameters"),
        ("/map?limit=0", 422, "bad_parameters"),
        ("/units", 422, "bad_parameters"),
        ("/map?after=x", 400, "bad_cursor"),
        ("/map?after=999.1000", 410, "list_changed"),
        ("/feed?after=x", 400, "bad_cursor"),
        ("/nothing", 404, "no_such_path"),
        ("/export.exe", 422, "bad_parameters"),
        ("/convert", 405, "wrong_method"),
    ],
)
def test_refusals_are_problem_documents(machine, path: str, status: int, code: str) -> None:
    answer = machine.get(path)
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.content)
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["detail"]


def test_etag_spares_the_work(machine) -> None:
    first = machine.get("/units/26740")
    again = machine.get("/units/26740", if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert machine.get("/units/26740", if_none_match='"other"').status_code == 200


def test_a_look_up_asks_the_database_nothing_while_the_register_is_fresh(machine) -> None:
    machine.read("/units/26740")
    with CaptureQueriesContext(connection) as asked:
        answer = machine.get("/units/26740/lineage")
    assert len(asked) == 0
    assert not answer.cookies


def test_feed_goes_on_where_it_stopped(machine) -> None:
    first = machine.read("/feed")
    kinds = [e["kind"] for e in first["events"]]
    assert kinds[0] == "units.register_loaded" and set(kinds) <= set(PUBLIC)
    assert "actor" not in first["events"][0]
    assert machine.read(f"/feed?after={first['cursor']}")["events"] == []


@pytest.mark.parametrize("on", ["", "?on=2025-07-01"])
def test_the_whole_register_in_three_forms(machine, tmp_path, on: str) -> None:
    table = b"".join(machine.get(f"/export.csv{on}").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    whole = json.loads(b"".join(machine.get(f"/export.json{on}").streaming_content))
    assert len(whole["units"]) == len(rows) > 3355
    assert [u["uid"] for u in whole["units"]] == [r["uid"] for r in rows]
    path = tmp_path / "units.sqlite"
    path.write_bytes(b"".join(machine.get(f"/export.sqlite{on}").streaming_content))
    database = sqlite3.connect(path)
    try:
        assert database.execute("SELECT count(*) FROM units").fetchone() == (len(rows),)
        assert database.execute("SELECT count(*) FROM lineage").fetchone() == (len(whole["lineage"]),)
    finally:
        database.close()


def test_head_says_what_get_would_without_its_body(machine) -> None:
    for path in ("/units/26740", "/export.json", "/units/abc"):
        whole = machine.get(path)
        head = machine.client.head(f"/api/v1{path}")
        assert (head.status_code, head.content) == (whole.status_code, b"")
        assert head.headers["Content-Type"] == whole.headers["Content-Type"]
        assert head.headers.get("ETag") == whole.headers.get("ETag")
        assert int(head.headers["Content-Length"]) > 100
        whole.close()
