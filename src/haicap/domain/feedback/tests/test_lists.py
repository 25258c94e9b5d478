"""Lists: the same rows whoever asks in however many parts, in one order, page by page; found by code, words, telephone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.domain.feedback import actions, jobs, policy, queries
from haicap.domain.feedback.models import Ticket
from haicap.domain.feedback.queries import Asked
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import Kind
from haicap.domain.feedback.tests import make
from haicap.domain.feedback.tests.make import MORNING, do, filed, row

pytestmark = pytest.mark.django_db
ON = MORNING.date()


@pytest.fixture
def many(w) -> list[str]:
    """Of the ward, its neighbour, the province and the nation; some worked on, some ended, some waiting for the sender."""
    codes = []
    places = (make.SAPA, make.neighbour_of(w.register), w.lao_cai, "")
    kinds = (Kind.PROCEDURE, Kind.OFFICER, Kind.RULE, Kind.RECOMMENDATION)
    for n in range(16):
        sender = Sender(f"Người Số {n} Nọ", f"09123456{n:02d}")
        changes = {
            "unit": places[n % 4],
            "kind": kinds[n // 4],
            "sender": sender,
            "subject": f"Chuyện thứ {n}",
        }
        codes.append(filed(MORNING + timedelta(minutes=n), **changes).code)
    for code in codes:
        held = row(code).organ_id
        who = {w.committee: w.officer, make.organ("province_office", w.lao_cai).pk: w.province}.get(held)
        if who and int(row(code).subject.split()[-1]) % 3 == 0:
            do(actions.ask_more, code, who, MORNING + timedelta(hours=1), question="Ở đâu?")
    return codes


def everybody(w: make.World) -> list[str]:
    return [
        who.actor for who in (w.officer, w.leader, w.reception, w.neighbour, w.province, w.ministry, w.focal)
    ]


def listed(scope: policy.Scope, asked: Asked, size: int) -> list[str]:
    """All pages, one after another."""
    found, after = [], asked.after
    while True:
        page = queries.page(scope, Asked(asked.stage, after=after), MORNING, size=size)
        found += [t.code for t in page.items]
        if page.after is None:
            return found
        after = page.after


def test_a_list_in_parts_is_the_list(w, many) -> None:
    for actor in everybody(w):
        scope = policy.visible_to(actor, ON)
        whole = Ticket.objects.filter(scope.rows).order_by("due_at", "pk").values_list("code", flat=True)
        for size in (3, 50):
            assert listed(scope, Asked("all"), size) == list(whole)
        parts = [set(Ticket.objects.filter(part).values_list("code", flat=True)) for part in scope.parts]
        assert not parts or (set.union(*parts) == set(whole) and sum(map(len, parts)) == len(whole))


def test_counts_and_loads_add_up(w, many) -> None:
    office = make.organ("province_office", w.lao_cai).pk
    waiting = [c for c in many if row(c).organ_id == office and row(c).state == "received"]
    do(actions.accept, waiting[0], w.province)
    for actor in everybody(w):
        scope = policy.visible_to(actor, ON)
        rows = list(Ticket.objects.filter(scope.rows))
        counts = queries.counts(scope, actor, MORNING)
        assert counts["open"] == len(rows) == sum(load.open for load in queries.loads(scope, MORNING))
        assert counts["mine"] == sum(t.assignee == actor for t in rows)
        assert counts["awaiting_more"] == sum(t.state == "awaiting_more" for t in rows)


def test_a_page_costs_two_statements(w, many) -> None:
    for actor in everybody(w):
        scope = policy.visible_to(actor, ON)
        with CaptureQueriesContext(connection) as seen:
            page = queries.page(scope, Asked(), MORNING)
            assert all(t.organ.unit.uid and (t.unit is None or t.unit.uid) for t in page.items)
        assert len(seen.captured_queries) <= 2


def test_what_leaders_were_told_of(w, many) -> None:
    later = MORNING + timedelta(days=40)
    assert jobs.escalate(later) > 0
    for actor in everybody(w):
        scope, asked = policy.visible_to(actor, ON), list[str]()

        def wrap(execute, sql, params, many, context, asked=asked):
            asked.append(sql)
            return execute(sql, params, many, context)

        rows = Ticket.objects.filter(scope.rows, escalation__gt=0).order_by("due_at", "pk")
        wanted = list(rows.values_list("code", flat=True))
        with connection.execute_wrapper(wrap):
            assert [t.code for t in queries.escalated(scope, later)] == wanted
        assert len(asked) <= 2
        # Whatever plan is kept for the statement, the planner sees that the index of these rows holds them.
        assert "state IN ('awaiting_approval', " in asked[0] and "escalation > 0" in asked[0]


def found(scope: policy.Scope, text: str) -> list[str]:
    return [t.code for t in queries.page(scope, Asked("all", text=text), MORNING).items]


def test_found_by_code_words_and_telephone(w, many) -> None:
    scope, code = policy.visible_to(w.focal.actor, ON), many[5]
    assert found(scope, code) == found(scope, code.lower()) == found(scope, f" {code[:14]} ") == [code]
    assert set(found(scope, "pa2611")) == set(many)
    assert found(scope, "0912 345 605") == [code]
    assert found(scope, "chuyện THỨ 5") == found(scope, "người số 5 nọ") == [code]
    assert set(found(scope, "Chuyện th")) == set(many)  # the last word only begun
    for nothing in ("không có chữ này", "', & | ! :*", "()", "\\", "5 thứ khác", "PA-"):
        assert found(scope, nothing) == []


def test_near_ones_are_looked_for_among_ones_own(w) -> None:
    """However many say the same elsewhere, the officer's own are shown."""
    mine = filed(sender=Sender("Người Ở Đây", "0911111111")).code
    for n in range(3):
        filed(unit=make.neighbour_of(w.register), sender=Sender(f"Người Số {n}", f"09222222{n:02d}"))
    near = queries.near_duplicates(make.TEXT, policy.visible_to(w.officer.actor, ON))
    assert [(like.ticket.code, like.share) for like in near] == [(mine, 1.0)]
    assert (
        queries.near_duplicates(make.TEXT, policy.visible_to(w.officer.actor, ON), besides=row(mine).pk) == []
    )
    assert len(queries.near_duplicates(make.TEXT, policy.visible_to(w.focal.actor, ON))) == 4


def test_a_period_is_counted(w, many) -> None:
    scope, day = policy.visible_to(w.focal.actor, ON), date(2026, 11, 20)
    assert queries.totals(scope, day, day + timedelta(days=1), MORNING).received == len(many)
    assert queries.totals(scope, day - timedelta(days=9), day, MORNING).received == 0
