"""Dry run: what a table would change, reckoned beside the register; nothing is written, and entering it does just that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from haicap.domain.law.tests import make as law
from haicap.domain.powers import queries
from haicap.domain.powers.models import Assertion, Power
from haicap.domain.powers.states import FindingKind, Level, Reason
from haicap.domain.powers.tests import make
from haicap.domain.powers.tests.make import AT, POWER, SAIGON, SAPA, line, minutes, power
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db
START = law.LATER


@pytest.fixture
def lan(register):
    lan = make.justice()
    make.documents(lan)
    old = {"document": "", "place": "", "citation": "Quyết định cũ", "until": make.BASIS}
    make.enter(lan, power(), line(id="M", condition="tang < 12"), line(id="OLD", **old), at=AT)
    make.check(minutes(1))
    queries.current.now(), queries.register.now()
    return lan


def rehearse(actor, *lines, correcting: bool = False):
    before = [t.objects.count() for t in (Power, Assertion, Event)]
    found = queries.rehearse(
        [], list(enumerate(lines, 1)), actor=actor.actor, at=minutes(5), correcting=correcting
    )
    assert [t.objects.count() for t in (Power, Assertion, Event)] == before
    return found


def test_a_gap_that_would_close(lan) -> None:
    row = line("province_committee", Level.PROVINCE, condition="12 <= tang")
    found = rehearse(lan, row)
    assert (found.problems, found.new_assertions) == ((), 1)
    assert [(f.kind, f.reason, f.case) for f in found.run.closed] == [
        (FindingKind.OMISSION, Reason.LAPSED, "12 <= tang < 100")
    ]
    assert found.run.opened == ()
    (shift,) = found.run.shifts
    assert (shift.on, [a.organ for a in shift.before]) == (make.BASIS, ["commune_committee"])
    assert [a.organ for a in shift.after] == ["commune_committee", "province_committee"]
    before = {c.pk for c in make.cases()}
    make.enter(lan, row, at=minutes(6))
    assert make.check(minutes(7)) == (0, len(found.run.closed))
    assert {c.pk for c in make.cases()} < before


def test_a_conflict_that_would_come(lan) -> None:
    row = line(
        "province_committee",
        Level.PROVINCE,
        condition="5 <= tang < 9",
        place="art_6",
        since=START,
        units=(SAPA,),
    )
    found = rehearse(lan, row)
    (clash,) = found.run.opened
    assert (clash.kind, clash.case, clash.since, clash.units) == (
        FindingKind.OVERLAP,
        "5 <= tang < 9",
        START,
        (SAPA,),
    )
    assert found.run.closed == ()
    make.enter(lan, row, at=minutes(6))
    assert make.check(minutes(7)) == (1, 0)


def test_a_corrected_row_takes_the_place_of_the_believed_one(lan) -> None:
    now = queries.assertion_line(queries.assertion("M"))
    found = rehearse(lan, replace(now, condition=""), correcting=True)
    assert [f.reason for f in found.run.closed] == [Reason.LAPSED]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("code_of", "row"),
    [
        ("không có thẩm quyền", line(power="khong-co")),
        ("không có đơn vị", line(unit="c:99999")),
        ("không có quy định gốc", make.delegated("A-9999")),
        ("quay vòng", make.delegated("X", id="X")),
        ("đã được dùng", line(id="M")),
        ("chưa có", line(document="999/2026/NĐ-CP")),
    ],
)
def test_what_entering_would_refuse_is_told_with_its_row(lan, code_of: str, row) -> None:
    found = rehearse(lan, line(since=START), row)
    assert found.run is None
    assert code_of in found.problems[0].sentence
    assert found.problems[0].line in (2, 0)


def test_rights_are_those_of_the_entry(lan) -> None:
    commune = appointed("dung", "commune_office", Role.OFFICER, SAIGON)
    assert rehearse(commune, make.delegated("M", unit=SAIGON, condition="tang < 12")).problems == ()
    for row in (
        make.delegated("M", unit=SAPA),
        make.delegated("M", unit=SAIGON, units=(SAIGON, SAPA)),
        line(unit=SAIGON),
    ):
        assert len(rehearse(commune, row).problems) == 1


def test_a_local_document_keeps_its_issuer_in_the_table(lan) -> None:
    day = date(2026, 5, 1)
    number = "977/2026/QĐ-UBND"
    law.enter(
        lan, *(law.document(number, issuer=f"ubnd:{p}", issued_on=day) for p in (make.LAO_CAI, make.HCM))
    )
    (code,) = make.enter(
        lan, line(document=f"{number} | ubnd:{make.HCM} | {day}", power=POWER, condition="12 <= tang")
    )
    now = queries.assertion_line(make.fresh().assertions[code])
    assert now.document == f"{number} | ubnd:{make.HCM} | {day}"
    assert rehearse(lan, now, correcting=True).problems == ()
