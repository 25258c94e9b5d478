"""Who holds a power: on the real register, by the law of the day, over random registers, and what it costs to ask."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from haicap.base.refused import Refused
from haicap.domain.law import queries as documents
from haicap.domain.law.queries import Doc
from haicap.domain.law.queries.corpus import Corpus, Tie
from haicap.domain.law.states import Evidence, RelationKind, Standing
from haicap.domain.law.tests import make as law
from haicap.domain.powers import queries
from haicap.domain.powers.conditions import EVERY_CASE
from haicap.domain.powers.detectors import Ground
from haicap.domain.powers.queries import AssertionRow
from haicap.domain.powers.queries import effective as reckoning
from haicap.domain.powers.states import FindingKind, Gone, Level, Mode, Reading, Reason, Role
from haicap.domain.powers.tests import make
from haicap.domain.powers.tests.make import AT, NOW, SAIGON, SAPA, delegated, line, minutes, power

REFORM, CLIFF = date(2025, 7, 1), date(2027, 3, 1)
PERMIT, BLASTING, FOOD = (
    "xay-dung.giay-phep",
    "cong-thuong.huan-luyen-vlncn",
    "an-toan-thuc-pham.quan-ly-dia-ban",
)
EVES = [REFORM - timedelta(days=1), REFORM, CLIFF - timedelta(days=1), CLIFF]


def organs(power: str, on: date, unit: str = SAPA, **facts) -> list[str]:
    return [h.organ for h in queries.holder(power, unit, on, **facts)]


# --- the real conflicts of the register ----------------------------------------------------------------------------------
@pytest.mark.django_db
def test_building_permits_literally_and_as_the_letters_want_it(register) -> None:
    """140/2025/NĐ-CP, điều 4 khoản 1 gives communes clauses 2 and 3; letters say only 3: shown, not obeyed."""
    for clause, before in (("2", "province_committee"), ("3", "district_committee")):
        held = [organs(PERMIT, on, case={"khoan": clause}) for on in EVES]
        assert held == [[before], ["commune_committee"], ["commune_committee"], []]
    (case,) = queries.cases(power=PERMIT, kind=FindingKind.OVERLAP)
    assert (case.since, case.until, case.condition, case.note) == (REFORM, CLIFF, "khoan in {2}", "guidance")
    assert any("9600/BXD-KTQLXD" in c for c in case.citations)
    assert any("140/2025/NĐ-CP" in c for c in case.citations)


@pytest.mark.django_db
def test_training_with_explosives_goes_down_a_chain_and_back(register) -> None:
    held = [organs(BLASTING, on) for on in (*EVES[:2], date(2025, 11, 5), date(2025, 11, 6), *EVES[2:])]
    both = ["province_committee", "industry_trade"]  # authorised beside who authorised it
    assert held == [["bct"], ["province_committee"], ["province_committee"], both, both, ["bct"]]
    assert organs(BLASTING, NOW, "c:26740@2025-07-01") == ["province_committee"]  # the deed is of Lào Cai
    assert organs(BLASTING, NOW, "p:15@2025-07-01") == both
    (deed,) = (h for h in queries.holder(BLASTING, SAPA, NOW) if h.organ == "industry_trade")
    assert (deed.unit, deed.until) == ("p:15@2025-07-01", CLIFF)
    assert deed.name(NOW) == "Sở Công Thương tỉnh Lào Cai"
    assert deed.assertion.citation.startswith("1883/QĐ-UBND")
    assert not queries.cases(power=BLASTING).filter(kind__startswith="chain_").exists()


@pytest.mark.django_db
def test_food_safety_is_delegated_from_its_day_and_through_a_suspension(register) -> None:
    words = {"role": Role.SUPERVISE, "case": {"nganh": "y_te"}}
    days = [date(2025, 11, 19), date(2025, 11, 20), date(2026, 1, 25), date(2026, 2, 4), NOW]
    held = [organs(FOOD, on, **words) for on in days]
    assert held == [["province_committee"], *[["health"]] * 4]
    assert organs(FOOD, date(2026, 1, 26), SAIGON, **words) == []  # 15/2018/NĐ-CP did not count on these days
    hole = queries.cases(power=FOOD, kind=FindingKind.OMISSION).get()
    assert (hole.reason, hole.since, hole.until) == (Reason.LAPSED, date(2026, 1, 26), date(2026, 2, 4))
    faults = queries.cases(power=FOOD, kind=FindingKind.CHAIN_NOT_HOLDER)
    assert {(c.since, c.until) for c in faults} == {(date(2026, 1, 26), date(2026, 2, 4))}
    assert not queries.cases(power=FOOD, kind=FindingKind.CHAIN_BEYOND_BASIS).exists()


@pytest.mark.django_db
def test_partial_ends_reach_those_who_rest_on_them_only(register) -> None:
    for number, path, day in (
        ("125/2025/NĐ-CP", "art_6", date(2025, 9, 26)),
        ("142/2025/NĐ-CP", "art_35__para_5", date(2026, 3, 15)),
        ("143/2025/NĐ-CP", "art_6", date(2026, 3, 15)),
    ):
        (doc,) = documents.corpus().numbered(number)
        found = [documents.effect(doc, path, on).standing for on in (day - timedelta(days=1), day)]
        assert found == [Standing.IN_FORCE, Standing.ENDED]
        assert documents.effect(doc, "", day).standing is Standing.IN_FORCE
    assert organs("dat-dai.thu-hoi", NOW) == ["commune_chairman"]  # 151/2025, amended by 226/2025, stands
    assert [len(organs("dat-dai.thu-hoi", on)) for on in EVES] == [1, 1, 1, 0]


@pytest.mark.django_db
def test_who_is_asked_about_where(register) -> None:
    with pytest.raises(Refused, match="not_found"):
        queries.holder("khong-co", SAPA, NOW)
    with pytest.raises(Refused, match="unknown_unit"):
        queries.holder(PERMIT, "c:99999", NOW)
    assert organs(PERMIT, REFORM - timedelta(days=1), "c:03001", case={"khoan": "3"}) == [
        "district_committee"
    ]
    assert queries.holder(PERMIT, SAPA, NOW)[0].name(NOW) == "Ủy ban nhân dân phường Sa Pa"


@pytest.mark.django_db
def test_a_look_up_asks_the_database_nothing(register) -> None:
    queries.current.now()
    queries.register.now()
    queries.holder(PERMIT, SAPA, NOW)
    with CaptureQueriesContext(connection) as asked:
        for on in EVES:
            queries.holder(PERMIT, SAPA, on, case={"khoan": "2"})
            queries.holder(BLASTING, SAIGON, on)
    assert len(asked) == 0


# --- by the law of the day ------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_suspended_provision_gives_nobody_a_power(register) -> None:
    lan = make.justice()
    make.documents(lan)
    make.enter(
        lan,
        power(),
        line(id="M"),
        delegated("M", mode=Mode.DELEGATION, id="C", document=law.OTHER, place="art_1"),
    )
    back = date(2027, 1, 15)
    law.enter(lan, law.tie(RelationKind.SUSPENDS, target_place="art_5", until=back))
    eve = law.LATER - timedelta(days=1)
    assert [make.held(on) for on in (eve, law.LATER, back)] == [["commune_economy"]] * 3
    stretches = [(s.since, s.until) for s in queries.stretches(make.POWER) if s.row.code == "M"]
    assert stretches == [(make.BASIS, law.LATER), (back, None)]
    make.check(minutes(1))
    (case,) = make.cases(kind=FindingKind.CHAIN_NOT_HOLDER)
    assert (case.since, case.until) == (law.LATER, back)
    assert make.held(back + timedelta(days=900)) == [
        "commune_committee"
    ]  # the delegation ended, its parent acts


@pytest.mark.django_db
def test_what_is_made_of_kept_values_is_never_old(register) -> None:
    """A page reads the register, an entry comes, and within the second somebody asks who holds."""
    lan = make.justice()
    make.documents(lan)
    queries.register()
    make.enter(lan, power(), line())
    queries.current.recheck()  # nobody asked for holders for a while
    assert [h.organ for h in queries.holder(make.POWER, SAIGON, NOW)] == ["commune_committee"]
    law.enter(lan, law.tie(RelationKind.REPEALS, target_place="art_5"), at=minutes(3))
    queries.current.recheck()
    assert queries.holder(make.POWER, SAIGON, law.LATER) == []
    assert make.check(minutes(4))[0] > 0
    assert Gone.LAW not in {c.gone_why for c in make.cases()}


# --- random registers against days counted one by one -----------------------------------------------------------------------
FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(24)]
moments = st.none() | st.sampled_from(DAYS[2:-2])


def spans(draw) -> tuple[date | None, date | None]:
    since, until = draw(moments), draw(moments)
    return (since, until) if since is None or until is None or since < until else (None, until)


def document(pk: int, since: date | None, until: date | None) -> Doc:
    return Doc(
        pk, f"d{pk}", f"{pk}/2026/NĐ-CP", "cp", "", None, "decree", 5, "", since, until, "", "", "", "", "",
        Evidence.UNCONFIRMED, "", "", 0,
    )  # fmt: skip


def assertion(code: str, doc: Doc, path: str, since: date | None, until: date | None) -> AssertionRow:
    return AssertionRow(
        code, make.POWER, Role.DECIDE, f"organ_{code}", "", Level.COMMUNE, (), EVERY_CASE, since, until, Mode.ORIGINAL, "",
        doc, path, "", Reading.LITERAL, False, 0, 0, Evidence.UNCONFIRMED, "", "", AT, None, "",
    )  # fmt: skip


@st.composite
def registers(draw):
    docs = [
        document(1, FIRST - timedelta(days=9), None),
        document(2, draw(moments) or FIRST, None),
        document(3, *spans(draw)),
    ]
    paths = ["", "art_1", "art_1__para_2", "art_2"]
    ties = []
    for n in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from([RelationKind.REPEALS, RelationKind.SUSPENDS, RelationKind.REPLACES]))
        since, until = draw(st.sampled_from(DAYS)), draw(moments)
        if kind is not RelationKind.SUSPENDS or (until and until <= since):
            until = None
        target = draw(st.sampled_from([2, 3]))
        ties.append(
            Tie(
                n,
                kind,
                1,
                "",
                target,
                draw(st.sampled_from(paths)),
                since,
                until,
                "",
                Evidence.UNCONFIRMED,
                "",
                "",
            )
        )
    rows = [
        assertion(f"A-{n}", draw(st.sampled_from(docs)), draw(st.sampled_from(paths)), *spans(draw))
        for n in range(draw(st.integers(1, 4)))
    ]
    return Corpus(docs, [], ties), rows


@given(registers())
@settings(max_examples=150, deadline=None)
def test_claims_are_the_days_on_which_assertion_and_provision_both_count(drawn) -> None:
    corpus, rows = drawn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reckoning.law, "spans", lambda doc, path="": corpus.effects.spans(doc.pk, path))
        for row in rows:
            stretches = list(reckoning._days(row))
            for since, until in stretches:
                assert since is None or until is None or since < until
            unknown = all(
                s.standing is Standing.UNKNOWN for s in corpus.effects.spans(row.document.pk, row.path)
            )
            for on in DAYS:
                own = (row.since is None or row.since <= on) and (row.until is None or on < row.until)
                counts = (
                    unknown or corpus.effects.at(row.document.pk, row.path, on).standing is Standing.IN_FORCE
                )
                there = [s for s in stretches if (s[0] is None or s[0] <= on) and (s[1] is None or on < s[1])]
                assert len(there) == (own and counts), (row, on, stretches)


def test_a_child_has_the_stretch_of_its_parent_that_holds_on_its_days() -> None:
    suspended = Tie(
        1, RelationKind.SUSPENDS, 1, "", 2, "", DAYS[5], DAYS[9], "", Evidence.UNCONFIRMED, "", ""
    )
    docs = [document(1, FIRST, None), document(2, FIRST, None), document(3, FIRST, None)]
    corpus = Corpus(docs, [], [suspended])
    parent = assertion("P", docs[1], "", None, None)
    fields = {name: getattr(parent, name) for name in AssertionRow.__slots__}
    child = AssertionRow(
        **fields
        | {"code": "C", "organ": "child", "document": docs[2], "mode": Mode.DELEGATION, "parent": "P"}
    )
    ghost = AssertionRow(**fields | {"code": "G", "organ": "ghost", "mode": Mode.DELEGATION, "parent": "G"})

    held = SimpleNamespace(assertions={"P": parent, "C": child, "G": ghost})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reckoning.law, "spans", lambda doc, path="": corpus.effects.spans(doc.pk, path))
        pieces = reckoning.Pieces(held, Ground(("u",)))
        assert [(c.since, c.until, c.parent) for c in pieces.of("C")] == [
            (FIRST, DAYS[5], "P"), (DAYS[5], DAYS[9], "P"), (DAYS[9], None, "P#2"),
        ]  # fmt: skip
        assert {c.whole for c in pieces.of("C")} == {"C"}
        assert len(pieces.of("G")) == 2  # a chain that returns to itself ends
