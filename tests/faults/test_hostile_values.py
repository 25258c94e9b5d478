"""Hostile values in every parameter of every verb: kept as plain text or refused in words, never anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from haicap.base.refused import Refused
from haicap.domain.deadlines.reckoning import read_limit
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.actions import Handed, Missing
from haicap.domain.dossiers.models import Component, Dossier, Remark, Slip, Supplement
from haicap.domain.dossiers.states import Outcome, State
from haicap.domain.dossiers.tests import make
from haicap.domain.dossiers.tests.make import MORNING

TEXTS = {
    "sql": "'; DROP TABLE dossiers_dossier; --",
    "quotes": "a\\'\";$$%s%(x)s{}{0}",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ 7*7 }}{% load static %}#{1}${1}",
    "header": "a\r\nSet-Cookie: x=1\r\n\r\n<html>",
    "nul": "a\0b",
    "surrogate": "a\ud800b",
    "direction": "\u202egnp.exe\u2066",
    "blank": " \t\u00a0\u200b",
    "long": "x" * 300_000,
    "typst": '#read("/etc/passwd") #eval("1") *b* _c_ $ x $ @ref <l>',
    "json": '{"__proto__": {"a": 1}}',
    "path": "../../../../etc/passwd",
    "digits": "٠١٢٣٤٥٦٧٨٩",
    "marks": "Z" + "\u0301" * 3000,
}
NUMBERS = (-1, 0, 2**15, 2**31, 2**63, 2**80, -(2**63) - 1)
BAD = set("\0\u202e\u2066\u200b\ud800")
WHY = "Theo đề nghị."
DAY = (read_limit("1", "working_days"),)
Call = Callable[[Any], Any]


@contextmanager
def only_refusals(about: str) -> Iterator[None]:
    """Success or a refusal; the transaction stands afterwards."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    except Refused as refused:
        assert refused.sentence, about
        assert len(str(refused.params or "")) < 2000, f"{about}: the refusal repeats all of it"


def calls(w: make.World) -> dict[str, Call]:
    """Every place where a text of somebody comes in; opaque ids of accounts come from sessions and tokens."""
    registered, received = make.in_state(w, State.REGISTERED), make.in_state(w, State.RECEIVED)
    working, waiting = make.in_state(w, State.PROCESSING), make.in_state(w, State.SUPPLEMENT)
    paying, done, decided = make.in_state(w, State.PAYING), make.in_state(w, State.DONE), make.decided(w)
    asked = make.do(actions.consult, make.taken_up(w), w.officer, organ=w.centre, question="?")
    question = make.whole_of(asked).consultations[0].public_id
    draft = actions.begin_draft(procedure=make.CODE, actor="portal", at=MORNING).public_id
    file = make.stored("portal")

    def filed(**changes: Any) -> Any:
        return make.filed(w, **changes)

    def who(**changes: Any) -> Any:
        return filed(applicant=replace(make.WHO, **changes))

    def do(verb: Callable[..., Any], row: Any, by: Any, **values: Any) -> Any:
        return make.do(verb, row, by, **values)

    return {
        "file.procedure": lambda t: filed(code=t),
        "file.unit": lambda t: filed(unit=t),
        "file.name": lambda t: who(name=t),
        "file.kind": lambda t: who(kind=t),
        "file.number": lambda t: who(number=t),
        "file.phone": lambda t: who(phone=t),
        "file.email": lambda t: who(email=t),
        "file.address": lambda t: who(address=t),
        "file.proxy": lambda t: who(proxy=t),
        "file.language": lambda t: filed(language=t),
        "file.answer": lambda t: filed(answers={**make.ANSWERS, "request": t}),
        "file.answer's key": lambda t: filed(answers={**make.ANSWERS, t: "x"}),
        "file.answer inside": lambda t: filed(answers={**make.ANSWERS, "request": [{"a": [t]}]}),
        "file.paper": lambda t: filed(components=(Handed(t, name="Giấy"),)),
        "file.paper's name": lambda t: filed(components=(Handed("khac", name=t),)),
        "receive.code": lambda t: actions.receive(code=t, seen=1, actor=w.reception.actor, at=MORNING),
        "receive.actor": lambda t: actions.receive(code=registered.code, seen=1, actor=t, at=MORNING),
        "refuse.reason": lambda t: do(actions.refuse, registered, w.reception, reason=t),
        "refuse.ground": lambda t: do(actions.refuse, registered, w.reception, reason=WHY, ground=t),
        "supplement.item": lambda t: do(actions.request_supplement, received, w.reception, items=[Missing(t, t, t)]),
        "supplement.contact": lambda t: make.do(
            actions.request_supplement, received, w.reception, items=[Missing("don", "Đơn", "Ký")], contact=t),
        "supplement.reason": lambda t: make.do(
            actions.request_supplement, received, w.reception, items=[Missing("don", "Đơn", "Ký")], reason=t),
        "supplement.approver": lambda t: make.do(
            actions.request_supplement, do(actions.supply, waiting, w.reception, answer="x"), w.reception,
            items=[Missing("don", "Đơn", "Ký")], reason=WHY, approver=t),
        "supply.answer": lambda t: do(actions.supply, waiting, w.reception, answer=t),
        "supply.phone": lambda t: actions.supply(
            code=waiting.code, seen=waiting.version, applicant=True, phone=t, answer="x", actor="portal", at=MORNING),
        "withdraw.number": lambda t: actions.withdraw(
            code=received.code, seen=received.version, applicant=True, phone=make.PHONE, number=t, actor="portal", at=MORNING),
        "forward.note": lambda t: actions.forward(codes=[received.code], note=t, actor=w.reception.actor, at=MORNING),
        "forward.code": lambda t: actions.forward(codes=[t], actor=w.reception.actor, at=MORNING),
        "take_over.code": lambda t: actions.take_over(codes=[t], actor=w.reception.actor, at=MORNING),
        "take_up.assignee": lambda t: do(actions.take_up, received, w.officer, assignee=t),
        "assign.assignee": lambda t: do(actions.assign, working, w.leader, assignee=t),
        "advance.note": lambda t: do(actions.advance, working, w.officer, note=t),
        "consult.question": lambda t: do(actions.consult, working, w.officer, organ=w.centre, question=t),
        "answer.answer": lambda t: actions.answer_consultation(
            code=asked.code, consultation=question, answer=t, actor=w.reception.actor, at=MORNING),
        "extend.reason": lambda t: do(actions.extend, working, w.officer, parts=DAY, reason=t),
        "stop.reason": lambda t: do(actions.stop, working, w.officer, reason=t),
        "decide.reason": lambda t: do(actions.decide, working, w.leader, outcome=Outcome.DENIED, reason=t),
        "sign.number": lambda t: do(actions.sign, decided, w.leader, number=t),
        "sign.input": lambda t: do(actions.sign, decided, w.leader, inputs={"summary": t, t: "x"}),
        "hand_out.receiver": lambda t: do(actions.hand_out, done, w.reception, receiver=t),
        "rate.comment": lambda t: actions.rate(
            code=done.code, satisfied=True, comment=t, phone=make.PHONE, actor="portal", at=MORNING),
        "correct.phone": lambda t: do(actions.correct_contact, received, w.reception, phone=t),
        "correct.email": lambda t: do(actions.correct_contact, received, w.reception, email=t),
        "correct.address": lambda t: do(actions.correct_contact, received, w.reception, address=t),
        "take_payment.receipt": lambda t: do(actions.take_payment, paying, w.reception, receipt=t),
        "waive.key": lambda t: do(actions.waive_charge, paying, w.reception, key=t, ground=WHY),
        "waive.ground": lambda t: do(actions.waive_charge, paying, w.reception, key="le_phi", ground=t),
        "note_payment.reference": lambda t: actions.note_payment(
            reference=t, paid=True, amount=1, provider="vnpay", transaction="1", actor="gateway", at=MORNING),
        "draft.procedure": lambda t: actions.begin_draft(procedure=t, actor="portal", at=MORNING),
        "draft.unit": lambda t: actions.begin_draft(procedure=make.CODE, unit=t, actor="portal", at=MORNING),
        "draft.phone": lambda t: actions.begin_draft(procedure=make.CODE, phone=t, actor="portal", at=MORNING),
        "draft.language": lambda t: actions.begin_draft(procedure=make.CODE, language=t, actor="portal", at=MORNING),
        "draft.answer": lambda t: actions.save_draft(draft=draft, answers={"request": t}, page="p", actor="portal", at=MORNING),
        "draft.answer's key": lambda t: actions.save_draft(draft=draft, answers={t: [t]}, page="p", actor="portal", at=MORNING),
        "draft.page": lambda t: actions.save_draft(draft=draft, answers={}, page=t, actor="portal", at=MORNING),
        "draft.saved phone": lambda t: actions.save_draft(
            draft=draft, answers={}, page="p", phone=t, actor="portal", at=MORNING),
        "attach.paper": lambda t: actions.attach(draft=draft, paper=t, name="Giấy", file=file, actor="portal", at=MORNING),
        "attach.name": lambda t: actions.attach(draft=draft, paper="khac", name=t, file=file, actor="portal", at=MORNING),
        "queries.look": lambda t: queries.look(t, actor=t, on=MORNING.date()),
        "queries.tracked": lambda t: queries.tracked(t, t),
        "queries.tracked digits": lambda t: queries.tracked(received.code, t),
        "queries.result": queries.result_by_key,
        "queries.draft_by": lambda t: queries.draft_by(t, make.PHONE),
        "queries.draft_by phone": lambda t: queries.draft_by("ABCDEFGH", t),
        "queries.place": lambda t: queries.place(t, MORNING.date()),
    }  # fmt: skip


@pytest.fixture
def wired():
    """A hand that signs without a key."""
    from haicap.domain.dossiers.actions import results

    before = results._slot.make
    results.wire(make.printed_words)
    yield
    results.wire(before)


def test_every_text_is_kept_as_text_or_refused(w, wired) -> None:
    wrong = {}
    for place, call in calls(w).items():
        for name, text in TEXTS.items():
            try:
                with only_refusals(f"{place} {name}"):
                    call(text)
                    _clean(text)
            except Exception as error:
                wrong[f"{place} {name}"] = f"{type(error).__name__}: {error}"[:150]
    assert not wrong, "\n".join(f"{k} :: {v}" for k, v in wrong.items())


def _clean(text: str) -> None:
    """What no line of text should hold is in no row that was just written."""
    if not BAD & set(text):
        return
    kept: list[str] = []
    for row in Dossier.objects.order_by("-id")[:1]:
        kept += [
            row.applicant_name,
            row.applicant_address,
            row.proxy,
            row.collected_by,
            row.language,
            row.assignee,
        ]
    kept += [r.text for r in Remark.objects.all()]
    kept += [c.name + c.paper for c in Component.objects.all()]
    kept += [s.reason + s.contact + str(s.items) for s in Supplement.objects.all()]
    kept += [str(s.data) for s in Slip.objects.order_by("-id")[:1]]
    assert not BAD & set("".join(kept)), "kept as it came"


def test_numbers_no_form_sends(w) -> None:
    registered, received = make.in_state(w, State.REGISTERED), make.in_state(w, State.RECEIVED)
    working = make.in_state(w, State.PROCESSING)
    reception, officer = w.reception.actor, w.officer.actor
    paid = make.filed(w, make.PAID)
    places: dict[str, Call] = {
        "seen": lambda n: actions.receive(code=registered.code, seen=n, actor=reception, at=MORNING),
        "limit": lambda n: actions.receive(
            code=registered.code, seen=registered.version, limit=n, actor=reception, at=MORNING
        ),
        "pages": lambda n: actions.receive(code=paid.code, seen=1, pages=n, actor=reception, at=MORNING),
        "copies": lambda n: actions.receive(code=paid.code, seen=1, copies=n, actor=reception, at=MORNING),
        "to": lambda n: actions.forward(codes=[received.code], to=n, actor=reception, at=MORNING),
        "organ": lambda n: actions.consult(
            code=working.code, seen=working.version, organ=n, question="?", actor=officer, at=MORNING
        ),
        "centre": lambda n: actions.file(filing=make.filing(centre=n), actor=reception, at=MORNING),
        "helped_at": lambda n: actions.file(filing=make.filing(helped_at=n), actor=reception, at=MORNING),
        "originals": lambda n: make.filed(w, components=(Handed("don", originals=n),)),
        "component's copies": lambda n: make.filed(w, components=(Handed("don", copies=n),)),
        "office": lambda n: queries.office(n, MORNING.date()),
        "carried": lambda n: make.filed(w, carried=n),
    }
    wrong = {}
    for place, call in places.items():
        for number in NUMBERS:
            try:
                with only_refusals(place):
                    call(number)
            except Exception as error:
                wrong[f"{place} {number}"] = f"{type(error).__name__}: {error}"[:150]
    assert not wrong, "\n".join(f"{k} :: {v}" for k, v in wrong.items())


def refused(code: str, call: Callable[[], Any]) -> None:
    with pytest.raises(Refused) as caught, transaction.atomic():
        call()
    assert caught.value.code == code


def test_ids_of_others(w, wired) -> None:
    """A component, question, result, charge or file of somebody else's dossier opens nothing in this one."""
    mine, other = make.taken_up(w), make.taken_up(w)
    asked = make.do(actions.consult, other, w.officer, organ=w.centre, question="?")
    question = make.whole_of(asked).consultations[0].public_id
    refused("not_found", lambda: actions.answer_consultation(
        code=mine.code, consultation=question, answer="x", actor=w.reception.actor, at=MORNING))  # fmt: skip
    signed = make.do(actions.finish, make.do(actions.sign, make.decided(w), w.leader), w.officer)
    result = make.whole_of(signed).results[0].public_id
    done = make.do(actions.finish, make.decided(w), w.officer, on_paper=True)
    refused("not_found", lambda: make.do(actions.revoke_result, done, w.leader, result=result, reason=WHY))
    refused("not_found", lambda: make.do(actions.copy_result, done, w.leader, result=result))
    theirs = make.stored("someone")
    refused("no_file", lambda: make.filed(w, components=(Handed("don", file=theirs),)))
    refused("no_file", lambda: make.filed(w, components=(Handed("don", file=uuid4()),)))
    first = actions.begin_draft(procedure=make.CODE, actor="portal", at=MORNING).public_id
    second = actions.begin_draft(procedure=make.CODE, actor="portal", at=MORNING).public_id
    refused(
        "no_file", lambda: actions.attach(draft=first, paper="don", file=theirs, actor="portal", at=MORNING)
    )
    part = actions.attach(draft=first, paper="don", file=make.stored("portal"), actor="portal", at=MORNING)
    refused(
        "not_found",
        lambda: actions.detach(draft=second, component=part.public_id, actor="portal", at=MORNING),
    )
    refused(
        "not_found",
        lambda: actions.file_draft(draft=uuid4(), filing=make.filing(), actor="portal", at=MORNING),
    )
    far = make.elsewhere(w.register)
    refused("not_yours", lambda: actions.file(
        filing=make.filing(centre=w.neighbours_centre), actor=w.reception.actor, at=MORNING))  # fmt: skip
    refused("other_province", lambda: actions.file(
        filing=make.filing(centre=w.centre, unit=far), actor=w.reception.actor, at=MORNING))  # fmt: skip
    refused("not_a_worker", lambda: make.do(actions.assign, mine, w.leader, assignee=w.neighbour.actor))
    refused("not_a_leader", lambda: make.do(
        actions.request_supplement, make.do(actions.supply, make.supplement(w, make.received(w)), w.reception, answer="x"),
        w.reception, items=[Missing("don", "Đơn", "Ký")], reason=WHY, approver=w.neighbour.actor))  # fmt: skip


def test_hostile_files_do_not_become_papers(w) -> None:
    draft = actions.begin_draft(procedure=make.CODE, actor="portal", at=MORNING).public_id
    for content, code in (
        (b"<!doctype html><script>1</script>", "file_kind"),
        (b"MZ\x90\0" + bytes(100), "file_kind"),
        (b"%PDF-1.4\n<< /S /JavaScript >>\n%%EOF", "file_active"),
    ):
        file = make.stored("portal", content=content)
        refused(
            code, lambda f=file: actions.attach(draft=draft, paper="don", file=f, actor="portal", at=MORNING)
        )
        refused(code, lambda f=file: actions.file(
            filing=make.filing(components=(Handed("don", file=f),)), actor="portal", at=MORNING))  # fmt: skip


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(1900, 1, 1), "no_unit"), (date(1975, 4, 30), "no_unit"), (date(2025, 6, 30), "no_unit"), (date(2025, 7, 1), ""),
     (date(2027, 3, 1), ""), (date(9999, 12, 31), "")],
)  # fmt: skip
def test_days_before_and_after(w, day, code) -> None:
    """The ward came to be on 1 July 2025; far days file, though nobody may promise a date in a year without a calendar."""
    when = make.at(f"{day} 09:00")
    if code:
        refused(code, lambda: make.filed(w, when=when))
        return
    taken = make.filed(w, when=when)
    assert taken.code.split("-")[1] == f"{day:%y%m%d}"
    if day.year <= 2027:
        row = make.do(actions.receive, taken, w.reception, when)
        assert row.due_at or row.alarm
