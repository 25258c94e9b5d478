"""Tickets at the console: the routing table kept and tried, figures, every ticket within reach, the open data."""

from __future__ import annotations

import pytest

from haicap.domain.feedback import jobs, queries
from haicap.domain.feedback.tests import make
from tests.journeys.console import cast as made
from tests.journeys.console.test_pages import body

pytestmark = pytest.mark.django_db
ROUTES = "/quan-tri/phan-luong/"
TICKETS = "/quan-tri/phan-anh/phieu/"


@pytest.fixture
def chairman(cast):
    jobs.load_packaged(made.AT)
    return made.signed_in(cast["quang.laocai"])


def added(client, **changes):
    form = {
        "kind": "procedure",
        "field": "Hộ tịch",
        "first": "commune_culture",
        "second": "commune_committee",
        "since": "22/11/2026",
    }
    province = queries_province()
    return client.post(
        f"{ROUTES}them/", form | {"province": province, "citation": "12/QĐ-UBND"} | changes, follow=True
    )


def queries_province() -> str:
    from haicap.domain.units import queries as units

    return units.register().at("15", made.AT.date()).uid


def test_the_table_is_shown_searched_and_exported(chairman, django_assert_max_num_queries) -> None:
    chairman.get(ROUTES)
    with django_assert_max_num_queries(12):
        text = body(chairman.get(ROUTES))
    assert "recommendation" in text and "chưa xác minh" in text and "Nạp bảng phân luồng" in text
    only = body(chairman.get(ROUTES, {"loai": "incident"}))
    assert ">incident<" in only and ">recommendation<" not in only
    assert "Không có dòng nào khớp" in body(chairman.get(ROUTES, {"tim": "xyz không có"}))
    lines = b"".join(chairman.get(f"{ROUTES}tep.csv").streaming_content).decode().splitlines()
    assert lines[0].lstrip("\ufeff").startswith("code,province,kind") and len(lines) == 11


def test_a_line_is_added_tried_and_ended(chairman) -> None:
    asked = {"loai": "procedure", "noi": "03006", "linh-vuc": "Hộ tịch", "ngay": "23/11/2026"}
    before = body(chairman.get(f"{ROUTES}thu/", asked))
    assert "Ủy ban nhân dân phường Sa Pa" in before and "procedure-holder" in before
    assert "Đã thêm dòng" in body(added(chairman))
    row = queries.routes().get(field="Hộ tịch")
    after = body(chairman.get(f"{ROUTES}thu/", asked))
    assert "Phòng Văn hóa - Xã hội" in after and row.code in after
    ending = chairman.post(
        f"{ROUTES}{row.code}/ket-thuc/", {"seen": row.version, "until": "24/11/2026"}, follow=True
    )
    assert "Đã kết thúc dòng" in body(ending)
    assert "procedure-holder" in body(chairman.get(f"{ROUTES}thu/", asked | {"ngay": "24/11/2026"}))
    assert row.code in body(chairman.get(f"{ROUTES}thu/", asked))  # that day it still counted


def test_an_organ_that_is_not_there_is_said(chairman) -> None:
    added(chairman, field="Quy hoạch", first="planning_architecture", second="construction")
    text = body(chairman.get(f"{ROUTES}thu/", {"loai": "procedure", "noi": "03006", "linh-vuc": "Quy hoạch"}))
    assert "Sở Xây dựng" in text and "Sở Quy hoạch" in text and "không có vào ngày này" in text


def test_what_cannot_be_tried_is_said(chairman) -> None:
    for asked in (
        {"noi": "nơi không có thật"},
        {"van-ban": "không/có"},
        {"thu-tuc": "9.999999"},
        {"ngay": "32/13/2026"},
    ):
        assert chairman.get(f"{ROUTES}thu/", {"loai": "rule"} | asked).status_code == 400
    assert chairman.get(f"{ROUTES}thu/", {"loai": "<b>", "noi": "\0"}).status_code == 200


def test_bad_lines_are_refused_at_the_form(chairman) -> None:
    assert added(chairman, first="").status_code == 400
    assert added(chairman, until="01/11/2026").status_code == 400
    assert added(chairman, province="vn-khong-co").status_code == 400


def test_only_those_who_keep_it_write(chairman, cast) -> None:
    officer = made.signed_in(cast["huong.sapa"])
    assert officer.get(ROUTES).status_code == 200
    assert "Thêm dòng" not in body(officer.get(ROUTES))
    assert officer.get(f"{ROUTES}them/").status_code == 403
    assert added(officer).status_code == 403
    assert chairman.get(f"{ROUTES}rule/ket-thuc/").status_code == 403  # the nation's line is not a province's
    assert chairman.get(f"{ROUTES}khong-co/ket-thuc/").status_code == 404
    assert made.signed_in(cast["lan"]).get(ROUTES).status_code == 403


def test_figures_and_open_data_tell_no_names(chairman, django_assert_max_num_queries) -> None:
    for n in range(3):
        make.filed(made.AT, text=f"{make.TEXT} Lần {n} tôi hỏi về việc {n} khác nhau hẳn.")
    with django_assert_max_num_queries(9):
        text = body(chairman.get("/quan-tri/phan-anh/"))
    assert "Ủy ban nhân dân phường Sa Pa" in text
    assert "Ủy ban nhân dân phường Sa Pa" not in body(
        chairman.get("/quan-tri/phan-anh/", {"den": "01/02/2026"})
    )
    figures = b"".join(chairman.get("/quan-tri/phan-anh/so-lieu.csv").streaming_content).decode()
    assert ",3,3," in figures
    opened = b"".join(chairman.get("/quan-tri/phan-anh/du-lieu-mo.csv").streaming_content).decode()
    assert opened.count("\n") == 4
    for secret in (make.WHO.name, make.WHO.phone, make.WHO.email, "hai tuần"):
        assert secret not in opened and secret not in figures


def test_each_sees_the_tickets_of_their_reach(chairman, cast, django_assert_max_num_queries) -> None:
    code = make.filed(made.AT).code
    chairman.get(TICKETS)
    with django_assert_max_num_queries(9):
        assert code in body(chairman.get(TICKETS))
    assert code in body(made.signed_in(cast["khoi.sapa"]).get(TICKETS))
    for name in ("thao.saigon", "son.taphin", "tuan.btp", "khanh"):
        client = made.signed_in(cast[name])
        assert code not in body(client.get(TICKETS, {"giai-doan": "all"}))
        assert code not in b"".join(client.get(f"{TICKETS}tep.csv").streaming_content).decode()
    assert code not in body(chairman.get(TICKETS, {"giai-doan": "late"}))
    assert code in body(chairman.get(TICKETS, {"tim": "0912345678"}))
    assert chairman.get(TICKETS, {"sau": "rác~x"}).status_code == 400
    assert make.WHO.name not in b"".join(chairman.get(f"{TICKETS}tep.csv").streaming_content).decode()


def test_pages_follow_each_other(chairman, monkeypatch) -> None:
    codes = {
        make.filed(made.AT, text=f"Việc số {n} hoàn toàn khác {n * 7}", sender=make.Sender()).code
        for n in range(5)
    }
    monkeypatch.setattr(queries.page, "__defaults__", (2,))
    seen: list[str] = []
    href = ""
    for _ in range(3):
        answer = chairman.get(f"{TICKETS}{href}")
        seen += [t.code for t, *_ in answer.context["rows"]]
        href = answer.context["next"]
    assert set(seen) == codes and len(seen) == 5 and href == ""


def test_english(chairman) -> None:
    assert "Routing table" in body(chairman.get(f"/en{ROUTES}"))
    assert "Number of tickets" in body(chairman.get("/en/quan-tri/phan-anh/")) or "tickets received" in body(
        chairman.get("/en/quan-tri/phan-anh/")
    )
