"""What holds for every call: language, limits, size, tokens, other sites, the reference."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from haicap.kernel.accounts import actions as accounts
from haicap.kernel.accounts.states import Scope
from haicap.web.api import reference, schemas
from haicap.web.api.clients import Allowances, Client
from haicap.web.common import clock

ROOT = Path(__file__).resolve().parents[3]


def test_an_address_is_read(machine) -> None:
    answer = machine.post(
        "/convert", {"address": "12 Nguyễn Huệ, P. Bến Nghé, Q.1, TP.HCM", "on": "2025-07-01"}
    )
    found = answer.json()
    assert (found["status"], found["code"], found["unit"]) == ("unique", "26740", "Phường Sài Gòn")
    assert found["legacy"] == [{"code": "26740", "name": "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"}]
    assert found["citation"] == "1685/NQ-UBTVQH15, điều 1 khoản 1"


def test_a_thousand_addresses_keep_their_order(machine) -> None:
    texts = ["Phường Bến Nghé, Quận 1, TP HCM", "", "Phường Cửa Nam, Hà Nội", "\0\x07", "x" * 5000]
    found = machine.post("/convert/bulk", {"addresses": texts * 200}).json()["answers"]
    assert len(found) == 1000
    assert [a["status"] for a in found[:5]] == ["unique", "not_found", "ambiguous", "not_found", "not_found"]
    assert found[995:] == found[:5]
    assert machine.post("/convert/bulk", {"addresses": ["x"] * 1001}).status_code == 422


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "unreadable"),
        (b"\xff\xfe\x00", 400, "unreadable"),
        (b"[]", 422, "bad_parameters"),
        (b'{"address": 5}', 422, "bad_parameters"),
        (b'{"address": "x", "on": "2025-13-01"}', 400, "bad_date"),
        (b'{"address": "' + b"x" * 10_000_000 + b'"}', 413, "too_large"),
    ],
)
def test_bad_bodies_are_refused_in_words(machine, body: bytes, status: int, code: str) -> None:
    answer = machine.client.post("/api/v1/convert", body, content_type="application/json")
    assert (answer.status_code, machine.refused(answer)) == (status, code)


def test_a_body_beyond_every_upload_is_refused_unread(machine, settings) -> None:
    settings.UPLOAD_LIMIT = 1000
    answer = machine.client.post("/api/v1/convert", b"x" * 100_000, content_type="application/json")
    assert answer.status_code == 413


def test_problems_speak_the_language_that_was_asked_for(machine) -> None:
    vietnamese = machine.get("/units/abc")
    english = machine.get("/units/abc", accept_language="en-GB,en;q=0.9")
    assert vietnamese.headers["Content-Language"] == "vi"
    assert english.headers["Content-Language"] == "en"
    assert "mã đơn vị" in json.loads(vietnamese.content)["detail"]


def test_the_limit_is_said_and_kept(machine, settings) -> None:
    settings.API_RATE = 3
    left = [machine.get("/health").headers["X-RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    answer = machine.get("/health")
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 20
    assert machine.refused(answer) == "too_many"


def test_allowances_grow_back_and_are_forgotten() -> None:
    now = [0.0]
    allowances = Allowances(clock=lambda: now[0])
    client = Client("a", rate=60)
    assert [allowances.spend(client).remaining for _ in range(60)] == list(range(59, -1, -1))
    assert allowances.spend(client).wait == 1
    now[0] = 1.0
    assert allowances.spend(client).wait == 0
    assert allowances.spend(client).wait == 1
    assert allowances.spend(Client("b", rate=60)).wait == 0
    now[0] = 500.0
    assert allowances.spend(client).remaining == 59
    assert allowances.spend(Client("c", rate=2), cost=10).wait == 0
    assert allowances.spend(Client("c", rate=2), cost=1).wait > 30


def test_a_token_raises_the_limit_and_a_wrong_one_is_refused(machine, settings) -> None:
    settings.API_RATE = 100
    person = accounts.create_officer(
        name="machine@example.vn", display_name="Máy", email="", actor="system", at=clock.now()
    )
    _, secret = accounts.issue_token(
        user=person.public_id, label="x", scopes=[Scope.READ], days=1, actor=person.actor, at=clock.now()
    )
    answer = machine.get("/health", authorization=f"Bearer {secret}")
    assert answer.headers["X-RateLimit-Limit"] == "1000"
    with CaptureQueriesContext(connection) as asked:
        machine.get("/health", authorization=f"Bearer {secret}")
    assert not any("token" in q["sql"] for q in asked)
    wrong = machine.get("/health", authorization="Bearer nobody")
    assert (wrong.status_code, machine.refused(wrong)) == (401, "bad_token")
    statuses = [machine.get("/health", authorization="Bearer nobody").status_code for _ in range(12)]
    assert statuses[0] == 401
    assert statuses[-1] == 429


def test_other_sites_may_read_but_not_write(machine) -> None:
    assert machine.get("/health").headers["Access-Control-Allow-Origin"] == "*"
    asked = machine.client.options("/api/v1/convert")
    assert asked.status_code == 204
    assert "POST" not in asked.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Origin" not in machine.post("/convert", {"address": "x"}).headers


def test_an_unexpected_error_is_a_problem_without_its_secrets(machine, monkeypatch, caplog) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("haicap.domain.units.queries.convert_address", broken)
    answer = machine.post("/convert", {"address": "x"})
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert "unexpected error" in caplog.text


def test_a_database_that_is_away_is_said_so(machine, monkeypatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("connection failed")

    monkeypatch.setattr("haicap.domain.units.queries.convert_address", away)
    answer = machine.post("/convert", {"address": "x"})
    assert (answer.status_code, machine.refused(answer)) == (503, "not_ready")
    assert int(answer.headers["Retry-After"]) > 0


def test_the_reference_names_every_call_and_the_committed_copy_is_fresh(machine) -> None:
    document = machine.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    patterns = {str(p.pattern) for p in get_resolver("haicap.web.api.urls").url_patterns} - {
        "docs",
        "openapi.json",
        "payments/<slug:provider>",  # a gateway's own protocol
        "",
    }
    assert len(document["paths"]) == len(patterns)
    kept = ROOT / "docs" / "openapi.json"
    assert json.loads(kept.read_text()) == reference.document(), "run: python tools/openapi.py"
    page = machine.get("/docs")
    assert page.status_code == 200
    for path in document["paths"]:
        assert path in page.content.decode()


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/units/79/children?on=2025-06-30", schemas.ListAnswer),
        ("/map?on=2025-06-30", schemas.MapAnswer),
        ("/map?tier=province", schemas.MapAnswer),
        ("/changes?from=2019-01-01&to=2026-11-22", schemas.ChangesAnswer),
    ],
)
def test_long_answers_have_the_documented_shape(machine, path: str, shape: type) -> None:
    document = machine.read(path)
    kept = shape.model_validate(document).model_dump(by_alias=True)
    assert kept == document


def test_bulk_answers_have_the_documented_shape(machine) -> None:
    texts = [
        "Phường Bến Nghé, Quận 1, TP HCM",
        "Phường Cửa Nam, Hà Nội",
        "x",
        "Xã Tân Phú, Đồng Nai",
        "P 13, Q Tân Bình",
    ]
    document = machine.post("/convert/bulk", {"addresses": texts}).json()
    assert schemas.AddressesAnswer.model_validate(document).model_dump() == document
