"""Two at once, with real threads and connections: one wins, the other is told in words, and nothing is done twice."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from haicap.base.refused import Refused
from haicap.domain.deadlines import actions as deadlines
from haicap.domain.deadlines import jobs as recomputing
from haicap.domain.deadlines import queries as clocks
from haicap.domain.deadlines.models import Clock
from haicap.domain.deadlines.reckoning import instant_of, moment_of, read_parts, replayed
from haicap.domain.dossiers import actions, jobs, queries
from haicap.domain.dossiers.actions import Missing
from haicap.domain.dossiers.models import Counter as Numbers
from haicap.domain.dossiers.models import Dossier, Draft, Handover, Payment, Supplement
from haicap.domain.dossiers.states import Outcome, State
from haicap.domain.dossiers.tests import make
from haicap.domain.dossiers.tests.make import MORNING
from haicap.domain.units import queries as units
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger import exports
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.models import Event

WHY = "Theo đề nghị."
ITEMS = [Missing("don", "Đơn", "Thiếu chữ ký.")]


@pytest.fixture(scope="module")
def ward(race_database, django_db_blocker) -> Iterator[make.World]:
    """People and procedures, committed once for all races."""
    with django_db_blocker.unblock():
        yield make.world(units.register())


@pytest.fixture
def w(race_database, ward, django_db_blocker) -> Iterator[make.World]:
    """The same, in a test that commits."""
    with django_db_blocker.unblock():
        queries.forget()
        make.catalogue_now()
        yield ward
        _sound()


def _sound() -> None:
    """No state without its event: version and head of every dossier are those of its stream, and every chain holds."""
    for row in Dossier.objects.all():
        history = ledger.history(row.stream)
        assert [e.seq for e in history] == list(range(1, row.version + 1)), row.code
        head = ledger.head_of(row.stream)
        assert (head.version, head.hash) == (row.version, bytes(row.head)), row.code


@pytest.mark.django_db
def test_others_do_not_see_what_is_committed_here() -> None:
    assert not connection.settings_dict["NAME"].endswith("race")
    assert not Dossier.objects.exists()


def race(*calls: Callable[[], Any]) -> list[str]:
    """All at once; what each was told ("" for success)."""
    start = threading.Barrier(len(calls))

    def one(call: Callable[[], Any]) -> str:
        try:
            connection.ensure_connection()
            start.wait(60)
            call()
        except Refused as refused:
            assert refused.sentence
            return refused.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def one_wins(told: Sequence[str], *others: str) -> None:
    assert sorted(told)[0] == "" and sorted(told)[1] in others, told


ROUNDS = range(4)  # enough for both orders to happen, few enough to be quick


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_decide_at_once(w, _round) -> None:
    row = make.taken_up(w)
    told = race(
        lambda: make.do(actions.decide, row, w.leader, outcome=Outcome.GRANTED, finish=True),
        lambda: make.do(actions.decide, row, w.deputy, outcome=Outcome.DENIED, reason=WHY, finish=True),
    )
    one_wins(told, "stale")
    kept = make.row_of(row)
    assert kept.outcome == ("granted" if told[0] == "" else "denied")
    assert Event.objects.filter(stream=kept.stream, kind="dossiers.decided").count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_decided_and_withdrawn_at_once(w, _round) -> None:
    row = make.taken_up(w)
    told = race(
        lambda: make.do(actions.decide, row, w.leader, outcome=Outcome.GRANTED, finish=True),
        lambda: actions.withdraw(
            code=row.code,
            seen=row.version,
            applicant=True,
            phone=make.PHONE,
            number=make.NUMBER,
            actor="portal",
            at=MORNING,
        ),
    )
    one_wins(told, "stale")
    assert make.row_of(row).state == (State.DONE if told[0] == "" else State.WITHDRAWN)
    assert Clock.objects.filter(stream=row.stream, state="stopped").count() == 1


@pytest.mark.parametrize(
    ("of", "verb", "who", "values"),
    [
        (State.REGISTERED, actions.receive, "reception", {}),
        (State.SUPPLEMENT, actions.supply, "reception", {"answer": "Đã ký."}),
        (State.RECEIVED, actions.take_up, "officer", {}),
        (State.PAYING, actions.take_payment, "reception", {}),
        (State.DONE, actions.hand_out, "reception", {}),
        (State.RECEIVED, actions.request_supplement, "reception", {"items": ITEMS}),
    ],
    ids=["received", "supplied", "taken up", "paid", "handed out", "supplement"],
)
def test_the_same_twice_at_once_happens_once(w, of, verb, who, values) -> None:
    row = make.in_state(w, of)
    person = getattr(w, who)
    told = race(*[lambda: make.do(verb, row, person, **values)] * 3)
    assert Counter(told) == {"": 1, "stale": 2}


def test_a_second_supplement_is_asked_once(w) -> None:
    row = make.do(actions.supply, make.supplement(w, make.received(w)), w.reception, answer="x")
    told = race(
        lambda: make.do(
            actions.request_supplement, row, w.reception, items=ITEMS, reason=WHY, approver=w.leader.actor
        ),
        lambda: make.do(
            actions.request_supplement, row, w.officer, items=ITEMS, reason=WHY, approver=w.leader.actor
        ),
    )
    one_wins(told, "stale")
    assert Supplement.objects.filter(dossier_id=row.id).count() == 2


def test_a_hand_over_is_taken_once(w) -> None:
    row = make.received(w)
    actions.forward(codes=[row.code], actor=w.reception.actor, at=MORNING)
    take = [
        lambda p=p: actions.take_over(codes=[row.code], actor=p.actor, at=MORNING)
        for p in (w.officer, w.deputy, w.leader)
    ]
    assert Counter(race(*take)) == {"": 1, "nothing_open": 2}
    assert Handover.objects.filter(dossier_id=row.id, taken_at__isnull=False).count() == 1


def test_batches_in_another_order_do_not_wait_for_ever(w) -> None:
    codes = [make.received(w).code for _ in range(4)]
    told = race(
        lambda: actions.forward(codes=codes, actor=w.reception.actor, at=MORNING),
        lambda: actions.forward(codes=codes[::-1], actor=w.officer.actor, at=MORNING),
    )
    one_wins(told, "handed_over", "papers_elsewhere")
    assert Handover.objects.filter(dossier__code__in=codes).count() == 4


def test_a_notice_of_payment_and_a_stop(w) -> None:
    for _ in ROUNDS:
        row = make.do(actions.request_payment, make.received(w, make.PAID), w.reception)
        payment = actions.ask_payment(
            code=row.code, provider="vnpay", phone=make.PHONE, actor="portal", at=MORNING
        )
        version = make.row_of(row).version

        def note(payment: Payment = payment) -> Any:
            return actions.note_payment(
                reference=payment.reference, paid=True, amount=payment.amount, provider="vnpay", transaction="1",
                actor="gateway", at=MORNING,
            )  # fmt: skip

        def stop(code: str = row.code, version: int = version) -> Any:
            return actions.stop(code=code, seen=version, reason=WHY, actor=w.reception.actor, at=MORNING)

        told = race(note, note, stop)
        kept, paid = make.row_of(row), Payment.objects.get(pk=payment.pk)
        assert Counter(told[:2]) == {"": 1, "already_noted": 1}
        assert paid.state == "paid"
        assert told[2] in ("", "stale")
        assert paid.refund is (kept.state == State.STOPPED)
        assert kept.state in ((State.STOPPED,) if told[2] == "" else (State.RECEIVED,))


def test_a_draft_filed_by_many_hands_is_one_dossier(w) -> None:
    draft = actions.begin_draft(procedure=make.CODE, actor="portal", at=MORNING)
    told = race(
        *[lambda: actions.file_draft(draft=draft.public_id, filing=make.filing(), actor="portal", at=MORNING)]
        * 4
    )
    assert Counter(told) == {"": 1, "already_filed": 3}
    assert Draft.objects.get(pk=draft.pk).filed_as_id is not None
    opaque = uuid4()  # a filing that carries its own number, without a draft
    told = race(*[lambda: actions.file(filing=make.filing(number=opaque), actor="portal", at=MORNING)] * 4)
    assert Counter(told) == {"": 1, "already_filed": 3}
    assert Dossier.objects.filter(public_id=opaque).count() == 1


def test_codes_are_distinct_and_without_gaps(w) -> None:
    day = make.at("2026-11-19 09:00")
    each, hands = 12, 8

    def many() -> None:
        for n in range(each):
            if n % 4 == 3:  # one that fails after its number was taken: the number is not lost
                with pytest.raises(ZeroDivisionError), transaction.atomic():
                    make.filed(w, when=day)
                    raise ZeroDivisionError
            make.filed(w, when=day)

    assert race(*[many] * hands) == [""] * hands
    codes = Dossier.objects.filter(filed_at=day).values_list("code", flat=True)
    numbers = sorted(int(code.rsplit("-", 1)[1]) for code in codes)
    assert numbers == list(range(1, each * hands + 1))
    assert Numbers.objects.get(day=date(2026, 11, 19)).last == each * hands


def test_the_calendar_moves_while_dossiers_are_received(w) -> None:
    """A holiday is decreed in the middle: at the end every clock follows the calendar in force, every dossier its clock."""
    drafter, leader = appointed("an", "bnv", Role.OFFICER), appointed("binh", "bnv", Role.LEADER)
    row = deadlines.draft_decree(
        number="1/2026/QD",
        issuer="",
        title="",
        signed_on=None,
        opens_year=None,
        actor=drafter.actor,
        at=MORNING,
    )
    lines = [deadlines.Line(date(2026, 11, 26), "holiday", "Thử")]
    row = deadlines.put_days(pk=row.pk, seen=row.version, days=lines, actor=drafter.actor, at=MORNING)
    day = make.at("2026-11-18 09:00")
    waiting = [make.filed(w, when=day) for _ in range(60)]

    def receive(part: int) -> None:
        for taken in waiting[part::3]:
            make.do(actions.receive, taken, w.reception, make.at("2026-11-20 10:00"))

    def decree() -> None:
        deadlines.enact_decree(pk=row.pk, seen=row.version, actor=leader.actor, at=MORNING)
        recomputing.work()
        recomputing.work()

    assert race(lambda: receive(0), lambda: receive(1), lambda: receive(2), decree) == [""] * 4
    recomputing.work()
    for event in Event.objects.filter(kind="deadlines.recomputed").order_by("id"):
        jobs.follow_calendar(event.pk)
    known = clocks.calendar_now()
    for taken in waiting:
        kept = make.row_of(taken)
        clock = clocks.clock(kept.stream, 1)
        assert clock.due_at == moment_of(
            replayed(known, instant_of(clock.received_at), read_parts(clock.parts))
        ), kept.code
        assert kept.due_at == clock.due_at


def test_the_ledger_is_sound_after_all_that(w) -> None:
    report = exports.verify_database()
    assert report.sound, report
    assert report.streams > 100
