"""Legal documents, as a program asks for them."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.domain.law import queries
from haicap.domain.law.formats import read_tables
from haicap.domain.law.formats.akn import read_akn
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.accounts import actions as accounts
from haicap.kernel.accounts.models import User
from haicap.kernel.accounts.states import Scope
from haicap.kernel.ledger.models import Event
from haicap.web.api import law_shapes as shapes
from haicap.web.api.records import PUBLIC
from haicap.web.common import clock

LAND = "151-2025-nd-cp"
FINANCE = "125-2025-nd-cp"
NEW = {
    "documents": [
        {
            "number": "399/2026/NĐ-CP", "issued_on": "2026-11-20", "effective_on": "2027-01-01",
            "title": "Nghị định thử", "owner": "btp",
        }
    ],
    "relations": [{"document": "399/2026/NĐ-CP", "kind": "repeals", "target": "151/2025/NĐ-CP", "target_place": "art_5"}],
}  # fmt: skip


def token(who: User, scope: Scope = Scope.WRITE) -> dict[str, str]:
    """The headers of a program that acts for somebody."""
    secret = accounts.issue_token(
        user=who.public_id, label="máy", scopes=[scope], days=1, actor=who.actor, at=clock.now() - timedelta(minutes=1)
    )[1]  # fmt: skip
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def justice(machine: Any) -> dict[str, str]:
    return token(appointed("lan", "btp", Role.OFFICER))


def test_a_nul_in_the_words_finds_nothing_and_breaks_nothing(machine: Any, client: Any) -> None:
    assert client.get("/api/v1/documents", {"q": "\0"}).json()["total"] == len(queries.corpus().docs)
    assert client.get("/api/v1/documents", {"q": "a\0zzzz"}).json()["total"] == 0


def test_documents_of_a_day_in_pieces_without_gaps(machine) -> None:
    seen: list[str] = []
    path = "/documents?on=2026-11-22&limit=600"
    while path:
        piece = machine.read(path)
        seen += [d["slug"] for d in piece["documents"]]
        path = piece["next"] and f"/documents?on=2026-11-22&limit=600&after={piece['next']}"
    assert len(seen) == len(set(seen)) == piece["total"] == len(queries.corpus().docs)


def test_a_number_is_found_however_it_is_written(machine) -> None:
    for spelling in ("151/2025/NĐ-CP", "151/2025/nd-cp", "151 / 2025 / NĐ - CP"):
        found = machine.read(f"/documents?number={spelling}&on=2026-11-22")["documents"]
        assert [d["slug"] for d in found] == [LAND]
    assert found[0]["eli"] == "/eli/vn/nd/2025/151/vi" and found[0]["state"] == "in_force"
    assert machine.read("/documents?q=dat dai&kind=decree&state=in_force&on=2026-11-22")["total"] >= 1
    assert machine.read("/documents?number=151/2025/NĐ-CP&state=ended&on=2027-03-01")["total"] == 1


def test_a_document_tells_when_it_counts(machine) -> None:
    answer = machine.read(f"/documents/{LAND}?on=2026-11-22&unit=26740")
    assert answer["counts_in"] is True
    assert [(s["standing"], s["since"], s["until"]) for s in answer["spans"]] == [
        ("not_yet", None, "2025-07-01"), ("in_force", "2025-07-01", "2027-03-01"), ("ended", "2027-03-01", None),
    ]  # fmt: skip
    assert machine.read(f"/documents/{LAND}?on=2027-02-28")["effect"]["standing"] == "in_force"
    assert machine.read(f"/documents/{LAND}?on=2027-03-01")["document"]["state"] == "ended"


def test_a_provision_tells_why_it_ended(machine) -> None:
    for place in ("điều 6", "art_6", "Đ6"):
        answer = machine.read(f"/documents/{FINANCE}/effect?place={place}&on=2026-11-22")
        assert (answer["path"], answer["effect"]["standing"]) == ("art_6", "ended")
    last = answer["effect"]["chain"][-1]
    assert (last["why"], last["by"]["number"], last["relation"]) == ("repealed", "254/2025/NĐ-CP", "repeals")
    assert machine.read(f"/documents/{FINANCE}?on=2026-11-22")["document"]["state"] == "partly_ended"
    assert machine.refused(machine.get(f"/documents/{FINANCE}/effect?place=điều chi")) == "bad_place"


def test_places_relations_and_files_of_a_document(machine) -> None:
    parts = machine.read(f"/documents/{LAND}/provisions?on=2026-11-22")["provisions"]
    assert [p["path"] for p in parts][:2] == ["art_5", "art_5__para_1"]
    assert all(p["text"] is None for p in parts)
    ties = machine.read(f"/documents/{LAND}/relations")
    assert "226/2025/NĐ-CP" in {t["source"]["number"] for t in ties["suffering"]}
    linked = machine.get(f"/documents/{LAND}/eli?on=2026-11-22")
    assert linked.headers["Content-Type"].startswith("application/ld+json")
    assert linked.json()["@id"].endswith("/eli/vn/nd/2025/151/vi")
    assert linked.json()["in_force"]["@id"].endswith("InForce-inForce")
    outcome = read_akn(io.BytesIO(machine.get(f"/documents/{LAND}/akn").content))
    assert not outcome.problems and outcome.tables.documents[0].number == "151/2025/NĐ-CP"


def test_what_changed_between_two_days(machine) -> None:
    answer = machine.read("/documents/changes?from=2025-07-01&to=2025-07-01&limit=1000")
    begun = {c["what"]["number"] for c in answer["changes"] if c["after"] == "in_force"}
    assert {"151/2025/NĐ-CP", "125/2025/NĐ-CP"} <= begun
    assert machine.read("/documents/changes?from=2025-07-02&to=2025-07-02")["changes"] == []


def test_what_is_owed_counts_its_days(machine) -> None:
    first, later = (machine.read(f"/documents/owed?on={on}")["owed"] for on in ("2026-11-22", "2026-11-23"))
    assert len(first) == len(later) and any(line["late"] for line in first)
    assert all(b["late"] - a["late"] in (0, 1) for a, b in zip(first, later, strict=True))
    assert all(line["state"] == "open" for line in first)


def test_citations_in_running_text_lead_to_places(machine) -> None:
    text = "theo điểm a khoản 1 Điều 5 Nghị định 151/2025/NĐ-CP và 999/2031/NĐ-CP"
    found = machine.post("/citations", {"text": text}).json()["citations"]
    assert [c["found"] and c["found"][0]["path"] for c in found] == ["art_5__para_1__point_a", []]
    assert text[found[0]["start"] : found[0]["end"]] == found[0]["text"]


def test_the_export_is_the_import(machine) -> None:
    outcome = read_tables(io.BytesIO(machine.get("/export/law.json").content))
    assert not outcome.problems and queries.look_through(outcome) == ()
    assert len(outcome.tables.documents) == len(queries.corpus().docs)
    assert not any(queries.would(outcome.tables).counts.values())
    assert machine.get("/export/law.xlsx").content.startswith(b"PK")
    assert machine.get("/export/law.exe").status_code == 422


def test_a_dry_run_tells_what_would_change_and_writes_nothing(machine, justice) -> None:
    before = len(queries.corpus().docs)
    found = machine.post("/documents?dry_run=true", NEW, **justice).json()
    assert (found["dry_run"], found["new"], found["counts"]["relations"]) == (True, ["399/2026/NĐ-CP"], 1)
    assert {(c["on"], c["what"]["path"], c["after"]) for c in found["gained"]} >= {
        ("2027-01-01", "art_5", "ended")
    }
    queries.corpus.forget()
    assert len(queries.corpus().docs) == before


def test_a_table_is_entered_once_however_often_it_is_sent(machine, justice) -> None:
    headers = {**justice, "Idempotency-Key": "law-table-0001"}
    first, second = (machine.post("/documents?source=thu.json", NEW, **headers) for _ in range(2))
    assert first.status_code == 200, first.content
    assert first.content == second.content
    queries.corpus.forget()
    assert machine.read("/documents?number=399/2026/NĐ-CP")["total"] == 1
    assert (
        machine.read(f"/documents/{LAND}/effect?place=điều 5&on=2027-01-01")["effect"]["standing"] == "ended"
    )
    assert Event.objects.filter(kind="law.entered").latest("recorded_at").data["source"] == "thu.json"
    again = machine.post("/documents", NEW, **justice)
    assert machine.refused(again) == "nothing_new"


def test_wrong_rows_are_all_told_and_none_is_entered(machine, justice) -> None:
    bad = {
        "documents": [{"number": "chẳng phải số"}, {"number": "398/2026/NĐ-CP", "issued_on": "31/02/2026"}],
        "relations": [{"document": "1/2031/NĐ-CP", "kind": "eats", "target": "151/2025/NĐ-CP"}],
    }
    answer = machine.post("/documents", bad, **justice)
    assert (answer.status_code, machine.refused(answer)) == (422, "bad_rows")
    where = [error["where"] for error in answer.json()["errors"]]
    assert ["documents", "1", "number"] in where and ["documents", "2", "issued_on"] in where
    assert ["relations", "1", "kind"] in where
    assert machine.read("/documents?number=398/2026/NĐ-CP")["total"] == 0


def test_only_those_who_keep_documents_enter_them(machine) -> None:
    assert machine.refused(machine.post("/documents", NEW)) == "token_needed"
    reader = token(appointed("minh", "btp", Role.OFFICER), Scope.READ)
    assert machine.refused(machine.post("/documents", NEW, **reader)) == "scope_missing"
    clerk = token(appointed("hoa", "commune_committee", Role.OFFICER, "c:26740@2025-07-01"))
    assert machine.refused(machine.post("/documents", NEW, **clerk)) == "not_yours"


def test_the_feed_tells_what_is_public(machine) -> None:
    told = {e["kind"]: e["sentence"] for e in machine.read("/feed?limit=1000")["events"]}
    assert {"law.loaded", "powers.loaded", "powers.checked"} <= set(told)
    assert told["law.loaded"].startswith("Nạp sổ văn bản: ")
    assert {"law.entered", "law.document_corrected", "powers.entered", "powers.checked"} <= set(PUBLIC)
    assert not {"law.problem_reported", "law.problem_answered", "powers.surveyed"} & set(PUBLIC)


def test_what_is_not_there_is_refused_in_words(machine) -> None:
    assert machine.refused(machine.get("/documents/khong-co")) == "not_found"
    assert machine.refused(machine.get(f"/documents/{LAND}?on=31/02/2026")) == "bad_date"
    assert machine.refused(machine.get(f"/documents/{LAND}?unit=99999")) == "unknown_code"
    assert machine.refused(machine.get("/documents?after=x")) == "bad_cursor"
    assert machine.refused(machine.get("/documents?state=alive")) == "bad_parameters"
    assert machine.refused(machine.post("/citations", {"text": "x" * 20_001})) == "bad_parameters"


def test_unchanged_answers_cost_nothing(machine, justice) -> None:
    for path in ("/documents?limit=5", f"/documents/{LAND}", f"/documents/{LAND}/provisions"):
        tag = machine.get(path).headers["ETag"]
        assert machine.get(path, **{"If-None-Match": tag}).status_code == 304
    machine.post("/documents", NEW, **justice)
    queries.corpus.forget()
    assert machine.get(path, **{"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("path", "most"),
    [("/documents?limit=100", 1), (f"/documents/{LAND}/effect?place=điều 5&unit=26740", 1), (f"/documents/{LAND}/provisions", 2)],
)  # fmt: skip
def test_budget(machine, path, most) -> None:
    machine.read(path)
    with CaptureQueriesContext(connection) as asked:
        machine.read(path)
    assert len(asked) <= most, [q["sql"] for q in asked]


def test_long_answers_have_their_documented_shape(machine, justice) -> None:
    for path, shape in (
        ("/documents?limit=1000", shapes.DocumentsAnswer),
        (f"/documents/{LAND}", shapes.DocumentAnswer),
        (f"/documents/{LAND}/provisions", shapes.ProvisionsAnswer),
        (f"/documents/{LAND}/relations", shapes.RelationsAnswer),
        ("/documents/changes?from=2025-07-01&to=2026-11-22", shapes.LawChangesAnswer),
        ("/documents/owed?state=", shapes.OwedAnswer),
    ):
        answer = machine.read(path)
        assert shape.model_validate(answer).model_dump(by_alias=True) == answer, path
    tried = json.loads(machine.post("/documents?dry_run=true", NEW, **justice).content)
    assert shapes.LawEntered.model_validate(tried).model_dump() == tried
