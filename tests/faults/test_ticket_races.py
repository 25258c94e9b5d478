"""Two at once with a ticket: one wins, the other is told in words, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from haicap.domain.feedback import actions, queries
from haicap.domain.feedback.actions import Proof
from haicap.domain.feedback.models import Ticket
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import Ground, Kind, Rating, State
from haicap.domain.feedback.tests import make
from haicap.domain.feedback.tests.make import MORNING, do, filed, row
from haicap.domain.units import queries as units
from haicap.kernel.ledger import queries as ledger
from tests.faults.test_races import one_wins, race


@pytest.fixture(scope="module")
def ward(race_database, django_db_blocker) -> Iterator[make.World]:
    """People and routes, committed once for all races."""
    with django_db_blocker.unblock():
        yield make.world(units.register(), "phieu.")


@pytest.fixture
def w(race_database, ward, django_db_blocker) -> Iterator[make.World]:
    """The same, in a test that commits; afterwards every stream agrees with its row."""
    with django_db_blocker.unblock():
        queries.tables.forget()
        yield ward
        for ticket in Ticket.objects.all():
            history = ledger.history(ticket.stream)
            assert len(history) == ticket.version
            assert ledger.head_of(ticket.stream).hash == bytes(ticket.head)


def one(n: int):
    """A ticket of a sender of its own."""
    return filed(sender=Sender(f"Người Thử {n}", f"09{n:08d}"))


def test_two_accept_at_once(w) -> None:
    made = one(1)
    seen = row(made.code).version
    calls = [
        partial(actions.accept, code=made.code, seen=seen, actor=who.actor, at=MORNING)
        for who in (w.officer, w.leader)
    ]
    one_wins(race(*calls), "stale", "not_now")
    assert row(made.code).version == 2


def test_answered_and_withdrawn_at_once(w) -> None:
    for n in range(3):
        made = one(10 + n)
        make.drafted(made.code, w.officer)
        do(actions.submit_answer, made.code, w.officer)
        seen = row(made.code).version
        told = race(
            partial(actions.approve_answer, code=made.code, seen=seen, actor=w.leader.actor, at=MORNING),
            partial(
                actions.withdraw_ticket, code=made.code, proof=Proof(key=made.key), actor="portal", at=MORNING
            ),
        )
        one_wins(told, "stale", "not_now")
        assert row(made.code).state in (State.AWAITING_PUBLICATION, State.WITHDRAWN)


def test_refused_and_supplied_at_once(w) -> None:
    made = one(20)
    do(actions.ask_more, made.code, w.officer, question="Ở đâu?")
    seen = row(made.code).version
    told = race(
        partial(
            actions.refuse, code=made.code, ground=Ground.NO_CONTENT, reason="Không bổ sung.", seen=seen,
            actor=w.officer.actor, at=MORNING,
        ),
        partial(actions.supply_more, code=made.code, text="Ở Sa Pa.", proof=Proof(key=made.key), actor="portal", at=MORNING),
    )  # fmt: skip
    one_wins(told, "stale", "not_now")


def test_one_answer_for_many_in_another_order_does_not_wait_for_ever(w) -> None:
    codes = [one(30 + n).code for n in range(4)]
    for code in codes:
        do(actions.accept, code, w.officer)
    seen = {code: row(code).version for code in codes}
    told = race(
        *(
            partial(
                actions.draft_answer,
                codes=order,
                draft=make.ANSWER,
                seen=seen,
                actor=w.officer.actor,
                at=MORNING,
            )
            for order in (codes, codes[::-1])
        )
    )
    one_wins(told, "stale")
    assert len({row(code).answer_id for code in codes}) == 1


def test_likes_are_counted_once_a_sender(w) -> None:
    made = one(40)
    make.drafted(made.code, w.officer)
    do(actions.submit_answer, made.code, w.officer)
    do(actions.approve_answer, made.code, w.leader)
    rate = partial(
        actions.rate_answer,
        code=made.code,
        rating=Rating.LIKE,
        proof=Proof(key=made.key),
        actor="portal",
        at=MORNING,
    )
    one_wins(race(rate, rate), "nothing_new")
    assert row(made.code).answer.likes == 1


def test_a_source_is_counted_by_all_hands_together(w) -> None:
    def send(n: int):
        return partial(
            actions.file_ticket,
            filing=make.filing(
                kind=Kind.INCIDENT, sender=Sender(), source="198.51.100.7", text=f"Lỗi số {n} của trang"
            ),
            actor="portal",
            at=MORNING,
        )

    told = [code for start in range(0, 24, 8) for code in race(*(send(start + n) for n in range(8)))]
    assert told.count("") == 20 and set(told) <= {"", "too_many"}
