"""The matrix of verbs: who may, who is told that it is not theirs, for whom there is no such dossier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from haicap.base.refused import Refused
from haicap.domain.deadlines.reckoning import read_limit
from haicap.domain.dossiers import actions
from haicap.domain.dossiers.actions import Missing
from haicap.domain.dossiers.models import Consultation, Payment, Result
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.states import Outcome, PaymentWay, State
from haicap.domain.dossiers.tests import make
from haicap.domain.dossiers.tests.make import MORNING
from haicap.domain.units.models import Organ

# A word: may, and is told why not now. + may, - is told that it is not theirs, . there is no such dossier; everybody of no column: no such dossier.
TABLE = """
verb                 receives works leads watches applies
receive              +        -     -     -       .
request_supplement   +        +     +     -       .
supply               +        -     -     -       .
request_payment      +        +     +     -       .
take_payment         +        -     -     -       .
waive_charge         +        -     -     -       .
note_refund          +        -     -     -       .
forward              +        +     +     -       .
take_over            -        +     +     -       .
take_up              -        +     +     -       .
assign               -        +     +     -       .
advance              -        +     +     -       .
consult              -        +     +     -       .
extend               -        +     +     -       .
refuse               +        +     +     -       .
stop                 +        +     +     -       .
withdraw             +        -     -     -       .
decide               -        -     +     -       .
sign                 -        -     +     -       .
finish               -        +     +     -       .
hand_out             +        -     -     -       .
copy_result          -        -     +     -       .
revoke_result        -        -     +     -       .
correct_contact      +        -     -     -       .
remind_consultation  -        reminded reminded - .
erase_personal       -        -     too_early -   .
answer_consultation  .        .     .     .       .
own_supply           .        .     .     .       +
own_withdraw         .        .     .     .       +
own_rate             .        .     .     .       +
own_payment          .        .     .     .       +
"""
_HEAD, *_ROWS = (line.split() for line in TABLE.strip().splitlines())
EXPECTED = {row[0]: dict(zip(_HEAD[1:], row[1:], strict=True)) for row in _ROWS}
DAY = (read_limit("1", "working_days"),)
MISSING = [Missing("don", "Đơn", "Thiếu chữ ký.")]
WHY = "Theo đề nghị."


@dataclass(frozen=True)
class Try:
    """A verb: the dossier it needs, and the call."""

    made: Callable[[make.World], Taken]
    call: Callable[[make.World, Taken, str], Any]


def seen(verb: Callable[..., Any], **values: Any) -> Callable[[make.World, Taken, str], Any]:
    """A call of a verb on the dossier as it stands."""
    return lambda w, row, actor: verb(code=row.code, seen=row.version, actor=actor, at=MORNING, **values)


def state(of: State, **more: Any) -> Callable[[make.World], Taken]:
    return lambda w: make.in_state(w, of, **more)


def signed(w: make.World) -> Taken:
    row = make.decided(w)
    return make.do(actions.sign, row, w.leader)


def returned(w: make.World) -> Taken:
    return make.do(actions.hand_out, make.do(actions.finish, signed(w), w.officer), w.reception)


def on_the_way(w: make.World) -> Taken:
    row = make.received(w)
    actions.forward(codes=[row.code], actor=w.reception.actor, at=MORNING)
    row.version += 1
    return row


def asked(w: make.World) -> Taken:
    department = Organ.objects.get(kind="home_affairs", unit_id=make.row_of(make.taken_up(w)).province_id)
    return make.do(
        actions.consult, make.taken_up(w), w.officer, organ=department.pk, question="Có đúng không?"
    )


def paid_twice(w: make.World) -> Taken:
    """Paid at the counter, then through the gateway: to be given back."""
    row = make.in_state(w, State.PAYING)
    values = {"code": row.code, "actor": make.WEB, "at": MORNING}
    asked = actions.ask_payment(provider="vnpay", phone=make.PHONE, **values)
    row.version += 1
    make.do(actions.take_payment, row, w.reception)
    actions.note_payment(
        reference=asked.reference, paid=True, amount=asked.amount, provider="vnpay", transaction="1",
        actor=make.WEB, at=MORNING,
    )  # fmt: skip
    row.version = make.row_of(row).version
    return row


def payment_of(row: Taken) -> Any:
    return Payment.objects.get(dossier_id=row.id, refund=True).public_id


def question_of(row: Taken) -> Any:
    return Consultation.objects.get(dossier_id=row.id).public_id


def result_of(row: Taken) -> Any:
    return Result.objects.get(dossier_id=row.id, copy_of=None).public_id


TRIES: dict[str, Try] = {
    "receive": Try(state(State.REGISTERED), seen(actions.receive)),
    "request_supplement": Try(state(State.PROCESSING), seen(actions.request_supplement, items=MISSING)),
    "supply": Try(state(State.SUPPLEMENT), seen(actions.supply, answer="Đã ký.")),
    "request_payment": Try(state(State.RECEIVED), seen(actions.request_payment)),
    "take_payment": Try(state(State.PAYING), seen(actions.take_payment)),
    "waive_charge": Try(state(State.PAYING), seen(actions.waive_charge, key="le_phi", ground="Hộ nghèo.")),
    "note_refund": Try(
        paid_twice,
        lambda w, r, a: seen(actions.note_refund, payment=payment_of(r), way=PaymentWay.CASH)(w, r, a),
    ),
    "forward": Try(
        state(State.RECEIVED),
        lambda w, r, a: actions.forward(codes=[r.code], papers=False, actor=a, at=MORNING),
    ),
    "take_over": Try(on_the_way, lambda w, r, a: actions.take_over(codes=[r.code], actor=a, at=MORNING)),
    "take_up": Try(
        state(State.RECEIVED), lambda w, r, a: seen(actions.take_up, assignee=w.officer.actor)(w, r, a)
    ),
    "assign": Try(
        state(State.PROCESSING), lambda w, r, a: seen(actions.assign, assignee=w.officer.actor)(w, r, a)
    ),
    "advance": Try(state(State.PROCESSING), seen(actions.advance)),
    "consult": Try(
        state(State.PROCESSING), lambda w, r, a: seen(actions.consult, organ=w.centre, question="?")(w, r, a)
    ),
    "extend": Try(state(State.PROCESSING), seen(actions.extend, parts=DAY, reason=WHY)),
    "refuse": Try(state(State.REGISTERED), seen(actions.refuse, reason=WHY)),
    "stop": Try(state(State.PROCESSING), seen(actions.stop, reason=WHY)),
    "withdraw": Try(state(State.PROCESSING), seen(actions.withdraw)),
    "decide": Try(state(State.PROCESSING), seen(actions.decide, outcome=Outcome.GRANTED)),
    "sign": Try(make.decided, seen(actions.sign)),
    "finish": Try(make.decided, seen(actions.finish, on_paper=True)),
    "hand_out": Try(state(State.DONE), seen(actions.hand_out)),
    "copy_result": Try(returned, lambda w, r, a: seen(actions.copy_result, result=result_of(r))(w, r, a)),
    "revoke_result": Try(
        returned, lambda w, r, a: seen(actions.revoke_result, result=result_of(r), reason=WHY)(w, r, a)
    ),
    "correct_contact": Try(state(State.RECEIVED), seen(actions.correct_contact, address="Chỗ khác")),
    "answer_consultation": Try(
        asked,
        lambda w, r, a: actions.answer_consultation(
            code=r.code, consultation=question_of(r), actor=a, at=MORNING, answer="Đúng."
        ),
    ),
    "remind_consultation": Try(
        asked,
        lambda w, r, a: actions.remind_consultation(
            code=r.code, consultation=question_of(r), actor=a, at=MORNING
        ),
    ),
    "erase_personal": Try(state(State.RETURNED), seen(actions.erase_personal)),
    "own_supply": Try(state(State.SUPPLEMENT), seen(actions.supply, answer="Đã ký.", applicant=True)),
    "own_withdraw": Try(state(State.RECEIVED), seen(actions.withdraw, applicant=True)),
    "own_rate": Try(
        state(State.RETURNED), lambda w, r, a: actions.rate(code=r.code, satisfied=True, actor=a, at=MORNING)
    ),
    "own_payment": Try(
        state(State.PAYING),
        lambda w, r, a: actions.ask_payment(code=r.code, provider="vnpay", actor=a, at=MORNING),
    ),
}
# Verbs that need no right to a dossier, and where who may is shown instead.
ELSEWHERE = {
    "file": "anybody files; a centre only whoever works there: test_filing.py",
    "take_in": "as file: test_filing.py",
    "begin_draft": "anybody; what it is found by: test_filing.py",
    "save_draft": "the door holds the draft's opaque id: test_filing.py",
    "attach": "one's own files only: test_filing.py",
    "detach": "a component of that draft: test_filing.py",
    "file_draft": "as file: test_filing.py",
    "drop_draft": "as save_draft",
    "expire_drafts": "the worker",
    "follow_calendar": "the worker",
    "load_agencies": "the load",
    "load_dossiers": "the load",
    "name_agency": "whoever may change the register of units: test_filing.py",
    "note_payment": "the gateway's proof is the right: edges/payments",
    "expire_payment": "the worker",
}


def answer(call: Callable[[], Any]) -> str:
    """What somebody is told; nothing of it stays."""
    try:
        with transaction.atomic():
            call()
            transaction.set_rollback(True)
    except Refused as refused:
        return {"not_found": ".", "not_yours": "-"}.get(refused.code, refused.code)
    return "+"


def test_every_verb_is_tried() -> None:
    verbs = {name for name, found in vars(actions).items() if getattr(found, "__haicap_action__", False)}
    assert verbs - set(TRIES) - {"rate", "ask_payment"} == set(ELSEWHERE) & verbs
    assert set(EXPECTED) == set(TRIES)


def test_who_may_do_what(w, people, signing, monkeypatch) -> None:
    applicant = replace(make.WHO, user=people["applicant"].actor)
    monkeypatch.setattr(make, "WHO", applicant)
    told: dict[str, str] = {}
    for verb, one in TRIES.items():
        with transaction.atomic():
            row = one.made(w)
            for name, who in people.items():
                expected = EXPECTED[verb].get(who.kind, ".")
                if verb == "answer_consultation" and name == "department":
                    expected = "+"  # the organ that was asked
                found = answer(lambda one=one, row=row, who=who: one.call(w, row, who.actor))
                if found != expected:
                    told[f"{verb} by {name}"] = f"{found}, expected {expected}"
            transaction.set_rollback(True)
    assert not told


def test_the_phone_opens_to_the_applicant_what_it_should(w) -> None:
    """Without an account: code and the whole phone; to withdraw also the number of the person."""
    here, there = {"phone": "+84 912 345 678"}, {"phone": "0912345679"}
    supplement, received = make.in_state(w, State.SUPPLEMENT), make.in_state(w, State.RECEIVED)
    done = make.in_state(w, State.RETURNED)

    def told(verb: Callable[..., Any], row: Taken, **values: Any) -> str:
        more = {} if verb is actions.rate else {"seen": row.version, "applicant": True}
        return answer(lambda: verb(code=row.code, actor="portal", at=MORNING, **more, **values))

    assert told(actions.supply, supplement, answer="Đã ký.", **here) == "+"
    assert told(actions.rate, done, satisfied=False, **here) == "+"
    assert told(actions.withdraw, received, number=make.NUMBER, **here) == "+"
    assert told(actions.withdraw, received, number="012 345 678 901", **here) == "+"
    for wrong in ({}, there, {"phone": "5678"}, {"phone": ""}, {"phone": "912345678"}):
        assert told(actions.supply, supplement, answer="x", **wrong) in (".", "bad_phone"), wrong
        assert told(actions.rate, done, satisfied=True, **wrong) in (".", "bad_phone"), wrong
    for wrong in (
        here,
        {**here, "number": "012345678902"},
        {**here, "number": ""},
        {**there, "number": make.NUMBER},
    ):
        assert told(actions.withdraw, received, **wrong) == "."
    nameless = make.filed(w, applicant=replace(make.WHO, phone="", number=""))
    for empty in ({}, {"phone": ""}, {"phone": "", "number": ""}):
        assert told(actions.withdraw, nameless, **empty) == "."
