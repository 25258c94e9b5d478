"""A machine sends tickets and carries them to published answers: tokens, rights, versions, keys; what anybody may read."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from haicap.domain.feedback.models import Ticket
from haicap.domain.feedback.tests import make
from haicap.kernel.accounts.tests.make import citizen
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.models import Reply
from tests.journeys.api.test_dossiers import token

pytestmark = pytest.mark.django_db
feeding = import_module("haicap.domain.feedback.queries.feed")
BODY = {
    "kind": "procedure", "unit": "03006", "text": make.TEXT,
    "sender": {"name": make.WHO.name, "phone": make.WHO.phone, "email": make.WHO.email},
}  # fmt: skip


class Office:
    """Programs of people, each with a token of its own."""

    def __init__(self, machine: Any, w: make.World) -> None:
        self.machine, self.w = machine, w
        self.tokens: dict[str, str] = {}
        self.keys = 0

    def headers(self, who: Any, **more: str) -> dict[str, str]:
        if who is None:
            return dict(more)
        if who.actor not in self.tokens:
            self.tokens[who.actor] = token(who)
        return {"Authorization": f"Bearer {self.tokens[who.actor]}", **more}

    def post(self, who: Any, path: str, document: object, key: str = "") -> Any:
        more = {"Idempotency-Key": key} if key else {}
        return self.machine.post(path, document, **self.headers(who, **more))

    def done(self, who: Any, path: str, document: object, key: str = "") -> Any:
        answer = self.post(who, path, document, key)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def filed(self, who: Any, **changes: Any) -> Any:
        self.keys += 1
        return self.done(who, "/tickets", BODY | changes, f"phieu-so-{self.keys}")

    def verb(self, who: Any, code: str, verb: str, **body: Any) -> Any:
        seen = Ticket.objects.get(code=code).version
        return self.done(who, f"/tickets/{code}/{verb}", {"seen": seen} | body)


@pytest.fixture
def w(register, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return make.world(register)


@pytest.fixture
def office(machine, w) -> Office:
    return Office(machine, w)


def test_from_filing_to_a_public_answer(office, w) -> None:
    made = office.filed(w.province)
    code = made["code"]
    assert made["organ"] == "Ủy ban nhân dân phường Sa Pa" and len(made["key"]) == 8 and made["answer_due_at"]
    assert office.verb(w.officer, code, "accept")["state"] == "in_work"
    draft = {
        "text": make.ANSWER.text, "public_question": make.ANSWER.public_question, "public_text": make.ANSWER.public_text,
    }  # fmt: skip
    answer = office.verb(w.officer, code, "draft", **draft)["answer"]
    office.verb(w.officer, code, "submit")
    office.verb(w.leader, code, "approve")
    piece = office.verb(w.officer, code, "publish")["piece"]
    assert piece
    found = office.machine.read("/answers?q=qua+han")
    assert [a["code"] for a in found["answers"]] == [answer] and found["total"] == 1
    one = office.machine.read(f"/answers/{answer}")
    assert one["question"] == make.ANSWER.public_question and "tuần" not in str(one)
    again = office.filed(w.province, sender={"phone": "0987000111"})
    assert office.verb(w.officer, again["code"], "reuse", answer=answer)["state"] == "answered"


def test_sent_twice_is_one_ticket_with_one_key(office, w) -> None:
    first = office.done(w.province, "/tickets", BODY, "khoa-cua-toi-1")
    again = office.done(w.province, "/tickets", BODY, "khoa-cua-toi-1")
    assert first == again and Ticket.objects.count() == 1
    assert first["key"] not in Reply.objects.get(key="khoa-cua-toi-1").answer  # kept sealed
    other = office.post(w.province, "/tickets", BODY | {"text": "Khác"}, "khoa-cua-toi-1")
    assert other.status_code == 422 and office.machine.refused(other) == "key_reused"
    assert office.machine.refused(office.post(w.province, "/tickets", BODY)) == "key_needed"


def test_a_citizen_follows_supplies_and_reopens(office, w) -> None:
    me = citizen("nguoi.gui")
    code = office.filed(me)["code"]
    office.verb(w.officer, code, "ask-more", text="Mã hồ sơ của ông bà là gì?")
    office.verb(w.officer, code, "note", text="Chuyện nội bộ")
    mine = office.machine.get(f"/tickets/{code}", **office.headers(me)).json()
    assert [r["text"] for r in mine["remarks"]] == ["Mã hồ sơ của ông bà là gì?"]
    assert mine["can"] == ["supply", "withdraw"] and mine["answer"] is None
    assert office.done(me, f"/tickets/{code}/supply", {"text": "Mã là H38."})["state"] == "in_work"
    listed = office.machine.get("/tickets", **office.headers(me)).json()
    assert listed["level"] == "own" and [t["code"] for t in listed["tickets"]] == [code]
    assert office.done(me, f"/tickets/{code}/withdraw", {})["state"] == "withdrawn"


def test_a_stranger_with_the_key_sees_their_part(office, w) -> None:
    made = office.filed(w.province)
    other = citizen("nguoi.khac")
    path = f"/tickets/{made['code']}"
    assert office.machine.get(path, **office.headers(other)).status_code == 404
    assert office.machine.get(path, **office.headers(other, **{"Ticket-Key": "AAAA2222"})).status_code == 404
    seen = office.machine.get(path, **office.headers(other, **{"Ticket-Key": made["key"]})).json()
    assert seen["text"] == make.TEXT and "withdraw" in seen["can"]
    assert office.machine.get(path).status_code == 401


def test_rights_and_versions(office, w) -> None:
    code = office.filed(w.province)["code"]
    refused = {
        w.neighbour: ("not_found", 404), w.reception: ("not_found", 404), w.province: ("not_yours", 403),
    }  # fmt: skip
    for who, (word, status) in refused.items():
        answer = office.post(who, f"/tickets/{code}/accept", {"seen": 1})
        assert (office.machine.refused(answer), answer.status_code) == (word, status)
    stale = office.post(w.officer, f"/tickets/{code}/accept", {"seen": 7})
    assert office.machine.refused(stale) == "stale" and stale.status_code == 409
    assert office.machine.get(f"/tickets/{code}", **office.headers(w.neighbour)).status_code == 404
    assert office.machine.get(f"/tickets/{code}", **office.headers(w.officer)).json()["can"] == [
        "accept", "ask-more", "assign", "link", "note", "refuse", "reuse", "sort", "transfer",
    ]  # fmt: skip


def test_transfer_sort_refuse(office, w) -> None:
    code = office.filed(w.province)["code"]
    sorted_ = office.verb(w.officer, code, "sort", kind="rule", procedure="1.001193")
    assert sorted_["state"] == "received"
    office.verb(
        w.officer, code, "transfer", organ={"unit": "15", "kind": "province_office"}, reason="Việc của tỉnh"
    )
    whole = office.machine.get(f"/tickets/{code}", **office.headers(w.province)).json()
    assert (
        whole["organ"]["kind"] == "province_office"
        and whole["organ"]["unit"] == "15"
        and whole["transfers"] == 1
    )
    assert (
        office.verb(w.province, code, "refuse", ground="complaint", reason="Theo Luật Khiếu nại")["state"]
        == "refused"
    )


def test_lists_and_feed_stay_within_reach(office, w, monkeypatch, django_assert_max_num_queries) -> None:
    codes = [
        office.filed(
            w.province, text=f"Việc {n} không giống việc nào", sender={}, kind="incident", system=""
        )["code"]
        for n in range(3)
    ]
    mine = office.filed(w.province)["code"]
    headers = office.headers(w.officer)
    office.machine.get("/tickets", **headers)
    with django_assert_max_num_queries(6):
        listed = office.machine.get("/tickets?limit=2", **office.headers(w.province)).json()
    assert len(listed["tickets"]) == 2 and listed["next"]
    after = listed["next"].replace("+", "%2B")
    rest = office.machine.get(f"/tickets?limit=5&after={after}", **office.headers(w.province)).json()
    got = {t["code"] for t in listed["tickets"] + rest["tickets"]}
    assert got == {*codes, mine}
    assert [t["code"] for t in office.machine.get("/tickets", **headers).json()["tickets"]] == [mine]
    every = tuple(e for t in Ticket.objects.order_by("pk") for e in ledger.history(t.stream))
    # what is not committed yet is in nobody's feed, and a test commits nothing
    monkeypatch.setattr(feeding.ledger, "feed", lambda **asked: ledger.Page(every, "1.1", False))
    events = office.machine.get("/tickets/feed", **headers).json()["events"]
    assert {e["ticket"] for e in events} == {mine}
    assert make.WHO.phone not in str(events)
    assert office.machine.get("/tickets?after=rác", **headers).status_code == 400


def test_bad_tickets(office, w) -> None:
    wrong = {
        "no_words": {"text": " "}, "bad_phone": {"sender": {"phone": "12"}}, "unknown_code": {"unit": "99999"},
        "name_needed": {"kind": "officer", "sender": {}}, "bad_parameters": {"kind": "khac"}, "not_found": {"document": "9/9"},
    }  # fmt: skip
    for n, (word, changes) in enumerate(wrong.items()):
        answer = office.post(w.province, "/tickets", BODY | changes, f"sai-thu-{n}-1")
        assert office.machine.refused(answer) == word
    assert office.machine.refused(office.machine.post("/tickets", BODY)) == "token_needed"
    assert Ticket.objects.count() == 0


def test_a_citizen_is_braked(office, w) -> None:
    me = citizen("gui.nhieu")
    for n in range(20):
        office.filed(me, text=f"Lần {n}")
    answer = office.post(me, "/tickets", BODY, "qua-nhieu-lan")
    assert answer.status_code == 429 and office.machine.refused(answer) == "too_many"


def test_anybody_reads_figures_open_data_and_routes(office, w) -> None:
    office.filed(w.province)
    figures = office.machine.read("/tickets-figures?province=15")["organs"]
    assert figures[0]["received"] == 1 and figures[0]["organ"]["unit"] == "03006"
    answer = office.machine.get("/tickets-open-data.csv")
    opened = b"".join(answer.streaming_content).decode()
    assert opened.count("\n") == 2 and make.WHO.phone not in opened and "tuần" not in opened
    routed = office.machine.read("/tickets-route?kind=procedure&unit=03006&procedure=1.001193")
    assert routed["organ"]["unit"] == "03006" and routed["rule"] == "procedure-holder" and routed["citation"]
    assert office.machine.get("/tickets-route?kind=khac").status_code == 422
    assert office.machine.get("/tickets-figures?since=32/13/2026").status_code == 400


def test_the_assistant_answers_machines(machine) -> None:
    told = machine.get("/ask?q=zzz+qqq")
    assert told.status_code in (200, 503)
    if told.status_code == 200:
        assert told.json()["behaviour"] == "refuse" and told.json()["procedures"] == []
    assert machine.get("/ask").status_code == 422
    assert machine.get("/search?q=a&k=99").status_code == 422


def test_signs_no_database_keeps_are_no_fault_of_ours(office, w) -> None:
    me = citizen("nguoi.gui")
    nothing = office.post(me, "/tickets", BODY | {"system": "\0"}, "khoa-he-thong-la")
    assert office.machine.refused(nothing) == "not_found"
    for name in ("procedure", "dossier", "field"):
        assert Ticket.objects.get(code=office.filed(me, **{name: "\0"})["code"]).version == 1
    code = office.filed(w.province)["code"]
    for verb, body in (
        ("link", {"incident": "\0"}), ("reuse", {"answer": "\0"}), ("draft", {"text": "x", "also": {"\0": 1}})
    ):  # fmt: skip
        answer = office.post(w.officer, f"/tickets/{code}/{verb}", {"seen": 1} | body)
        assert office.machine.refused(answer) == "not_found", verb
    assert office.machine.get("/tickets/%00", **office.headers(w.officer)).status_code == 404
    assert office.machine.get("/answers/%00").status_code == 404
    assert office.machine.get("/tickets-route?kind=rule&system=%00").status_code == 404


def test_files_of_others_do_not_go_with_a_ticket(office, w) -> None:
    me = citizen("nguoi.gui")
    missing = BODY | {"files": ["0193a5b0-0000-7000-8000-000000000001"]}
    answer = office.post(me, "/tickets", missing, "khoa-tep-la-1")
    assert office.machine.refused(answer) == "no_file" and not Ticket.objects.exists()
