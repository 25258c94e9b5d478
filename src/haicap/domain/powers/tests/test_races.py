"""Two at once, with real threads and connections: one after the other, and nothing is done or decided twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from haicap.domain.law import actions as law_actions
from haicap.domain.law.tests import make as law
from haicap.domain.powers import actions, queries
from haicap.domain.powers.models import Assertion, Case, PowersHead, SurveyAnswer
from haicap.domain.powers.states import CaseState, Survey
from haicap.domain.powers.tests import make
from haicap.domain.powers.tests.make import AT, SAPA, line, minutes, power
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger import queries as ledger


@pytest.fixture
def committing(race_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def document(actor, number: str) -> str:
    law.enter(actor, law.document(number))
    return number


def test_two_enter_at_once(committing) -> None:
    one, two = make.justice("dua.a"), make.justice("dua.b")
    number = document(one, "961/2026/NĐ-CP")
    before = PowersHead.objects.get().generation
    rows = power("dua.mot"), line(power="dua.mot", document=number)
    assert law.race(lambda: make.enter(one, *rows), lambda: make.enter(two, *rows)) == ["", ""]
    codes = list(Assertion.objects.filter(power__code="dua.mot").values_list("code", flat=True))
    assert len(set(codes)) == 2
    assert PowersHead.objects.get().generation == before + 2
    named = [line(power="dua.mot", document=number, id="DUA-1")]
    assert sorted(law.race(lambda: make.enter(one, *named), lambda: make.enter(two, *named))) == [
        "",
        "code_taken",
    ]


def test_a_ring_is_not_closed_by_two_at_once(committing) -> None:
    one, two = make.justice("vong.c"), make.justice("vong.d")
    number = document(one, "962/2026/NĐ-CP")
    words = {"power": "dua.hai", "document": number}
    make.enter(
        one,
        power("dua.hai"),
        line(id="V0", **words),
        make.delegated("V0", id="V1", **words),
        make.delegated("V0", id="V2", **words),
    )
    told = law.race(
        lambda: make.correct(one, "V1", parent="V2"), lambda: make.correct(two, "V2", parent="V1")
    )
    assert sorted(told) in (["", "cycle"], ["", "stale"])


def test_one_correction_of_two(committing) -> None:
    one, two = make.justice("sua.a"), make.justice("sua.b")
    number = document(one, "963/2026/NĐ-CP")
    make.enter(one, power("dua.ba"), line(power="dua.ba", document=number, id="S1"))
    seen, row = make.seen("S1"), queries.assertion_line(make.fresh().assertions["S1"])
    words = {"code": "S1", "why": "x", "seen": seen, "at": AT}
    told = law.race(
        lambda: actions.correct_assertion(line=replace(row, note="một"), actor=one.actor, **words),
        lambda: actions.withdraw_assertion(actor=two.actor, **words),
    )
    assert "" in told
    assert set(told) <= {"", "stale", "not_found"}
    assert told.count("") == 1
    assert Assertion.objects.filter(code="S1", superseded_at__isnull=True).count() <= 1


def test_two_checks_at_once_find_each_fault_once(committing) -> None:
    one = make.justice("ra.a")
    number = document(one, "964/2026/NĐ-CP")
    make.enter(one, power("dua.bon"), line(power="dua.bon", document=number, place="art_5"))
    before = len(ledger.history("powers.register:1"))
    assert law.race(lambda: make.check(minutes(1)), lambda: make.check(minutes(1))) == ["", ""]
    found = Case.objects.filter(power__code="dua.bon")
    assert found.count() == len(make.cases("dua.bon")) >= 1
    new = sorted(e.data["new"] for e in ledger.history("powers.register:1")[before:])
    assert new[0] == 0
    assert new[1] >= 1


def test_a_decision_is_not_lost_to_a_check(committing) -> None:
    one, number = make.justice("quyet.a"), "965/2026/NĐ-CP"
    law.enter(one, law.document(number))
    make.enter(one, power("dua.nam"), line(power="dua.nam", document=number, place="art_5"))
    make.check(minutes(2))
    for n in range(4):  # each time the same fault ends on another day: its case is given new facts
        doc, case = law.found(number), make.cases("dua.nam")[0]
        law_actions.correct_document(
            slug=doc.slug, facts={"since": date(2025, 12, n + 1)}, seen=doc.version, actor=one.actor, at=AT
        )
        told = law.race(
            lambda n=n: make.check(minutes(3 + n)),
            lambda case=case: actions.decide_case(
                pk=case.pk,
                state=CaseState.ACCEPTED,
                decision="Được",
                seen=case.version,
                actor=one.actor,
                at=AT,
            ),
        )
        assert told == ["", ""]
        case.refresh_from_db()
        assert (case.state, case.decision, case.until) == (CaseState.ACCEPTED, "Được", date(2025, 12, n + 1))
        head = ledger.head_of(case.stream)
        assert (head.version, head.hash) == (case.version, bytes(case.head))
        actions.reopen_case(pk=case.pk, seen=case.version, actor=one.actor, at=AT)


def test_two_answers_of_one_unit(committing) -> None:
    people = [appointed(f"xa.{n}", "commune_office", Role.OFFICER, SAPA) for n in "ab"]

    def say(person) -> None:
        actions.answer_survey(
            round_="đua",
            power="dat-dai.thu-hoi",
            unit=SAPA,
            answer=Survey.CAN,
            seen=0,
            actor=person.actor,
            at=AT,
        )

    assert sorted(law.race(*(lambda p=p: say(p) for p in people))) == ["", "stale"]
    assert SurveyAnswer.objects.filter(round="đua").count() == 1
