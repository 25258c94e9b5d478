"""Tiền: amounts in figures and words; the words are read back by a reader that knows nothing of the writer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haicap.base.money import HIGHEST, figures, in_words, show

ONES = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "không": 0,
}  # fmt: skip
SCALES = {"nghìn": 10**3, "triệu": 10**6}


def read_back(words: str) -> int:
    """A grammar of Vietnamese numbers: digits pile up, "mươi" and "trăm" multiply, scales close a group."""
    *number, unit = words.split()
    assert unit == "đồng"
    total = part = group = 0
    for word in number:
        if word in ONES:
            group += ONES[word]
        elif word == "mười":
            group += 10
        elif word == "mươi":
            group += 9 * (group % 10)  # what was read as ones are tens
        elif word == "trăm":
            group *= 100
        elif word in SCALES:
            part += group * SCALES[word]
            group = 0
        elif word == "tỷ":
            total, part, group = (part + group) * 10**9, 0, 0
        else:
            assert word == "linh"
    return total + part + group


@pytest.mark.parametrize(
    ("dong", "words"),
    [
        (0, "không đồng"),
        (5, "năm đồng"),
        (10, "mười đồng"),
        (14, "mười bốn đồng"),
        (15, "mười lăm đồng"),
        (20, "hai mươi đồng"),
        (21, "hai mươi mốt đồng"),
        (24, "hai mươi tư đồng"),
        (55, "năm mươi lăm đồng"),
        (105, "một trăm linh năm đồng"),
        (110, "một trăm mười đồng"),
        (1_005, "một nghìn không trăm linh năm đồng"),
        (1_021, "một nghìn không trăm hai mươi mốt đồng"),
        (10_000, "mười nghìn đồng"),
        (1_500_000, "một triệu năm trăm nghìn đồng"),
        (1_000_005, "một triệu không trăm linh năm đồng"),
        (2_005_000_000, "hai tỷ không trăm linh năm triệu đồng"),
        (1_000_000_000_000, "một nghìn tỷ đồng"),
        (HIGHEST, "một triệu tỷ đồng"),
    ],
)
def test_words_of_offices(dong: int, words: str) -> None:
    assert in_words(dong) == words
    assert read_back(words) == dong


@given(st.integers(0, HIGHEST))
def test_words_say_the_number(dong: int) -> None:
    assert read_back(in_words(dong)) == dong


@given(st.integers(0, 15), st.integers(0, 15), st.integers(1, 999))
def test_words_of_round_numbers_with_gaps(high: int, low: int, factor: int) -> None:
    dong = min(factor * 10**high + 10**low, HIGHEST)
    assert read_back(in_words(dong)) == dong


@given(st.integers(1, HIGHEST), st.integers(1, HIGHEST))
def test_two_amounts_never_share_their_words(one: int, other: int) -> None:
    assert (in_words(one) == in_words(other)) == (one == other)


def test_a_receipt_begins_with_a_capital() -> None:
    assert in_words(50_000, capital=True) == "Năm mươi nghìn đồng"
    assert in_words(0, capital=True) == "Không đồng"


@pytest.mark.parametrize("dong", [-1, HIGHEST + 1])
def test_no_words_for_what_no_paper_states(dong: int) -> None:
    with pytest.raises(ValueError, match=str(dong)):
        in_words(dong)


def test_figures() -> None:
    assert show(1_500_000) == "1.500.000 đồng"
    assert show(0) == "0 đồng"
    assert figures(-12_345) == "-12.345"
    assert figures(HIGHEST) == "1.000.000.000.000.000"
