"""Handbook, answers and notices, as a program asks for them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.domain.guidance import queries
from haicap.domain.guidance.tests import make
from haicap.web.api import guidance_shapes as shapes

CODE = "moc-01-3-2027"
pytestmark = pytest.mark.django_db


def test_pieces_of_a_day(machine) -> None:
    answer = machine.get("/guidance?on=2026-11-22&limit=7").json()
    shapes.PiecesAnswer.model_validate(answer)
    assert answer["total"] == len(queries.pieces(make.NOW)) and len(answer["pieces"]) == 7
    following = machine.get(f"/guidance?on=2026-11-22&limit=7&after={answer['next']}").json()
    assert not {p["code"] for p in answer["pieces"]} & {p["code"] for p in following["pieces"]}
    assert machine.get("/guidance?on=2026-09-30").json()["total"] == 0


def test_filters(machine) -> None:
    found = machine.get("/guidance?on=2026-11-22&q=so+ho+khau&audience=citizen").json()["pieces"]
    assert found[0]["code"] == "con-so-ho-khau" and all("citizen" in p["audience"] for p in found)
    assert {p["kind"] for p in machine.get("/guidance?kind=notice&on=2026-11-22").json()["pieces"]} == {
        "notice"
    }
    later = machine.get("/guidance?flagged=true&on=2027-03-02").json()["pieces"]
    assert CODE in {p["code"] for p in later} and all(p["flagged"] for p in later)
    assert machine.get("/guidance?kind=x").status_code == 422
    assert machine.get("/guidance?on=31/02/2026").status_code == 400


def test_one_with_its_text(machine) -> None:
    answer = machine.get(f"/guidance/{CODE}?on=2026-11-22").json()
    shapes.PieceAnswer.model_validate(answer)
    assert answer["piece"]["citations"][0] == {
        "number": "190/2025/QH15",
        "place": "",
        "document": "190-2025-qh15",
        "path": "",
    }
    assert "hết hiệu lực từ 01/3/2027" in answer["piece"]["body"]
    assert machine.get("/guidance/khong-co").status_code == 404


def test_the_feed(machine) -> None:
    response = machine.get("/guidance/feed")
    assert response["Content-Type"].startswith("application/feed+json")
    answer = response.json()
    shapes.FeedAnswer.model_validate(answer)
    assert len(answer["items"]) == 50 and len({item["id"] for item in answer["items"]}) == 50


def test_an_unchanged_answer_costs_nothing(machine) -> None:
    tag = machine.get("/guidance")["ETag"]
    with CaptureQueriesContext(connection) as ran:
        assert machine.get("/guidance", **{"If-None-Match": tag}).status_code == 304
    assert len(ran) <= 2
    make.published(make.drafted(make.editor()), make.editor("hai"), make.approver())
    assert machine.get("/guidance", **{"If-None-Match": tag}).status_code == 200
