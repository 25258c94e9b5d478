"""What writing a ticket down costs, and that a fast door counts and refuses like a slow one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.base.refused import Refused
from haicap.domain.deadlines import queries as deadlines
from haicap.domain.feedback import actions, queries, rules
from haicap.domain.feedback.models import Source, Ticket
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import Channel, Clock, Kind, clock_number
from haicap.domain.feedback.tests import make
from haicap.domain.feedback.tests.make import MORNING, do, filed, row
from haicap.domain.procedures import queries as procedures
from haicap.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code}")


def statements(verb: Callable[..., Any], **values: Any) -> list[str]:
    """The statements of a verb; savepoints stand for the transaction of the request."""
    with CaptureQueriesContext(connection) as seen:
        verb(**values)
    return [q["sql"] for q in seen.captured_queries if "SAVEPOINT" not in q["sql"]]


def test_a_ticket_costs_no_more_statements_than_it_must(w) -> None:
    code = procedures.catalogue().in_force(MORNING.date())[0].code
    by_officer = {"actor": w.officer.actor, "channel": Channel.API, "procedure": code}
    by_stranger = {"channel": Channel.PORTAL, "procedure": code, "source": "203.0.113.9"}
    for ways in (by_officer, by_stranger):
        filed(**ways, number=uuid4())  # what a process remembers is remembered
    # posts; sender and count; clocks; event; ticket
    found = statements(filed, **by_officer, number=uuid4())
    assert len(found) == 5, found
    found = statements(filed, **by_stranger, number=uuid4())
    assert len(found) == 4, found


def test_the_row_is_whole(w) -> None:
    """Written column by column: as the model would have it, and chained to its event."""
    made = filed(subject="  Chậm   trả kết quả ", about="Bộ phận một cửa", language="fr")
    ticket = row(made.code)
    event = Event.objects.get(stream=ticket.stream)
    assert (ticket.version, bytes(ticket.head)) == (1, bytes(event.hash))
    assert (ticket.subject, ticket.about, ticket.language) == ("Chậm trả kết quả", "Bộ phận một cửa", "vi")
    assert (event.data["organ"], event.data["unit"]) == (ticket.organ_id, make.SAPA)
    assert ticket.province is not None and ticket.province.uid == w.lao_cai
    ticket.full_clean(exclude=["happened_on", "document", "incident", "sender_organ", "taken_at", "force", "answer",
                               "answered_at", "ended_at", "repeat_of", "erased_at"])  # fmt: skip
    clocks = {c: deadlines.clock(ticket.stream, clock_number(0, c)) for c in Clock}
    assert {c for c, found in clocks.items() if found} == {Clock.TRIAGE, Clock.ASK, Clock.ANSWER}
    assert clocks[Clock.TRIAGE].due_at == ticket.due_at == made.due_at
    assert clocks[Clock.ANSWER].due_at == ticket.answer_due_at == made.answer_due_at


def test_the_same_number_is_one_ticket(w) -> None:
    number = uuid4()
    filed(number=number)
    with refused("already_filed"):
        filed(number=number)
    assert Ticket.objects.count() == 1


def test_only_what_was_filed_is_counted(w) -> None:
    values = {"sender": Sender(), "kind": Kind.INCIDENT, "source": "203.0.113.9"}
    for n in range(rules.A_SOURCE_AN_HOUR):
        with refused("no_unit"):
            filed(**values, text="Ở nơi không có", unit="c:99999@2025-07-01")
        filed(**values, text=f"Không vào được trang {n}")
    assert [s.count for s in Source.objects.all()] == [rules.A_SOURCE_AN_HOUR]
    with refused("too_many"):
        filed(**values, text="Lần nữa")
    assert [s.count for s in Source.objects.all()] == [rules.A_SOURCE_AN_HOUR]
    assert Ticket.objects.count() == rules.A_SOURCE_AN_HOUR


def test_a_rule_that_is_set_counts_at_once(w) -> None:
    """Where tickets go is remembered, and forgotten with every change of the table."""
    assert row(filed().code).organ_id == w.committee
    actions.set_route(
        organs=["province_office"], kind="procedure", level="", province=w.lao_cai, procedure="", field="",
        since=MORNING.date(), until=None, note="", citation="", actor=w.province.actor, at=MORNING,
    )  # fmt: skip
    queries.tables.recheck()  # a second later
    assert row(filed(sender=Sender("Người khác", "0987654321")).code).organ.kind == "province_office"


def test_whoever_was_answered_the_same_before_is_known_by_any_of_three(w) -> None:
    made = make.answered(w)
    do(actions.publish_answer, made.code, w.officer)
    by_mail = Sender("Tên khác", "0900000001", make.WHO.email)
    assert filed(sender=by_mail).repeat_of == made.code
    assert filed(sender=Sender("Tên khác", "0900000001")).repeat_of == ""  # nothing in common with the first
    assert filed(text="Chuyện khác hẳn, đèn đường ở đầu ngõ không sáng từ tuần trước.").repeat_of == ""
