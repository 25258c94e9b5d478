"""An act from the empty form to the map and back: entered, checked, enacted by another, corrected."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from haicap.domain.units import queries
from haicap.domain.units.states import ActState
from tests.journeys.console import cast as made
from tests.journeys.console.test_pages import body


@pytest.fixture
def pair(register):
    """Codes of two communes of Lào Cai."""
    province = register.at("15", made.EFFECT)
    children = register.children(province.uid, made.EFFECT)
    other = next(v.code for v in children if v.code != "03006")
    return "03006", other


def seen_of(page: str) -> int:
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found
    return int(found[1])


def url(name: str, *args: object) -> str:
    return reverse(f"console:{name}", args=args)


def only_draft():
    return queries.acts(visible=made.everything(), state=ActState.DRAFT).get()


def entered(drafter, pair) -> int:
    """A draft with two lines, entered through the pages; its key."""
    drafter.post(url("act-new"), made.facts())
    act = only_draft()
    drafter.post(url("act-lines", act.pk), made.merger(act.version, pair[0]))
    act.refresh_from_db()
    # The target is described already: the second line names only its code.
    short = made.merger(act.version, pair[1], to_kind="", to_name="", to_parent_code="", clause="")
    assert drafter.post(url("act-lines", act.pk), short).status_code == 302
    return act.pk


def test_from_form_to_map(drafter, leader, pair) -> None:
    pk = entered(drafter, pair)
    lines = queries.lines_of(pk)
    assert [(x.from_code, x.to_name, x.clause) for x in lines] == [
        (pair[0], "Sa Pa Mới", "điều 1 khoản 1"), (pair[1], "Sa Pa Mới", "điều 1 khoản 1"),
    ]  # fmt: skip
    check = body(drafter.get(url("act-check", pk)))
    assert "Không còn lỗi" in check and 'class="flow"' in check and "Mã được dùng lại" in check
    confirm = body(leader.get(url("act-enact", pk)))
    assert "1 đơn vị mới, 2 đơn vị kết thúc" in confirm
    assert leader.post(url("act-enact", pk), {"seen": seen_of(confirm)}).status_code == 302
    held = queries.register_now().at("03006", made.EFFECT)
    assert held.name == "Phường Sa Pa Mới" and held.citation.act == "9/NQ-UBTVQH16"
    page = body(leader.get(url("act", pk)))
    assert "đã ghi" in page and 'class="flow"' in page and "Trần Quốc Bình" in page


def test_drafter_does_not_enact(cast, leader, pair) -> None:
    pk = entered(leader, pair)
    page = body(leader.get(url("act-enact", pk)))
    assert "Một lãnh đạo khác phải kiểm tra" in page and "<button" not in page.split("</h1>")[1]
    assert leader.post(url("act-enact", pk), {"seen": only_draft().version}).status_code == 403
    assert only_draft().state == ActState.DRAFT


def test_stale_page_is_refused_in_words(drafter, pair) -> None:
    pk = entered(drafter, pair)
    version = only_draft().version
    late = drafter.post(url("act-lines", pk), made.merger(version - 1, pair[0]))
    assert late.status_code == 409 and "đã thay đổi từ khi bạn mở trang" in body(late)
    assert len(queries.lines_of(pk)) == 2


def test_faults_stand_at_their_line(drafter, pair) -> None:
    drafter.post(url("act-new"), made.facts())
    act = only_draft()
    drafter.post(url("act-lines", act.pk), made.merger(act.version, "99999", relation="part"))
    page = body(drafter.get(url("act-lines", act.pk)))
    assert "Không có đơn vị mang mã 99999" in page and "không có mã này" in page
    check = body(drafter.get(url("act-check", act.pk)))
    assert "Còn 2 lỗi" in check and "Dòng 1" in check


def test_findings_refuse_the_enactment(drafter, leader) -> None:
    drafter.post(url("act-new"), made.facts())
    act = only_draft()
    answer = leader.post(url("act-enact", act.pk), {"seen": act.version})
    assert answer.status_code == 400 and "Chưa có dòng nào" in body(answer)


def test_form_says_what_is_wrong_and_keeps_what_was_typed(drafter) -> None:
    answer = drafter.post(url("act-new"), made.facts(number="9", effective_on="31/02/2027"))
    page = body(answer)
    assert answer.status_code == 400 and "không phải là ngày" in page and 'value="31/02/2027"' in page
    answer = drafter.post(url("act-new"), made.facts(number="9"))
    assert "Số văn bản phải ghi đủ" in body(answer)
    answer = drafter.post(url("act-new"), made.facts(signed_on="02/03/2027"))
    assert "Ngày ký sau ngày hiệu lực" in body(answer)


def test_line_is_changed_and_removed(drafter, pair) -> None:
    pk = entered(drafter, pair)
    page = body(drafter.get(url("act-line", pk, 2)))
    assert f'value="{pair[1]}"' in page
    answer = drafter.post(url("act-line", pk, 2), made.merger(only_draft().version, pair[1], clause="điều 2"))
    assert answer.status_code == 302
    assert queries.lines_of(pk)[1].clause == "điều 2"
    drafter.post(url("act-line-drop", pk, 2), {"seen": only_draft().version})
    assert [x.n for x in queries.lines_of(pk)] == [1]
    assert drafter.get(url("act-line", pk, 2)).status_code == 404


TABLE = "ma_cu,quan_he,ma_moi,loai_moi,ten_moi,dieu_khoan\n{0},nhập toàn bộ,03006,phường,Sa Pa Mới,điều 1 khoản 1\n{1},Nhập toàn bộ,3006,,,\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_table_is_imported(drafter, pair, encoding) -> None:
    drafter.post(url("act-new"), made.facts())
    act = only_draft()
    file = SimpleUploadedFile("bang.csv", TABLE.format(*pair).encode(encoding))
    answer = drafter.post(url("act-table", act.pk), {"seen": act.version, "file": file})
    assert answer.status_code == 302, body(answer)
    lines = queries.lines_of(act.pk)
    assert [x.from_code for x in lines] == list(pair)
    assert {(x.to_code, x.to_kind, x.to_parent_code, x.clause) for x in lines} == {
        ("03006", "phường", "15", "điều 1 khoản 1")
    }
    assert "Không còn lỗi" in body(drafter.get(url("act-check", act.pk)))


def test_pasted_cells_are_read_and_bad_rows_reported(drafter, pair) -> None:
    drafter.post(url("act-new"), made.facts())
    act = only_draft()
    pasted = "ma_cu\tquan_he\tma_moi\n03006\tbiến mất\t03006\n\tđổi tên\t03006\n03006\tđổi tên\t03006\n"
    answer = drafter.post(url("act-table", act.pk), {"seen": act.version, "pasted": pasted})
    page = body(answer)
    assert answer.status_code == 400 and "biến mất" in page and "Thiếu ma_cu" in page
    assert "2 dòng không đọc được, 1 dòng đọc được" in page
    assert not queries.lines_of(act.pk)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, b"PK\x03\x04junk", b"a,b\n1,2\n", b"ma_cu,quan_he,ma_moi\n"],
)
def test_what_is_no_table_gets_a_sentence(drafter, content) -> None:
    drafter.post(url("act-new"), made.facts())
    act = only_draft()
    file = SimpleUploadedFile("x.csv", content)
    answer = drafter.post(url("act-table", act.pk), {"seen": act.version, "file": file})
    assert answer.status_code == 400
    assert 'role="alert"' in body(answer) or "Bảng không có dòng nào" in body(answer)


def test_template_comes_back_as_it_left(drafter, pair) -> None:
    template = body(drafter.get(url("act-template")))
    pk = entered(drafter, pair)
    file = body(drafter.get(url("act-csv", pk)))
    assert file.splitlines()[0] == template.splitlines()[0]
    again = SimpleUploadedFile("bang.csv", io.BytesIO(file.encode()).getvalue())
    before = queries.lines_of(pk)
    answer = drafter.post(url("act-table", pk), {"seen": only_draft().version, "file": again})
    assert answer.status_code == 302, body(answer)
    assert queries.lines_of(pk) == before


def test_wrong_act_is_corrected_by_a_later_one(drafter, leader, pair) -> None:
    pk = entered(drafter, pair)
    leader.post(url("act-enact", pk), {"seen": only_draft().version})
    act = queries.act(pk, visible=made.everything())
    form = {"seen": act.version, "number": "10/NQ-UBTVQH16", "reason": "Ghi thừa một xã."}
    assert drafter.post(url("act-correct", pk), form).status_code == 302
    draft = only_draft()
    assert draft.corrects_id == pk and draft.title == "Ghi thừa một xã."
    for n in (1, 2):
        drafter.post(url("act-line-drop", draft.pk, n), {"seen": only_draft().version})
    assert leader.post(url("act-enact", draft.pk), {"seen": only_draft().version}).status_code == 302
    assert queries.register_now().at("03006", date(2027, 3, 1)).name == "Phường Sa Pa"
    page = body(drafter.get(url("act", pk)))
    assert "đã bị đính chính" in page and "10/NQ-UBTVQH16" in page


def test_draft_is_dropped(drafter, pair) -> None:
    pk = entered(drafter, pair)
    page = body(drafter.get(url("act-drop", pk)))
    assert drafter.post(url("act-drop", pk), {"seen": seen_of(page)}).status_code == 302
    assert "đã bỏ" in body(drafter.get(url("act", pk)))
    assert drafter.post(url("act-lines", pk), made.merger(seen_of(page) + 1, pair[0])).status_code == 409


def test_packaged_act_is_not_corrected_here(drafter) -> None:
    act = queries.acts(visible=made.everything(), text="1673/NQ-UBTVQH15").get()
    form = {"seen": act.version, "number": "10/NQ", "reason": "x"}
    answer = drafter.post(url("act-correct", act.pk), form)
    assert answer.status_code == 400 and "sổ đăng ký ban đầu" in body(answer)


def test_spreadsheet_with_numbers_for_codes_is_read(drafter, pair, tmp_path) -> None:
    """Spreadsheets turn "03006" into the number 3006: the zeros come back."""
    path = tmp_path / "bang.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        rows = [["ma_cu", "quan_he", "ma_moi", "loai_moi", "ten_moi", "ma_tinh", "dieu_khoan"]]
        rows += [[int(code), "nhập toàn bộ", 3006, "phường", "Sa Pa Mới", 15, "điều 1"] for code in pair]
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    drafter.post(url("act-new"), made.facts())
    act = only_draft()
    file = SimpleUploadedFile("bang.xlsx", path.read_bytes())
    answer = drafter.post(url("act-table", act.pk), {"seen": act.version, "file": file})
    assert answer.status_code == 302, body(answer)
    assert [(x.from_code, x.to_code, x.to_parent_code) for x in queries.lines_of(act.pk)] == [
        (code, "03006", "15") for code in pair
    ]


def test_provinces_that_merge_take_their_communes_along(drafter, register) -> None:
    drafter.post(url("act-new"), made.facts())
    act = only_draft()
    table = "ma_cu,quan_he,ma_moi,loai_moi,ten_moi,dieu_khoan\n15,nhập toàn bộ,15,tỉnh,Hoàng Liên,điều 1\n08,whole,15,,,\n"
    answer = drafter.post(url("act-table", act.pk), {"seen": act.version, "pasted": table})
    assert answer.status_code == 302, body(answer)
    follow = sum(len(register.children(register.at(c, made.EFFECT).uid, made.EFFECT)) for c in ("15", "08"))
    page = body(drafter.get(url("act-check", act.pk)))
    assert "Không còn lỗi" in page and f"<strong>{follow}</strong>" in page and "Tỉnh Hoàng Liên" in page


def test_formulas_do_not_leave_in_files(drafter, pair) -> None:
    pk = entered(drafter, pair)
    hostile = made.merger(only_draft().version, pair[0], clause='=HYPERLINK("x")')
    drafter.post(url("act-line", pk, 1), hostile)
    file = body(drafter.get(url("act-csv", pk)))
    assert "'=HYPERLINK" in file
