"""What is personal is found by its form, and what only looks like it stays."""

from __future__ import annotations

import pytest

from haicap.base.personal import HIDDEN, PersonalKind, found, hidden


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("Gọi tôi số 0912 345 678 nhé", PersonalKind.PHONE, "0912 345 678"),
        ("ĐT: +84912345678.", PersonalKind.PHONE, "+84912345678"),
        ("máy bàn 024.3943.1234", PersonalKind.PHONE, "024.3943.1234"),
        ("CCCD 015099000321", PersonalKind.NUMBER, "015099000321"),
        ("CCCD 015 099 000 321 cấp", PersonalKind.NUMBER, "015 099 000 321"),
        ("cmnd 063123456", PersonalKind.PHONE, None),  # nine digits are an old identity number
        ("thư về lan.nguyen+a@tinh.gov.vn", PersonalKind.EMAIL, "lan.nguyen+a@tinh.gov.vn"),
        ("hồ sơ H38.03006-261122-0001 trễ", PersonalKind.DOSSIER, "H38.03006-261122-0001"),
        ("STK: 1900 2012 34567", PersonalKind.ACCOUNT, "STK: 1900 2012 34567"),
        ("hộ chiếu B1234567", PersonalKind.PASSPORT, "B1234567"),
        ("con tôi sinh ngày 05/03/2019", PersonalKind.BIRTH, "sinh ngày 05/03/2019"),
        ("xe 24B1-123.45", PersonalKind.PLATE, "24B1-123.45"),
        ("ở số 12/4 đường Thạch Sơn, tổ 3", PersonalKind.ADDRESS, "số 12/4 đường Thạch Sơn"),
    ],
)
def test_forms(text: str, kind: PersonalKind, part: str | None) -> None:
    spans = found(text)
    assert len(spans) == 1
    if part is not None:
        assert (spans[0].kind, spans[0].text) == (kind, part)
        assert text[spans[0].start : spans[0].end] == part
    assert hidden(text).count(HIDDEN) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Lệ phí 120.000.000 đồng, theo Nghị định 118/2025/NĐ-CP ngày 09/06/2025",
        "điều 5 khoản 1 điểm đ Luật 72/2025/QH15",
        "thủ tục 1.001193 và 2.000635",
        "từ 01/03/2027 đến 31/12/2027, 3.321 xã, 34 tỉnh",
        "123456789 đồng",
        "",
    ],
)
def test_what_only_looks_personal_stays(text: str) -> None:
    assert found(text) == ()
    assert hidden(text) == text


def test_names_told_are_found_with_and_without_marks() -> None:
    text = "Tôi là Giàng Thị Mỷ, chị giang thi my đã nộp; ông Mỷ thì không."
    assert [s.text for s in found(text, ["Giàng Thị Mỷ"])] == ["Giàng Thị Mỷ", "giang thi my"]
    assert found("Lan hoa", ["Lan"]) == ()  # one word is too common to be taken out


@pytest.mark.parametrize("piece", ["0", "a@", "số 1/", "sinh ", "12"])
def test_long_hostile_text_ends(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert len(hidden(text)) <= len(text)


@pytest.mark.parametrize("word", ["sinh", "stk", "số nhà", "số 1", "số"])
def test_much_white_space_is_gone_through_once(word: str) -> None:
    """The bare form took the cube of it: this test would not end."""
    assert found(word + " " * 20_000 + "x") == ()
    assert [p.text for p in found("sinh" + " " * 50 + "năm" + " " * 50 + "1990")] != []
