"""Effect of provisions by day: tables a lawyer can read. Real chains of the reform, then each rule by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from haicap.base.refused import Refused
from haicap.domain.law.effect import Effects, Link, Place, Step, Work, derive
from haicap.domain.law.states import DocumentState, RelationKind, Standing, Why

K, S, D = RelationKind, Standing, DocumentState
REFORM, CLIFF = date(2025, 7, 1), date(2027, 3, 1)
EVE = timedelta(days=1)


class Desk:
    """Documents by number and relations by sentence: desk.says("226/2025", K.AMENDS, "151/2025")."""

    def __init__(self) -> None:
        self.works: dict[str, Work] = {}
        self.places: list[Place] = []
        self.links: list[Link] = []

    def has(self, number: str, since: date | None, until: date | None = None, **more: object) -> Desk:
        self.works[number] = Work(len(self.works) + 1, since, until, **more)  # type: ignore[arg-type]
        return self

    def says(
        self, source: str, kind: RelationKind, target: str, since: date | None = None, **more: object
    ) -> int:
        """One relation, "number" or "number path"; its id."""
        (a, b), (c, d) = self.at(source), self.at(target)
        self.links.append(Link(len(self.links) + 1, kind, a, b, c, d, since, **more))  # type: ignore[arg-type]
        return len(self.links)

    def at(self, spot: str) -> tuple[int, str]:
        number, _, article = spot.partition(" art_")
        return self.works[number].id, article and f"art_{article}"

    def derived(self) -> Effects:
        return derive(self.works.values(), self.places, self.links)

    def on(self, spot: str, day: date) -> Standing:
        return self.derived().at(*self.at(spot), day).standing

    def why(self, spot: str, day: date) -> list[tuple[Why, date, str]]:
        """(why, day, number and place of the cause) of each step."""
        names = {w.id: number for number, w in self.works.items()}
        chain = self.derived().at(*self.at(spot), day).chain
        return [(s.why, s.on, f"{names[s.work or 0]} {s.path}".strip()) for s in chain]

    def state(self, number: str, day: date) -> DocumentState:
        return self.derived().document(self.works[number].id, day)


@pytest.fixture
def desk() -> Desk:
    return Desk()


# --- real chains ----------------------------------------------------------------------------------------------------
def test_land_corrected_and_amended_goes_on_until_the_cliff(desk: Desk) -> None:
    desk.has("151/2025/NĐ-CP", REFORM, CLIFF, until_by="art_19").has("2418/QĐ-BNNMT", date(2025, 6, 28))
    desk.has("226/2025/NĐ-CP", date(2025, 8, 15))
    desk.says("2418/QĐ-BNNMT", K.CORRECTS, "151/2025/NĐ-CP")
    desk.says("226/2025/NĐ-CP", K.AMENDS, "151/2025/NĐ-CP art_5")
    for day, state in {
        REFORM - EVE: D.NOT_YET,
        REFORM: D.IN_FORCE,
        date(2025, 8, 15): D.IN_FORCE,
        CLIFF - EVE: D.IN_FORCE,
        CLIFF: D.ENDED,
    }.items():
        assert desk.state("151/2025/NĐ-CP", day) is state, day
    assert desk.why("151/2025/NĐ-CP art_5__para_1__point_đ", date(2026, 11, 22)) == [
        (Why.COMMENCED, REFORM, "151/2025/NĐ-CP")
    ]
    assert desk.why("151/2025/NĐ-CP art_5", CLIFF) == [(Why.SUNSET, CLIFF, "151/2025/NĐ-CP art_19")]
    assert desk.why("151/2025/NĐ-CP", date(2025, 6, 1)) == [(Why.COMMENCED, REFORM, "151/2025/NĐ-CP")]


def test_one_article_repealed_while_the_rest_lives(desk: Desk) -> None:
    began = date(2025, 9, 26)
    desk.has("125/2025/NĐ-CP", REFORM, CLIFF).has("254/2025/NĐ-CP", began)
    repeal = desk.says("254/2025/NĐ-CP art_40", K.REPEALS, "125/2025/NĐ-CP art_6")
    assert desk.on("125/2025/NĐ-CP art_6", began - EVE) is S.IN_FORCE
    assert desk.on("125/2025/NĐ-CP art_6__para_2", began) is S.ENDED
    assert desk.on("125/2025/NĐ-CP art_60", began) is S.IN_FORCE
    assert [desk.state("125/2025/NĐ-CP", d) for d in (began - EVE, began, CLIFF)] == [
        D.IN_FORCE,
        D.PARTLY_ENDED,
        D.ENDED,
    ]
    assert desk.why("125/2025/NĐ-CP art_6", CLIFF) == [
        (Why.COMMENCED, began, "254/2025/NĐ-CP"),
        (Why.REPEALED, began, "254/2025/NĐ-CP art_40"),
    ]
    change, other = desk.derived().changes(began, began + 30 * EVE)
    assert (other.work, other.after) == (2, S.IN_FORCE)
    assert change == (began, 1, "art_6", S.IN_FORCE, S.ENDED, Step(Why.REPEALED, began, repeal, 2, "art_40"))


@pytest.mark.parametrize(
    ("suspended", "resumed", "ends"),
    [
        (None, None, date(2026, 4, 1)),
        (
            date(2026, 4, 2),
            None,
            date(2026, 4, 1),
        ),  # a day late: it had replaced already, and what ended stays so
        (date(2026, 4, 1), None, None),  # on its first day: it replaces nothing
        (date(2026, 3, 20), None, None),
        (date(2026, 3, 20), date(2026, 6, 1), date(2026, 6, 1)),  # it replaces when it comes back
    ],
)
def test_a_suspended_decree_replaces_nothing(
    desk: Desk, suspended: date | None, resumed: date | None, ends: date | None
) -> None:
    desk.has("148/2025/NĐ-CP", REFORM, CLIFF).has("46/2026/NĐ-CP", date(2026, 4, 1)).has(
        "09/2026/NQ-CP", date(2026, 3, 1)
    )
    desk.says("46/2026/NĐ-CP art_55", K.REPLACES, "148/2025/NĐ-CP art_4")
    if suspended:
        desk.says("09/2026/NQ-CP", K.SUSPENDS, "46/2026/NĐ-CP", suspended, until=resumed)
    at = ends or CLIFF
    assert desk.on("148/2025/NĐ-CP art_4", at - EVE) is S.IN_FORCE
    assert desk.on("148/2025/NĐ-CP art_4", at) is S.ENDED
    assert desk.why("148/2025/NĐ-CP art_4", at)[-1][:2] == (Why.REPLACED if ends else Why.SUNSET, at)
    assert desk.on("148/2025/NĐ-CP art_5", CLIFF - EVE) is S.IN_FORCE


@pytest.mark.parametrize(
    ("extended_from", "holds"), [(date(2026, 12, 1), True), (CLIFF, True), (CLIFF + EVE, False)]
)
def test_a_sunset_is_moved_by_an_extension_in_time(desk: Desk, extended_from: date, holds: bool) -> None:
    new = date(2028, 1, 1)
    desk.has("140/2025/NĐ-CP", REFORM, CLIFF, until_by="art_30").has("Nghị quyết", extended_from)
    desk.says("Nghị quyết", K.EXTENDS, "140/2025/NĐ-CP", until=new)
    assert desk.on("140/2025/NĐ-CP", CLIFF - EVE) is S.IN_FORCE
    assert desk.on("140/2025/NĐ-CP", CLIFF) is (S.IN_FORCE if holds else S.ENDED)
    assert desk.on("140/2025/NĐ-CP", new) is S.ENDED
    if holds:
        extended = (Why.EXTENDED, extended_from, "Nghị quyết")
        assert desk.why("140/2025/NĐ-CP art_4", new - EVE)[-1] == extended
        assert desk.why("140/2025/NĐ-CP", new)[-2:] == [extended, (Why.SUNSET, new, "140/2025/NĐ-CP art_30")]


def test_a_part_alone_may_be_extended(desk: Desk) -> None:
    desk.has("136/2025/NĐ-CP", REFORM, CLIFF).has("Luật", date(2027, 1, 1))
    desk.says("Luật art_90", K.EXTENDS, "136/2025/NĐ-CP art_7", until=date(2029, 1, 1))
    assert desk.on("136/2025/NĐ-CP art_7__para_1", CLIFF) is S.IN_FORCE
    assert desk.on("136/2025/NĐ-CP art_8", CLIFF) is S.ENDED
    assert desk.state("136/2025/NĐ-CP", CLIFF) is D.PARTLY_ENDED


# --- detailing documents ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("law_ends", "circular_ends"), [(REFORM - EVE, False), (REFORM, True), (REFORM + EVE, True)]
)
def test_a_circular_ends_with_its_law_from_the_first_of_july(
    desk: Desk, law_ends: date, circular_ends: bool
) -> None:
    desk.has("Luật cũ", date(2015, 1, 1)).has("Luật mới", law_ends).has("Thông tư", date(2016, 5, 1))
    desk.says("Thông tư", K.DETAILS, "Luật cũ")
    desk.says("Luật mới art_50", K.REPLACES, "Luật cũ")
    assert desk.on("Luật cũ", law_ends) is S.ENDED
    assert desk.on("Thông tư art_3", law_ends - EVE) is S.IN_FORCE
    assert (desk.on("Thông tư art_3", law_ends) is S.ENDED) is circular_ends
    assert (desk.on("Thông tư art_3", CLIFF) is S.ENDED) is circular_ends
    if circular_ends:
        assert desk.why("Thông tư", CLIFF) == [
            (Why.COMMENCED, law_ends, "Luật mới"),
            (Why.REPLACED, law_ends, "Luật mới art_50"),
            (Why.PARENT_ENDED, law_ends, "Luật cũ"),
        ]


def test_it_goes_down_through_decree_and_circular_the_same_day(desk: Desk) -> None:
    day = date(2026, 1, 1)
    desk.has("Luật", date(2010, 1, 1), day).has("Nghị định", date(2011, 1, 1)).has(
        "Thông tư", date(2012, 1, 1)
    )
    desk.says("Thông tư", K.DETAILS, "Nghị định art_2")
    desk.says("Nghị định", K.DETAILS, "Luật")
    assert [desk.on("Thông tư", d) for d in (day - EVE, day)] == [S.IN_FORCE, S.ENDED]
    assert [why for why, *_ in desk.why("Thông tư", day)] == [Why.SUNSET, Why.PARENT_ENDED, Why.PARENT_ENDED]


@pytest.mark.parametrize(
    ("announced", "goes_on"), [(date(2025, 12, 1), True), (date(2026, 1, 1), True), (date(2026, 1, 2), False)]
)
def test_an_announced_continuation_keeps_it_alive(desk: Desk, announced: date, goes_on: bool) -> None:
    day = date(2026, 1, 1)
    desk.has("Luật", date(2010, 1, 1), day).has("Thông tư", date(2012, 1, 1)).has("Thông báo", announced)
    desk.says("Thông tư", K.DETAILS, "Luật")
    desk.says("Thông báo", K.CONTINUES, "Thông tư")
    assert desk.on("Thông tư", day) is (S.IN_FORCE if goes_on else S.ENDED)
    assert desk.why("Thông tư", day)[-1] == (
        (Why.CONTINUED, day, "Thông báo") if goes_on else (Why.PARENT_ENDED, day, "Luật")
    )


@pytest.mark.parametrize(("announced", "goes_on"), [(date(2026, 1, 1), True), (date(2026, 1, 2), False)])
def test_what_details_the_kept_is_kept_with_it_and_the_kept_still_acts(
    desk: Desk, announced: date, goes_on: bool
) -> None:
    day = date(2026, 1, 1)
    desk.has("Luật", date(2010, 1, 1), day).has("Nghị định", date(2011, 1, 1)).has(
        "Thông tư", date(2012, 1, 1)
    )
    desk.has("Thông báo", announced).has("Quyết định", date(2013, 1, 1))
    desk.says("Nghị định", K.DETAILS, "Luật")
    desk.says("Thông tư", K.DETAILS, "Nghị định")
    desk.says("Thông báo", K.CONTINUES, "Nghị định")
    desk.says("Nghị định", K.REPEALS, "Quyết định", day)
    assert desk.on("Thông tư", day) is (S.IN_FORCE if goes_on else S.ENDED)
    assert desk.on("Quyết định", day) is (S.ENDED if goes_on else S.IN_FORCE)


def test_only_the_articles_announced_go_on(desk: Desk) -> None:
    day = date(2026, 1, 1)
    desk.has("Luật", date(2010, 1, 1), day).has("Thông tư", date(2012, 1, 1)).has(
        "Thông báo", date(2025, 12, 1)
    )
    desk.says("Thông tư", K.DETAILS, "Luật")
    desk.says("Thông báo", K.CONTINUES, "Thông tư art_4")
    assert desk.on("Thông tư art_4__para_2", day) is S.IN_FORCE
    assert desk.on("Thông tư art_5", day) is S.ENDED
    assert desk.state("Thông tư", day) is D.PARTLY_ENDED


def test_what_details_two_laws_lives_as_long_as_one_does(desk: Desk) -> None:
    first, second = date(2026, 1, 1), date(2026, 7, 1)
    desk.has("Luật A", date(2010, 1, 1), first).has("Luật B", date(2010, 1, 1), second)
    desk.has("Thông tư", date(2012, 1, 1))
    desk.says("Thông tư", K.DETAILS, "Luật A")
    desk.says("Thông tư", K.DETAILS, "Luật B art_9")
    assert [desk.on("Thông tư", d) for d in (first, second - EVE, second)] == [
        S.IN_FORCE,
        S.IN_FORCE,
        S.ENDED,
    ]
    assert desk.why("Thông tư", second)[-1] == (Why.PARENT_ENDED, second, "Luật B art_9")


def test_what_an_article_details_counts_for_it_instead(desk: Desk) -> None:
    day = date(2026, 1, 1)
    desk.has("Luật A", date(2010, 1, 1), day).has("Luật B", date(2010, 1, 1)).has(
        "Thông tư", date(2012, 1, 1)
    )
    desk.says("Thông tư", K.DETAILS, "Luật A")
    desk.says("Thông tư art_7", K.DETAILS, "Luật B")
    assert desk.on("Thông tư art_6", day) is S.ENDED
    assert desk.on("Thông tư art_7__para_1", day) is S.IN_FORCE


# --- former units and territories ---------------------------------------------------------------------------------------
def test_documents_of_districts_end_on_the_cliff_whatever_extends_them(desk: Desk) -> None:
    desk.has("03/2023/QĐ-UBND", date(2023, 1, 1), bridged=True, territory="quận 1")
    desk.has("04/2023/QĐ-UBND", date(2023, 1, 1), date(2026, 1, 1), bridged=True, territory="quận 1")
    desk.has("Nghị quyết", date(2025, 8, 1))
    desk.says("Nghị quyết", K.EXTENDS, "04/2023/QĐ-UBND", until=date(2029, 1, 1))
    for number in ("03/2023/QĐ-UBND", "04/2023/QĐ-UBND"):
        assert [desk.on(number, d) for d in (REFORM, CLIFF - EVE, CLIFF)] == [S.IN_FORCE, S.IN_FORCE, S.ENDED]
        assert desk.why(number, CLIFF)[-1] == (Why.FORMER_AREA, CLIFF, number)


def test_a_commune_replaces_what_its_district_decided_only_at_home(desk: Desk) -> None:
    day = date(2026, 3, 1)
    desk.has("08/2021/QĐ-UBND", date(2021, 1, 1), bridged=True, territory="huyện")
    desk.has("01/2026/QĐ-UBND", day, territory="xã")
    replaced = desk.says("01/2026/QĐ-UBND", K.REPLACES, "08/2021/QĐ-UBND art_2", territory="xã")
    effects = desk.derived()
    assert desk.on("08/2021/QĐ-UBND art_2", day) is S.IN_FORCE
    assert desk.state("08/2021/QĐ-UBND", day) is D.IN_FORCE
    ((territory, span),) = effects.exceptions(*desk.at("08/2021/QĐ-UBND art_2__para_1"))
    assert (territory, span.since, span.until, span.standing) == ("xã", day, CLIFF, S.ENDED)
    assert span.chain[-1] == Step(Why.REPLACED, day, replaced, 2, "")
    assert effects.exceptions(*desk.at("08/2021/QĐ-UBND art_3")) == ()


def test_a_territory_that_is_the_targets_own_is_no_limit(desk: Desk) -> None:
    day = date(2025, 11, 20)
    desk.has("45/2024/QĐ-UBND", date(2024, 1, 1), territory="Lào Cai (cũ)").has("28/2025/QĐ-UBND", day)
    desk.says("28/2025/QĐ-UBND", K.REPLACES, "45/2024/QĐ-UBND", territory="Lào Cai (cũ)")
    assert desk.on("45/2024/QĐ-UBND", day) is S.ENDED
    assert desk.derived().exceptions(*desk.at("45/2024/QĐ-UBND")) == ()


# --- single rules -----------------------------------------------------------------------------------------------------
def test_a_repeal_begins_no_earlier_than_its_own_act(desk: Desk) -> None:
    began = date(2026, 1, 1)
    desk.has("A", date(2020, 1, 1)).has("B", began)
    desk.says("B", K.REPEALS, "A", date(2025, 6, 1))
    assert [desk.on("A", d) for d in (began - EVE, began)] == [S.IN_FORCE, S.ENDED]


def test_what_has_ended_stays_so_when_what_ended_it_ends(desk: Desk) -> None:
    desk.has("A", date(2020, 1, 1)).has("B", date(2021, 1, 1)).has("C", date(2022, 1, 1))
    desk.says("B", K.REPEALS, "A")
    desk.says("C", K.REPEALS, "B")
    assert desk.on("A", date(2023, 1, 1)) is S.ENDED


def test_what_is_repealed_on_its_first_day_repeals_nothing(desk: Desk) -> None:
    day = date(2026, 1, 1)
    desk.has("A", date(2020, 1, 1)).has("B", day).has("C", day)
    desk.says("B", K.REPEALS, "A")
    desk.says("C", K.REPEALS, "B")
    assert (desk.on("A", day), desk.on("B", day)) == (S.IN_FORCE, S.ENDED)
    assert [s.standing for s in desk.derived().spans(*desk.at("B"))] == [S.NOT_YET, S.ENDED]


def test_nothing_is_known_of_a_document_without_a_first_day(desk: Desk) -> None:
    desk.has("A", None, date(2027, 1, 1)).has("B", date(2020, 1, 1))
    desk.says("A", K.REPEALS, "B", date(2025, 1, 1))
    assert [desk.on("A art_1", d) for d in (date(1990, 1, 1), date(2026, 12, 31))] == [S.UNKNOWN, S.UNKNOWN]
    assert desk.on("A", date(2027, 1, 1)) is S.ENDED
    assert desk.on("B", date(2026, 1, 1)) is S.IN_FORCE
    assert desk.state("A", REFORM) is D.UNKNOWN


def test_own_days_of_a_place_go_before_those_of_its_document(desk: Desk) -> None:
    desk.has("190/2025/QH15", date(2025, 2, 19), date(2027, 3, 1), until_by="art_14")
    desk.places = [
        Place(1, "art_3", REFORM),
        Place(1, "art_4", None, date(2026, 1, 1)),
        Place(1, "art_3__para_1"),
    ]
    assert desk.on("190/2025/QH15 art_3__para_1", REFORM - EVE) is S.NOT_YET
    assert desk.why("190/2025/QH15 art_3__para_1", REFORM) == [(Why.COMMENCED, REFORM, "190/2025/QH15 art_3")]
    assert desk.why("190/2025/QH15 art_4", CLIFF) == [(Why.SUNSET, date(2026, 1, 1), "190/2025/QH15 art_4")]
    assert desk.state("190/2025/QH15", date(2025, 3, 1)) is D.IN_FORCE
    assert desk.state("190/2025/QH15", date(2026, 1, 1)) is D.PARTLY_ENDED


def test_a_suspension_lasts_until_its_day_or_a_resumption(desk: Desk) -> None:
    a, b, c, e = (date(2026, month, 1) for month in (2, 3, 5, 9))
    desk.has("A", date(2020, 1, 1)).has("B", a).has("C", c)
    desk.says("B", K.SUSPENDS, "A", b, until=e)
    desk.says("C", K.RESUMES, "A art_1")
    assert [desk.on("A art_1", d) for d in (b - EVE, b, c - EVE, c)] == [
        S.IN_FORCE,
        S.SUSPENDED,
        S.SUSPENDED,
        S.IN_FORCE,
    ]
    assert [desk.on("A art_2", d) for d in (c, e - EVE, e)] == [S.SUSPENDED, S.SUSPENDED, S.IN_FORCE]
    assert [desk.state("A", d) for d in (b, c, e)] == [D.SUSPENDED, D.PARTLY_SUSPENDED, D.IN_FORCE]
    assert desk.why("A art_1", c)[-1] == (Why.RESUMED, c, "C")
    assert desk.why("A art_2", e)[-1] == (Why.RESUMED, e, "B")
    assert desk.why("A", b) == [(Why.COMMENCED, a, "B"), (Why.SUSPENDED, b, "B")]


def test_resumed_and_suspended_again_on_one_day_stays_suspended(desk: Desk) -> None:
    day = date(2026, 5, 1)
    desk.has("A", date(2020, 1, 1)).has("B", date(2026, 1, 1)).has("C", day).has("D", day)
    desk.says("B", K.SUSPENDS, "A")
    desk.says("C", K.RESUMES, "A")
    desk.says("D", K.SUSPENDS, "A")
    assert desk.on("A", day) is S.SUSPENDED
    assert desk.why("A", day)[-1] == (Why.SUSPENDED, day, "D")


def test_nothing_lifts_its_own_suspension(desk: Desk) -> None:
    desk.has("A", date(2020, 1, 1)).has("B", date(2026, 1, 1))
    desk.says("B", K.SUSPENDS, "A", until=date(2027, 1, 1))
    own = desk.says("A", K.RESUMES, "A art_1", date(2026, 5, 1))
    assert desk.on("A art_1", date(2026, 12, 31)) is S.SUSPENDED
    assert desk.derived().worked_from(own) == date(2027, 1, 1)


def test_an_extension_of_the_first_day_is_told_before_the_commencement(desk: Desk) -> None:
    desk.has("A", REFORM, REFORM + EVE).has("B", REFORM)
    desk.says("B", K.EXTENDS, "A", until=CLIFF)
    assert [why for why, *_ in desk.why("A", REFORM)] == [Why.COMMENCED, Why.EXTENDED, Why.COMMENCED]
    assert desk.derived().changes(REFORM, REFORM)[0].step.why is Why.COMMENCED


def test_a_long_ladder_of_details_comes_down_in_one_day(desk: Desk) -> None:
    day, rungs = date(2026, 1, 1), 3_000
    works = [Work(n, date(2010, 1, 1), day if n == 0 else None) for n in range(rungs)]
    links = [Link(n, K.DETAILS, n, "", n - 1, "") for n in range(1, rungs)]
    effects = derive(works, [], links)
    assert effects.standing(rungs - 1, "", day - EVE) is S.IN_FORCE
    span = effects.at(rungs - 1, "art_1", day)
    assert span.standing is S.ENDED
    assert len(span.chain) == rungs


# --- refusals ---------------------------------------------------------------------------------------------------------
def test_details_in_a_ring_are_refused_with_their_relations(desk: Desk) -> None:
    for number in ("A", "B", "C"):
        desk.has(number, date(2020, 1, 1))
    desk.says("C", K.AMENDS, "A")
    ring = [
        desk.says(a, K.DETAILS, b) for a, b in (("A art_1", "B"), ("B", "C art_2"), ("C", "A art_1__para_2"))
    ]
    with pytest.raises(Refused) as refused:
        desk.derived()
    assert refused.value.code == "cycle"
    assert refused.value.params["ids"] == tuple(ring)
    assert "2 → 3 → 4 → 2" in refused.value.sentence


def test_two_acts_that_repeal_each_other_on_one_day_are_refused(desk: Desk) -> None:
    desk.has("A", REFORM).has("B", REFORM)
    desk.says("A", K.REPEALS, "B")
    desk.says("B", K.REPEALS, "A")
    with pytest.raises(Refused) as refused:
        desk.derived()
    assert (refused.value.code, refused.value.params["ids"]) == ("cycle", (1, 2))


def test_on_two_days_the_earlier_one_wins(desk: Desk) -> None:
    desk.has("A", REFORM).has("B", REFORM)
    desk.says("A", K.REPEALS, "B", REFORM + EVE)
    desk.says("B", K.REPEALS, "A", REFORM + 2 * EVE)
    assert (desk.on("A", CLIFF), desk.on("B", CLIFF)) == (S.IN_FORCE, S.ENDED)


def test_a_third_act_decides_between_two_that_repeal_each_other(desk: Desk) -> None:
    desk.has("A", REFORM).has("B", REFORM).has("C", REFORM)
    desk.says("A", K.REPEALS, "B")
    desk.says("B", K.REPEALS, "A")
    desk.says("C", K.REPEALS, "A")
    assert (desk.on("A", REFORM), desk.on("B", REFORM)) == (S.ENDED, S.IN_FORCE)


def test_an_act_that_repeals_itself_is_refused(desk: Desk) -> None:
    desk.has("A", REFORM)
    desk.says("A art_9", K.REPEALS, "A", CLIFF)
    with pytest.raises(Refused, match="cycle"):
        desk.derived()


def test_a_relation_to_a_document_that_was_not_given_is_refused(desk: Desk) -> None:
    desk.has("A", REFORM)
    desk.links = [Link(1, K.REPEALS, 1, "", 99, "")]
    with pytest.raises(Refused, match="unknown_document"):
        desk.derived()
