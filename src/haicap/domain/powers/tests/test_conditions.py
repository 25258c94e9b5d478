"""The grammar of cases: what is read, how it is written back, and how a mistake is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haicap.base.refused import Refused
from haicap.domain.powers.conditions import Choice, Condition, Interval, Term, parse, written

READ = [
    ("", ""),
    ("  0<=floors<12 ", "0 <= floors < 12"),
    ("floors < 12", "floors < 12"),
    ("13 <= floors", "13 <= floors"),
    ("-5 <= độ_cao < +3", "-5 <= độ_cao < 3"),
    ("nhóm in { B, A,B }", "nhóm in {A,B}"),
    ("nhóm in {A and B,C}", "nhóm in {A and B,C}"),
    ("nhóm in {A} and 0 <= floors < 12", "0 <= floors < 12 and nhóm in {A}"),
    ("3 <= x and x < 5", "3 <= x < 5"),
    ("x in {a,b} and x in {b,c}", "x in {b}"),
]


@pytest.mark.parametrize(("text", "canonical"), READ)
def test_read_and_written_in_one_way(text, canonical):
    assert written(parse(text)) == canonical


def test_letters_written_in_two_ways_are_the_same():
    assert parse("nho\u0301m in {a\u0301}") == parse("nh\u00f3m in {\u00e1}")


REPAIRS = [
    ("floors > 12", "13 <= floors"),
    ("floors >= 12", "12 <= floors"),
    ("floors <= 12", "floors < 13"),
    ("12 > floors", "floors < 12"),
    ("3 < floors <= 9", "4 <= floors < 10"),
    ("floors = 5", "5 <= floors < 6"),
    ("group = A", "group in {A}"),
    ("9 <= floors < 2", "2 <= floors < 9"),
    ("4 <= floors < 4", "4 <= floors < 5"),
    ("group in {}", "group in {A,B}"),
    ("group in {A,}", "group in {A}"),
]


@pytest.mark.parametrize(("text", "repair"), REPAIRS)
def test_a_mistake_is_told_with_its_repair(text, repair):
    with pytest.raises(Refused) as told:
        parse(text)
    assert told.value.code == "bad_condition"
    assert f"“{repair}”" in told.value.sentence
    parse(repair)


@pytest.mark.parametrize(
    "text",
    [
        "floors", "1.5 <= floors < 3", "floors<12 AND x<3", "group in {A", "and", "x < 3 and", "x < 3 or y < 2",
        "x in {a} and x in {b}", "x < 3 and 5 <= x", "1 <= x < 5 and x in {a}", "1 <= 2x < 5",
        "x < 9999999999999999999999", "a < " + "1" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_condition_is_refused(text):
    with pytest.raises(Refused, match="bad_condition"):
        parse(text)


names = st.from_regex(r"[a-zđ][a-z0-9_.]{0,6}", fullmatch=True).filter(lambda n: n not in ("and", "in"))
values = (
    st.from_regex(r"[A-Za-z0-9À-ỹ ]{1,8}", fullmatch=True).map(lambda v: " ".join(v.split())).filter(bool)
)


@st.composite
def terms(draw, name):
    if draw(st.booleans()):
        return Term(name, Choice(tuple(sorted(draw(st.sets(values, min_size=1, max_size=4))))))
    lo = draw(st.none() | st.integers(-1000, 1000))
    hi = draw(st.integers(-1000, 1000) if lo is None else st.none() | st.integers(lo + 1, 3000))
    return Term(name, Interval(lo, hi))


@given(st.data(), st.sets(names, max_size=4))
def test_what_is_written_is_read_back(data, used):
    import unicodedata

    condition = Condition(tuple(data.draw(terms(name)) for name in sorted(used)))
    text = unicodedata.normalize("NFC", written(condition))
    assert written(parse(text)) == text


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        condition = parse(text)
    except Refused as refused:
        assert refused.code == "bad_condition" and refused.sentence
    else:
        assert parse(written(condition)) == condition


def test_a_case_of_which_nothing_is_told_is_allowed():
    condition = parse("0 <= floors < 12 and group in {A}")
    assert condition.allows({}) and condition.allows({"floors": 11, "group": "A"})
    assert not condition.allows({"floors": 12}) and not condition.allows({"group": "B"})
    assert not condition.allows({"floors": "11"})
