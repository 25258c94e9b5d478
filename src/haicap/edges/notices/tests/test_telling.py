"""The events of real dossiers, walked through the verbs: who is told what, once."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from haicap.base.dates import today
from haicap.domain.deadlines.reckoning import Limit, LimitUnit
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.actions import Filing, Missing
from haicap.domain.dossiers.rules import Applicant
from haicap.domain.dossiers.states import Channel as Filed
from haicap.domain.dossiers.states import Outcome, ResultMethod
from haicap.domain.dossiers.tests import make
from haicap.edges.notices import channels, composing, digest, jobs, outbox, telling, texting
from haicap.edges.notices import queries as notices
from haicap.edges.notices.channels import Link
from haicap.edges.notices.models import Message
from haicap.edges.notices.states import Channel, State
from haicap.edges.notices.tests.conftest import Gate, Postman
from haicap.kernel.accounts import queries as people
from haicap.kernel.ledger import deliveries
from haicap.kernel.ledger.jobs import drain

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 9:00 in Hà Nội
LAN = Applicant("Hoàng Thị Lan", phone="0912345678", email="lan@example.vn")


@dataclass
class Desk:
    """Who works at Sa Pa, and what they do next with one dossier."""

    receiver: str
    worker: str
    leader: str
    unit: str
    centre: int
    code: str = ""
    at: datetime = AT

    def next(self) -> dict[str, Any]:
        self.at += timedelta(minutes=1)
        row = queries.dossier(self.code, actor=self.leader, on=today(self.at)) if self.code else None
        return {"code": self.code, "at": self.at, "seen": row.version if row else 0}

    def file(self, applicant: Applicant = LAN, channel: Filed = Filed.POST, **more: Any) -> None:
        values: dict[str, Any] = {
            "procedure": make.CODE,
            "answers": make.ANSWERS,
            "unit": self.unit,
            "applicant": applicant,
            "channel": channel,
        }
        values |= {"centre": self.centre}
        self.code = actions.file(filing=Filing(**(values | more)), actor=self.receiver, at=self.at).code

    def receive(self) -> None:
        actions.receive(actor=self.receiver, **self.next())

    def take_up(self) -> None:
        actions.take_up(actor=self.worker, **self.next())


@pytest.fixture
def desk(w, settings, monkeypatch) -> Desk:
    settings.SITE_URL = "https://haicap.example"
    _only_ours(monkeypatch)
    return Desk(w.reception.actor, w.officer.actor, w.leader.actor, make.SAPA, w.centre)


def _only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deliveries of other rooms wait: these tests look at what is told."""
    for consumer in deliveries.consumers():
        if consumer != "notices":
            monkeypatch.setitem(deliveries._registered.handlers, consumer, lambda event_id: None)


def told(channel: Channel = Channel.EMAIL) -> list[str]:
    """Templates queued since the beginning, in their order."""
    drain(at=AT)
    return list(Message.objects.filter(channel=channel).order_by("id").values_list("template", flat=True))


def last() -> str:
    """The newest letter, as text."""
    told()
    row = Message.objects.order_by("id").last()
    assert row is not None
    return composing.as_text(composing.compose(row.template, row.params, row.language))


def test_a_whole_life(desk: Desk, postman: Postman) -> None:
    postman.post.taken.clear()
    desk.file()
    assert told() == ["filed"]
    desk.receive()
    assert told() == ["filed", "received"]
    row = queries.dossier(desk.code, actor=desk.leader, on=AT.date())
    letter = last()
    for said in (
        "Hoàng Thị Lan",
        desk.code,
        f"Thủ tục thử {make.CODE}",
        "Trung tâm",
        composing.written("due_at", row.due_at),
    ):
        assert said.casefold() in letter.casefold()
    desk.take_up()
    actions.decide(actor=desk.leader, outcome=Outcome.GRANTED, **desk.next())
    assert told() == ["filed", "received"]  # a decision is not yet a result
    actions.finish(actor=desk.leader, on_paper=True, **desk.next())
    assert told()[-1] == "ready"
    assert "giấy tờ tùy thân" in last()
    actions.hand_out(actor=desk.receiver, **desk.next())
    assert told() == ["filed", "received", "ready", "returned"]
    outbox.deliver(at=datetime.now(UTC))
    assert postman.post.receivers == ["lan@example.vn"] * 4
    assert len(notices.messages(about=row.stream)) == 4


def test_supplement_and_back(desk: Desk) -> None:
    desk.file(result_method=ResultMethod.ONLINE)
    desk.receive()
    items = [Missing("khac", "Giấy chứng sinh", "Bản có dấu của cơ sở y tế"), Missing("khac", "Hộ chiếu", "")]
    actions.request_supplement(
        actor=desk.receiver, items=items, contact="bà Giang, 0214 3871 000", **desk.next()
    )
    letter = last()
    for said in (
        "- Giấy chứng sinh: Bản có dấu của cơ sở y tế",
        "- Hộ chiếu",
        "bà Giang, 0214 3871 000",
        "Nơi yêu cầu: Trung tâm",
    ):
        assert said in letter
    actions.supply(actor=desk.receiver, answer="Đã nộp", **desk.next())
    assert told() == ["filed", "received", "supplement", "resumed"]
    assert "Hẹn trả kết quả: " in last()


def test_extension_apologises_with_both_days(desk: Desk) -> None:
    desk.file()
    desk.receive()
    desk.take_up()
    before = queries.dossier(desk.code, actor=desk.leader, on=AT.date()).due_at
    actions.extend(
        actor=desk.worker, parts=[Limit(4, LimitUnit.WORKING_DAYS)], reason="Chờ xác minh", **desk.next()
    )  # fmt: skip
    after = queries.dossier(desk.code, actor=desk.leader, on=AT.date()).due_at
    letter = last()
    assert after > before
    assert f"Hẹn trước đây: {composing.written('before_at', before)}" in letter
    assert f"Hẹn mới: {composing.written('new_at', after)}" in letter
    assert "Lý do: Chờ xác minh" in letter


def test_refused_stopped_withdrawn(desk: Desk) -> None:
    desk.file()
    actions.refuse(
        actor=desk.receiver, reason="Không đúng thẩm quyền", ground="118/2025/NĐ-CP", **desk.next()
    )
    assert "Lý do: Không đúng thẩm quyền" in last()
    assert "Căn cứ: 118/2025/NĐ-CP" in last()
    desk.code = ""
    desk.file()
    actions.stop(actor=desk.receiver, reason="Người nộp đề nghị dừng", **desk.next())
    assert "Người nộp đề nghị dừng" in last()
    desk.code = ""
    desk.file()
    actions.withdraw(actor=desk.receiver, **desk.next())
    assert told() == ["filed", "refused", "filed", "stopped", "filed", "withdrawn"]


def test_payment(desk: Desk) -> None:
    desk.file(procedure=make.PAID)
    actions.receive(actor=desk.receiver, copies=2, **desk.next())
    actions.request_payment(actor=desk.receiver, **desk.next())
    letter = last()
    owed = queries.whole(queries.dossier(desk.code, actor=desk.leader, on=AT.date())).owed
    assert owed > 0
    assert f"Số tiền: {owed:,} đồng".replace(",", ".") in letter
    actions.take_payment(actor=desk.receiver, receipt="BL1", **desk.next())
    assert told() == ["filed", "received", "payment", "paid"]


def test_at_the_counter_one_message_not_two(desk: Desk) -> None:
    desk.file(channel=Filed.DIRECT)
    desk.receive()
    assert told() == ["received"]


def test_decided_and_finished_in_one(desk: Desk) -> None:
    desk.file()
    desk.receive()
    desk.take_up()
    actions.decide(
        actor=desk.leader, outcome=Outcome.DENIED, reason="Không đủ điều kiện", finish=True, **desk.next()
    )
    assert told()[-1] == "ready"


def test_no_address_no_message(desk: Desk) -> None:
    desk.file(Applicant("Hoàng Thị Lan"))
    desk.receive()
    assert told() == []
    assert not Message.objects.exists()


def test_english(desk: Desk) -> None:
    desk.file(language="en")
    desk.receive()
    assert "Next: " in last()


def test_an_event_tells_once(desk: Desk) -> None:
    desk.file()
    drain(at=AT)
    row = queries.dossier(desk.code, actor=desk.leader, on=AT.date())
    event = queries.whole(row).events[0]
    for _ in range(3):
        telling.on_dossier_event(event.id)
    assert list(Message.objects.values_list("key", flat=True)) == [f"{row.stream}:1:email"]


def test_by_telephone(desk: Desk, gateway: Gate) -> None:
    described = {"url": gateway.url, "token": "", "body": {"to": "{to}", "text": "{plain}"}}
    channels.wire(Channel.SMS, texting.way(described))
    desk.file()
    desk.receive()
    assert told() == ["filed", "received"] == told(Channel.SMS)
    channels.wire(Channel.ZALO, texting.way(described))
    actions.withdraw(actor=desk.receiver, **desk.next())
    assert told(Channel.ZALO) == ["withdrawn"]
    assert told(Channel.SMS) == ["filed", "received"]
    outbox.deliver(at=datetime.now(UTC))
    assert {body["to"] for _, body in gateway.asked} == {"0912345678"}
    assert all("Lan" not in body["text"] for _, body in gateway.asked)


def test_every_kind_that_tells_is_told() -> None:
    events = importlib.import_module("haicap.domain.dossiers.events")
    assert set(jobs.KINDS) == set(events.TELLING)
    assert set(telling.MORE) <= set(jobs.KINDS)


# --- officers -------------------------------------------------------------------------------------------------
def test_morning_letter(desk: Desk, postman: Postman) -> None:
    accounts_email(desk.worker, "hoa@sapa.example")
    desk.file()
    desk.receive()
    desk.take_up()
    due = queries.dossier(desk.code, actor=desk.leader, on=AT.date()).due_at
    morning = due.astimezone(UTC).replace(hour=0, minute=30)  # 7:30 of the day it is due
    assert digest.tell_officers(morning - timedelta(hours=3)) == 0  # too early
    assert digest.tell_officers(morning) == 1
    assert digest.tell_officers(morning + timedelta(minutes=10)) == 0
    row = Message.objects.get()
    assert (row.params["soon"], row.params["late"]) == (1, 0)
    assert "Lan" not in str(row.params)
    assert outbox.deliver(at=morning).sent == 1
    [letter] = postman.post.letters()
    assert letter["To"] == "hoa@sapa.example"
    assert desk.code in letter.get_body(("plain",)).get_content()
    late = morning + timedelta(days=1)
    while not digest._works(late.date()):
        late += timedelta(days=1)
    assert digest.tell_officers(late) == 1
    assert Message.objects.order_by("id").last().params["late"] == 1  # type: ignore[union-attr]


def test_no_letter_on_days_off_nor_to_officers_without_address(desk: Desk) -> None:
    desk.file()
    desk.receive()
    desk.take_up()
    friday_to_sunday = [datetime(2026, 12, 4, 1, 0, tzinfo=UTC) + timedelta(days=n) for n in range(3)]
    assert [digest.tell_officers(at) for at in friday_to_sunday] == [0, 0, 0]  # Friday: no address
    accounts_email(desk.worker, "hoa@sapa.example")
    assert [digest.tell_officers(at) for at in friday_to_sunday] == [1, 0, 0]
    assert Message.objects.get().state == State.WAITING


def accounts_email(actor: str, email: str) -> None:
    user = people.user(actor)
    assert user is not None
    user.email = email
    type(user).objects.filter(pk=user.pk).update(email=email)


def test_the_link_opens_the_page_that_tracks_this_dossier(desk: Desk, client: Any) -> None:
    desk.file(language="en")
    told()
    row = Message.objects.get()
    links = [b for b in composing.compose(row.template, row.params, "en").blocks if isinstance(b, Link)]
    assert [link.href for link in links] == [f"https://haicap.example/en/tra-cuu-ho-so/?ma={desk.code}"]
    page = client.get(links[0].href.removeprefix("https://haicap.example"))
    assert page.status_code == 200
    assert desk.code in page.content.decode()
