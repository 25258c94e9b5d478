"""Places: every way to write one, their order, places in running text."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haicap.base.refused import Refused
from haicap.domain.law.places import LETTERS, covers, mentions, order, parent, read, segments, valid, written

ARTICLE = "điều 5 khoản 1 điểm đ"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", ""),
        (ARTICLE, "art_5__para_1__point_đ"),
        ("điểm đ khoản 1 Điều 5", "art_5__para_1__point_đ"),
        ("Điều 5, khoản 1", "art_5__para_1"),
        ("Khoản 1 của Điều 5", "art_5__para_1"),
        ("k1 Đ5", "art_5__para_1"),
        ("đ.5 k.1", "art_5__para_1"),
        ("Điều 5 khoản 1 đ a", "art_5__para_1__point_a"),
        ("5", "art_5"),
        ("5.1", "art_5__para_1"),
        ("5.1.đ", "art_5__para_1__point_đ"),
        ("5a.2a.d1", "art_5a__para_2a__point_d1"),
        ("dieu 5a khoan 2 diem b", "art_5a__para_2__point_b"),
        ("chương II", "chap_II"),
        ("Chương ii", "chap_II"),
        ("mục 1 chương II", "chap_II__sec_1"),
        ("Phần thứ nhất", "part_I"),
        ("phần thứ hai, chương III", "part_II__chap_III"),
        ("phụ lục II", "annex_II"),
        ("phụ lục", "annex"),
        ("PL 1", "annex_1"),
        ("điều 5 phụ lục II", "annex_II__art_5"),
        ("điều 5 chương II", "art_5"),
        ("điểm a điều 1", "art_1__point_a"),
        ("art_5__para_1", "art_5__para_1"),
        ("ĐIỀU 5", "art_5"),
        ("điều\u00a05", "art_5"),
        ("đie\u0302\u0300u 5", "art_5"),
    ],
)
def test_a_place_as_people_write_it(text, path):
    assert read(text) == path
    assert read(written(path)) == path


@pytest.mark.parametrize(
    "text",
    ["khoản 1", "điểm a", "điều", "điều 05", "điều 5 điều 6", "bậy", "art_5__art_6", "điều 5 và điều 6", "x" * 1000,
     "para_1__art_1", "5.5.5.5", "điều IV", "chương 0II"],
)  # fmt: skip
def test_what_is_no_place_is_refused_with_an_example(text):
    with pytest.raises(Refused, match="bad_place") as caught:
        read(text)
    assert "điều 5 khoản 1 điểm đ" in caught.value.sentence


@pytest.mark.parametrize("letter", ["f", "j", "w", "z"])
def test_letters_that_points_do_not_have(letter):
    with pytest.raises(Refused, match="bad_point"):
        read(f"điều 1 khoản 1 điểm {letter}")


def test_the_order_of_a_document():
    ordered = [
        "", "chap_I", "chap_II", "chap_II__sec_1", "chap_II__sec_2", "chap_IV", "chap_IX", "chap_X", "art_1", "art_5",
        "art_5__para_1", "art_5__para_1__point_a", "art_5__para_1__point_d", "art_5__para_1__point_đ",
        "art_5__para_1__point_đ1", "art_5__para_1__point_e", "art_5__para_1__point_g", "art_5__para_2", "art_5__para_10",
        "art_5a", "art_5đ", "art_6", "art_10", "annex", "annex_I", "annex_II", "annex_II__art_1",
    ]  # fmt: skip
    mixed = random.Random(7).sample(ordered, len(ordered))
    assert sorted(mixed, key=order) == ordered
    assert sorted(["annex_D", "annex_C", "annex_B", "annex_A"], key=order) == [
        "annex_A",
        "annex_B",
        "annex_C",
        "annex_D",
    ]
    assert LETTERS.index("đ") == LETTERS.index("d") + 1
    assert set("fjwz").isdisjoint(LETTERS)


def label(level):
    number = st.integers(1, 300).map(str)
    letter = st.sampled_from(LETTERS)
    return {
        "art": st.tuples(number, st.just("") | letter).map("".join),
        "para": st.tuples(number, st.just("") | letter).map("".join),
        "point": st.tuples(letter, st.just("") | st.integers(1, 9).map(str)).map("".join),
        "chap": st.sampled_from(["I", "II", "IV", "IX", "XIV", "XL", "3"]),
        "sec": st.integers(1, 9).map(str),
        "annex": st.sampled_from(["I", "II", "A", "1"]),
    }[level].map(lambda text: f"{level}_{text}")


PATHS = st.one_of(
    st.just(""),
    *(
        st.tuples(*map(label, levels)).map("__".join)
        for levels in (("art",), ("art", "para"), ("art", "para", "point"), ("chap",), ("chap", "sec"), ("annex",), ("annex", "art"))
    ),
)  # fmt: skip


@given(PATHS)
def test_paths_go_round_through_words(path):
    assert valid(path)
    assert read(written(path)) == path
    assert read(path) == path
    assert len(segments(path)) == (path.count("__") + 1 if path else 0)


@given(PATHS)
def test_a_path_read_backwards_is_the_same(path):
    words = written(path).split()
    pairs, at = [], 0
    while at < len(words):
        size = 3 if words[at] == "phụ" else 2
        pairs.append(" ".join(words[at : at + size]))
        at += size
    assert read(" ".join(reversed(pairs))) == path


@given(PATHS, PATHS)
def test_covering_and_order_agree(a, b):
    assert covers("", a)
    assert covers(a, a)
    if covers(a, b) and a != b:
        assert order(a) < order(b)
        assert not covers(b, a)
        assert covers(a, parent(b))
    if a != b:
        assert order(a) != order(b)


def test_an_article_covers_no_other():
    assert covers("art_5", "art_5__para_1")
    assert not covers("art_5", "art_50")
    assert not covers("art_5", "art_5a")
    assert parent("art_5__para_1") == "art_5"
    assert parent("art_5") == parent("") == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("theo điểm a khoản 1 Điều 5", [("điểm a khoản 1 Điều 5", "art_5__para_1__point_a")]),
        (
            "điểm a, b khoản 1 và khoản 3 Điều 5",
            [("điểm a", "art_5__para_1__point_a"), ("b khoản 1", "art_5__para_1__point_b"), ("khoản 3 Điều 5", "art_5__para_3")],
        ),
        ("Điều 5 khoản 1 điểm a, khoản 2", [("Điều 5 khoản 1 điểm a", "art_5__para_1__point_a"), ("khoản 2", "art_5__para_2")]),
        ("Điều 7, 8 và 9", [("Điều 7", "art_7"), ("8", "art_8"), ("9", "art_9")]),
        ("Điều 5, 30 ngày", [("Điều 5", "art_5")]),
        ("Mục 1 Chương II", [("Mục 1 Chương II", "chap_II__sec_1")]),
        ("khoản 2 nêu trên; điều chỉnh điều kiện, mục đích", []),
        ("điểm f khoản 1 Điều 5", [("khoản 1 Điều 5", "art_5__para_1")]),
        ("Phụ lục I kèm theo", [("Phụ lục I", "annex_I")]),
    ],
)  # fmt: skip
def test_places_in_running_text(text, found):
    assert [(text[m.start : m.end], m.path) for m in mentions(text)] == found


@given(st.text(alphabet="điều khoản1a5,IVvà ", max_size=60))
def test_mentions_of_any_text_are_disjoint_and_valid(text):
    end = 0
    for mention in mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        assert valid(mention.path)
        end = mention.end
