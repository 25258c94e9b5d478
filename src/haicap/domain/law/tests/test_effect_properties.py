"""The derivation against the day-by-day oracle, on small worlds around the days on which the law changes."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haicap.base.refused import Refused
from haicap.domain.law.effect import Effects, Link, Place, Work, derive
from haicap.domain.law.states import BRIDGE_ENDS, CASCADE_FROM, ENDING, RelationKind, Standing, Why
from haicap.domain.law.tests.effect_oracle import Looped, World

PATHS = ("", "art_1", "art_1__para_1", "art_2")
LENGTH = 9
ACTS = tuple(RelationKind)
TERRITORY = st.sampled_from(["", "", "", "", "hue", "lao-cai"])

MADE_BY = {
    Standing.IN_FORCE: (Why.COMMENCED, Why.RESUMED),
    Standing.UNKNOWN: (Why.RESUMED,),
    Standing.SUSPENDED: (Why.SUSPENDED,),
    Standing.ENDED: (Why.SUNSET, Why.REPLACED, Why.REPEALED, Why.PARENT_ENDED, Why.FORMER_AREA),
}


@dataclass(frozen=True)
class Rows:
    """A small world."""

    first: date
    works: tuple[Work, ...]
    places: tuple[Place, ...]
    links: tuple[Link, ...]

    @property
    def last(self) -> date:
        return self.first + timedelta(days=LENGTH)

    def derived(self) -> Effects:
        return derive(self.works, self.places, self.links)

    def world(self, territory: str = "", fired: dict[int, date] | None = None) -> World:
        return World(self.works, self.places, self.links, PATHS, self.first, self.last, territory, fired)


@st.composite
def worlds(draw: st.DrawFn, kinds: tuple[RelationKind, ...] = ACTS) -> Rows:
    """Two to four documents, most of them in force throughout, that mostly act on one another as wholes."""
    first = draw(st.sampled_from([CASCADE_FROM - timedelta(days=3), BRIDGE_ENDS - timedelta(days=4)]))
    days = [first + timedelta(days=n) for n in range(1, LENGTH - 1)]
    some = st.sampled_from(days)
    rarely = st.one_of(st.none(), st.none(), st.none(), some)
    since = st.sampled_from([*days[:1] * 4, days[1], days[3], None])
    number = draw(st.integers(2, 4))
    works = tuple(
        Work(n, draw(since), draw(rarely), "art_2", draw(TERRITORY), draw(st.integers(0, 4)) == 4)
        for n in range(number)
    )
    spot = st.tuples(st.integers(0, number - 1), st.sampled_from(PATHS[1:]))
    places = tuple(
        Place(*at, draw(rarely), draw(rarely)) for at in draw(st.lists(spot, max_size=2, unique=True))
    )
    work, path = st.integers(0, number - 1), st.sampled_from(["", "", *PATHS])
    link = st.builds(
        Link, st.just(0), st.sampled_from(kinds), work, path, work, path, st.one_of(st.none(), some), rarely,
        TERRITORY,
    )  # fmt: skip
    links = draw(st.lists(link, max_size=8))
    return Rows(first, works, places, tuple(replace(x, id=n) for n, x in enumerate(links)))


def agrees(rows: Rows) -> bool:
    """Whether both refuse, or both give every place the same standing on every day. The latter: True."""
    try:
        world = rows.world()
    except Looped:
        with pytest.raises(Refused, match="cycle"):
            rows.derived()
        return False
    effects = rows.derived()
    assert {x.id: on for x in rows.links if (on := effects.worked_from(x.id))} == world.fired
    for on, standings in world.days.items():
        for (work, path), standing in standings.items():
            assert effects.at(work, path, on).standing == standing, (on, work, path)
            assert effects.standing(work, path, on) == standing
    return True


@settings(max_examples=400, deadline=None)
@given(worlds())
def test_every_place_on_every_day_is_as_the_oracle_says(rows: Rows) -> None:
    agrees(rows)


@settings(max_examples=400, deadline=None)
@given(worlds((RelationKind.DETAILS, RelationKind.DETAILS, *ENDING, RelationKind.CONTINUES)))
def test_cascades_are_as_the_oracle_says(rows: Rows) -> None:
    agrees(rows)


@settings(max_examples=400, deadline=None)
@given(worlds((RelationKind.SUSPENDS, RelationKind.RESUMES, RelationKind.EXTENDS, *ENDING)))
def test_suspensions_and_extensions_are_as_the_oracle_says(rows: Rows) -> None:
    agrees(rows)


@settings(max_examples=200, deadline=None)
@given(worlds((RelationKind.SUSPENDS, RelationKind.RESUMES, RelationKind.EXTENDS, *ENDING)))
def test_exceptions_of_a_territory_are_as_the_oracle_says(rows: Rows) -> None:
    try:
        effects = rows.derived()
    except Refused:
        return
    general = rows.world()
    for territory in ("hue", "lao-cai"):
        there = rows.world(territory, general.fired)
        for on, standings in there.days.items():
            for (work, path), standing in standings.items():
                found = [s.standing for t, s in effects.exceptions(work, path) if t == territory and on in s]
                expected = [] if standing == general.days[on][work, path] else [standing]
                assert found == expected, (territory, on, work, path)


@settings(max_examples=200, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: Rows, dice: random.Random) -> None:
    def outcome(rows: Rows) -> object:
        try:
            effects = rows.derived()
        except Refused as refused:
            return refused.code, refused.params["ids"]
        every = {(w.id, p): effects.spans(w.id, p) for w in rows.works for p in PATHS}
        limited = {(w.id, p): effects.exceptions(w.id, p) for w in rows.works for p in PATHS}
        return every, limited, effects.changes(rows.first, rows.last)

    def shuffled(some: tuple) -> tuple:
        return tuple(dice.sample(some, len(some)))

    other = Rows(rows.first, shuffled(rows.works), shuffled(rows.places), shuffled(rows.links))
    assert outcome(rows) == outcome(other)


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_spans_cover_all_days_and_tell_why(rows: Rows) -> None:
    try:
        effects = rows.derived()
    except Refused:
        return
    for work in rows.works:
        for path in PATHS:
            spans = effects.spans(work.id, path)
            assert spans[0].since is None and spans[-1].until is None
            for one, other in pairwise(spans):
                assert one.until is not None
                assert one.until == other.since
                assert (one.standing, one.chain) != (other.standing, other.chain)
                assert one.standing is not Standing.ENDED, "what has ended does not come back"
            explained(effects, rows, work.id, path)


def explained(effects: Effects, rows: Rows, work: int, path: str) -> None:
    """Each stretch names what began it, and every relation named was at work, from a source in force that day."""
    links = {x.id: x for x in rows.links}
    for span in effects.spans(work, path):
        if span.standing not in (Standing.UNKNOWN, Standing.NOT_YET) and span.since is not None:
            assert span.chain[-1].on == span.since or span.standing is Standing.SUSPENDED
        for step in span.chain:
            if step.link is None:
                assert step.why in (Why.COMMENCED, Why.SUNSET, Why.FORMER_AREA)
                continue
            link = links[step.link]
            if link.kind is RelationKind.DETAILS:
                assert effects.at(link.target, link.target_path, step.on).standing is Standing.ENDED
                continue
            worked = effects.worked_from(link.id)
            assert worked is not None and worked <= step.on
            assert effects.at(link.source, link.source_path, worked).standing is Standing.IN_FORCE


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_changes_are_the_days_on_which_the_oracle_changes(rows: Rows) -> None:
    try:
        effects = rows.derived()
    except Refused:
        return
    days = rows.world().days
    told = {(c.on, c.work, c.path): (c.before, c.after) for c in effects.changes(rows.first, rows.last)}
    for work in rows.works:
        for path in effects.known(work.id):
            for before, on in pairwise(days):
                was, now = days[before][work.id, path], days[on][work.id, path]
                here = next((told[key] for p in _up(path) if (key := (on, work.id, p)) in told), (None, None))
                assert here == (was, now) or was == now


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_a_change_is_told_with_what_made_it(rows: Rows) -> None:
    try:
        effects = rows.derived()
    except Refused:
        return
    for change in effects.changes(rows.first, rows.last):
        assert change.step.why in MADE_BY[change.after], change
        assert change.step.on == change.on or change.after is Standing.SUSPENDED, change


def _up(path: str) -> list[str]:
    found = [path]
    while found[-1]:
        found.append(found[-1].rpartition("__")[0])
    return found


@settings(max_examples=100, deadline=None)
@given(worlds(), st.integers(0, LENGTH), st.integers(0, LENGTH))
def test_changes_of_a_window_are_those_of_its_days(rows: Rows, a: int, b: int) -> None:
    try:
        effects = rows.derived()
    except Refused:
        return
    since, until = (rows.first + timedelta(days=n) for n in sorted((a, b)))
    each = [
        change
        for n in range((until - since).days + 1)
        for change in effects.changes(since + timedelta(days=n), since + timedelta(days=n))
    ]
    assert effects.changes(since, until) == each
