"""Systems, probes, incidents and mails kept aside in the console; the status page and its JSON for everybody."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from haicap.config import demo
from haicap.domain.feedback import actions
from haicap.domain.feedback.queries import systems
from haicap.domain.feedback.uptime.states import Cause, Impact
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.edges.notices import incoming, incoming_settling
from haicap.edges.notices.tests.test_incoming_reading import mail
from haicap.edges.probes import jobs, tallies
from haicap.edges.probes.states import Result, Why
from haicap.kernel.accounts import actions as accounts
from haicap.web.common import clock
from tests.journeys.console import cast as made
from tests.journeys.console.test_pages import body

pytestmark = pytest.mark.django_db
LAO_CAI = "p:15@2025-07-01"
HOME = "/quan-tri/he-thong/"


@pytest.fixture
def listed(cast):
    jobs.load_packaged(clock.now())


@pytest.fixture
def centre(listed):
    return browser("tam", "province_centre", LAO_CAI)


@pytest.fixture
def stranger(listed):
    return browser("la", "province_centre", "p:01")


def browser(name: str, kind: str, uid: str = "vn") -> Client:
    """The browser of an officer with both factors."""
    user = appointed(name, kind, Role.OFFICER, uid)
    accounts.enrol_totp(user=user.public_id, secret=demo.secret("anh.bnv"), actor="system", at=made.AT)
    accounts.confirm_totp(
        user=user.public_id, code=demo.code("anh.bnv", at=made.AT), actor="system", at=made.AT
    )
    return made.signed_in(user)


def broken() -> str:
    """An outage of the system of Lào Cai."""
    return actions.open_by_rule(
        system="tthc-15", cause=Cause.PROBE, why="timeout", since=clock.now(), actor="system", at=clock.now()
    ).code


def test_the_status_page_tells_everybody(listed) -> None:
    tallies.record(Result("haicap", clock.now(), Why.NONE, 4), next_at=clock.now())
    page = Client().get("/trang-thai/")
    said = body(page)
    assert page.status_code == 200 and "đều hoạt động" in said and "56 hệ thống chưa theo dõi" in said
    code = broken()
    row = systems.incident(code)
    actions.note_incident(
        code=code, text="Đang sửa đường truyền", public=True, seen=row.version, actor="system", at=clock.now()
    )
    actions.note_incident(
        code=code,
        text="Mật khẩu quản trị đã đổi",
        public=False,
        seen=row.version + 1,
        actor="system",
        at=clock.now(),
    )
    said = body(Client().get("/trang-thai/"))
    assert (
        "1 hệ thống đang có sự cố" in said
        and "Đang sửa đường truyền" in said
        and "Mật khẩu quản trị" not in said
    )
    assert Client().get("/en/trang-thai/").status_code == 200
    found = Client().get("/api/v1/systems").json()
    states = {s["code"]: s["state"] for s in found["systems"]}
    assert (states["haicap"], states["tthc-15"], states["tthc-01"]) == ("up", "down", "unknown")
    assert [i["code"] for i in found["incidents"]] == [code]
    days = Client().get("/api/v1/systems/haicap/days?days=2").json()["days"]
    assert [d["good"] for d in days] == [0, 1]
    assert Client().get("/api/v1/systems/khong-co/days").status_code == 404


def test_the_page_before_there_is_anything(db) -> None:
    assert "Chưa theo dõi hệ thống nào" in body(Client().get("/trang-thai/"))


def test_an_officer_switches_a_probe_on_and_handles_an_incident(centre) -> None:
    code = broken()
    assert code in body(centre.get(HOME)) and code in body(centre.get(f"{HOME}tthc-15/"))
    page = centre.get(f"{HOME}tthc-15/tham-do/")
    assert page.status_code == 200
    values = {
        "seen": "0", "probe_on": "on", "probe_url": "https://he-thong.example/", "every_minutes": "5", "timeout_seconds": "10",
        "expect_status": "200", "certificate_days": "14", "failures": "3", "calm_minutes": "30",
    }  # fmt: skip
    assert centre.post(f"{HOME}tthc-15/tham-do/", values | {"probe_url": ""}).status_code == 400
    assert centre.post(f"{HOME}tthc-15/tham-do/", values).status_code == 302
    assert systems.system("tthc-15").probe_on
    for step, more in (
        ("acknowledge", {}), ("note", {"text": "Đang xem", "public": "on"}), ("resolve", {}), ("write_up", {"text": "Hết đĩa"}),
        ("reopen", {"why": "Lại hỏng"}),
    ):  # fmt: skip
        seen = str(systems.incident(code).version)
        assert centre.post(f"{HOME}su-co/{code}/", {"viec": step, "seen": seen, **more}).status_code == 302, (
            step
        )
        assert centre.get(f"{HOME}su-co/{code}/").status_code == 200
    assert systems.incident(code).reopened == 1
    stale = centre.post(f"{HOME}su-co/{code}/", {"viec": "resolve", "seen": "1"})
    assert stale.status_code == 409


def test_a_warning_stands_on_top_of_the_status_page(centre) -> None:
    given = {"impact": "warning", "since_at": "20/11/2026 08:00", "text": "Chậm với ảnh lớn", "ticket": ""}
    assert centre.post(f"{HOME}tthc-15/su-co-moi/", given).status_code == 302
    said = body(Client().get("/trang-thai/"))
    assert "có việc cần lưu ý" in said and "Chậm với ảnh lớn" in said
    assert "đều hoạt động" not in said and "1 hệ thống đang có sự cố" not in said
    assert "a warning" in body(Client().get("/en/trang-thai/"))


def test_by_hand_and_announced_work(centre) -> None:
    given = {
        "impact": "degraded",
        "since_at": "20/11/2026 08:00",
        "text": "Chậm",
        "ticket": "PA261120-AAAA2222",
    }
    assert centre.post(f"{HOME}tthc-15/su-co-moi/", given | {"since_at": "hôm qua"}).status_code == 400
    assert centre.post(f"{HOME}tthc-15/su-co-moi/", given).status_code == 302
    (line,) = systems.incidents(system="tthc-15")
    assert (line.text, line.ticket) == ("Chậm", "PA261120-AAAA2222")
    work = {"since_at": "01/12/2099 08:00", "until_at": "01/12/2099 09:00", "text": "Nâng cấp"}
    assert centre.post(f"{HOME}tthc-15/bao-tri/", work).status_code == 302
    assert "Nâng cấp" in body(Client().get("/trang-thai/"))
    (planned,) = systems.works(clock.now())
    assert centre.post(f"{HOME}tthc-15/bao-tri/", {"huy": str(planned.pk)}).status_code == 302
    assert not systems.works(clock.now())


def test_strangers_see_and_change_nothing_of_others(stranger, listed) -> None:
    code = broken()
    for path in ("tham-do/", "sua/", "su-co-moi/", "bao-tri/"):
        assert stranger.get(f"{HOME}tthc-15/{path}").status_code == 403
    seen = str(systems.incident(code).version)
    assert stranger.post(f"{HOME}su-co/{code}/", {"viec": "resolve", "seen": seen}).status_code == 403
    assert stranger.get(f"{HOME}them/").status_code == 403
    ward = browser("xa", "commune_committee", "c:02647@2025-07-01")
    assert ward.get(HOME).status_code == 403
    assert Client().get(HOME).status_code == 302


def test_an_operator_keeps_the_list(operator, listed) -> None:
    given = {
        "seen": "0", "code": "cap-nuoc", "kind": "other", "name": "=1+1", "owner": "province_centre", "unit": "15",
        "evidence": "confirmed",
    }  # fmt: skip
    assert operator.post(f"{HOME}them/", given | {"unit": "98"}).status_code == 400
    assert operator.post(f"{HOME}them/", given).status_code == 302
    assert operator.get(f"{HOME}cap-nuoc/sua/").status_code == 200
    assert operator.post(f"{HOME}cap-nuoc/ngung/", {"seen": "1", "on": "01/12/2099"}).status_code == 302
    broken()
    actions.open_incident(
        system="cap-nuoc",
        impact=Impact.DOWN,
        text="=cmd()",
        since=clock.now(),
        actor="system",
        at=clock.now(),
    )
    text = operator.get(f"{HOME}su-co/tep.csv").getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 2 and "'=cmd()" in {row["text"] for row in rows}
    assert operator.get(f"{HOME}su-co/?trang-thai=open").status_code == 200


def test_mails_kept_aside(cast, operator, settings) -> None:
    jobs.load_packaged(clock.now())
    incoming.take(mail(Auto_Submitted="auto-replied").as_bytes(), at=clock.now())
    (kept,) = incoming_settling.listed()
    place = f"/quan-tri/thu-den/{kept.id}/"
    said = body(operator.get("/quan-tri/thu-den/"))
    assert (
        "nguoi.gui@" not in said and "Hồ sơ chậm trả" not in said and operator.get(place).status_code == 403
    )
    focal = browser("vp", "vpcp")
    assert "Hồ sơ chậm trả" in body(focal.get("/quan-tri/thu-den/"))
    assert "nguoi.gui@example.vn" in body(focal.get(place))
    assert focal.post(place, {"viec": "bo"}).status_code == 302
    assert focal.post(place, {"viec": "bo"}).status_code == 409
