"""Effect as the doors ask for it: real documents, territories of former units, citations, and what asking costs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.domain.law import queries
from haicap.domain.law.formats.rows import TextRow
from haicap.domain.law.states import DocumentState, Evidence, RelationKind, Standing, Why
from haicap.domain.law.tests import make
from haicap.domain.law.tests.make import DA_NANG, DECREE, LATER, NOW, OTHER, QUANG_NAM, document, place, tie

R = RelationKind
pytestmark = pytest.mark.django_db
REFORM, CLIFF = date(2025, 7, 1), date(2027, 3, 1)
HOI_AN, HAI_CHAU, SA_PA, SAIGON = (f"c:{code}@2025-07-01" for code in ("20410", "20242", "03006", "26740"))


def day_before(on: date) -> date:
    return on - timedelta(days=1)


def standing(number: str, on: date, path: str = "", unit: str = "") -> Standing:
    return queries.effect(make.found(number), path, on, unit=unit).standing


# --- the real register ----------------------------------------------------------------------------------------------
def test_the_decrees_of_june_2025_count_for_twenty_months(register) -> None:
    for number in ("140/2025/NĐ-CP", "151/2025/NĐ-CP", "125/2025/NĐ-CP", "142/2025/NĐ-CP"):
        days = [day_before(REFORM), REFORM, day_before(CLIFF), CLIFF]
        assert [standing(number, on) for on in days] == [
            Standing.NOT_YET, Standing.IN_FORCE, Standing.IN_FORCE, Standing.ENDED,
        ]  # fmt: skip
        assert queries.effect(make.found(number), "", CLIFF).chain[-1].why is Why.SUNSET


def test_a_part_that_was_repealed_before(register) -> None:
    day = date(2025, 9, 26)
    assert standing("125/2025/NĐ-CP", day_before(day), "art_6") is Standing.IN_FORCE
    assert standing("125/2025/NĐ-CP", day, "art_6__para_1") is Standing.ENDED
    doc = make.found("125/2025/NĐ-CP")
    states = [queries.state_of(doc, on) for on in (day_before(day), day, CLIFF)]
    assert states == [DocumentState.IN_FORCE, DocumentState.PARTLY_ENDED, DocumentState.ENDED]
    step = queries.effect(doc, "art_6", day).chain[-1]
    assert (step.why, queries.corpus().docs[step.work].number) == (Why.REPEALED, "254/2025/NĐ-CP")
    (found,) = (c for c in queries.changes(day, day) if c.doc.number == "125/2025/NĐ-CP")
    assert (found.path, found.before, found.after) == ("art_6", Standing.IN_FORCE, Standing.ENDED)


def test_a_decree_that_was_suspended_with_what_it_ended(register) -> None:
    """46/2026 took the place of 15/2018 for nine days."""
    days = [date(2026, 1, 25), date(2026, 1, 26), date(2026, 2, 3), date(2026, 2, 4), NOW]
    assert [standing("15/2018/NĐ-CP", on) for on in days] == [
        Standing.IN_FORCE, Standing.SUSPENDED, Standing.SUSPENDED, Standing.IN_FORCE, Standing.IN_FORCE,
    ]  # fmt: skip
    assert standing("46/2026/NĐ-CP", date(2026, 2, 4)) is Standing.SUSPENDED


def test_citations_of_the_platform_resolve(register) -> None:
    (found,) = queries.resolve(Citation("151/2025/NĐ-CP", "điều 5 khoản 1 điểm đ"))
    assert (found.doc.slug, found.path) == ("151-2025-nd-cp", "art_5__para_1__point_đ")
    assert queries.resolve(Citation("151/2025/ND-CP")) == queries.resolve(Citation("151/2025/NĐ-CP"))
    both = queries.resolve(Citation("151/2025/NĐ-CP | 140/2025/NĐ-CP"))
    assert [f.doc.number for f in both] == ["151/2025/NĐ-CP", "140/2025/NĐ-CP"]
    assert [f.path for f in queries.resolve(Citation("151/2025/NĐ-CP", "điều 5; điều 9"))] == [
        "art_5",
        "art_9",
    ]
    assert [f.path for f in queries.resolve(Citation("151/2025/NĐ-CP", "phần mở đầu nào đó"))] == [""]


def test_a_citation_that_resolves_to_nothing_is_not_known(register) -> None:
    for citation in (Citation("999/2099/NĐ-CP"), Citation(""), Citation("chẳng phải số hiệu")):
        assert queries.resolve(citation) == ()
        assert queries.in_force(citation, NOW) is Standing.UNKNOWN
    with pytest.raises(Refused, match="not_found"):
        queries.document("khong-co")


def test_of_several_meanings_the_best_counts(register) -> None:
    lan, number = make.justice(), "977/2026/NQ-HĐND"
    day = date(2026, 5, 1)
    make.enter(
        lan, document(number, issuer="hdnd:p:01", issued_on=day), document(OTHER),
        document(number, issuer=f"hdnd:{make.LAO_CAI}", issued_on=day),
        tie(R.REPEALS, target=f"{number} | hdnd:p:01 | {day}"),
    )  # fmt: skip
    queries.corpus.now()
    assert queries.in_force(Citation(number), LATER) is Standing.IN_FORCE
    ended = queries.resolve(Citation(number), issued_on=day, unit="p:01")
    assert [queries.effect(f.doc, f.path, LATER).standing for f in ended] == [Standing.ENDED]
    assert queries.resolve(Citation(number), issued_on=NOW) == ()


# --- territories ----------------------------------------------------------------------------------------------------
OLD = "911/2018/NQ-HĐND"
NEW = "912/2026/NQ-HĐND"


@pytest.fixture
def merged(register):
    """A resolution of each former province; the new one ends what counts in former Quảng Nam."""
    lan = make.justice()
    since = date(2018, 8, 1)
    make.enter(
        lan, document(OLD, issuer=f"hdnd:{QUANG_NAM}", owner="", effective_on=since),
        document("929/2022/NQ-HĐND", issuer="hdnd:p:48", owner="", effective_on=date(2022, 8, 1)),
        document(NEW, issuer=f"hdnd:{DA_NANG}", owner="", effective_on=date(2026, 6, 1)),
        document(DECREE, effective_on=date(2020, 1, 1)),
        document(OTHER), tie(R.REPEALS, OTHER, DECREE, "art_3", since=LATER, territory=QUANG_NAM),
    )  # fmt: skip
    queries.corpus.now()
    return lan


def test_documents_of_merged_provinces_count_in_their_former_area(merged) -> None:
    for number in (OLD, "929/2022/NQ-HĐND"):
        days = [day_before(REFORM), REFORM, day_before(CLIFF), CLIFF]
        assert [standing(number, on) for on in days] == [*[Standing.IN_FORCE] * 3, Standing.ENDED]
        assert queries.effect(make.found(number), "", CLIFF).chain[-1].why is Why.FORMER_AREA
    old, other, new = (make.found(n) for n in (OLD, "929/2022/NQ-HĐND", NEW))
    table = {
        unit: [queries.counts_in(doc, unit, NOW) for doc in (old, other, new)]
        for unit in (HOI_AN, HAI_CHAU, SA_PA)
    }
    assert table == {HOI_AN: [True, False, True], HAI_CHAU: [False, True, True], SA_PA: [False] * 3}


def test_an_end_in_one_territory_is_no_end_elsewhere(merged) -> None:
    assert standing(DECREE, LATER, "art_3") is Standing.IN_FORCE
    seen = {unit: standing(DECREE, LATER, "art_3__para_1", unit) for unit in (HOI_AN, HAI_CHAU, SA_PA)}
    assert seen == {HOI_AN: Standing.ENDED, HAI_CHAU: Standing.IN_FORCE, SA_PA: Standing.IN_FORCE}
    assert standing(DECREE, day_before(LATER), "art_3", HOI_AN) is Standing.IN_FORCE
    assert standing(DECREE, LATER, "art_4", HOI_AN) is Standing.IN_FORCE
    assert queries.in_force(Citation(DECREE, "điều 3"), LATER, unit=HOI_AN) is Standing.ENDED
    assert queries.effect(make.found(), "art_3", LATER, unit=HOI_AN).chain[-1].why is Why.REPEALED


def test_documents_of_districts_are_seen_from_the_new_commune_until_the_bridge_ends(register) -> None:
    lan, number = make.justice(), "5/2024/QĐ-UBND"
    make.enter(
        lan, document(number, issuer="ubnd:d:088", owner="", effective_on=date(2024, 2, 1)),
        document("6/2024/QĐ-UBND", issuer="ubnd:d:088", owner="", effective_on=date(2024, 2, 1)),
        document("7/2026/QĐ-UBND", issuer=f"ubnd:{SA_PA}", owner="", effective_on=date(2026, 3, 1)),
        tie(R.REPEALS, "7/2026/QĐ-UBND", "6/2024/QĐ-UBND", since=None),
    )  # fmt: skip
    days = [date(2025, 6, 30), REFORM, NOW, day_before(CLIFF), CLIFF]
    assert [standing(number, on, unit=SA_PA) for on in days] == [*[Standing.IN_FORCE] * 4, Standing.ENDED]
    doc = make.found(number)
    assert [queries.counts_in(doc, unit, NOW) for unit in (SA_PA, SAIGON)] == [True, False]
    mended = [standing("6/2024/QĐ-UBND", on) for on in (date(2026, 2, 28), date(2026, 3, 1))]
    assert mended == [Standing.IN_FORCE, Standing.ENDED]


def test_a_province_that_was_not_merged_goes_on(register) -> None:
    lan = make.justice()
    make.enter(lan, document("8/2024/QĐ-UBND", issuer="ubnd:p:01", owner="", effective_on=date(2024, 2, 1)))
    assert standing("8/2024/QĐ-UBND", CLIFF) is Standing.IN_FORCE


# --- cascades -------------------------------------------------------------------------------------------------------
def test_what_details_an_ended_law_ends_with_it_unless_it_is_announced_to_continue(register) -> None:
    lan = make.justice()
    circulars = ["31/2026/TT-BXD", "32/2026/TT-BXD"]
    make.enter(
        lan, document(), document(OTHER), *(document(n) for n in circulars),
        *(tie(R.DETAILS, n, DECREE, since=None) for n in circulars), tie(R.REPLACES),
        tie(R.CONTINUES, OTHER, circulars[1]),
    )  # fmt: skip
    assert [standing(n, day_before(LATER)) for n in circulars] == [Standing.IN_FORCE] * 2
    assert [standing(n, LATER) for n in circulars] == [Standing.ENDED, Standing.IN_FORCE]
    chain = queries.effect(make.found(circulars[0]), "", LATER).chain
    assert [step.why for step in chain][-2:] == [Why.REPLACED, Why.PARENT_ENDED]


# --- pages and what they cost -----------------------------------------------------------------------------------------
def test_the_page_of_a_document(register) -> None:
    lan = make.justice()
    paths = [
        "art_10",
        "art_2",
        "art_2__para_1__point_đ",
        "art_2__para_1__point_d",
        "art_2__para_1",
        "art_2__para_1__point_e",
    ]
    make.enter(
        lan, document(), document(OTHER), *(place(p, evidence=Evidence.DOUBTFUL) for p in paths),
        TextRow(DECREE, "art_2", date(2026, 1, 1), LATER, "Lời cũ."), TextRow(DECREE, "art_2", LATER, None, "Lời mới."),
        tie(R.REPEALS, target_place="art_10"),
    )  # fmt: skip
    doc = make.found()
    with CaptureQueriesContext(connection) as asked:
        parts = queries.outline(doc, LATER)
    assert len(asked) == 1
    assert [p.path.rpartition("_")[2] for p in parts] == ["2", "1", "d", "đ", "e", "10"]
    assert [p.depth for p in parts] == [0, 1, 2, 2, 2, 0]
    assert (parts[0].words.text, parts[1].words) == ("Lời mới.", None)
    assert [p.span.standing for p in parts] == [*[Standing.IN_FORCE] * 5, Standing.ENDED]
    assert parts[3].written == "điều 2 khoản 1 điểm đ"


def test_a_look_up_asks_the_database_nothing(register) -> None:
    doc = make.found("140/2025/NĐ-CP")
    queries.effect(doc, "", NOW, unit=HOI_AN)
    with CaptureQueriesContext(connection) as asked:
        for on in (REFORM, NOW, CLIFF):
            queries.effect(doc, "art_4__para_1", on, unit=HOI_AN)
            queries.spans(doc)
            queries.state_of(doc, on)
            queries.in_force(Citation("151/2025/NĐ-CP", "điều 5"), on)
    assert len(asked) == 0


def test_what_is_exported_is_what_was_entered(register) -> None:
    lan = make.justice()
    rows = [
        document(evidence=Evidence.CONFIRMED, source="Công báo"), document(OTHER), place("art_2", heading="Phạm vi"),
        TextRow(DECREE, "art_2", date(2026, 1, 1), None, "Lời."), tie(R.REPEALS, target_place="art_2"),
    ]  # fmt: skip
    make.enter(lan, *rows)
    make.found()
    out = queries.tables_of(["901-2026-nd-cp", "902-2026-nd-cp"])
    assert [d.number for d in out.documents] == [DECREE, OTHER]
    assert (out.provisions[0].heading, out.texts[0].text) == ("Phạm vi", "Lời.")
    assert [(r.document, r.kind, r.target, r.target_place, r.since) for r in out.relations] == [
        (OTHER, R.REPEALS, DECREE, "art_2", LATER)
    ]
    with pytest.raises(Refused, match="nothing_new"):
        make.enter(lan, *out)
