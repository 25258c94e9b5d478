"""Two at once, with real threads and connections: one wins, the other is told in words, and nothing is done twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from haicap.domain.law import actions
from haicap.domain.law.models import Document, LawHead, Problem
from haicap.domain.law.states import ProblemKind, RelationKind
from haicap.domain.law.tests import make
from haicap.domain.law.tests.make import document, tie
from haicap.kernel.ledger import queries as ledger

R = RelationKind


@pytest.fixture
def committing(race_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def test_two_enter_at_once(committing) -> None:
    people = [make.justice("hai.a"), make.justice("hai.b")]
    before = LawHead.objects.get().generation
    row = document("931/2026/NĐ-CP")
    told = make.race(*(lambda p=p: make.enter(p, row) for p in people))
    assert sorted(told) == ["", "nothing_new"]
    assert Document.objects.filter(number=row.number).count() == 1
    assert LawHead.objects.get().generation == before + 1
    others = [document(f"{n}/2026/NĐ-CP") for n in (932, 933)]
    assert make.race(*(lambda p=p, r=r: make.enter(p, r) for p, r in zip(people, others, strict=True))) == [
        "",
        "",
    ]
    assert LawHead.objects.get().generation == before + 3


def test_a_ring_is_not_closed_by_two_at_once(committing) -> None:
    people = [make.justice("vong.a"), make.justice("vong.b")]
    one, two = "941/2026/NĐ-CP", "942/2026/NĐ-CP"
    make.enter(people[0], document(one), document(two))
    ties = [tie(R.DETAILS, one, two), tie(R.DETAILS, two, one)]
    assert sorted(
        make.race(*(lambda p=p, t=t: make.enter(p, t) for p, t in zip(people, ties, strict=True)))
    ) == ["", "cycle"]


def test_problems_of_one_moment_get_codes_of_their_own(committing) -> None:
    people = [make.justice(f"hoi.{n}") for n in "abcd"]
    make.enter(people[0], document("951/2026/NĐ-CP"))
    slug = make.found("951/2026/NĐ-CP").slug
    for year in (2041, 2041, 2042):  # the year has none yet, has some, has none again
        at = datetime(year, 1, 5, tzinfo=UTC)

        def report(person, at=at) -> None:
            actions.report_problem(
                slug=slug,
                path="",
                kind=ProblemKind.UNCLEAR,
                question="Hiểu thế nào?",
                actor=person.actor,
                at=at,
            )

        assert make.race(*(lambda p=p, r=report: r(p) for p in people)) == [""] * 4
    for year, last in ((2041, 8), (2042, 4)):
        codes = Problem.objects.filter(code__startswith=f"VM-{year}-").values_list("code", flat=True)
        assert sorted(codes) == [f"VM-{year}-{n:04d}" for n in range(1, last + 1)]
    for row in Problem.objects.filter(document__slug=slug):
        assert [e.kind for e in ledger.history(row.stream)] == ["law.problem_reported"]
