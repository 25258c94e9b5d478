"""Assertions corrected and withdrawn: what was believed before stays answerable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from haicap.base.refused import Refused
from haicap.domain.law.tests import make as law
from haicap.domain.powers import actions, queries
from haicap.domain.powers.states import Level, Role
from haicap.domain.powers.tests import make
from haicap.domain.powers.tests.make import AT, POWER, SAIGON, delegated, line, minutes, power
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db
LATER = minutes(30)


@pytest.fixture
def lan(register):
    lan = make.justice()
    make.documents(lan)
    make.enter(lan, power(), line(id="M"), power("thu.hai"), line(power="thu.hai", id="N"))
    return lan


def refuse(told: str, call, *args, **facts) -> None:
    before, generation = Event.objects.count(), queries.generation()
    with pytest.raises(Refused) as caught:
        call(*args, **facts)
    assert caught.value.code == told, caught.value
    assert (Event.objects.count(), queries.generation()) == (before, generation)


def test_two_times(lan) -> None:
    row = make.correct(lan, "M", LATER, organ="province_committee", level=Level.PROVINCE)
    assert (row.code, row.organ) == ("M", "province_committee")
    assert make.held() == ["province_committee"]
    assert make.held(believed_at=LATER - timedelta(seconds=1)) == ["commune_committee"]
    assert make.held(believed_at=LATER) == ["province_committee"]
    assert make.held(believed_at=AT - timedelta(seconds=1)) == []
    before, now = queries.history("M")
    assert (before.superseded_at, before.superseded_why, now.superseded_at) == (LATER, "Đọc lại", None)
    assert make.fresh().powers[POWER].version == 1
    (event,) = ledger.history(f"powers.power:{POWER}")
    assert event.kind == "powers.assertion_corrected"
    assert event.data["fields"] == ["organ", "level"]
    assert event.data["before"] == {"organ": "commune_committee", "level": "commune"}
    assert "Đọc lại" not in str(event.data)


def test_a_withdrawn_assertion_was_believed_until_then(lan) -> None:
    row = actions.withdraw_assertion(code="M", why="Không có", seen=0, actor=lan.actor, at=LATER)
    assert row.superseded_at == LATER
    assert make.held() == []
    assert make.held(believed_at=LATER - timedelta(seconds=1)) == ["commune_committee"]
    refuse("not_found", actions.withdraw_assertion, code="M", why="x", seen=1, actor=lan.actor, at=LATER)
    refuse(
        "not_found",
        actions.correct_assertion,
        code="M",
        line=line(),
        why="x",
        seen=1,
        actor=lan.actor,
        at=LATER,
    )


@pytest.mark.parametrize(
    ("told", "facts"),
    [
        ("no_reason", {"why": " ", "note": "x"}),
        ("nothing_new", {}),
        ("other_power", {"power": "thu.hai"}),
        ("dates_order", {"since": make.NOW, "until": make.NOW}),
        ("unknown_organ", {"organ": "committee"}),
        ("unknown_unit", {"unit": "c:99999"}),
        ("unknown_document", {"document": "999/2026/NĐ-CP"}),
        ("unknown_value", {"condition": "nhom in {C}"}),
        ("parent_unfit", {"parent": "N"}),
    ],
)
def test_corrections_that_are_none(lan, told: str, facts) -> None:
    refuse(told, make.correct, lan, "M", **facts)
    assert len(queries.history("M")) == 1


def test_the_words_of_a_citation_are_a_fact_too(lan) -> None:
    assert make.correct(lan, "M", citation="theo bản in").citation == "theo bản in"


def test_a_page_that_is_stale(lan) -> None:
    seen = make.seen("M")
    make.correct(lan, "M", note="một")
    now = queries.assertion_line(make.fresh().assertions["M"])
    words = {"code": "M", "why": "x", "seen": seen, "actor": lan.actor, "at": AT}
    refuse("stale", actions.correct_assertion, line=replace(now, note="hai"), **words)
    refuse("stale", actions.withdraw_assertion, **words)


def test_chains_stay_whole(lan) -> None:
    child, grandchild = make.enter(lan, delegated("M", id="C"), delegated("C", id="G", unit=SAIGON))
    refuse("has_children", actions.withdraw_assertion, code="M", why="x", seen=0, actor=lan.actor, at=AT)
    refuse("cycle", make.correct, lan, child, parent=grandchild)
    refuse("cycle", make.correct, lan, child, parent=child)
    refuse("unknown_parent", make.correct, lan, child, parent="N")  # of another power
    refuse("unknown_parent", make.correct, lan, child, parent="Z-1")
    refuse("unknown_parent", make.correct, lan, child, role=Role.SIGN)  # of another role
    make.correct(lan, "M", note="gốc được sửa")
    assert [a.code for a in make.fresh().derived_from("M")] == [child]
    for code in (grandchild, child, "M"):
        actions.withdraw_assertion(code=code, why="x", seen=make.seen(code), actor=lan.actor, at=AT)


def test_what_ended_is_corrected_with_its_day(lan) -> None:
    make.correct(lan, "M", until=date(2026, 11, 23))
    assert (make.held(), make.held(date(2026, 11, 23))) == (["commune_committee"], [])


def test_an_assertion_moves_to_another_provision(lan) -> None:
    law.enter(lan, law.document("931/2026/NĐ-CP", effective_on=date(2026, 12, 1)))
    make.correct(lan, "M", document="931/2026/NĐ-CP", place="art_1")
    assert (make.held(), make.held(date(2026, 12, 1))) == ([], ["commune_committee"])
