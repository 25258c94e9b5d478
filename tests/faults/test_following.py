"""A change of the calendar while dossiers are worked on: what a dossier shows is what its clock says."""

from __future__ import annotations

from datetime import date

import pytest

from haicap.domain.deadlines import actions as deadlines
from haicap.domain.deadlines import jobs as recomputing
from haicap.domain.deadlines import queries as clocks
from haicap.domain.dossiers import actions, jobs, queries
from haicap.domain.dossiers.tests import make
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger.models import Event


@pytest.fixture
def decree(w):
    """Enact a holiday; the clocks follow at once, the dossiers not yet."""
    drafter, leader = appointed("an", "bnv", Role.OFFICER), appointed("binh", "bnv", Role.LEADER)

    def enact(day: date, number: str = "1/2026/QD") -> int:
        row = deadlines.draft_decree(
            number=number,
            issuer="",
            title="",
            signed_on=None,
            opens_year=None,
            actor=drafter.actor,
            at=make.MORNING,
        )
        lines = [deadlines.Line(day, "holiday", "Thử")]
        row = deadlines.put_days(
            pk=row.pk, seen=row.version, days=lines, actor=drafter.actor, at=make.MORNING
        )
        deadlines.enact_decree(pk=row.pk, seen=row.version, actor=leader.actor, at=make.MORNING)
        clocks.calendar_now()
        recomputing.work()
        return clocks.calendar_now().version

    return enact


def follow(generation: int) -> None:
    event = Event.objects.filter(kind="deadlines.recomputed", data__generation=generation).get()
    jobs.follow_calendar(event.pk)


def shown_and_said(row) -> tuple[object, object]:
    kept = make.row_of(row)
    return kept.due_at, clocks.clock(kept.stream, kept.clock).due_at


def test_a_clock_that_went_on_since_the_recompute_is_not_set_back(w, decree) -> None:
    still, paused = make.received(w), make.received(w)
    generation = decree(date(2026, 11, 25))
    noon = make.at("2026-11-20 14:00")
    waiting = make.supplement(w, paused, noon)
    make.do(actions.supply, waiting, w.reception, make.at("2026-11-23 14:00"), answer="Đã ký.")
    follow(generation)
    for row in (still, paused):
        shown, said = shown_and_said(row)
        assert shown == said is not None
        assert make.row_of(row).promised_at == row.promised_at  # what was promised stands
    assert not queries.behind(generation)
    jobs.catch_up(make.at("2026-11-23 15:00"))


def test_following_again_changes_nothing(w, decree) -> None:
    row = make.received(w)
    first = decree(date(2026, 11, 25))
    second = decree(date(2026, 11, 26), "2/2026/QD")
    for generation in (second, first, first):
        follow(generation)
        shown, said = shown_and_said(row)
        assert shown == said
    assert make.row_of(row).version == row.version  # no event of the dossier: its page is not stale
