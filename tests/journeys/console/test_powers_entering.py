"""A decree with its assertions entered from a table, one assertion corrected or withdrawn: whole or not at all."""

from __future__ import annotations

import io
import json
import re
from html import unescape

import pytest

from haicap.base.kept import Kept
from haicap.domain.powers import queries
from haicap.domain.powers.formats import cells, tables, workbooks
from haicap.domain.powers.formats.rows import AssertionLine, PowerLine
from haicap.domain.powers.states import Level, Mode, Role, Sort
from haicap.domain.units import queries as units
from tests.journeys.console import cast as made
from tests.journeys.console.test_pages import body

HOME = "/quan-tri/tham-quyen/"
ENTER = f"{HOME}nhap/"
PERMIT = "xay-dung.giay-phep"
HEAD = "power\trole\torgan\tlevel\tcondition\tfrom\tto\tmode\tparent\tdocument\tplace"
GOOD = f"{PERMIT}\tquyết định\tỦy ban nhân dân cấp xã\txã\tkhoan in {{2,3}}\t01/03/2027\t\tphân định\t\t72/2025/QH15\tđiều 11"


@pytest.fixture(autouse=True)
def _cast(cast):
    assert queries.loaded()


def fresh() -> None:
    """Look at the registers again at once: tests do not wait a second."""
    for kept in Kept.everything:
        kept.forget()


def pasted(client, *rows: str, work: str = "thu"):
    return client.post(ENTER, {"pasted": "\n".join([HEAD, *rows]), "viec": work})


def count() -> int:
    fresh()
    return len(queries.register().assertions)


# --- dry run ----------------------------------------------------------------------------------------------------------
def test_a_dry_run_tells_new_holders_closed_gaps_and_new_conflicts_and_writes_nothing(drafter) -> None:
    before = count()
    page = body(pasted(drafter, GOOD))
    assert "Mọi dòng đọc được: 1 quy định, 0 thẩm quyền mới" in page
    shifts = page.split("Người giữ mới")[1].split("</table>")[0]
    assert "01/03/2027" in shifts and "không ai" in shifts and "72/2025/QH15" in shifts
    closed = page.split("Phát hiện mất đi</h3>")[1]
    assert "không còn ai" in closed and "hết hiệu lực và chưa quy định mới" in closed
    assert count() == before


def test_a_second_holder_is_told_as_a_new_conflict(drafter) -> None:
    one = GOOD.replace(PERMIT, "dat-dai.thu-hoi").replace("khoan in {2,3}", "")
    other = one.replace("Ủy ban nhân dân cấp xã\txã", "Ủy ban nhân dân cấp tỉnh\ttỉnh")
    page = body(pasted(drafter, one, other))
    opened = page.split("Phát hiện mới</h3>")[1].split("Phát hiện mất đi</h3>")[0]
    assert "cùng được giao" in opened
    for organ in ("cấp xã", "cấp tỉnh"):
        assert re.search(rf"{organ} \([^)]*72/2025/QH15, điều 11\)", opened), opened


def test_the_second_step_enters_what_was_looked_through(drafter) -> None:
    before = count()
    kept = unescape(re.search(r'name="kept" value="([^"]*)"', body(pasted(drafter, GOOD)))[1])  # type: ignore[index]
    assert json.loads(kept)["assertions"][0]["power"] == PERMIT
    assert drafter.post(ENTER, {"kept": kept, "viec": "nhap"}).status_code == 302
    assert count() == before + 1
    row = max(queries.register().of(PERMIT), key=lambda r: r.recorded_at)
    assert (row.organ, row.role, row.path) == (
        "commune_committee",
        Role.DECIDE,
        "art_11",
    ) and row.mode is Mode.DELIMITATION
    assert row.entered_by == made.person("anh.bnv").actor


def test_a_workbook_with_a_new_power_is_entered_whole(drafter) -> None:
    power = PowerLine("thu.viec-moi", "Việc mới", Level.COMMUNE, Sort.POWER, field="Thử", owner="bxd")
    lines = [
        AssertionLine("thu.viec-moi", Role.DECIDE, "commune_chairman", Level.COMMUNE, id="M-1", document="72/2025/QH15"),
        AssertionLine(
            "thu.viec-moi", Role.DECIDE, "commune_office", Level.COMMUNE, id="M-2", document="72/2025/QH15",
            mode=Mode.AUTHORISATION, parent="M-1", units=("c:03006",),
        ),
    ]  # fmt: skip
    units_ = [u for u in ("c:03006@2025-07-01", "c:03006") if units.register().versions(u)]
    lines[1] = AssertionLine(
        **{name: getattr(lines[1], name) for name in cells.columns("assertions")}
        | {"units": tuple(units_[:1])}
    )
    file = io.BytesIO(workbooks.workbook([power], lines))
    file.name = "nghi-dinh.xlsx"
    answer = drafter.post(ENTER, {"file": file, "viec": "nhap"})
    assert answer.status_code == 302, body(answer)
    fresh()
    assert queries.power("thu.viec-moi").owner == "bxd" and queries.assertion("M-2").parent == "M-1"
    assert [c.code for c in queries.register().derived_from("M-1")] == ["M-2"]


# --- bad rows ---------------------------------------------------------------------------------------------------------------
def test_every_bad_row_is_told_with_its_line_reason_and_repair_and_nothing_is_entered(drafter) -> None:
    before = count()
    bad = (
        GOOD.replace("quyết định", "quyết chí"),
        GOOD.replace("01/03/2027", "31/02/2027"),
        GOOD.replace(PERMIT, "khong.co"),
        GOOD.replace("khoan in {2,3}", "khoan in {9}"),
        GOOD.replace("khoan in {2,3}", "khoan > 3"),
        GOOD.replace("72/2025/QH15", "9999/2030/NĐ-CP"),
        GOOD.replace("01/03/2027\t", "01/03/2027\t01/03/2026"),
        GOOD.replace("phân định", "ủy quyền"),
        GOOD.replace("phân định\t", "ủy quyền\tA-9999"),
        GOOD.replace("Ủy ban nhân dân cấp xã\txã", "Ủy ban nhân dân cấp huyện\thuyện"),
        GOOD,
    )
    answer = pasted(drafter, *bad, work="nhap")
    page = body(answer)
    assert answer.status_code == 400 and "chưa ghi gì" in page
    told = dict(
        re.findall(r'<tr><th scope="row" class="n">(\d+)</th>.*?Vì sao và cách sửa">(.*?)</td>', page, re.S)
    )
    expected = {
        "2": "không dùng được", "3": "không phải là ngày", "4": "khong.co", "5": "không có giá trị", "6": "xin viết như",
        "7": "9999/2030/NĐ-CP", "8": "ngày kết thúc phải sau", "9": "phải ghi quy định gốc", "11": "không còn cấp huyện",
    }  # fmt: skip
    assert {n: words in told.get(n, "") for n, words in expected.items()} == dict.fromkeys(expected, True), (
        told
    )
    assert "12" not in told and count() == before


def test_an_unknown_parent_and_a_circle_are_told(drafter) -> None:
    lost = body(pasted(drafter, GOOD.replace("phân định\t", "ủy quyền\tA-9999")))
    assert "không có quy định gốc mã A-9999" in lost
    rows = [f"id\t{HEAD}"] + [
        f"{own}\t" + GOOD.replace("phân định\t", f"phân cấp\t{other}")
        for own, other in (("X1", "X2"), ("X2", "X1"))
    ]
    circle = drafter.post(ENTER, {"pasted": "\n".join(rows), "viec": "nhap"})
    assert circle.status_code == 400 and "quay vòng" in body(circle)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 not a zip", b"{", b"[1]", b"a,b\n1,2\n", b"\xff\xfe\x00", b"power,role\n" + b"x" * 99],
)
def test_what_is_no_table_is_refused_in_words(drafter, content) -> None:
    file = io.BytesIO(content)
    file.name = "x.xlsx"
    answer = drafter.post(ENTER, {"file": file, "viec": "nhap"})
    assert answer.status_code == 400 and ('role="alert"' in body(answer) or "lỗi" in body(answer))


def test_neither_or_both_is_asked_again(drafter) -> None:
    assert drafter.post(ENTER, {"viec": "thu"}).status_code == 400
    file = io.BytesIO(b"a,b\n")
    file.name = "x.csv"
    assert drafter.post(ENTER, {"file": file, "pasted": GOOD, "viec": "thu"}).status_code == 400


def test_a_commune_enters_only_what_is_delegated_in_its_own_area(cast) -> None:
    commune = made.signed_in(cast["dung.sapa"])
    before = count()
    answer = pasted(commune, GOOD, work="nhap")
    assert answer.status_code == 400 and "không có quyền" in body(answer)
    assert count() == before


def test_the_template_reads_as_it_says(drafter) -> None:
    content = drafter.get(f"{ENTER}mau.xlsx").content
    read = tables.read(io.BytesIO(content), units.register(), made.AT.date())
    assert read.whole and len(read.assertions) == len(read.powers) == 1


# --- correcting -------------------------------------------------------------------------------------------------------------
def correction(code: str, **changes: str) -> dict[str, str]:
    """The form of a correction, filled as the page fills it."""
    line = queries.assertion_line(queries.assertion(code))
    texts = dict(zip(cells.columns("assertions"), cells.cells(line), strict=True))
    return (
        texts
        | {"seen": str(queries.power(line.power).version), "why": "Đọc lại văn bản.", "viec": "ghi"}
        | changes
    )


def test_a_correction_keeps_the_old_row_with_who_when_and_why(drafter) -> None:
    place = f"{HOME}quy-dinh/A-092/sua/"
    assert 'value="điều 4 khoản 1"' in body(drafter.get(place))
    tried = drafter.post(place, correction("A-092", condition="khoan in {3}", viec="thu"))
    assert tried.status_code == 200 and "Sẽ thay đổi gì" in body(tried)
    fresh()
    assert len(queries.history("A-092")) == 1
    assert drafter.post(place, correction("A-092", condition="khoan in {3}")).status_code == 302
    fresh()
    old, new = queries.history("A-092")
    assert old.superseded_why == "Đọc lại văn bản." and new.entered_by == made.person("anh.bnv").actor
    page = body(drafter.get(f"{HOME}quy-dinh/A-092/"))
    assert (
        "Đọc lại văn bản." in page
        and page.count('data-l="Ai ghi"') == 2
        and made.person("anh.bnv").display_name in page
    )


def test_bad_corrections_are_told_at_their_field(drafter) -> None:
    place = f"{HOME}quy-dinh/A-092/sua/"
    for name, value in (
        ("condition", "khoan = 3"),
        ("since", "31/02/2025"),
        ("units", "00"),
        ("place", "điều điều"),
    ):
        answer = drafter.post(place, correction("A-092", **{name: value}))
        assert answer.status_code == 400 and f'id="id_{name}-err"' in body(answer), name
    assert drafter.post(place, correction("A-092")).status_code == 400  # nothing new
    assert drafter.post(place, correction("A-092", note="x", seen="99")).status_code == 409
    assert drafter.post(place, correction("A-092", note="x", why="")).status_code == 400
    assert drafter.get(f"{HOME}quy-dinh/A-9999/sua/").status_code == 404


def test_only_who_answers_for_it_corrects_or_withdraws(cast) -> None:
    commune = made.signed_in(cast["dung.sapa"])
    assert commune.post(f"{HOME}quy-dinh/A-092/sua/", correction("A-092", note="x")).status_code == 403
    seen = str(queries.power(PERMIT).version)
    assert commune.post(f"{HOME}quy-dinh/A-092/bo/", {"why": "x", "seen": seen}).status_code == 403


def test_what_others_rest_on_is_not_withdrawn(drafter) -> None:
    parent = next(
        a for a in queries.register().assertions.values() if queries.register().derived_from(a.code)
    )
    place, seen = f"{HOME}quy-dinh/{parent.code}/bo/", str(queries.power(parent.power).version)
    assert "xin xử lý trước" in body(drafter.get(place))
    answer = drafter.post(place, {"why": "thử", "seen": seen})
    assert answer.status_code == 400 and "Còn quy định dựa trên" in body(answer)
    assert drafter.post(f"{HOME}quy-dinh/A-092/bo/", {"why": "thử", "seen": "99"}).status_code == 409
    done = drafter.post(
        f"{HOME}quy-dinh/A-092/bo/", {"why": "thử", "seen": str(queries.power(PERMIT).version)}
    )
    assert done.status_code == 302
    fresh()
    assert "A-092" not in queries.register().assertions
