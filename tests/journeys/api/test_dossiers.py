"""A machine carries dossiers from filing to result: tokens, rights, versions, keys of repeated requests."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from haicap.domain.dossiers.models import Dossier
from haicap.domain.dossiers.tests import make
from haicap.kernel.accounts import actions as accounts
from haicap.kernel.accounts import queries as people
from haicap.kernel.accounts.models import User
from haicap.kernel.accounts.states import Scope
from haicap.kernel.accounts.tests.make import citizen
from haicap.kernel.ledger import exports
from haicap.kernel.ledger import jobs as ledger
from haicap.kernel.ledger.models import Reply

FILING = {
    "procedure": make.CODE,
    "unit": "03006",
    "applicant": {"name": make.NAME, "number": make.NUMBER, "phone": make.PHONE, "email": make.EMAIL},
    "answers": dict(make.ANSWERS),
}
AT = datetime.now(UTC)


def token(user: User, *scopes: Scope) -> str:
    wanted = scopes or (Scope.WRITE,)
    return accounts.issue_token(
        user=user.public_id,
        label="máy",
        scopes=wanted,
        days=30,
        actor=user.actor,
        at=AT - timedelta(minutes=1),
    )[1]


class Office:
    """Programs of the people of a ward."""

    def __init__(self, machine: Any, w: make.World) -> None:
        self.machine, self.w = machine, w
        self.tokens: dict[str, str] = {}
        self.keys = 0

    def headers(self, who: User | None) -> dict[str, str]:
        if who is None:
            return {}
        if who.actor not in self.tokens:
            self.tokens[who.actor] = token(who)
        return {"Authorization": f"Bearer {self.tokens[who.actor]}"}

    def post(self, who: User | None, path: str, document: object, key: str = "") -> Any:
        extra = {"Idempotency-Key": key} if key else {}
        return self.machine.post(path, document, **self.headers(who), **extra)

    def get(self, who: User | None, path: str) -> Any:
        return self.machine.get(path, **self.headers(who))

    def file(self, who: User | None = None, **changes: Any) -> dict[str, Any]:
        self.keys += 1
        answer = self.post(
            who or self.w.reception, "/dossiers", {**FILING, **changes}, f"key-{self.keys:06d}"
        )
        assert answer.status_code == 200, answer.content
        return dict(answer.json())

    def at_counter(self) -> dict[str, Any]:
        return self.file(channel=1, centre="03006", components=[{"paper": "don", "originals": 1}])

    def do(self, who: User, code: str, verb: str, key: str = "", **body: Any) -> dict[str, Any]:
        answer = self.post(who, f"/dossiers/{code}/{verb}", body, key)
        assert answer.status_code == 200, answer.content
        return dict(answer.json())

    def refused(self, answer: Any) -> tuple[int, str]:
        return answer.status_code, self.machine.refused(answer)


@pytest.fixture
def office(machine: Any, w: Any) -> Office:
    return Office(machine, w)


def test_a_whole_life(office: Office) -> None:
    w = office.w
    row = office.at_counter()
    assert (row["state"], row["version"]) == (1, 1)
    row = office.do(w.reception, row["code"], "receive", seen=1)
    assert row["state"] == 2 and row["due_at"]
    row = office.do(w.officer, row["code"], "take-up", seen=row["version"])
    row = office.do(w.officer, row["code"], "consult", seen=row["version"],
                    organ={"unit": "03006", "kind": "commune_culture"}, question="Có đúng không?")  # fmt: skip
    whole = office.get(w.officer, f"/dossiers/{row['code']}").json()
    asked = whole["events"][-1]["data"]["consultation"]
    row = office.do(w.officer, row["code"], "extend", seen=row["version"],
                    parts=[{"value": "2", "unit": "working_days"}], reason="Phải đi xem tại chỗ.")  # fmt: skip
    row = office.do(w.leader, row["code"], "decide", seen=row["version"], outcome="granted", finish=True)
    assert row["state"] == 9
    row = office.do(w.reception, row["code"], "hand-out", seen=row["version"])
    assert row["state"] == 10
    whole = office.get(w.officer, f"/dossiers/{row['code']}").json()
    assert [e["kind"].removeprefix("dossiers.") for e in whole["events"]] == [
        "filed", "received", "taken_up", "consulted", "extended", "decided", "handed_out",
    ]  # fmt: skip
    assert asked and whole["can"] == [] and whole["person"]["name"] == make.NAME
    assert whole["version"] == len(whole["events"])
    assert exports.verify_database().first is None


def test_supplement_and_withdrawal(office: Office) -> None:
    w = office.w
    row = office.at_counter()
    row = office.do(w.reception, row["code"], "request-supplement", seen=1, items=[{"what": "Bản chính"}])
    assert row["state"] == 5
    row = office.do(w.reception, row["code"], "supply", seen=2, answer="Đã mang đến.")
    assert row["state"] == 1
    again = office.post(
        w.reception, f"/dossiers/{row['code']}/request-supplement", {"seen": 3, "items": [{"what": "x"}]}
    )
    assert office.refused(again) == (400, "once_only")
    assert office.do(w.reception, row["code"], "withdraw", seen=3)["state"] == 7


def test_handed_over_on_one_sheet(office: Office) -> None:
    w = office.w
    codes = [office.at_counter()["code"] for _ in range(2)]
    for code in codes:
        office.do(w.reception, code, "receive", seen=1)
    sheet = office.post(w.reception, "/dossiers/forward", {"codes": codes}).json()
    assert sheet["dossiers"] == 2
    answer = office.post(w.leader, "/dossiers/take-over", {"codes": codes})
    assert answer.json() == {"dossiers": 2}
    answer = office.post(w.leader, "/dossiers/take-over", {"codes": codes})
    assert office.refused(answer) == (400, "nothing_open")


def test_the_same_key_is_one_dossier(office: Office) -> None:
    w = office.w
    first = office.post(w.reception, "/dossiers", FILING, "nop-ho-so-01")
    second = office.post(w.reception, "/dossiers", FILING, "nop-ho-so-01")
    assert first.json() == second.json() and Dossier.objects.count() == 1
    other = office.post(w.reception, "/dossiers", {**FILING, "channel": 3}, "nop-ho-so-01")
    assert office.refused(other) == (422, "key_reused")
    theirs = office.post(w.officer, "/dossiers", FILING, "nop-ho-so-01")  # keys belong to their caller
    assert theirs.status_code == 200 and theirs.json()["code"] != first.json()["code"]
    assert office.refused(office.post(w.reception, "/dossiers", FILING)) == (400, "key_needed")
    assert office.refused(office.post(w.reception, "/dossiers", FILING, "ngắn quá rồi")) == (400, "bad_key")


def test_a_repeated_verb_is_answered_not_refused(office: Office) -> None:
    row = office.at_counter()
    first = office.do(office.w.reception, row["code"], "receive", "nhan-000001", seen=1)
    assert office.do(office.w.reception, row["code"], "receive", "nhan-000001", seen=1) == first
    path = f"/dossiers/{row['code']}/receive"
    assert office.refused(office.post(office.w.reception, path, {"seen": 1}, "nhan-000002")) == (409, "stale")
    assert office.refused(office.post(office.w.reception, path, {"seen": 2}, "nhan-000001")) == (
        422,
        "key_reused",
    )


def test_a_refused_request_keeps_nothing(office: Office) -> None:
    row = office.at_counter()
    path = f"/dossiers/{row['code']}/receive"
    assert office.refused(office.post(office.w.reception, path, {"seen": 7}, "nhan-000003")) == (409, "stale")
    answer = office.post(office.w.reception, path, {"seen": 1}, "nhan-000003")
    assert answer.status_code == 200
    assert Reply.objects.filter(key="nhan-000003").count() == 1


def test_kept_answers_go_after_seven_days(office: Office) -> None:
    office.at_counter()
    ledger.sweep_replies(datetime.now(UTC) + timedelta(days=6))
    assert Reply.objects.count() == 1
    ledger.sweep_replies(datetime.now(UTC) + timedelta(days=8))
    assert Reply.objects.count() == 0


def test_who_may_call(office: Office) -> None:
    w, row = office.w, office.at_counter()
    path = f"/dossiers/{row['code']}"
    for user, expected in (
        (None, (401, "token_needed")), (w.stranger, (404, "not_found")), (w.neighbour, (404, "not_found")),
        (w.ministry, (404, "not_found")), (w.officer, (403, "not_yours")),
    ):  # fmt: skip
        assert office.refused(office.post(user, f"{path}/receive", {"seen": 1})) == expected
        if expected[1] != "not_yours":
            assert office.refused(office.get(user, path)) == expected
    only_read = {"Authorization": f"Bearer {token(w.reception, Scope.READ)}"}
    answer = office.machine.post(f"{path}/receive", {"seen": 1}, **only_read)
    assert office.refused(answer) == (403, "scope_missing")
    assert office.machine.get(path, **only_read).status_code == 200


def test_a_revoked_token_ends_with_the_next_write(office: Office) -> None:
    w, row = office.w, office.at_counter()
    row = office.do(w.reception, row["code"], "receive", seen=1)
    for held in people.tokens_of(w.reception, at=datetime.now(UTC)):
        accounts.revoke_token(
            user=w.reception.public_id, token=held.public_id, actor=w.reception.actor, at=datetime.now(UTC)
        )
    answer = office.post(w.reception, f"/dossiers/{row['code']}/withdraw", {"seen": 2})
    assert office.refused(answer) == (401, "bad_token")


def revoked(user: User) -> None:
    for held in people.tokens_of(user, at=datetime.now(UTC)):
        accounts.revoke_token(
            user=user.public_id, token=held.public_id, actor=user.actor, at=datetime.now(UTC)
        )


@pytest.mark.parametrize(
    ("verb", "body", "key"),
    [
        ("/receive", {"seen": 1}, "giu-cau-tra-loi"),  # an answer is kept for it
        ("/receive", {"seen": 1}, "khoa-chua-dung"),  # would be stale
        ("/receive", {"seen": 1}, ""),
        ("/receive", {"seen": "một"}, ""),  # not read at all
        ("/hand-out", {"seen": 2}, "chua-co-ket-qua"),  # not now
        ("", FILING, "nop-them-ho-so"),  # would be filed
        ("", {**FILING, "answers": {}}, "thieu-cau-tra-loi"),  # refused before anything is asked
        ("", FILING, ""),  # lacks its key
    ],
)
def test_whoever_holds_no_token_any_more_is_told_nothing_else(
    office: Office, verb: str, body: dict[str, Any], key: str
) -> None:
    """A token seen a moment ago is asked for with the verb; whatever the verb would say, it is the token that is wrong."""
    w, row = office.w, office.at_counter()
    path = f"/dossiers/{row['code']}"
    office.post(w.reception, f"{path}/receive", {"seen": 1}, "giu-cau-tra-loi")
    there = list(Dossier.objects.values_list("code", "version"))
    revoked(w.reception)
    answer = office.post(w.reception, path + verb if verb else "/dossiers", body, key)
    assert office.refused(answer) == (401, "bad_token")
    assert list(Dossier.objects.values_list("code", "version")) == there


def test_a_token_whose_holder_is_locked_ends_with_the_next_write(office: Office) -> None:
    w, row = office.w, office.at_counter()
    User.objects.filter(pk=w.reception.pk).update(is_active=False)
    answer = office.post(w.reception, f"/dossiers/{row['code']}/receive", {"seen": 1}, "khoa-cua-nguoi-cu")
    assert office.refused(answer) == (401, "bad_token")
    User.objects.filter(pk=w.reception.pk).update(is_active=True)
    office.do(w.reception, row["code"], "receive", seen=1)


def test_every_wrong_answer_is_named(office: Office) -> None:
    wrong = {**FILING, "answers": {"person_id": "12"}}
    answer = office.post(office.w.reception, "/dossiers", wrong, "sai-nhieu-cho")
    assert office.refused(answer) == (422, "bad_answers")
    places = [e["where"][0] for e in json.loads(answer.content)["errors"]]
    assert "person_id" in places and len(places) > 1
    unknown = office.post(office.w.reception, "/dossiers", {**FILING, "colour": "red"}, "them-truong-la")
    assert office.refused(unknown) == (422, "bad_parameters")


def test_lists_and_feed_are_scoped(office: Office) -> None:
    w = office.w
    codes = [office.at_counter()["code"] for _ in range(3)]
    office.do(w.reception, codes[0], "receive", seen=1)

    def read(who: User | None, path: str) -> Any:
        return office.get(who, path).json()

    first = read(w.reception, "/dossiers?limit=2")
    second = read(w.reception, f"/dossiers?limit=2&after={first['next']}")
    assert [d["code"] for d in first["dossiers"] + second["dossiers"]] == codes[::-1]
    assert second["next"] is None and first["dossiers"][0]["unit"] == "03006"
    assert [d["code"] for d in read(w.reception, "/dossiers?state=2")["dossiers"]] == codes[:1]
    assert read(w.stranger, "/dossiers")["dossiers"] == []
    nation = read(w.ministry, "/dossiers")
    assert len(nation["dossiers"]) == 3 and {d["applicant"] for d in nation["dossiers"]} == {""}
    assert office.refused(office.get(None, "/dossiers")) == (401, "token_needed")
    assert office.refused(office.get(w.reception, "/dossiers?after=x")) == (400, "bad_cursor")
    events = read(w.reception, "/dossiers/feed?limit=2")
    assert read(w.stranger, "/dossiers/feed")["events"] == []
    assert not events["events"] or events["events"][0]["dossier"] in codes


def test_a_citizen_has_their_own(office: Office) -> None:
    lan, other = citizen("lan@example.vn"), citizen("khac@example.vn")
    row = office.file(lan)
    assert office.get(lan, f"/dossiers/{row['code']}").json()["can"] == ["withdraw"]
    assert [d["code"] for d in office.get(lan, "/dossiers").json()["dossiers"]] == [row["code"]]
    assert office.get(other, "/dossiers").json()["dossiers"] == []
    assert office.refused(office.get(other, f"/dossiers/{row['code']}")) == (404, "not_found")
    answer = office.post(other, f"/dossiers/{row['code']}/withdraw", {"seen": 1})
    assert office.refused(answer) == (404, "not_found")
    assert office.do(lan, row["code"], "withdraw", seen=1)["state"] == 7


def test_bulk_answers_each(office: Office) -> None:
    bad = {**FILING, "unit": "99999"}
    answer = office.post(
        office.w.reception, "/dossiers/bulk", {"filings": [FILING, bad, FILING]}, "nhieu-ho-so"
    )
    found = answer.json()
    assert (found["filed"], found["refused"]) == (2, 1)
    assert found["answers"][1]["problem"]["code"] == "unknown_code"
    assert Dossier.objects.count() == 2
    again = office.post(
        office.w.reception, "/dossiers/bulk", {"filings": [FILING, bad, FILING]}, "nhieu-ho-so"
    )
    assert again.json() == found and Dossier.objects.count() == 2


def test_a_file_goes_in_and_comes_back(office: Office, settings: Any, tmp_path: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.FILES_ROOT = tmp_path
    w = office.w
    content = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    upload = SimpleUploadedFile("don.pdf", content, content_type="application/pdf")
    answer = office.machine.client.post(
        "/api/v1/attachments", {"file": upload}, headers=office.headers(w.reception)
    )
    assert answer.status_code == 201, answer.content
    stored = answer.json()
    paper = {"paper": "don", "file": stored["id"], "origin": "scanned"}
    row = office.file(channel=1, centre="03006", components=[paper])
    whole = office.get(w.reception, f"/dossiers/{row['code']}").json()
    path = whole["components"][0]["file"].removeprefix("/api/v1")
    back = office.get(w.officer, path)
    assert b"".join(back.streaming_content) == content
    assert office.refused(office.get(w.stranger, path)) == (404, "not_found")
    theirs = office.post(w.officer, "/dossiers", {**FILING, "components": [paper]}, "tep-nguoi-khac")
    assert office.refused(theirs) == (400, "no_file")
