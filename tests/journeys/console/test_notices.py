"""The page of messages: operators only, receivers masked, failed ones tried again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from haicap.edges.notices import channels, outbox, queries
from haicap.edges.notices.channels import Away, Never, Outgoing
from haicap.edges.notices.outbox import Draft
from haicap.edges.notices.states import Channel, State
from tests.journeys.console import cast as made
from tests.journeys.console.test_pages import body

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/tin-gui-di/"
FACTS = {"code": "H15-261122-0001", "name": "Nguyễn Văn Kín", "procedure": "Khai sinh"}


class Picky:
    """A way that refuses one receiver and knows the others."""

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass

    def send(self, message: Outgoing) -> None:
        if message.to.startswith("sai"):
            raise Never(f"550 <{message.to}> no such user")


class Gone(Picky):
    """A server that is away."""

    def open(self) -> None:
        raise Away("ConnectionRefusedError: refused")


@pytest.fixture
def messages():
    """One sent, one failed, one dropped, one waiting."""
    before = channels._ways[Channel.EMAIL]
    channels.wire(Channel.EMAIL, Picky)
    drafts = [
        Draft(f"dossier:x:{n}:email", Channel.EMAIL, to, "received", FACTS, "dossier:x")
        for n, to in enumerate(("dung@example.vn", "sai@example.vn", "khong-phai-dia-chi"))
    ]
    outbox.queue(drafts, at=made.AT)
    outbox.deliver(at=made.AT)
    outbox.queue(
        [Draft("dossier:x:9:email", Channel.EMAIL, "cho@example.vn", "ready", FACTS, "dossier:x")], at=made.AT
    )
    yield queries.messages()
    channels.wire(Channel.EMAIL, before)


def test_operators_see_whether_messages_go_out(operator, messages) -> None:
    text = body(operator.get(PAGE))
    for said in (
        "d…@example.vn",
        "s…@example.vn",
        "không gửi được",
        "đang chờ gửi",
        "bỏ, không gửi",
        "đã tiếp nhận",
        "550",
    ):
        assert said in text
    for secret in ("dung@", "sai@", "cho@", "khong-phai", "Nguyễn Văn Kín", "H15-261122-0001"):
        assert secret not in text


def test_filters_and_nonsense(operator, messages) -> None:
    assert "d…@" not in body(operator.get(PAGE, {"trang-thai": "failed"}))
    assert "Không có tin nào khớp" in body(operator.get(PAGE, {"kenh": "sms"}))
    assert operator.get(PAGE, {"trang-thai": "<b>", "kenh": "\0", "trang": "-1"}).status_code == 200


def test_trying_again(operator, messages) -> None:
    failed = queries.messages(state=State.FAILED)[0]
    answer = operator.post(PAGE, {"tin": ["x", "' OR 1=1", messages[0].id]}, follow=True)
    assert "Số tin sẽ được gửi lại ngay: 0." in body(answer)
    answer = operator.post(PAGE, {"tin": [failed.id]}, follow=True)
    assert "Số tin sẽ được gửi lại ngay: 1." in body(answer)
    assert queries.counts()[State.FAILED] == 0
    outbox.deliver(at=made.AT + timedelta(days=400))
    operator.post(PAGE, {"tat-ca": "1"})
    assert queries.counts()[State.FAILED] == 0


def test_a_channel_that_does_not_answer_is_shown(operator, messages) -> None:
    channels.wire(Channel.EMAIL, Gone)
    outbox.deliver(at=made.AT)
    text = body(operator.get(PAGE))
    assert "không trả lời" in text
    assert "refused" in text
    assert "chưa đặt" in text


def test_empty_and_english(operator) -> None:
    assert "Chưa có tin nào" in body(operator.get(PAGE))
    text = body(operator.get(f"/en{PAGE}"))
    assert "No messages yet" in text
    assert "not set up" in text


def test_only_operators(drafter, leader) -> None:
    for client in (drafter, leader):
        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, {"tat-ca": "1"}).status_code == 403
        assert "tin-gui-di" not in body(client.get("/quan-tri/"))
