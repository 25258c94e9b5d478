"""The record: one event a version, chained, without a word about the person; how many statements a verb costs; erasure."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey
from django.test.utils import CaptureQueriesContext

from haicap.base.refused import Refused
from haicap.domain.deadlines.reckoning import read_limit
from haicap.domain.dossiers import actions, events
from haicap.domain.dossiers.actions import Handed
from haicap.domain.dossiers.actions.erasing import GONE
from haicap.domain.dossiers.models import Consultation, Dossier, Result
from haicap.domain.dossiers.queries import proving
from haicap.domain.dossiers.states import FileOrigin, Outcome, ResultMethod
from haicap.domain.dossiers.tests import make
from haicap.domain.dossiers.tests.make import ADDRESS, EMAIL, MORNING, NAME, NUMBER, PAID, PHONE, WEB, at, do
from haicap.kernel.files import queries as files
from haicap.kernel.files.models import Stored
from haicap.kernel.ledger import statements as plain
from haicap.kernel.ledger.exports import export_lines
from haicap.kernel.ledger.models import Event
from haicap.kernel.ledger.verify import verify

SECRETS = (
    "điều chỉ hai người biết", "lý do riêng tư", "người nhận hộ", "ghi chú riêng", "câu hỏi riêng", "ý kiến riêng", "lời khen riêng",
)  # fmt: skip
PERSONAL = (
    NAME,
    NUMBER,
    PHONE,
    EMAIL,
    ADDRESS,
    "0987654321",
    "moi@example.vn",
    "giay-khai-sinh-cua-toi",
    *SECRETS,
)


def whole_life(w: make.World):
    """Every verb that one dossier can meet, with personal text wherever a person may write."""
    draft = actions.begin_draft(procedure=PAID, unit=make.SAPA, phone=PHONE, actor=WEB, at=MORNING)
    actions.save_draft(draft=draft.public_id, answers=make.ANSWERS, page="p", actor=WEB, at=MORNING)
    mine = make.stored(WEB, "giay-khai-sinh-cua-toi.pdf")
    actions.attach(draft=draft.public_id, paper="khac", name=NAME, file=mine, actor=WEB, at=MORNING)
    row = actions.file_draft(draft=draft.public_id, filing=make.filing(PAID), actor=WEB, at=MORNING)
    row = make.supplement(w, row)
    row = actions.supply(
        code=row.code, seen=row.version, applicant=True, phone=PHONE, answer=SECRETS[0], actor=WEB, at=MORNING,
        components=[Handed("khac", NAME, file=make.stored(WEB, NAME + ".pdf"), origin=FileOrigin.UPLOADED)],
    )  # fmt: skip
    row = do(actions.receive, row, w.reception)
    row = do(actions.request_payment, row, w.reception)
    row = do(actions.waive_charge, row, w.reception, key="ban_sao", ground=SECRETS[1])
    do(actions.take_payment, row, w.reception)
    row = do(
        actions.correct_contact, make.row_of(row), w.reception, phone="0987654321", email="moi@example.vn"
    )
    actions.forward(codes=[row.code], actor=w.reception.actor, at=MORNING, note=SECRETS[3])
    actions.take_over(codes=[row.code], actor=w.officer.actor, at=MORNING)
    row = do(actions.take_up, make.row_of(row), w.officer)
    row = do(actions.assign, row, w.leader, assignee=w.officer.actor)
    row = do(actions.advance, row, w.officer, note=SECRETS[3])
    row = do(actions.consult, row, w.officer, organ=w.centre, question=SECRETS[4])
    asked = Consultation.objects.get(dossier_id=row.id).public_id
    later = MORNING + timedelta(days=3)
    row = actions.remind_consultation(code=row.code, consultation=asked, actor=w.officer.actor, at=later)
    row = actions.answer_consultation(
        code=row.code, consultation=asked, answer=SECRETS[5], actor=w.reception.actor, at=later
    )
    row = do(actions.extend, row, w.officer, parts=(read_limit("1", "working_days"),), reason=SECRETS[1])
    row = do(actions.decide, row, w.leader, outcome=Outcome.GRANTED, reason=SECRETS[1])
    row = do(actions.sign, row, w.leader)
    row = do(actions.finish, row, w.officer)
    row = do(actions.hand_out, row, w.reception, method=ResultMethod.COUNTER, receiver=SECRETS[2])
    result = Result.objects.get(dossier_id=row.id).public_id
    row = do(actions.copy_result, row, w.leader, result=result)
    row = do(actions.revoke_result, row, w.leader, result=result, reason=SECRETS[1])
    return actions.rate(
        code=row.code, satisfied=True, comment=SECRETS[6], phone="0987654321", actor=WEB, at=MORNING
    )


def test_a_whole_life_is_in_the_ledger_and_nothing_about_the_person_is(w) -> None:
    before = set(Event.objects.values_list("pk", flat=True))
    row = whole_life(w)
    found = make.row_of(row)
    own = list(Event.objects.filter(stream=row.stream).order_by("seq"))
    assert [event.seq for event in own] == list(range(1, found.version + 1))
    assert bytes(own[-1].hash) == bytes(found.head)
    assert {event.kind for event in own} <= set(events.KINDS)
    for event in Event.objects.exclude(pk__in=before):
        text = json.dumps(event.data, ensure_ascii=False).casefold()
        told = [word for word in PERSONAL if word.casefold() in text]
        assert not told, f"{event.kind} tells {told}"
    with closing(export_lines()) as lines:
        report = verify(lines)
    assert report.sound, report.findings


def test_a_refused_verb_leaves_no_event(w) -> None:
    row = make.received(w)
    count = Event.objects.count()
    for verb, who, values in (
        (actions.receive, w.reception, {}),
        (actions.take_up, w.stranger, {}),
        (actions.request_supplement, w.reception, {"items": []}),
    ):
        with pytest.raises(Refused):
            do(verb, row, who, **values)
    assert Event.objects.count() == count
    assert make.row_of(row).version == row.version


def test_the_record_says_for_which_organ(w) -> None:
    row = do(actions.hand_out, make.done(w), w.reception)
    told = dict(Event.objects.filter(stream=row.stream).values_list("kind", "on_behalf_of"))
    chairman = make.organ("commune_chairman", make.SAPA).pk
    assert told["dossiers.received"] == told["dossiers.handed_out"] == f"organ:{w.centre}"
    assert told["dossiers.decided"] == f"organ:{chairman}"
    assert told["dossiers.filed"] == ""


# --- what a verb costs ----------------------------------------------------------------------------------------
def statements(verb: Callable[..., Any], *args: Any, **values: Any) -> tuple[Any, int]:
    """What a verb gives back, and its statements; savepoints stand for the transaction of the request."""
    with CaptureQueriesContext(connection) as seen:
        row = verb(*args, **values)
    told = [q["sql"] for q in seen.captured_queries if "SAVEPOINT" not in q["sql"]]
    return row, len(told)


def life(w: make.World) -> dict[str, int]:
    """The four calls of a life, online, and the filing at a counter."""
    row, filed = statements(make.filed, w, number=uuid4())
    row, received = statements(do, actions.receive, row, w.reception)
    row, decided = statements(do, actions.decide, row, w.leader, outcome=Outcome.GRANTED, finish=True)
    _, out = statements(do, actions.hand_out, row, w.reception)
    _, counter = statements(
        actions.file, filing=make.filing(centre=w.centre), actor=w.reception.actor, at=MORNING
    )
    return {
        "file": filed,
        "receive": received,
        "decide": decided,
        "hand_out": out,
        "file at a counter": counter,
    }


BUDGET = {"file": 3, "receive": 4, "decide": 4, "hand_out": 3, "file at a counter": 4}


def test_a_life_costs_no_more_statements_than_it_must(w) -> None:
    life(w)  # what a process remembers is remembered
    found = life(w)
    assert all(found[verb] <= most for verb, most in BUDGET.items()), found


def test_a_life_visits_the_server_no_more_often_than_it_must(w, monkeypatch) -> None:
    """What nobody needs the answer of goes with the next statement, and the last of it with the end of the verb."""
    life(w)
    visits, sent = [], plain._sent
    monkeypatch.setattr(plain, "_sent", lambda *args, **options: visits.append(1) or sent(*args, **options))

    def cost(verb: Callable[..., Any], *args: Any, **values: Any) -> tuple[Any, int]:
        visits.clear()
        return verb(*args, **values), len(visits)

    row, filed = cost(make.filed, w, number=uuid4())
    row, received = cost(do, actions.receive, row, w.reception)
    row, decided = cost(do, actions.decide, row, w.leader, outcome=Outcome.GRANTED, finish=True)
    _, out = cost(do, actions.hand_out, row, w.reception)
    assert (filed, received, decided, out) == (2, 3, 3, 2)


# --- erasure --------------------------------------------------------------------------------------------------
LATER = at("2031-11-30 09:00")


def test_what_is_personal_goes_and_what_happened_stays(w) -> None:
    row = whole_life(w)
    result = Result.objects.get(dossier_id=row.id, n=1)
    content = b"".join(files.chunks(result.file))
    history = list(Event.objects.filter(stream=row.stream).values_list("seq", "kind", "hash"))
    early = pytest.raises(Refused)
    with early as refused:
        do(actions.erase_personal, row, w.leader, LATER - timedelta(days=30))
    assert refused.value.code == "too_early"
    erased = do(actions.erase_personal, row, w.leader, LATER)
    text = _everything(row.id).casefold()
    assert not [word for word in PERSONAL if word.casefold() in text]
    found = make.row_of(row)
    assert (found.code, found.state, found.applicant_name, found.erased_at) == (
        row.code,
        row.state,
        GONE,
        LATER,
    )
    assert list(Event.objects.filter(stream=row.stream).values_list("seq", "kind", "hash"))[:-1] == history
    assert not Stored.objects.filter(original_name__icontains="giay-khai-sinh-cua-toi").exists()
    assert proving.proved(
        Result.objects.get(pk=result.pk), content, at=LATER
    ).same  # whoever holds it can prove it
    with pytest.raises(Refused) as refused:
        do(actions.erase_personal, erased, w.leader, LATER)
    assert refused.value.code == "erased"


def _everything(dossier: int) -> str:
    """Every text of every row that belongs to a dossier."""
    said = [str(Dossier.objects.filter(pk=dossier).values().get())]
    for model in apps.get_app_config("dossiers").get_models():
        if any(isinstance(f, ForeignKey) and f.name == "dossier" for f in model._meta.get_fields()):
            said += [str(values) for values in model._default_manager.filter(dossier_id=dossier).values()]
    return "\n".join(said)


def test_only_a_leader_erases_and_only_what_has_ended(w) -> None:
    row = do(actions.hand_out, make.done(w), w.reception)
    for who, code in ((w.officer, "not_yours"), (w.reception, "not_yours"), (w.stranger, "not_found")):
        with pytest.raises(Refused) as refused:
            do(actions.erase_personal, row, who, LATER)
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        do(actions.erase_personal, make.done(w), w.leader, LATER)
    assert refused.value.code == "not_now"


def test_a_consultation_is_asked_reminded_and_answered(w) -> None:
    row = do(
        actions.consult,
        make.taken_up(w),
        w.officer,
        organ=w.centre,
        question="Đúng không?",
        wanted_by=LATER.date(),
    )
    asked = Consultation.objects.get(dossier_id=row.id)

    def told(verb: Callable[..., Any], who: Any, when: Any = MORNING, **values: Any) -> str:
        try:
            verb(code=row.code, consultation=asked.public_id, actor=who.actor, at=when, **values)
        except Refused as refused:
            return refused.code
        return ""

    assert told(actions.remind_consultation, w.officer) == "reminded"
    assert told(actions.remind_consultation, w.officer, MORNING + timedelta(days=1)) == ""
    assert told(actions.answer_consultation, w.neighbour, answer="Đúng.") == "not_found"
    assert told(actions.answer_consultation, w.reception, answer=" ") == "no_reason"
    assert told(actions.answer_consultation, w.reception, answer="Đúng.") == ""
    assert told(actions.answer_consultation, w.reception, answer="Sai.") == "answered"
    assert told(actions.remind_consultation, w.officer, MORNING + timedelta(days=2)) == "answered"
