"""Moves, routes, likeness and rules, without a database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haicap.base.dates import Span
from haicap.base.refused import Refused
from haicap.domain.feedback import rules
from haicap.domain.feedback.likeness import NEAR, SIZE, alike, signature
from haicap.domain.feedback.packaged import routes
from haicap.domain.feedback.routing import Desk, Matter, Rule, route
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import (
    CLOCKS_A_HOP,
    ENDED,
    MOVES,
    OPEN,
    Clock,
    Kind,
    State,
    Verb,
    clock_number,
    current_clock,
    move,
    possible,
)
from haicap.domain.units.organs import KINDS

DAY = date(2026, 11, 22)
TEXT = "Đường vào thôn Cát Cát bị sạt lở từ tháng trước mà chưa ai sửa, học sinh phải đi vòng rất xa"


def desks(*kinds: str):
    """Organs that exist, by kind."""
    return lambda kind: Desk(kinds.index(kind) + 1, kind, kind, "vn") if kind in kinds else None


def test_every_state_is_open_or_ended_and_every_verb_has_a_move() -> None:
    assert set(State) == OPEN | ENDED and not OPEN & ENDED
    assert set(MOVES) == set(Verb)
    for state in State:
        for verb in Verb:
            if verb in possible(state):
                assert move(state, verb) in State
            else:
                with pytest.raises(Refused, match="not_now"):
                    move(state, verb)


def test_nothing_leaves_an_ended_state_but_reopening() -> None:
    for state in ENDED:
        for verb in possible(state):
            assert verb is Verb.REOPEN or MOVES[verb].to is None


def test_clocks_of_hops_never_share_a_number() -> None:
    numbers = [clock_number(hop, clock) for hop in range(5) for clock in Clock]
    assert len(set(numbers)) == len(numbers) == 5 * CLOCKS_A_HOP
    assert all(
        (current_clock(state) is None) == (state in ENDED or state == State.AWAITING_MORE) for state in State
    )


def test_the_most_special_line_goes_first() -> None:
    lines = [
        Rule("nation", ("vpcp",), kind="procedure"),
        Rule("field", ("health",), kind="procedure", field="Y tế"),
        Rule("province", ("home_affairs",), kind="procedure", province="p:15"),
        Rule("gone", ("btp",), procedure="1.0", span=Span(None, DAY)),
    ]
    here = desks("vpcp", "health", "home_affairs", "btp")
    found = route(
        Matter("procedure", province="p:15", field="y te dự phòng", procedure="1.004"), lines, here, DAY
    )
    assert found.rule == "province"
    found = route(Matter("procedure", province="p:1", field="Y tế dự phòng"), lines, here, DAY)
    assert found.rule == "field"
    assert route(Matter("rule"), lines, desks("province_office"), DAY).rule == "last"


def test_an_organ_that_does_not_exist_is_passed_over_and_told() -> None:
    lines = [Rule("r", ("@holder", "health"), kind="procedure")]
    found = route(Matter("procedure", holder="commune_economy"), lines, desks("health", "vpcp"), DAY)
    assert found.desk.kind == "health" and [t.kind for t in found.tried] == ["commune_economy"]
    with pytest.raises(Refused, match="no_organ"):
        route(Matter("procedure"), lines, desks(), DAY)


@given(
    kind=st.sampled_from(sorted(Kind)),
    level=st.sampled_from(["", "province", "commune"]),
    there=st.sets(st.sampled_from(sorted(KINDS)), max_size=8),
    hints=st.tuples(*[st.sampled_from(["", *sorted(KINDS)])] * 3),
)
def test_never_to_nobody(kind: str, level: str, there: set[str], hints: tuple[str, str, str]) -> None:
    lines = [
        Rule(r.code, r.organs, r.kind, r.level, "", r.procedure, r.field, place=r.place) for r in routes()
    ]
    matter = Matter(kind, level, holder=hints[0], owner=hints[1], system=hints[2])
    found = route(matter, lines, desks("vpcp", *sorted(there)), DAY)
    assert found.desk.kind in {"vpcp", *there}


def test_packaged_lines_name_organs_there_are() -> None:
    for line in routes():
        assert line.kind in set(Kind) and line.organs
        assert all(o in KINDS or o in ("@holder", "@owner", "@system") for o in line.organs)


def test_nearly_the_same_is_found_whatever_the_marks() -> None:
    other = "duong vao thon cat cat bi sat lo tu thang truoc ma chua ai sua, hoc sinh phai di vong xa"
    assert alike(TEXT, other) > NEAR
    assert len(set(signature(TEXT)) & set(signature(other))) >= 4
    assert alike(TEXT, "Xin hỏi thủ tục đăng ký khai sinh cho con mới sinh") < 0.05
    assert signature("") == [] and signature("!!! ???") == []


@given(st.text(max_size=300))
def test_signatures_are_numbers_of_the_database(text: str) -> None:
    found = signature(text)
    assert len(found) in (0, SIZE) and all(-(2**31) <= n < 2**31 for n in found)
    assert alike(text, text) in (0.0, 1.0)


@pytest.mark.parametrize(
    ("said", "kept"),
    [("0912 345 678", "0912345678"), ("+84 912-345-678", "0912345678"), ("(024) 39431234", "02439431234")],
)
def test_telephones_are_kept_one_way(said: str, kept: str) -> None:
    assert rules.sender(Sender(phone=said), Kind.RULE).phone == kept


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Sender(phone="abc"), "bad_phone"),
        (Sender(phone="123"), "bad_phone"),
        (Sender(email="a@b"), "bad_email"),
        (Sender(email="x" * 300 + "@vidu.vn"), "bad_email"),
        (Sender(name="n" * 121), "too_long"),
    ],
)
def test_bad_senders(said: Sender, code: str) -> None:
    with pytest.raises(Refused, match=f"^{code}"):
        rules.sender(said, Kind.RULE)


def test_texts_lose_what_nobody_typed() -> None:
    assert rules.paragraphs("một\x00 hai\r\n\r\n\r\n\r\nba\u202e ") == "một hai\n\nba"
    with pytest.raises(Refused, match="too_long"):
        rules.paragraphs("a" * 9_000)
    assert rules.personal_in("Gọi 1022 hoặc 0214 3871 234", kept=["0214 3871 234"]) == []
