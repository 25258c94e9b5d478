"""Stretches of days in lanes: on one scale, inside the drawing, with words only where there is room."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from haicap.web.common.drawings import Lane, Stretch, draw_bars

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1945, 9, 2), date(2099, 12, 31))


def test_stretches_meet_and_reach_the_edges() -> None:
    cut = date(2025, 7, 1)
    lane = Lane("A", (Stretch(None, cut, "not_yet", "chưa"), Stretch(cut, None, "in_force", "còn hiệu lực")))
    bars = draw_bars([lane], [(TODAY, "today", "hôm nay")])
    before, after = bars.lanes[0].bars
    assert (before.x, after.end) == (0, 100) and before.end == after.x
    assert after.x < bars.marks[0].x < 100
    assert before.title == "chưa" and after.word == "còn hiệu lực"


def test_words_stay_out_of_narrow_bars() -> None:
    day = date(2020, 1, 1)
    lane = Lane(
        "A",
        (
            Stretch(day, day + timedelta(days=1), "suspended", "ngưng hiệu lực"),
            Stretch(day, None, "in_force", "còn"),
        ),
    )
    narrow, wide = draw_bars([lane], [(TODAY, "today", "x")]).lanes[0].bars
    assert narrow.word == "" and narrow.width > 0 and narrow.title == "ngưng hiệu lực" and wide.word == "còn"


def test_nothing_to_draw_is_no_drawing() -> None:
    assert draw_bars([], [(TODAY, "today", "x")]).height == 0
    assert draw_bars([Lane("A", (Stretch(None, None, "unknown", "?"),))], []).height == 0


@given(st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS), min_size=1, max_size=6), DAYS)
def test_everything_stays_inside(days: list[tuple[date | None, date | None]], today: date) -> None:
    lanes = [
        Lane("A", (Stretch(min(a, b) if a and b else a, max(a, b) if a and b else b, "in_force", "w"),))
        for a, b in days
    ]
    bars = draw_bars(lanes, [(today, "today", "x")])
    for placed in bars.lanes:
        for bar in placed.bars:
            assert 0 <= bar.x <= bar.end <= 100.5 and placed.y + 14 <= bars.floor <= bars.height
    assert all(0 <= x <= 100 for x, _ in bars.ticks) and len(bars.ticks) <= 8
