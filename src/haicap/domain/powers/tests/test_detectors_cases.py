"""Tables a lawyer can read: seams, holes, chains, the cliff, precedence, who exercises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from haicap.base.refused import Refused
from haicap.domain.law.states import DocumentKind
from haicap.domain.powers.conditions import Choice, Interval, parse
from haicap.domain.powers.detectors import (
    Claim,
    Ground,
    Holding,
    Instrument,
    Rank,
    Scope,
    alive,
    beats,
    check,
    holders,
    sweep,
    window,
)  # fmt: skip
from haicap.domain.powers.states import CLIFF, REFORM, FindingKind, Level, Mode, Role

GROUND = Ground(("00001", "00002", "00003"))
JAN, JUL, DEC = date(2026, 1, 1), date(2026, 7, 1), date(2026, 12, 1)


def claim(name, organ="UBND xã", units="00001 00002 00003", case="", since=REFORM, until=None, **more):
    more = {"level": Level.COMMUNE, "citation": f"căn cứ {name}", **more}
    mask = GROUND.mask(units.split())
    return Claim(
        name, "P", Role.DECIDE, organ, units=mask, condition=parse(case), since=since, until=until, **more
    )


def told(claims, kind=None, **more):
    """(kind, units, since, until, case, reason) of each finding."""
    return [
        (f.kind.value, " ".join(f.units), f.since, f.until, f.case, str(f.reason))
        for f in check(claims, GROUND, **more)
        if kind is None or f.kind == kind
    ]


# --- seams and holes -----------------------------------------------------------------------------------------------
def test_a_row_that_ends_when_another_begins_leaves_no_seam():
    assert told([claim("a", until=JAN), claim("b", "Sở", since=JAN, until=JUL)]) == []


def test_one_day_between_and_one_day_together():
    gap = [claim("a", until=JAN), claim("b", "Sở", since=date(2026, 1, 2), until=JUL)]
    assert told(gap) == [("omission", "00001 00002 00003", JAN, date(2026, 1, 2), "", "b")]
    both = [claim("a", until=date(2026, 1, 2)), claim("b", "Sở", since=JAN, until=JUL)]
    assert told(both) == [("overlap", "00001 00002 00003", JAN, date(2026, 1, 2), "", "")]


def test_twelve_floors_belong_to_nobody():
    rows = [
        claim("a", case="floors < 12"),
        claim("b", "UBND tỉnh", case="13 <= floors", level=Level.PROVINCE),
    ]
    assert told(rows) == [("omission", "00001 00002 00003", REFORM, None, "12 <= floors < 13", "g")]


def test_open_days_and_open_numbers_leave_the_hull():
    rows = [
        claim("a", units="00001", case="0 <= floors < 5", until=JAN), claim("b", units="00001", case="5 <= floors"),
        claim("c", units="00002", since=None),
    ]  # fmt: skip
    assert told(rows) == []


def test_units_are_split_exactly():
    rows = [
        claim("a"),
        claim("b", "Sở", "00002 00003", since=JAN, until=JUL),
        claim("c", "Chi cục", "00003", since=JUL),
    ]
    assert told(rows) == [
        ("overlap", "00002 00003", JAN, JUL, "", ""),
        ("overlap", "00003", JUL, None, "", ""),
    ]


def test_a_unit_where_only_another_role_is_given():
    rows = [claim("a", until=JUL), replace(claim("s", units="00001", until=JUL), role=Role.SIGN)]
    assert told(rows) == [("omission", "00002 00003", REFORM, JUL, "", "d")]


def test_values_that_one_unit_lacks():
    rows = [claim("a", units="00001", case="group in {A,B}"), claim("b", units="00002", case="group in {A}")]
    found = told(rows)
    assert ("omission", "00002", REFORM, None, "group in {B}", "g") in found
    assert len(found) == 1


def test_the_same_organ_twice_is_one_holder_and_roles_do_not_collide():
    rows = [claim("a"), claim("b"), replace(claim("c", "Sở"), role=Role.SIGN)]
    assert told(rows) == []


def test_the_same_organ_of_another_level_is_another_holder():
    assert told([claim("a", "UBND"), claim("b", "UBND", level=Level.PROVINCE)])[0][0] == "overlap"


def test_why_nobody_holds():
    district = claim("a", "UBND huyện", since=date(2024, 1, 1), until=REFORM, level=Level.DISTRICT)
    later = claim("b", since=JAN, until=JUL)
    assert told([district, later], FindingKind.OMISSION)[0][2:] == (REFORM, JAN, "", "a")
    root = claim("r", "UBND tỉnh", units="00001", until=JAN, level=Level.PROVINCE)
    deputy = claim("d", "Sở", since=JAN, until=JUL, mode=Mode.DELEGATION, parent="r", level=Level.PROVINCE)
    end = claim("e", since=DEC, until=date(2027, 1, 1))
    assert [f[2:] for f in told([root, deputy, end], FindingKind.OMISSION)] == [
        (REFORM, JAN, "", "d"),
        (JUL, DEC, "", "c"),
    ]


# --- chains --------------------------------------------------------------------------------------------------------
PROVINCE = claim("p", "UBND tỉnh", level=Level.PROVINCE, until=CLIFF)


def child(**more):
    more = {
        "since": JAN,
        "until": JUL,
        "mode": Mode.AUTHORISATION,
        "parent": "p",
        "level": Level.PROVINCE,
        **more,
    }
    return claim("c", "Sở", **more)


def test_a_child_does_not_collide_with_its_ancestors_but_with_its_sibling():
    grandchild = replace(child(), id="g", organ="Chi cục", parent="c", mode=Mode.DELEGATION)
    assert told([PROVINCE, child(), grandchild], FindingKind.OVERLAP) == []
    sibling = replace(child(since=date(2026, 3, 1)), id="s", organ="Chi cục")
    assert told([PROVINCE, child(), sibling], FindingKind.OVERLAP) == [
        ("overlap", "00001 00002 00003", date(2026, 3, 1), JUL, "", "")
    ]


def test_a_chain_that_ends_in_the_middle_of_another():
    outliving = child(until=date(2027, 6, 1))
    found = told([PROVINCE, outliving], FindingKind.CHAIN_BEYOND_BASIS)
    assert found == [("chain_beyond_basis", "00001 00002 00003", CLIFF, date(2027, 6, 1), "", "")]


CHAINS = [
    (child(mode=Mode.DELEGATION, parent=""), "chain_not_holder", JAN, JUL, ""),
    (child(since=date(2025, 1, 1)), "chain_not_holder", date(2025, 1, 1), REFORM, ""),
    (child(until=None), "chain_no_end", JAN, None, ""),
    (child(level=Level.NATION), "chain_receiver", JAN, JUL, ""),
    (child(added_days=1), "chain_burden", JAN, JUL, ""),
    (child(added_papers=1), "chain_burden", JAN, JUL, ""),
    (child(mode=Mode.DELEGATION, instrument=Instrument(False)), "chain_instrument", JAN, JUL, ""),
]


@pytest.mark.parametrize(("row", "kind", "since", "until", "case"), CHAINS)
def test_faults_of_a_chain(row, kind, since, until, case):
    assert (kind, "00001 00002 00003", since, until, case, "") in told([PROVINCE, row])


def test_a_sound_chain_has_no_fault():
    kinds = {
        f[0] for f in told([PROVINCE, child(), child(mode=Mode.DELEGATION, instrument=Instrument(True, 11))])
    }
    assert kinds <= {"cliff"}


def test_an_authorisation_is_not_passed_on_and_a_commune_delegates_nothing():
    again = replace(child(), id="g", organ="Phòng", parent="c")
    assert [f[0] for f in told([PROVINCE, child(), again]) if f[0].startswith("chain")] == [
        "chain_reauthorised"
    ]
    commune = claim("x")
    below = replace(child(level=Level.COMMUNE, mode=Mode.DELEGATION), parent="x")
    assert [f[0] for f in told([commune, below])] == ["chain_instrument"]


def test_a_child_wider_than_its_parent():
    narrow = replace(PROVINCE, condition=parse("0 <= floors < 10"), units=GROUND.mask(["00001", "00002"]))
    found = told([narrow, child(case="0 <= floors < 12")], FindingKind.CHAIN_NOT_HOLDER)
    assert sorted(found) == [
        ("chain_not_holder", "00001 00002", JAN, JUL, "10 <= floors < 12", ""),
        ("chain_not_holder", "00003", JAN, JUL, "0 <= floors < 12", ""),
    ]


def test_a_parent_in_stretches_is_one_parent():
    early = replace(PROVINCE, until=date(2026, 3, 1), whole="p")
    late = replace(PROVINCE, id="p#2", since=date(2026, 5, 1), whole="p")
    found = told([early, late, child()])
    assert [f for f in found if f[0].startswith("chain")] == [
        ("chain_not_holder", "00001 00002 00003", date(2026, 3, 1), date(2026, 5, 1), "", "")
    ]


def test_what_assigns():
    law, decree = Instrument(True, 2, DocumentKind.LAW), Instrument(True, 5, DocumentKind.DECREE)
    given = claim("a", mode=Mode.ASSIGNMENT)
    assert told([replace(given, instrument=law)]) == []
    assert told([given]) == []  # nobody could read what it rests on
    assert told([replace(given, instrument=decree)])[0][0] == "chain_instrument"
    assert told([replace(given, instrument=replace(decree, sunset=True))]) == []


# --- holders that are no more, the cliff ---------------------------------------------------------------------------
def test_a_district_after_the_reform():
    row = claim("a", "UBND huyện", since=date(2024, 1, 1), until=JAN, level=Level.DISTRICT)
    assert told([row]) == [("holder_abolished", "00001 00002 00003", REFORM, JAN, "", "")]


def test_a_code_that_nobody_bears_any_more():
    ground = Ground(GROUND.units, {"00002": ((None, JAN),), "00003": ((None, JAN), (JAN, None))})
    found = [f for f in check([claim("a", until=JUL)], ground) if f.kind == FindingKind.HOLDER_ABOLISHED]
    assert [(f.units, f.since, f.until) for f in found] == [(("00002",), JAN, JUL)]


def test_the_cliff_lasts_until_somebody_holds_again():
    rows = [
        claim("a", until=CLIFF),
        claim("b", "Sở", "00001", since=CLIFF),
        claim("c", "Sở", "00002", since=date(2027, 5, 1)),
    ]
    found = told(rows, FindingKind.CLIFF)
    assert found == [
        ("cliff", "00002", CLIFF, date(2027, 5, 1), "", ""),
        ("cliff", "00003", CLIFF, None, "", ""),
    ]
    assert told([claim("a", until=CLIFF), claim("b", since=CLIFF)], FindingKind.CLIFF) == []


# --- windows -------------------------------------------------------------------------------------------------------
def test_days_of_findings_are_half_open():
    found = check([claim("a", until=JAN), claim("b", since=JUL, until=DEC)], GROUND)
    assert [f.since for f in alive(found, JAN)] == [JAN]
    assert alive(found, JUL) == [] and alive(found, date(2025, 12, 31)) == []
    assert [(f.since, f.until) for f in window(found, date(2026, 3, 1), None)] == [(date(2026, 3, 1), JUL)]
    assert window(found, JUL, None) == [] and window(found, None, JAN) == []


# --- a register: precedence, lives, what must be covered -----------------------------------------------------------
SCOPES = {("P", Role.DECIDE): Scope(GROUND.everywhere, REFORM, JUL)}
OLD_LAW = Rank(2, date(2020, 1, 1))
DECREE = Rank(5, date(2025, 6, 12), sunset=True)
NEWER = Rank(5, date(2026, 1, 1))

ORDER = [
    (OLD_LAW, Rank(5, date(2026, 1, 1)), True),  # superior before later
    (DECREE, OLD_LAW, True),  # its own clause before superior
    (DECREE, Rank(2, date(2026, 6, 1)), False),  # but not over what came after it
    (NEWER, Rank(5, date(2024, 1, 1)), True),  # later
    (Rank(5, date(2024, 1, 1), special=2), Rank(5, date(2024, 1, 1), special=1), True),  # more special
    (Rank(5, None), Rank(5, date(2024, 1, 1)), False),  # not known
    (Rank(11, date(2020, 1, 1)), Rank(0, date(2026, 1, 1)), True),  # a document before none
    (None, OLD_LAW, False),
]


@pytest.mark.parametrize(("one", "other", "wins"), ORDER)
def test_precedence(one, other, wins):
    assert beats(one, other) is wins
    if wins:
        assert not beats(other, one)


def test_what_is_outranked_does_not_collide_and_falls_with_what_is_derived_from_it():
    old = claim("a", "UBND tỉnh", level=Level.PROVINCE, until=JUL, rank=OLD_LAW)
    new = claim("b", until=JUL, rank=DECREE)
    derived = claim("c", "Sở", until=JUL, rank=Rank(5, date(2026, 5, 1)), mode=Mode.DELEGATION, parent="a")
    assert told([old, new], scopes=SCOPES) == []
    assert told([old, new, replace(derived, rank=None)], FindingKind.OVERLAP, scopes=SCOPES) == []
    same = replace(new, id="d", organ="Sở", rank=replace(DECREE))
    assert told([new, same], FindingKind.OVERLAP, scopes=SCOPES) == [
        ("overlap", "00001 00002 00003", REFORM, JUL, "", "")
    ]


def test_guidance_collides_and_gives_nobody_a_power():
    literal = claim("a", until=JUL, rank=DECREE)
    letter = claim("b", "UBND tỉnh", level=Level.PROVINCE, until=JUL, guidance=True)
    found = check([literal, letter], GROUND, scopes=SCOPES)
    assert [(f.kind, f.note) for f in found] == [("overlap", "guidance")]
    found = told(
        [replace(letter, until=DEC), replace(literal, until=JAN)], FindingKind.OMISSION, scopes=SCOPES
    )
    assert found == [("omission", "00001 00002 00003", JAN, JUL, "", "b")]
    assert holders([letter], GROUND, unit="00001", on=JAN) == []


def test_units_need_holders_only_while_they_exist():
    ground = Ground(GROUND.units, {"00002": ((None, JAN),), "00003": ((JAN, None),)})
    found = check([claim("a", units="00001", until=JUL)], ground, scopes=SCOPES)
    omitted = [(f.units, f.since, f.until) for f in found if f.kind == FindingKind.OMISSION]
    assert omitted == [(("00002",), REFORM, JAN), (("00003",), JAN, JUL)]


def test_what_a_register_declares_must_be_covered_even_when_nobody_is_named():
    scope = replace(
        SCOPES["P", Role.DECIDE], attributes={"floors": Interval(0, 50), "group": Choice(("A", "B"))}
    )
    wanted = {("P", Role.DECIDE): scope}
    assert told([], scopes=wanted) == [("omission", "00001 00002 00003", REFORM, JUL, "", "d")]
    rows = [claim("a", case="0 <= floors < 12 and group in {A}", until=JUL)]
    assert {f[4] for f in told(rows, scopes=wanted)} == {
        "12 <= floors < 50",
        "0 <= floors < 12 and group in {B}",
    }


def test_a_deed_after_which_nobody_acts_again():
    deed = replace(child(), no_fallback=True)
    long = {("P", Role.DECIDE): Scope(GROUND.everywhere, REFORM, CLIFF)}
    assert told([PROVINCE, deed], FindingKind.OMISSION, scopes=long) == [
        ("omission", "00001 00002 00003", JUL, CLIFF, "", "c")
    ]
    assert told([PROVINCE, child()], FindingKind.OMISSION, scopes=long) == []
    assert holders([PROVINCE, deed], GROUND, unit="00001", on=DEC) == []


# --- who exercises -------------------------------------------------------------------------------------------------
def names(claims, on, unit="00001", case=None):
    found = holders(claims, GROUND, unit=unit, on=on, case=case or {})
    assert found == Holding(claims, GROUND).holders("P", unit=unit, on=on, case=case or {})
    return [c.id for c in found]


def test_a_delegate_replaces_and_an_authorised_one_accompanies():
    assert names([PROVINCE, child()], JAN) == ["p", "c"]
    assert names([PROVINCE, child(mode=Mode.DELEGATION)], JAN) == ["c"]
    assert names([PROVINCE, child(mode=Mode.DELEGATION)], JUL) == ["p"]
    steered = replace(child(mode=Mode.OVERRIDE, level=Level.NATION), organ="Bộ")
    assert names([PROVINCE, steered], JAN) == ["c"]


def test_holders_by_unit_day_and_case():
    rows = [
        claim("a", units="00001", case="floors < 12"),
        claim("b", "Sở", units="00001", case="12 <= floors"),
    ]
    assert names(rows, JAN, case={"floors": 11}) == ["a"]
    assert names(rows, JAN, case={"floors": 12}) == ["b"]
    assert names(rows, JAN) == ["a", "b"]
    assert names(rows, date(2025, 6, 30)) == [] and names(rows, JAN, unit="00002") == []
    assert names(rows, JAN, unit="99999") == []
    district = claim("d", "UBND huyện", since=None, level=Level.DISTRICT)
    assert names([district], date(2025, 6, 30)) == ["d"] and names([district], REFORM) == []


def test_precedence_decides_who_exercises():
    rows = [claim("a", "UBND tỉnh", level=Level.PROVINCE, rank=OLD_LAW), claim("b", rank=DECREE)]
    assert names(rows, JAN) == ["b"]


# --- bounds --------------------------------------------------------------------------------------------------------
def test_a_check_without_an_end_is_refused_with_the_power(monkeypatch):
    monkeypatch.setattr(sweep, "MOST_EFFORT", 500)
    rows = [
        claim(
            str(n),
            f"o{n}",
            case=f"{n} <= a < {n + 30} and {60 - n} <= b < {90 - n} and {n % 7} <= c < {n % 7 + 9}",
        )
        for n in range(30)
    ]
    with pytest.raises(Refused, match="too_much") as told_:
        check(rows, GROUND)
    assert "“P”" in told_.value.sentence and "500" in told_.value.sentence


def test_many_collisions_are_told_without_who_collides_but_exactly():
    from haicap.domain.powers.detectors import coverage

    rows = [claim(str(n), f"o{n}", since=date(2026, 1, 1 + n), until=date(2026, 2, 1 + n)) for n in range(25)]
    fine = told(rows, FindingKind.OVERLAP)
    assert len(fine) > 20
    kept, coverage.MOST_PIECES = coverage.MOST_PIECES, 10
    try:
        coarse = told(rows, FindingKind.OVERLAP)
    finally:
        coverage.MOST_PIECES = kept
    assert coarse == [("overlap", "00001 00002 00003", fine[0][2], fine[-1][3], "", "")]


def test_a_crowd_is_swept_unit_by_unit_to_the_same_findings(monkeypatch):
    rows = [
        claim(str(n), f"o{n % 3}", ["00001", "00002 00003"][n % 2], since=date(2026, 1, 1 + n))
        for n in range(20)
    ]
    few = check(rows, GROUND)
    from haicap.domain.powers.detectors import field

    original = field.clusters
    monkeypatch.setattr(field, "clusters", lambda boxes, frame, effort: original(boxes, frame, effort, 2))
    assert check(rows, GROUND) == few
