"""Owed documents and reported problems, through their verbs."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from haicap.base.refused import Refused
from haicap.domain.law import actions, queries
from haicap.domain.law.formats.rows import OwedRow
from haicap.domain.law.models import Owed, Problem
from haicap.domain.law.states import DocumentKind, OwedState, ProblemKind, ProblemState
from haicap.domain.law.tests import make
from haicap.domain.law.tests.make import AT, DECREE, NOW, OTHER, document
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.models import Event

SLUG, MENDS = "901-2026-nd-cp", "902-2026-nd-cp"
QUESTION = "Điều này áp dụng cho hồ sơ của ông Nguyễn Văn A thế nào?"
pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(register):
    lan = make.justice()
    due = OwedRow(DECREE, "art_5", DocumentKind.CIRCULAR, "hướng dẫn điều 5", "bxd", date(2026, 11, 1))
    make.enter(
        lan, document(), document(OTHER, issued_on=date(2026, 11, 11)),
        document("903/2026/NĐ-CP", owner=""), due,
    )  # fmt: skip
    return lan


@pytest.fixture
def owner(lan):
    return appointed("bao", "bxd", Role.OFFICER)


@pytest.fixture
def reporter(lan):
    return appointed("thu", "commune_centre", Role.RECEPTION, "c:26740@2025-07-01")


def refuse(told: str, call, **facts) -> None:
    before = Event.objects.count()
    with pytest.raises(Refused) as caught:
        call(at=AT, **facts)
    assert caught.value.code == told, caught.value
    assert Event.objects.count() == before


def execute(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


# --- owed -----------------------------------------------------------------------------------------------------------
def owed() -> Owed:
    return Owed.objects.latest("pk")


def line() -> queries.OwedLine:
    (only,) = (one for one in queries.owed(NOW) if one.pk == owed().pk)
    return only


def test_owed_is_settled_and_open_again(owner) -> None:
    assert (line().late, queries.owed_figures(NOW)["bxd"]["late"] >= 1) == (21, True)
    row = actions.settle_owed(pk=owed().pk, slug=MENDS, seen=0, actor=owner.actor, at=AT)
    assert (line().state, line().late, line().fulfilled_by.number) == (OwedState.ISSUED, 10, OTHER)
    refuse("not_open", actions.settle_owed, pk=row.pk, slug=MENDS, seen=1, actor=owner.actor)
    refuse("stale", actions.reopen_owed, pk=row.pk, seen=0, actor=owner.actor)
    row = actions.reopen_owed(pk=row.pk, seen=1, actor=owner.actor, at=AT)
    assert (row.state, row.fulfilled_by) == (OwedState.OPEN, None)
    row = actions.withdraw_owed(pk=row.pk, seen=2, actor=owner.actor, at=AT)
    assert (line().state, line().late) == (OwedState.WITHDRAWN, 0)
    row = actions.reopen_owed(pk=row.pk, seen=3, actor=owner.actor, at=AT)
    refuse("not_open", actions.reopen_owed, pk=row.pk, seen=4, actor=owner.actor)
    kinds = [e.kind for e in ledger.history(row.stream)]
    assert kinds == [f"law.owed_{w}" for w in ("settled", "reopened", "withdrawn", "reopened")]


def test_whose_duty_it_is(owner, lan) -> None:
    stranger = appointed("cuc", "byt", Role.LEADER)
    clerk = appointed("em", "bxd", Role.RECEPTION)
    local = appointed("chi", "construction", Role.LEADER, make.LAO_CAI)
    for actor in (stranger, clerk, local):
        refuse("not_yours", actions.withdraw_owed, pk=owed().pk, seen=0, actor=actor.actor)
    refuse("not_found", actions.settle_owed, pk=0, slug=MENDS, seen=0, actor=owner.actor)
    refuse("not_found", actions.settle_owed, pk=owed().pk, slug="khong-co", seen=0, actor=owner.actor)
    assert actions.settle_owed(pk=owed().pk, slug=MENDS, seen=0, actor=lan.actor, at=AT).version == 1


def test_issued_by_something(lan) -> None:
    for change in ("state = 'issued'", "fulfilled_by_id = document_id", "subject = ''", "state = 'x'"):
        with pytest.raises(IntegrityError, match="owed_"):
            execute(f"UPDATE law_owed SET {change} WHERE id = {owed().pk}")


# --- problems -------------------------------------------------------------------------------------------------------
def report(actor, slug: str = SLUG, question: str = QUESTION) -> Problem:
    return actions.report_problem(
        slug=slug, path="art_5", kind=ProblemKind.UNCLEAR, question=question, actor=actor.actor, at=AT
    )


def test_a_problem_goes_to_its_owner_and_stays_with_the_clause(reporter, owner) -> None:
    row = report(reporter)
    assert (row.owner, row.raised_for) == ("bxd", "commune_centre@c:26740@2025-07-01")
    row = actions.answer_problem(code=row.code, answer="Hiểu theo hướng A.", seen=1, actor=owner.actor, at=AT)
    row = actions.answer_problem(code=row.code, answer="Hiểu theo hướng B.", seen=2, actor=owner.actor, at=AT)
    row = actions.mend_problem(code=row.code, slug=MENDS, seen=3, actor=owner.actor, at=AT)
    (told,) = queries.problems(doc=make.found())
    assert (told.path, told.state, told.answer) == ("art_5", ProblemState.MENDED, "Hiểu theo hướng B.")
    assert (told.mended_by.number, told.version) == (OTHER, 4)
    events = ledger.history(row.stream)
    assert [e.kind for e in events] == [
        f"law.problem_{w}" for w in ("reported", "answered", "answered", "mended")
    ]
    assert not any(word in str(e.data) for e in events for word in ("Nguyễn", "hướng"))


def test_numbers_of_the_year_follow_each_other(reporter) -> None:
    first, second = report(reporter).code, report(reporter).code
    assert first.startswith("VM-2026-")
    assert int(second[-4:]) == int(first[-4:]) + 1


def test_a_problem_without_words_or_with_too_many(reporter, owner) -> None:
    words = {"slug": SLUG, "path": "", "kind": ProblemKind.MISSING, "actor": reporter.actor}
    refuse("no_question", actions.report_problem, question=" ", **words)
    refuse("too_long", actions.report_problem, question="x" * 4001, **words)
    refuse("not_found", actions.report_problem, question="x", **words | {"slug": "khong-co"})
    for stranger in ("", "system", "00000000-0000-0000-0000-000000000000"):
        refuse("not_yours", actions.report_problem, question="x", **words | {"actor": stranger})
    code = report(reporter).code
    refuse("no_answer", actions.answer_problem, code=code, answer="", seen=1, actor=owner.actor)
    refuse("too_long", actions.answer_problem, code=code, answer="x" * 4001, seen=1, actor=owner.actor)
    refuse("not_found", actions.mend_problem, code=code, slug="khong-co", seen=1, actor=owner.actor)


def test_who_answers_and_who_takes_back(reporter, owner, lan) -> None:
    code = report(reporter).code
    stranger = appointed("cuc", "byt", Role.LEADER)
    answer = {"code": code, "answer": "Có.", "seen": 1}
    for actor in (stranger, reporter, lan):  # Justice only where nobody is known to answer
        refuse("not_yours", actions.answer_problem, actor=actor.actor, **answer)
    for actor in (owner, stranger):
        refuse("not_yours", actions.withdraw_problem, code=code, seen=1, actor=actor.actor)
    refuse("not_found", actions.answer_problem, actor=owner.actor, **answer | {"code": "VM-2026-9999"})
    refuse("stale", actions.answer_problem, actor=owner.actor, **answer | {"seen": 0})
    row = actions.withdraw_problem(code=code, seen=1, actor=reporter.actor, at=AT)
    assert row.state == ProblemState.WITHDRAWN
    refuse("not_open", actions.answer_problem, actor=owner.actor, **answer | {"seen": 2})
    ownerless = report(reporter, "903-2026-nd-cp")
    assert ownerless.owner == ""
    row = actions.answer_problem(code=ownerless.code, answer="Có.", seen=1, actor=lan.actor, at=AT)
    refuse("not_open", actions.withdraw_problem, code=row.code, seen=2, actor=reporter.actor)


def test_what_the_database_refuses(reporter) -> None:
    pk = report(reporter).pk
    for change in ("state = 'answered'", "state = 'mended'", "question = ''", "kind = 'x'", "code = NULL"):
        with pytest.raises(IntegrityError, match=r"problem_|null value"):
            execute(f"UPDATE law_problem SET {change} WHERE id = {pk}")
