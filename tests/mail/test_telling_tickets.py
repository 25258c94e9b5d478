"""The events of real tickets: senders and officers are told, once, without what is not theirs."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from haicap.domain.dossiers.tests.make import MORNING
from haicap.domain.feedback import actions
from haicap.domain.feedback.models import Ticket
from haicap.domain.feedback.states import Ground
from haicap.domain.feedback.tests import make
from haicap.edges.notices import composing, digest, incoming, jobs
from haicap.edges.notices.composing import as_text
from haicap.edges.notices.models import Incoming, Message
from haicap.edges.notices.tests.test_incoming_reading import mail
from haicap.kernel.accounts.models import User
from haicap.kernel.ledger import deliveries
from haicap.kernel.ledger.models import Event

SENDER = "nguoi.gui@example.vn"


@pytest.fixture
def w(register, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    deliveries.subscribe("notices.tickets", kinds=jobs.TICKET_KINDS, handler=jobs.on_ticket_event)
    world = make.world(register)
    User.objects.filter(pk__in=[world.officer.pk, world.leader.pk, world.province.pk]).update(email="")
    for person, address in ((world.officer, "can.bo@example.vn"), (world.leader, "lanh.dao@example.vn")):
        User.objects.filter(pk=person.pk).update(email=address)
    return world


def told(to: str = SENDER) -> list[str]:
    """Templates told to somebody, in order. Every event is delivered again each time, as after a crash."""
    for pk in Event.objects.filter(kind__in=jobs.TICKET_KINDS).order_by("pk").values_list("pk", flat=True):
        jobs.on_ticket_event(pk)
    return list(Message.objects.filter(to=to).order_by("pk").values_list("template", flat=True))


def text(template: str, language: str = "vi", to: str = SENDER) -> str:
    row = Message.objects.filter(template=template, to=to).latest("pk")
    return as_text(composing.compose(row.template, row.params, language))


def test_a_life_as_its_sender_is_told(w) -> None:
    filed = make.filed()
    assert told() == ["ticket_received"]
    assert filed.code in text("ticket_received") and filed.key not in text("ticket_received")
    make.do(actions.ask_more, filed.code, w.officer, question="Xin gửi mã hồ sơ.\nVà ngày nộp.")
    assert told() == ["ticket_received", "ticket_more"]
    assert "- Xin gửi mã hồ sơ." in text("ticket_more") and "- Và ngày nộp." in text("ticket_more")
    proof = actions.Proof(key=filed.key)
    actions.supply_more(
        code=filed.code, text="Mã là 7", proof=proof, actor="portal", at=MORNING + timedelta(hours=1)
    )
    make.drafted(filed.code, w.officer, MORNING + timedelta(hours=2))
    make.do(actions.submit_answer, filed.code, w.officer, MORNING + timedelta(hours=2))
    assert told() == ["ticket_received", "ticket_more"]  # a draft is nobody's business
    make.do(actions.approve_answer, filed.code, w.leader, MORNING + timedelta(hours=3))
    assert told()[-1] == "ticket_answered"
    assert make.ANSWER.text in text("ticket_answered")
    assert "has answered" in text("ticket_answered", "en") or "answered" in text("ticket_answered", "en")
    actions.reopen(
        code=filed.code, reason="Chưa đúng", proof=proof, actor="portal", at=MORNING + timedelta(hours=4)
    )
    assert told()[-1] == "ticket_reopened"


def test_a_refusal_says_why_and_a_transfer_to_whom(w) -> None:
    filed = make.filed()
    make.do(actions.refuse, filed.code, w.officer, ground=Ground.COMPLAINT, reason="Đây là khiếu nại.")
    assert told()[-1] == "ticket_refused"
    assert "Đây là khiếu nại." in text("ticket_refused") and "Luật Khiếu nại" in text("ticket_refused")


def test_officers_learn_of_what_is_given_to_them_and_never_who_sent_it(w) -> None:
    filed = make.filed()
    make.do(actions.assign, filed.code, w.leader, to=w.officer.actor)
    assert told("can.bo@example.vn") == ["ticket_yours"]
    said = text("ticket_yours", to="can.bo@example.vn")
    assert (
        filed.code in said and "Không Có Thật" not in said and "0912345678" not in said and SENDER not in said
    )


def test_what_is_late_goes_up(w) -> None:
    filed = make.filed()
    late = make.row(filed.code).due_at + timedelta(hours=1)
    actions.escalate(code=filed.code, actor="system", at=late)
    assert told("lanh.dao@example.vn") == ["ticket_late"]


def test_told_once_however_often_an_event_is_delivered(w) -> None:
    make.filed()
    assert told() == told() == ["ticket_received"]
    assert "notices.tickets" in deliveries.consumers_of("feedback.filed")


def test_who_wrote_by_mail_gets_the_key_to_follow_it_and_only_they(w, settings) -> None:
    settings.IMAP_UNIT = make.SAPA
    incoming.take(mail().as_bytes(), at=MORNING)
    assert told() == ["ticket_received"]  # the event tells no second time
    said = text("ticket_received")
    key = Message.objects.get(to=SENDER).params["key"]
    assert key in said and "Khóa theo dõi" in said
    code = Message.objects.get(to=SENDER).params["code"]
    assert actions.withdraw_ticket(code=code, proof=actions.Proof(key=key), actor="portal", at=MORNING)


def test_the_letter_of_the_morning(w) -> None:
    filed = make.filed()
    make.do(actions.assign, filed.code, w.leader, to=w.officer.actor)
    due = make.row(filed.code).due_at
    at = datetime.combine(due.date(), MORNING.timetz()).replace(hour=8)
    assert digest.tell_of_tickets(at) == 1
    assert digest.tell_of_tickets(at) == 0
    assert filed.code in text("tickets_digest", to="can.bo@example.vn")


def test_an_erased_ticket_is_told_to_nobody(w) -> None:
    filed = make.filed()
    Ticket.objects.filter(code=filed.code).update(erased_at=MORNING)
    assert told() == []


def test_what_was_told_of_an_erased_ticket_is_erased_too(w, settings) -> None:
    settings.IMAP_UNIT = make.SAPA
    incoming.take(mail().as_bytes(), at=MORNING)
    code = Ticket.objects.get().code
    make.do(actions.accept, code, w.officer)
    make.do(actions.refuse, code, w.officer, ground=Ground.OUTSIDE, reason="Việc này không thuộc cơ quan.")
    assert {"ticket_received", "ticket_refused"} <= set(told())
    make.do(actions.erase_ticket, code, w.leader)
    for _ in range(2):
        told()
    assert Message.objects.exists() and not Message.objects.exclude(to="", params={}, error="").exists()
    assert not Message.objects.filter(state="waiting").exists()
    came = Incoming.objects.get()
    assert (came.sender, came.name, came.subject, bytes(came.sender_hash)) == ("", "", "", b"")


def test_a_receipt_carries_no_advertisement_to_a_stranger(w) -> None:
    make.filed(subject="Trúng thưởng, vào evil.example hoặc gọi 0912345678")
    told()
    sent = text("ticket_received")
    assert "evil" not in sent and "0912345678" not in sent and "thưởng" not in sent
