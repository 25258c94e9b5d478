"""Addresses by hand: what a text means, as the contract and the clauses say it."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from haicap.domain.units.addresses import Answer, Gazetteer, Status
from haicap.domain.units.timeline.rows import read_packaged

TODAY = date(2026, 11, 22)


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.build(*read_packaged())


def read(text: str, on: date = TODAY) -> Answer:
    return gazetteer().convert(text, on=on)


BEN_NGHE = [
    "12 Nguyễn Huệ, Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh",
    "12 Nguyễn Huệ, P.Bến Nghé, Q1, TP.HCM",
    "12 nguyen hue p ben nghe q1 tphcm",
    "12 nguyen hue ben nghe quan 1 tphcm",
    "P. BẾN NGHÉ, Q.1, TP.HCM, VIỆT NAM 700000",
    "TP.HCM, Quận 1, Phường Bến Nghé, 12 Nguyễn Huệ",
    "Bến Nghé, Quận 1, HCM",
    "Phường Bến Nghé - Quận 1 - Sài Gòn",
    "Phường Bến Nghé,Quận 1",
    "Phường Bến Nghé (cũ), TP.HCM",
    "Phường Bến Nghé, Quận 1 nay là phường Sài Gòn TPHCM",
    "Phường Sài Gòn (trước đây là phường Bến Nghé, quận 1), TP.HCM",
    "Phường BếnNghé, Q.1",
    "phuowngf Beens Nghes, Quaanj 1",
    "Phu7o7ng2 Be61n Nghe1, Qua65n 1",
    "Phường Bến Ngéh, Quận 1, TPHCM",
    "Ben Nghe Ward, District 1, Ho Chi Minh City, Vietnam",
    "Phường Bến Nghé, Phường Bến Nghé, Quận 1, Quận 1, TPHCM, sđt 0909 123 456",
    "phường Bến Nghé gần chợ Bến Thành, Quận 1",
    "Phường Sài Gòn, Quận 1, TP.HCM",
    "Phường Sài Gòn, TP.HCM",
]


@pytest.mark.parametrize("text", BEN_NGHE)
def test_one_ward_in_many_styles(text: str) -> None:
    answer = read(text)
    assert (answer.status, answer.code, answer.unit) == (Status.UNIQUE, "26740", "Phường Sài Gòn")
    assert answer.province == "Thành phố Hồ Chí Minh"
    assert "1685/NQ-UBTVQH15, điều 1 khoản 1" in answer.citation


UNIQUE = {
    "Phường 12, Gò Vấp, TPHCM": "26882",
    "Phường I, TP Vị Thanh, Hậu Giang": "31321",
    "Phường 04, Thành phố Vị Thanh": "31333",
    "Xã Ea H'leo, huyện Ea H'leo, Đắk Lắk": "24184",
    "xa ea hleo, ea hleo, dak lak": "24184",
    "Phường Thảo Điền, Quận 2": "27094",
    "Phường Thảo Điền, Quận 2, TP Thủ Đức": "27094",
    "Thị trấn Sa Pa, Huyện Sa Pa, Lào Cai": "03006",
    "Huyện đảo Lý Sơn, Quảng Ngãi": "21548",
    "Huyện Côn Đảo, Bà Rịa - Vũng Tàu": "26732",
    "Phường Xuân Hương - Đà Lạt, Lâm Đồng": "24781",
    "Phường Xuân Hương, Đà Lạt, Lâm Đồng": "24781",
    "xa trang xa thai nguyen": "05746",
    "xa yen phuc van quan lang son": "06298",
    "Phường Tân Hòa Thành phố Biên Hòa": "26005",
    "Xã Xuân Đường, Đồng Nai": "26347",
    "Xã Dầu Giây, Đồng Nai": "26326",
    "Phường Dầu Giây, Đồng Nai": "26326",
    "Ba Đình, Hà Nội": "00004",
    "Phường Nguyễn Trung Trực, Quận Ba Đình, Hà Nội": "00004",
    "Xã Hồng Thái, Tuêyn Quang": "02260",
    "Xã Bình Thanh, Thị xã Đức Phổ, tỉnh Bình Định": "",
}


@pytest.mark.parametrize(("text", "code"), UNIQUE.items())
def test_reads_as_written(text: str, code: str) -> None:
    answer = read(text)
    assert answer.code == code
    assert (answer.status is Status.UNIQUE) == bool(code)


def test_a_new_ward_and_an_old_one_of_the_same_name_are_both_live() -> None:
    answer = read("Phường Cửa Nam, Hà Nội")
    assert answer.status is Status.AMBIGUOUS
    assert answer.candidates_text == "00004|00070|00082|00226"
    assert answer.for_page[0].code == "00082"
    assert answer.for_page[0].current
    assert answer.legacy_code == "00073"
    assert (answer.code, answer.unit, answer.province) == ("", "", "")


def test_a_divided_ward_is_split_and_shows_its_shares() -> None:
    answer = read("Phường Cống Vị, Quận Ba Đình, Hà Nội")
    assert answer.status is Status.SPLIT
    assert {c.people_share for c in answer.candidates} <= {"all", "part", "none", "unknown"}
    assert all(c.citation.startswith("1656/NQ-UBTVQH15, điều 1") for c in answer.candidates)
    assert answer.legacy_names == ("Phường Cống Vị, Quận Ba Đình, Thành phố Hà Nội",)


def test_the_successor_that_took_the_whole_population_is_marked() -> None:
    answer = read("Xã Đặng Xá, Huyện Gia Lâm, Hà Nội")
    assert answer.status is Status.SPLIT
    assert [c.name for c in answer.candidates if c.population] == ["Xã Thuận An"]
    assert answer.population_code == next(c.code for c in answer.candidates if c.name == "Xã Thuận An")


NOT_FOUND = [
    "Quận Ba Đình, Hà Nội",
    "Thành phố Phan Thiết, Bình Thuận",
    "Tuyên Quang",
    "Phường Bến Nghé, Quận 3, TPHCM",
    "Phường Bến Nghé, Gò Vấp, TPHCM",
    "Xã Yên Khê, Huyện Con Cuông, Cà Mau",
    "Cà Mau, Xã Yên Khê, Huyện Con Cuông",
    "12 Lê Lợi, Thành phố Quy Nhơn, Bình Định",
    "120 tran hung dao quy nhon binh dinh",
    "15 nguyen thi minh khai ha giang",
    "Đường Ba Đình",
    "Xã Không Hề Có, Hà Nội",
    "Phường 47, Quận 1, TPHCM",
    "xin chào",
    "",
    " ,.;- ()",
    "\x00\x01\x02",
    "\ud800\udfff lone",
    "🏠🏠🏠",
    "a" * 1001,
    "x" * 10_000_000,
]


@pytest.mark.parametrize("text", NOT_FOUND, ids=range(len(NOT_FOUND)))
def test_never_guesses(text: str) -> None:
    answer = read(text)
    assert answer.status is Status.NOT_FOUND
    assert answer.error
    assert (answer.candidates, answer.candidates_text, answer.citation) == ((), "", "")


def test_reasons_tell_apart() -> None:
    assert "quá dài" in read("Phường Bến Nghé " * 100).error
    assert "cấp tỉnh hoặc cấp huyện" in read("Quận 1, TPHCM").error
    assert "mâu thuẫn" in read("Phường Bến Nghé, Quận 3, TPHCM").error
    assert "trước mốc" in read("Phường Bến Nghé, Quận 1", date(2018, 12, 30)).error


def test_a_unit_without_recorded_successor_says_when_it_ended() -> None:
    answer = read("Xã Suối Trầu, Huyện Long Thành, Đồng Nai")
    assert answer.status is Status.NOT_FOUND
    assert "10/04/2019" in answer.error
    assert answer.legacy_code == "26407"


def test_a_street_named_as_a_ward_is_no_ward() -> None:
    assert read("45 đường Ba Đình, Phường Bến Nghé, Quận 1").code == "26740"
    assert read("Lê Lợi, Phường Bến Nghé, Quận 1").code == "26740"


def test_older_days_answer_in_the_units_of_the_day() -> None:
    day = date(2024, 6, 1)
    assert read("Phường Bến Nghé, Quận 1, TPHCM", day).unit == "Phường Bến Nghé"
    before = read("Phường Sài Gòn, TP.HCM", day)
    assert before.status is Status.AMBIGUOUS
    assert "26740" in before.candidates_text
    assert read("Phường Cửa Nam, Hà Nội", day).code == "00073"
    assert read("Phường Dầu Giây, Đồng Nai", date(2025, 12, 1)).unit == "Xã Dầu Giây"
    assert read("Phường Thảo Điền, TP Thủ Đức", date(2022, 6, 1)).unit == "Phường Thảo Điền"


def test_a_name_that_begins_like_a_kind_word() -> None:
    answer = read("phuong mai, dong da, ha noi")
    assert answer.legacy_names == ("Phường Phương Mai, Quận Đống Đa, Thành phố Hà Nội",)


def test_marks_are_evidence() -> None:
    without = read("xa dong tien, huyen dong phu, binh phuoc")
    assert without.status is Status.UNIQUE
    assert read("Xã Đồng Tiến, Huyện Đồng Phú, Bình Phước").code == without.code


def test_readings_say_which_words_were_read_as_what() -> None:
    readings = read("12 Nguyễn Huệ, Phường Bến Ngéh, Q1, TP.HCM").readings
    assert [(r.role, r.words, r.corrected) for r in readings] == [
        ("commune", "Phường Bến Ngéh", True),
        ("district", "Q 1", False),
        ("province", "TP.HCM", False),
        ("rest", "12 Nguyễn Huệ", False),
    ]
    assert readings[0].read_as == "Phường Bến Nghé"


def test_work_on_endless_texts_is_bounded() -> None:
    for piece in ("Hà Nội, ", "xã ", "phường Tân Phú ", "(", "p1 q1 ", "Tân An ", "an phu an phu "):
        assert read((piece * 1000)[:1000]).status in Status


def test_same_text_same_answer_whatever_was_asked_before() -> None:
    fresh = Gazetteer.build(*read_packaged())
    for text in ("Phường Cửa Nam, Hà Nội", "Xã Tân Lâpj, Huyện Đan Phượng", *BEN_NGHE[:4]):
        assert fresh.convert(text, on=TODAY) == read(text)
