"""The catalogue of procedures, as a program asks for it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.domain.procedures import events
from haicap.domain.procedures.tests import make
from haicap.web.api.records import PUBLIC
from haicap.web.api.urls import api

BIRTH = "1.001193"


@pytest.fixture(autouse=True)
def _procedures(procedures):
    return procedures


def test_the_catalogue_of_a_day_in_pieces_without_gaps(machine, procedures) -> None:
    seen, path = [], "/procedures?on=2026-11-22&limit=900"
    while path:
        piece = machine.read(path)
        seen += [p["code"] for p in piece["procedures"]]
        path = piece["next"] and f"/procedures?on=2026-11-22&limit=900&after={piece['next']}"
    assert len(seen) == len(set(seen)) == piece["total"] == len(procedures.in_force(date(2026, 11, 22)))
    assert machine.read("/procedures?on=2020-01-01")["total"] == 0


def test_search_and_filters(machine) -> None:
    found = machine.read("/procedures?q=dang+ky+khai+sinh&limit=5")
    assert found["procedures"][0]["code"] == BIRTH
    assert machine.read(f"/procedures?q={BIRTH}")["total"] == 1
    narrow = machine.read("/procedures?level=commune&complete=true&field=Hộ tịch")["procedures"]
    assert narrow and all(p["complete"] and "commune" in p["levels"] for p in narrow)
    assert machine.refused(machine.get("/procedures?level=district")) == "bad_parameters"


def test_a_record_says_what_it_rests_on(machine) -> None:
    answer = machine.read(f"/procedures/{BIRTH}")
    assert answer["code"] == BIRTH and answer["local"] is False
    assert answer["procedure"]["decision"] is None and answer["procedure"]["origin"]
    assert answer["procedure"]["evidence"] == "unconfirmed"
    assert answer["content"]["papers"][0]["name"]["vi"]


def test_a_record_for_a_commune_names_its_organs_and_the_rules_of_its_province(machine, reread) -> None:
    organs = machine.read(f"/procedures/{BIRTH}?unit=26740&on=2026-11-22")["competent"]
    assert organs == [{"name": "Ủy ban nhân dân phường Sài Gòn", "kind": "commune_committee"}]
    province = "p:24@2025-07-01"
    drafter, leader = make.local_cast(province)
    limits = [{"parts": [{"unit": "same_day"}], "evidence": "confirmed"}]
    make.local(drafter, leader, province, limits=limits)
    reread()
    answer = machine.read(f"/procedures/{BIRTH}?unit=24&on=2026-12-01")
    assert answer["local"] and answer["code"] == f"{BIRTH}.H05"
    assert answer["content"]["limits"][0]["parts"] == [{"unit": "same_day"}]
    elsewhere = machine.read(f"/procedures/{BIRTH}?unit=26740&on=2026-12-01")
    assert not elsewhere["local"] and elsewhere["content"]["limits"] != limits


def test_versions_and_what_differs(machine, reread) -> None:
    drafter, leader = make.cast()
    make.published(drafter, leader, BIRTH, name="Khai sinh", since=date(2026, 12, 1))
    reread()
    found = machine.read(f"/procedures/{BIRTH}/versions")["versions"]
    assert [v["valid_from"] for v in found] == ["2025-07-01", "2026-12-01"]
    assert found[1]["decision"]["number"] == "1872/QĐ-BTP"
    differences = machine.read(f"/procedures/{BIRTH}/diff?before=2026-11-30&after=2026-12-01")["differences"]
    name = next(d for d in differences if d["section"] == "name")
    assert (name["change"], name["after"]) == ("changed", "Khai sinh")
    assert machine.read(f"/procedures/{BIRTH}/diff?before=2026-11-29&after=2026-11-30")["differences"] == []


def test_the_feed_tells_what_is_public_and_no_draft() -> None:
    assert {events.VERSION_PUBLISHED.name, events.VERSION_REPLACED.name, events.VERSION_REPEALED.name} <= set(
        PUBLIC
    )
    inside = {events.VERSION_DRAFTED.name, events.VERSION_SUBMITTED.name, events.VERSION_RETURNED.name}
    assert not inside & set(PUBLIC)


def test_drafts_stay_inside(machine, reread) -> None:
    drafter, _ = make.cast()
    make.draft(drafter)
    reread()
    assert machine.refused(machine.get(f"/procedures/{make.NEW_CODE}")) == "not_found"


def test_facets_list_what_has_no_code(machine) -> None:
    facets = machine.read("/procedure-facets?on=2026-11-22")
    assert sum(f["procedures"] for f in facets["fields"]) <= facets["total"]
    assert len(facets["essential"]) == 25
    assert any(not row["codes"] for row in facets["essential"])
    assert facets["life_events"][0]["codes"]


def test_what_is_not_there_is_refused_in_words(machine) -> None:
    assert machine.refused(machine.get("/procedures/9.999999")) == "not_found"
    assert machine.refused(machine.get(f"/procedures/{BIRTH}?on=2020-01-01")) == "not_in_force"
    assert machine.get(f"/procedures/{BIRTH}?on=2020-01-01").status_code == 404
    assert machine.refused(machine.get(f"/procedures/{BIRTH}?on=31/02/2026")) == "bad_date"
    assert machine.refused(machine.get(f"/procedures/{BIRTH}?unit=99999")) == "unknown_code"
    assert machine.refused(machine.get("/procedures/x/versions")) == "not_found"
    assert machine.refused(machine.get("/procedures?after=1.2.3")) == "bad_cursor"
    assert machine.refused(machine.get("/procedures?q=" + "x" * 500)) == "bad_parameters"
    assert machine.get("/export/procedures.exe").status_code == 422
    assert machine.post("/procedures", {}).status_code == 405


def test_unchanged_answers_cost_nothing(machine, reread) -> None:
    for path in ("/procedures?q=khai", f"/procedures/{BIRTH}", f"/procedures/{BIRTH}/versions"):
        tag = machine.get(path).headers["ETag"]
        assert machine.get(path, **{"If-None-Match": tag}).status_code == 304
    drafter, leader = make.cast()
    make.published(drafter, leader)
    reread()
    assert machine.get("/procedures?q=khai", **{"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["/procedures?q=khai+sinh", f"/procedures/{BIRTH}", "/procedure-facets"])
def test_budget(machine, path) -> None:
    machine.read(path)
    with CaptureQueriesContext(connection) as asked:
        machine.read(path)
    assert len(asked) <= 3, [q["sql"] for q in asked]


def test_the_whole_export(machine) -> None:
    answer = machine.get("/export/procedures.json")
    document = json.loads(b"".join(answer.streaming_content))
    assert len(document["procedures"]) > 2900
    rows = b"".join(machine.get("/export/procedures.csv").streaming_content).decode().splitlines()
    assert rows[0].startswith("code,name_vi,field_vi")


def test_long_answers_have_their_documented_shape(machine) -> None:
    from haicap.web.api import procedure_shapes

    assert api.version == "1.0.0"
    for answer, shape in (
        (machine.read("/procedures?limit=1000"), procedure_shapes.ProceduresAnswer),
        (machine.read(f"/procedures/{BIRTH}"), procedure_shapes.RecordAnswer),
    ):
        assert shape.model_validate(answer).model_dump(exclude_unset=True) == answer
