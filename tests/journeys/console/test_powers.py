"""The register of powers at the console: list, one power, findings decided and reopened, overviews, exports."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest
import python_calamine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.base.kept import Kept
from haicap.domain.powers import actions, queries
from haicap.domain.powers.formats import tables
from haicap.domain.powers.states import CLIFF, CaseState, FindingKind, Survey
from haicap.domain.units import queries as units
from haicap.kernel.ledger.queries import size
from tests.journeys.console import cast as made
from tests.journeys.console.test_pages import body

HOME = "/quan-tri/tham-quyen/"
PERMIT = "xay-dung.giay-phep"
LAND = "dat-dai.thu-hoi"


@pytest.fixture(autouse=True)
def _cast(cast):
    assert queries.loaded()


@pytest.fixture
def checked():
    """Findings of the register as it is loaded."""
    assert queries.cases().exists()


def sheet(content: bytes, name: str | int = 0) -> list[list[object]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    page = book.get_sheet_by_index(name) if isinstance(name, int) else book.get_sheet_by_name(name)
    return page.to_python()


# --- who may look -------------------------------------------------------------------------------------------------
def test_officers_read_and_only_working_posts_enter(drafter, operator) -> None:
    assert made.signed_in(None).get(HOME).status_code == 302
    assert operator.get(HOME).status_code == 200
    assert operator.get(f"{HOME}nhap/").status_code == 403
    assert drafter.get(f"{HOME}nhap/").status_code == 200
    assert "Nhập một văn bản" not in body(operator.get(HOME))


@pytest.mark.parametrize(
    "path",
    ["", "phat-hien/", "het-han/", "theo-cap/", "giao-viec/", "ro-nguoi-ro-viec/", "khao-sat/", f"{PERMIT}/"],
)
def test_pages_need_few_questions_of_the_database(leader, checked, path) -> None:
    leader.get(HOME + path)
    with CaptureQueriesContext(connection) as asked:
        assert leader.get(HOME + path).status_code == 200
    assert len(asked) <= 24, [q["sql"][:90] for q in asked]


def test_english_pages_are_english(leader, checked) -> None:
    page = body(leader.get("/en" + HOME + "phat-hien/", follow=True))
    assert "Findings" in page and "Chồng chéo" not in page


# --- register -------------------------------------------------------------------------------------------------------
def test_the_register_is_searched_with_and_without_marks_and_filtered(drafter) -> None:
    plain, marked = (body(drafter.get(HOME, {"tim": t})) for t in ("thu hoi dat", "thu hồi đất"))
    assert LAND in plain and LAND in marked and PERMIT not in plain
    farm = body(drafter.get(HOME, {"bo": "bxd"}))
    assert PERMIT in farm and LAND not in farm
    functions = body(drafter.get(HOME, {"loai": "function"}))
    assert LAND not in functions
    nothing = body(drafter.get(HOME, {"tim": "khongcogi"}))
    assert "Không có thẩm quyền nào khớp" in nothing
    assert drafter.get(HOME, {"ngay": "32/13/2026"}).status_code == 400


def test_the_list_says_who_holds_on_the_day(drafter) -> None:
    def holder(day: str) -> str:
        page = body(drafter.get(HOME, {"tim": LAND, "ngay": day}))
        return re.search(r'data-l="Ai giữ"><div>(.*?)</div>', page, re.S)[1]  # type: ignore[index]

    assert "cấp huyện" in holder("30/06/2025")
    assert "cấp xã" in holder("01/07/2025") and "cấp huyện" not in holder("01/07/2025")


def test_the_workbook_of_the_register_can_be_read_again(drafter) -> None:
    answer = drafter.get(f"{HOME}tep.xlsx", {"tim": PERMIT})
    read = tables.read(io.BytesIO(answer.content), units.register(), made.AT.date())
    assert read.whole and [line.code for _, line in read.powers] == [PERMIT]
    believed = {a.code for a in queries.register().of(PERMIT)}
    assert {line.id for _, line in read.assertions} == believed
    assert [queries.assertion_line(queries.assertion(line.id)) for _, line in read.assertions] == [
        line for _, line in read.assertions
    ]


# --- one power --------------------------------------------------------------------------------------------------------
def test_a_power_shows_its_holders_over_time_drawn_and_as_a_table(drafter) -> None:
    page = body(drafter.get(f"{HOME}{PERMIT}/"))
    assert 'class="bars"' in page and 'class="mode-delimitation"' in page
    assert "140/2025/NĐ-CP" in page and "01/03/2027" in page and "theo công văn" in page
    assert "/van-ban/140-2025-nd-cp/" in page
    assert drafter.get(f"{HOME}khong-co/").status_code == 404


def test_who_holds_it_is_asked_by_unit_day_and_case(drafter) -> None:
    def answer(**asked: str) -> str:
        page = body(drafter.get(f"{HOME}{PERMIT}/", asked))
        return page.split('id="ai-giu"')[1].split("<h2>")[0]

    assert "Ủy ban nhân dân phường Sa Pa" in answer(**{"don-vi": "03006", "ngay": "2026-11-22"})
    assert "không ai" in answer(**{"don-vi": "03006", "ngay": "2027-03-01"})
    assert "Ủy ban nhân dân cấp huyện" in answer(**{"ngay": "2025-06-30", "a-khoan": "3"}).replace(
        "Ủy ban nhân dân cấp Huyện", ""
    )
    several = answer(**{"don-vi": "Bình Minh"})
    assert "Tên này có ở nhiều nơi" in several
    assert "Không có đơn vị nào" in answer(**{"don-vi": "99999"})


def test_what_was_believed_earlier_stays_answerable(drafter) -> None:
    row = queries.assertion("A-092")
    assert "A-092" in body(drafter.get(f"{HOME}{PERMIT}/"))
    actions.withdraw_assertion(
        code="A-092", why="thử", seen=queries.power(PERMIT).version, actor=made.person("anh.bnv").actor, at=datetime.now(UTC)
    )  # fmt: skip
    _fresh()
    table = body(drafter.get(f"{HOME}{PERMIT}/"))
    assert 'id="A-092' not in table
    before = row.recorded_at.strftime("%d/%m/%Y")
    page = body(drafter.get(f"{HOME}{PERMIT}/", {"luc": f"{before} 23:59"}))
    if datetime.now(UTC).date() > row.recorded_at.date():
        assert 'id="A-092' in page
    assert "Sổ như đã biết lúc" in page
    assert drafter.get(f"{HOME}{PERMIT}/", {"luc": "hôm qua"}).status_code == 400
    history = body(drafter.get(f"{HOME}quy-dinh/A-092/"))
    assert "thử" in history and "đã bị bỏ" in history and "Bỏ quy định thẩm quyền A-092" in history


def _fresh() -> None:
    """Look at the registers again at once: tests do not wait a second."""
    for kept in Kept.everything:
        kept.forget()


# --- findings ----------------------------------------------------------------------------------------------------------
def test_the_board_counts_filters_and_says_what_is_wrong(leader, checked) -> None:
    page = body(leader.get(f"{HOME}phat-hien/"))
    assert "Theo loại và trạng thái" in page and "Rà soát lần cuối" in page
    overlaps = body(leader.get(f"{HOME}phat-hien/", {"loai": "overlap", "bo": "bxd"}))
    assert "là hai bên khác nhau" in overlaps and "9600/BXD-KTQLXD" in overlaps
    assert "giấy phép xây dựng" in overlaps
    none = body(leader.get(f"{HOME}phat-hien/", {"loai": "overlap", "bo": "bxd", "ngay": "01/07/2024"}))
    assert "Không có phát hiện nào khớp" in none
    here = body(leader.get(f"{HOME}phat-hien/", {"loai": "overlap", "don-vi": "03006"}))
    assert "giấy phép xây dựng" in here
    assert leader.get(f"{HOME}phat-hien/", {"don-vi": "khongdau"}).status_code == 404


def _overlap() -> int:
    return int(queries.cases(kind=FindingKind.OVERLAP, power=PERMIT).get().pk)


def test_a_finding_is_decided_by_a_leader_in_words_and_reopened(leader, drafter, checked) -> None:
    pk = _overlap()
    page = body(leader.get(f"{HOME}phat-hien/{pk}/"))
    assert (
        "A-092" in page
        and "cả nước" in page
        and "Cần làm:" in page
        and "Điều 11" in page.replace("điều 11", "Điều 11")
    )
    place, form = f"{HOME}phat-hien/{pk}/quyet-dinh/", {"state": "to_be_amended", "seen": "0"}
    assert drafter.post(place, form | {"decision": "Sửa nghị định."}).status_code == 403
    assert "Ghi quyết định" not in body(drafter.get(f"{HOME}phat-hien/{pk}/"))
    wordless = leader.post(place, form | {"decision": " "})
    assert wordless.status_code == 400
    assert leader.post(place, form | {"decision": "Sửa nghị định."}).status_code == 302
    case = queries.case(pk)
    assert case.state == CaseState.TO_BE_AMENDED and case.decision == "Sửa nghị định."
    assert leader.post(place, form | {"decision": "Lần nữa."}).status_code == 409
    told = body(leader.get(f"{HOME}phat-hien/{pk}/"))
    assert (
        "Sửa nghị định." in told
        and "sẽ sửa văn bản" in told
        and "Quyết định về một phát hiện: sẽ sửa văn bản" in told
    )
    assert leader.post(f"{HOME}phat-hien/{pk}/mo-lai/", {"seen": str(case.version)}).status_code == 302
    assert queries.case(pk).state == CaseState.OPEN


def test_a_finding_that_is_gone_says_why(leader, checked) -> None:
    pk = _overlap()
    actor = made.person("anh.bnv").actor
    for code in ("A-093", "A-094"):
        actions.withdraw_assertion(
            code=code, why="thử", seen=queries.power(PERMIT).version, actor=actor, at=datetime.now(UTC)
        )
        _fresh()
    actions.check_register(actor="system", at=datetime.now(UTC))
    page = body(leader.get(f"{HOME}phat-hien/{pk}/"))
    assert "Không còn từ" in page and "đã được sửa hoặc bỏ" in page and "A-093" in page
    assert "Ghi quyết định" not in page
    assert str(pk) in body(leader.get(f"{HOME}phat-hien/", {"trang-thai": "gone"}))


def test_findings_leave_as_a_workbook_and_on_paper(leader, checked) -> None:
    rows = sheet(leader.get(f"{HOME}phat-hien/tep.xlsx", {"bo": "bxd"}).content)
    assert rows[0][:2] == ["id", "kind"] and len(rows) == queries.cases(owner="bxd").count() + 1
    paper = leader.get(f"{HOME}phat-hien/giay.pdf", {"bo": "bxd"})
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    empty = leader.get(f"{HOME}phat-hien/giay.pdf", {"loai": "chain_burden", "ngay": "1900-01-01"})
    assert empty.content.startswith(b"%PDF")


# --- overviews -----------------------------------------------------------------------------------------------------------
def test_the_cliff_is_drawn_over_time_with_its_table(leader, checked) -> None:
    page = body(leader.get(f"{HOME}het-han/"))
    at_cliff = next(lapse for lapse in queries.cliff() if lapse.on == CLIFF)
    assert f"<strong>{len(at_cliff.ending)}</strong>" in page and f"<strong>{at_cliff.bare}</strong>" in page
    assert 'class="ends"' in page and page.count('class="cliff"') == 1
    assert "bắc cầu" in page
    bare = page.split("Những ngày có quy định hết hạn")[0]
    assert (
        bare.count("<tbody>") == 1
        and bare.split("<tbody>")[1].count("<tr>") == queries.cases(kind=FindingKind.CLIFF).count()
    )


def test_the_matrix_opens_the_powers_behind_a_figure(leader) -> None:
    page = body(leader.get(f"{HOME}theo-cap/", {"ngay": "2026-11-22"}))
    land = next(row for row in queries.matrix(made.AT.date()) if row.field == "Đất đai")
    assert f">{land.levels['commune']}</a>" in page
    behind = body(
        leader.get(f"{HOME}theo-cap/", {"ngay": "2026-11-22", "linh-vuc": "Đất đai", "cap": "commune"})
    )
    assert behind.split('id="sau"')[1].count("<li>") == land.levels["commune"]
    nobody = body(leader.get(f"{HOME}theo-cap/", {"ngay": "2027-03-01", "cap": "khong"}))
    count = sum(row.nobody for row in queries.matrix(CLIFF))
    assert count and nobody.split('id="sau"')[1].count("<li>") == count


def test_delegations_of_a_province_are_its_own(leader, checked) -> None:
    own = body(leader.get(f"{HOME}giao-viec/", {"co-quan": "province_committee", "don-vi": "15"}))
    assert "Sở Công Thương" in own and "Bộ Công Thương" in own
    found = queries.givings("province_committee", "p:15@2025-07-01", made.AT.date())
    assert found.given and found.received
    assert all(f"phat-hien/{case.pk}/" in own for g in (*found.given, *found.received) for case in g.cases)
    other = body(leader.get(f"{HOME}giao-viec/", {"co-quan": "province_committee", "don-vi": "79"}))
    given = other.split("Cơ quan này giao")[1].split("Cơ quan này nhận")[0]
    assert "Lào Cai" not in given
    assert leader.get(f"{HOME}giao-viec/", {"co-quan": "x", "don-vi": "15"}).status_code == 200
    assert leader.get(f"{HOME}giao-viec/", {"don-vi": "khongdau"}).status_code == 404


def test_inside_a_commune_it_is_clear_who_does_what(leader) -> None:
    page = body(leader.get(f"{HOME}ro-nguoi-ro-viec/", {"don-vi": "03006"}))
    assert "Phường Sa Pa" in page and "Phòng Văn hóa - Xã hội" in page
    told = queries.inside(units.register().at("03006", made.AT.date()).uid, made.AT.date())  # type: ignore[union-attr]
    assert f"<strong>{len(told.twice)}</strong>việc hai nơi cùng giữ" in page
    province = queries.inside("p:15@2025-07-01", made.AT.date())
    assert all(
        "vật liệu nổ" not in power.name for power, _ in province.twice
    )  # authorised by its own committee
    assert body(leader.get(f"{HOME}ro-nguoi-ro-viec/", {"don-vi": "vn"})).count("Trung ương (cả nước)")


def test_the_survey_is_gathered_per_ministry(leader) -> None:
    sapa = made.person("dung.sapa")
    uid = units.register().at("03006", made.AT.date()).uid  # type: ignore[union-attr]
    actions.answer_survey(
        round_="137/CV-BCĐ", power=LAND, unit=uid, answer=Survey.CANNOT,
        words="Chưa có người.", seen=0, actor=sapa.actor, at=datetime.now(UTC),
    )  # fmt: skip
    page = body(leader.get(f"{HOME}khao-sat/"))
    assert "Bộ Nông nghiệp và Môi trường" in page and "Chưa có người." in page
    assert "Khả năng thực hiện" in body(leader.get(f"{HOME}{LAND}/"))
    rows = sheet(leader.get(f"{HOME}khao-sat/tep.xlsx").content)
    assert [rows[1][0], rows[1][2]] == ["137/CV-BCĐ", LAND]
    assert "Chưa có người." not in body(leader.get(f"{HOME}khao-sat/", {"bo": "bxd"}))


def test_reading_changes_nothing(leader, checked) -> None:
    before = size()
    for path in ("", "phat-hien/", "het-han/", f"{LAND}/", "phat-hien/giay.pdf", "tep.xlsx"):
        assert leader.get(HOME + path).status_code == 200
    assert size() == before
