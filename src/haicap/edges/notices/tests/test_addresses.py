"""Addresses that are written to, and what is made of what people typed."""

from __future__ import annotations

import pytest

from haicap.edges.notices import addresses


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("lan@example.vn", "lan@example.vn"),
        ("  lan.nguyen+hs@example.com.vn ", "lan.nguyen+hs@example.com.vn"),
        ("lan@thư-điện-tử.vn", "lan@thư-điện-tử.vn"),
        ("lan", None),
        ("@example.vn", None),
        ("lan@", None),
        ("lan@example", None),
        ("lân@example.vn", None),
        ("lan@example.vn\nBcc: x@example.vn", None),
        ("lan\r\nBcc:x@example.vn", None),
        ("lan@example.vn,x@example.vn", None),
        ("lan <x@example.vn>", None),
        ('"lan\\\r\nBcc: x"@example.vn', None),
        ('"a b"@example.vn', None),
        ("lan@exa mple.vn", None),
        ("lan@[127.0.0.1]\0", None),
        ("a" * 65 + "@example.vn", None),
        ("lan@" + "x." * 130 + "vn", None),
        ("", None),
    ],
)
def test_email(typed: str, spelled: str | None) -> None:
    assert addresses.email(typed) == spelled


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("0912345678", "0912345678"),
        ("091 234 5678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0243 825 1234", None),  # a landline
        ("091234567", None),
        ("09123456789", None),
        ("٠٩١٢٣٤٥٦٧٨", None),
        ("0912345678; x", None),
        ("", None),
    ],
)
def test_mobile(typed: str, spelled: str | None) -> None:
    assert addresses.mobile(typed) == spelled


def test_masks() -> None:
    assert addresses.masked("lan@example.vn") == "l…@example.vn"
    assert addresses.masked("0912345678") == "…678"
    assert addresses.masked("") == ""


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Nguyễn Thị Lan", "Nguyễn Thị Lan"),
        ("H'Hen Niê", "H'Hen Niê"),
        ("Công ty TNHH Sao Mai (Hà Nội)", "Công ty TNHH Sao Mai (Hà Nội)"),
        ("Lan\r\nBcc: x@example.vn", ""),
        ("Trúng thưởng tại https://evil.example", ""),
        ("Vào evil.example nhận quà", ""),
        ("www evil", ""),
        ("<b>Lan</b>", ""),
        ("Lan\u202e\u200b", "Lan"),
        ("x" * 81, ""),
        ("", ""),
    ],
)
def test_only_names_are_greeted(name: str, greeted: str) -> None:
    assert addresses.greeted(name) == greeted


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Hồ sơ chậm trả", "Hồ sơ chậm trả"),
        ("Nghị định 118/2025/NĐ-CP, điều 5", "Nghị định 118/2025/NĐ-CP, điều 5"),
        ("Trúng thưởng tại https://evil.example", ""),
        ("Vào evil.example nhận quà", ""),
        ("Gọi ngay 0912 345 678", ""),
        ("viet cho toi@evil", ""),
        ("Một\r\nhai", "Một hai"),
    ],
)
def test_what_a_letter_to_a_stranger_repeats(typed: str, kept: str) -> None:
    assert addresses.repeated(typed) == kept


def test_harmless_is_one_line() -> None:
    assert addresses.harmless("a\r\nb\0c\u2028d\u202ee") == "a b c d e"
    assert addresses.harmless("x" * 50, 10) == "x" * 9 + "…"


def test_bare_is_ascii() -> None:
    assert addresses.bare("Hồ sơ ĐÃ được tiếp nhận – “ổn”…") == 'Ho so DA duoc tiep nhan - "on"...'
    assert addresses.bare("日").isascii()
