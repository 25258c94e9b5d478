"""Powers, who holds them and what the detectors find, as a program asks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.domain.powers import actions, jobs, queries
from haicap.domain.powers.queries.touching import known_cases
from haicap.domain.powers.states import CaseState
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger.models import Event
from haicap.web.api import powers_shapes as shapes
from haicap.web.common import clock
from tests.journeys.api.test_law import token

PERMIT = "xay-dung.giay-phep"
LAND = "dat-dai.pa-dat-nn-to-chuc"
NEW = {
    "powers": [{"code": "thu.nghiem", "name": "Cấp giấy thử", "level": "commune", "field": "Thử", "owner": "btp",
                "attributes": {"so_tang": [0, 30]}}],
    "assertions": [
        {"power": "thu.nghiem", "role": "decide", "organ": "commune_committee", "level": "commune",
         "condition": "so_tang < 12", "since": "2025-07-01", "document": "151/2025/NĐ-CP", "place": "điều 5"},
        {"power": "thu.nghiem", "role": "decide", "organ": "province_committee", "level": "province",
         "condition": "13 <= so_tang", "since": "2025-07-01", "document": "151/2025/NĐ-CP", "place": "điều 5"},
    ],
}  # fmt: skip


@pytest.fixture
def justice(machine: Any) -> dict[str, str]:
    return token(appointed("lan", "btp", Role.OFFICER))


def forget() -> None:
    """Look again at once: programs wait a second, tests do not."""
    queries.register.forget()
    queries.current.forget()


def holders(machine: Any, question: str) -> list[tuple[str, str]]:
    return [(h["organ"], h["citation"]) for h in machine.read(f"/holder?{question}")["holders"]]


def test_powers_are_found_with_marks_and_without(machine) -> None:
    assert PERMIT in {p["code"] for p in machine.read("/powers?q=giay phep xay dung")["powers"]}
    assert machine.read("/powers?q=giấy phép xây dựng")["total"] >= 1
    everything = machine.read("/powers?sort=")["total"]
    assert everything == machine.read("/powers")["total"] + machine.read("/powers?sort=function")["total"]
    assert everything == len(queries.register().powers)


def test_a_power_tells_its_assertions_and_when_they_count(machine) -> None:
    answer = machine.read(f"/powers/{PERMIT}")
    assert {a["code"] for a in answer["assertions"]} == {"A-090", "A-091", "A-092", "A-093", "A-094"}
    when = {s["assertion"]: (s["since"], s["until"]) for s in answer["stretches"]}
    assert when["A-092"] == ("2025-07-01", "2027-03-01")
    assert answer["power"]["attributes"] == {"khoan": ["2", "3"]}


def test_the_holder_before_and_after_the_reform_and_the_cliff(machine) -> None:
    commune = [("commune_chairman", "151/2025/NĐ-CP, điều 5 khoản 1 điểm a")]
    assert holders(machine, f"power={LAND}&unit=26740&on=2025-06-30")[0][0] == "district_committee"
    assert holders(machine, f"power={LAND}&unit=26740&on=2025-07-01") == commune
    assert holders(machine, f"power={LAND}&unit=26740&on=2027-02-28") == commune
    assert holders(machine, f"power={LAND}&unit=26740&on=2027-03-01") == []
    by_uid = machine.read(f"/holder?power={LAND}&uid=c:26740@2025-07-01&on=2026-11-22")
    assert by_uid["holders"][0]["name"] == "Chủ tịch Ủy ban nhân dân phường Sài Gòn"


def test_the_case_and_the_findings_that_touch_it(machine) -> None:
    two = machine.read(f"/holder?power={PERMIT}&unit=26740&on=2026-11-22&case=khoan=2")
    three = machine.read(f"/holder?power={PERMIT}&unit=26740&on=2026-11-22&case=khoan=3")
    assert [h["organ"] for h in two["holders"]] == ["commune_committee"]
    assert [(f["kind"], f["note"]) for f in two["findings"]] == [("overlap", "guidance")]
    assert three["findings"] == []
    assert machine.refused(machine.get(f"/holder?power={PERMIT}&unit=26740&case=khoan=9")) == "unknown_value"
    assert (
        machine.refused(machine.get(f"/holder?power={PERMIT}&unit=26740&case=mau=do")) == "unknown_attribute"
    )
    assert machine.refused(machine.get(f"/holder?power={PERMIT}&unit=26740&case=khoan")) == "bad_case"


def test_an_authorised_department_acts_in_its_own_province_until_its_last_day(machine) -> None:
    training = "cong-thuong.huan-luyen-vlncn"
    assert ("industry_trade", "1883/QĐ-UBND") in holders(machine, f"power={training}&unit=15&on=2027-02-28")
    assert "industry_trade" not in dict(holders(machine, f"power={training}&unit=15&on=2025-11-05"))
    assert "industry_trade" not in dict(holders(machine, f"power={training}&unit=24&on=2026-11-22"))


def test_who_decides_a_procedure(machine) -> None:
    answer = machine.read("/holder?procedure=1.013949&unit=26740&on=2026-11-22")
    assert [a["power"] for a in answer["asked"]] == ["dat-dai.giao-thue-chuyen-muc-dich"]
    assert answer["holders"] == answer["asked"][0]["holders"]
    assert answer["holders"][0]["level"] == "commune"
    silent = machine.read("/holder?procedure=1.001193&unit=26740")
    assert silent["asked"] == silent["holders"] == []
    assert machine.refused(machine.get("/holder?procedure=9.999999&unit=26740")) == "not_found"
    assert machine.refused(machine.get("/holder?unit=26740")) == "nothing_asked"


def test_findings_by_kind_unit_and_day_in_pieces(machine) -> None:
    jobs.catch_up(clock.now())  # the registers were loaded on another day
    everything = machine.read("/findings")
    assert everything["total"] == len(everything["findings"]) > 50
    assert everything["checked_at"] and everything["stale"] is False
    cliff = machine.read("/findings?kind=cliff")["findings"]
    assert cliff and all(f["interval"][0] == "2027-03-01" for f in cliff)
    assert machine.read(f"/findings?power={PERMIT}&on=2026-11-22")["total"] == 1
    assert machine.read("/findings?unit=26740&kind=overlap&on=2026-11-22")["total"] >= 1
    seen, path = [], "/findings?limit=20"
    while path:
        piece = machine.read(path)
        seen += [f["key"] for f in piece["findings"]]
        path = piece["next"] and f"/findings?limit=20&after={piece['next']}"
    assert seen == [f["key"] for f in everything["findings"]]
    assert machine.read("/findings?state=gone")["total"] == 0


def test_a_decision_about_a_finding_is_seen_though_answers_are_kept(machine) -> None:
    path = f"/holder?power={PERMIT}&unit=26740&on=2026-11-22&case=khoan=2"
    answer = machine.get(path)
    assert [f["state"] for f in answer.json()["findings"]] == ["open"]
    leader = appointed("minh", "bxd", Role.LEADER)
    row = queries.cases(power=PERMIT, kind="overlap").get()
    actions.decide_case(
        pk=row.pk, state=CaseState.ANSWERED, decision="Theo công văn.", seen=row.version, actor=leader.actor, at=clock.now()
    )  # fmt: skip
    known_cases.forget()
    later = machine.get(path, **{"If-None-Match": answer.headers["ETag"]})
    assert [f["state"] for f in later.json()["findings"]] == ["answered"]
    assert "Theo công văn." not in later.content.decode()


def test_a_table_is_rehearsed_then_entered_and_what_was_believed_stays(machine, justice) -> None:
    before = clock.now() - timedelta(seconds=5)
    tried = machine.post("/assertions?dry_run=true", NEW, **justice).json()
    assert (tried["powers"], tried["assertions"], tried["codes"]) == (1, 2, [])
    assert ("omission", "12 <= so_tang < 13") in {(f["kind"], f["case"]) for f in tried["opened"]}
    forget()
    assert machine.refused(machine.get("/powers/thu.nghiem")) == "not_found"
    headers = {**justice, "Idempotency-Key": "powers-table-1"}
    first, second = (machine.post("/assertions", NEW, **headers) for _ in range(2))
    assert first.status_code == 200, first.content
    assert first.content == second.content and len(first.json()["codes"]) == 2
    forget()
    assert [h[0] for h in holders(machine, "power=thu.nghiem&unit=26740&case=so_tang=11")] == [
        "commune_committee"
    ]
    assert holders(machine, "power=thu.nghiem&unit=26740&case=so_tang=12") == []
    assert [h[0] for h in holders(machine, "power=thu.nghiem&unit=26740&case=so_tang=13")] == [
        "province_committee"
    ]
    instant = before.isoformat().replace("+", "%2B")
    assert holders(machine, f"power=thu.nghiem&unit=26740&believed_at={instant}") == []
    assert machine.read(f"/powers/thu.nghiem?believed_at={instant}")["assertions"] == []
    last = Event.objects.filter(kind="powers.entered").latest("recorded_at")
    assert (last.data["codes"], last.data["source"]) == (first.json()["codes"], "API")


def test_wrong_rows_are_all_told_and_none_is_entered(machine, justice) -> None:
    row = {"power": PERMIT, "role": "decide", "organ": "commune_committee", "level": "commune"}
    bad = {"assertions": [{**row, "condition": "12 > x"}, {**row, "organ": "king"}, {**row, "since": "x"}]}
    answer = machine.post("/assertions", bad, **justice)
    assert (answer.status_code, machine.refused(answer)) == (422, "bad_rows")
    where = [error["where"] for error in answer.json()["errors"]]
    assert where == [
        ["assertions", "1", "condition"],
        ["assertions", "2", "organ"],
        ["assertions", "3", "since"],
    ]
    twice = {"assertions": [{**row, "document": "1/2031/NĐ-CP"}, {**row}]}
    tried = machine.post("/assertions?dry_run=true", twice, **justice)
    assert [e["where"][1] for e in tried.json()["errors"]] == ["1", "2"]


def test_only_those_who_keep_the_register_enter(machine) -> None:
    assert machine.refused(machine.post("/assertions", NEW)) == "token_needed"
    clerk = token(appointed("hoa", "commune_committee", Role.OFFICER, "c:26740@2025-07-01"))
    assert machine.refused(machine.post("/assertions", NEW, **clerk)) == "not_yours"
    forget()
    assert "thu.nghiem" not in queries.register().powers


def test_the_export_can_be_rehearsed(machine, justice) -> None:
    document = machine.get("/export/powers.json").json()
    assert len(document["powers"]) == len(queries.register().powers)
    fresh = [{**row, "id": "", "parent": ""} for row in document["assertions"] if not row["parent"]][:40]
    tried = machine.post("/assertions?dry_run=true", {"assertions": fresh}, **justice)
    assert tried.json()["assertions"] == 40, tried.content
    assert machine.get("/export/powers.xlsx").content.startswith(b"PK")


def test_unchanged_answers_cost_nothing(machine) -> None:
    for path in ("/powers", f"/powers/{PERMIT}", f"/holder?power={PERMIT}&unit=26740"):
        tag = machine.get(path).headers["ETag"]
        assert machine.get(path, **{"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("path", "most"), [("/powers", 0), (f"/powers/{PERMIT}", 0), (f"/holder?power={PERMIT}&unit=26740", 0), ("/findings", 7)]
)  # fmt: skip
def test_budget(machine, path, most) -> None:
    machine.read(path)
    with CaptureQueriesContext(connection) as asked:
        machine.read(path)
    assert len(asked) <= most, [q["sql"] for q in asked]


def test_bad_questions_are_refused_in_words(machine) -> None:
    assert machine.refused(machine.get("/powers/khong.co")) == "not_found"
    assert machine.refused(machine.get(f"/powers/{PERMIT}?believed_at=hom-qua")) == "bad_instant"
    assert machine.refused(machine.get(f"/powers/{PERMIT}?believed_at=2026-11-01T09:00:00")) == "bad_instant"
    assert machine.refused(machine.get(f"/holder?power={PERMIT}&unit=99999")) == "unknown_code"
    assert machine.refused(machine.get(f"/holder?power={PERMIT}&uid=x")) == "unknown_unit"
    assert machine.refused(machine.get("/findings?kind=bad")) == "bad_parameters"


def test_long_answers_have_their_documented_shape(machine) -> None:
    for path, shape in (
        ("/powers?sort=", shapes.PowersAnswer),
        (f"/powers/{PERMIT}", shapes.PowerAnswer),
        (f"/holder?power={PERMIT}&unit=26740&on=2026-11-22", shapes.HolderAnswer),
        ("/findings", shapes.FindingsAnswer),
    ):
        answer = machine.read(path)
        assert shape.model_validate(answer).model_dump(exclude_unset=True) == answer, path
