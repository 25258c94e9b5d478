"""Short messages through a real HTTP gateway described by the operator."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from haicap.edges.notices import channels, outbox, queries, texting
from haicap.edges.notices.models import Message
from haicap.edges.notices.states import Channel, State
from haicap.edges.notices.tests.conftest import AT, CODE, Gate, draft, queued
from haicap.edges.notices.texting import filled

pytestmark = pytest.mark.django_db
BODY = {
    "phone": "{to84}",
    "msg": ["{plain}"],
    "ref": "{id}",
    "type": 2,
    "tpl": {"id": "{template}", "ma": "{code}"},
}


def wired(gateway: Gate, channel: Channel = Channel.SMS, **more: Any) -> None:
    described = {
        "url": gateway.url,
        "token": "secret",
        "body": BODY,
        "ok": "error=0",
        "refused": frozenset({"-118"}),
    }
    channels.wire(channel, texting.way(described | more))


def sms(n: int = 1, channel: Channel = Channel.SMS, **changes: Any):
    return draft(
        n, key=f"dossier:x:{n}:{channel}", channel=channel, to="+84 912 345 67" + str(n % 10), **changes
    )


def states() -> list[str]:
    return list(Message.objects.order_by("id").values_list("state", flat=True))


def test_nothing_is_queued_for_a_channel_nobody_set_up() -> None:
    assert queued(sms(), sms(2, Channel.ZALO)) == 0
    assert not Message.objects.exists()
    assert [w.configured for w in queries.ways()] == [True, False, False]


def test_a_short_message_goes_out_once(gateway: Gate) -> None:
    wired(gateway, templates={"received": "4711"})
    queued(sms())
    assert outbox.deliver(at=AT).sent == 1
    assert outbox.deliver(at=AT + timedelta(hours=1)).sent == 0
    [(headers, body)] = gateway.asked
    assert headers["Authorization"] == "Bearer secret"
    assert headers["Idempotency-Key"] == body["ref"] == str(Message.objects.get().public_id)
    assert body["phone"] == "84912345671"
    assert body["tpl"] == {"id": "4711", "ma": CODE}
    assert body["type"] == 2
    [said] = body["msg"]
    assert said.startswith(f"Ho so {CODE} da duoc tiep nhan. Hen tra: 17:00 24/11/2026. ")
    assert said.isascii()


def test_a_header_of_its_own(gateway: Gate) -> None:
    wired(gateway, token="access_token: k1", ok="")
    queued(sms())
    outbox.deliver(at=AT)
    assert {k.lower(): v for k, v in gateway.asked[0][0].items()}["access_token"] == "k1"
    assert "Authorization" not in gateway.asked[0][0]


@pytest.mark.parametrize(
    ("status", "answer", "state", "away"),
    [
        (200, {"error": -118}, State.FAILED, False),  # no such receiver, the operator says
        (200, {"error": -32}, State.WAITING, False),
        (200, {}, State.WAITING, False),
        (200, [], State.WAITING, False),
        (400, {}, State.FAILED, False),
        (401, {}, State.WAITING, True),
        (403, {}, State.WAITING, True),
        (404, {}, State.WAITING, True),
        (429, {}, State.WAITING, False),
        (500, {}, State.WAITING, False),
        (302, {}, State.WAITING, False),
    ],
)
def test_answers_are_judged(gateway: Gate, status: int, answer: object, state: State, away: bool) -> None:
    wired(gateway)
    gateway.answers = [(status, answer)]
    queued(sms())
    assert bool(outbox.deliver(at=AT).away) is away
    assert states() == [state]
    if state is State.WAITING:
        assert outbox.deliver(at=AT + timedelta(minutes=2)).sent == 1
        assert len(gateway.asked) == 2
        assert gateway.asked[0][1]["ref"] == gateway.asked[1][1]["ref"]


def test_gateway_down_then_up(gateway: Gate) -> None:
    wired(gateway)
    queued(*(sms(n) for n in range(5)))
    port_open, gateway_url = gateway._server, gateway.url
    gateway.stop()
    assert outbox.deliver(at=AT).away == [Channel.SMS]
    assert port_open.socket.fileno() == -1
    again = Gate()
    again.start()
    try:
        wired(again)
        assert again.url != gateway_url
        outbox.deliver(at=AT + timedelta(minutes=2))
        assert sorted(body["phone"] for _, body in again.asked) == [f"8491234567{n}" for n in range(5)]
    finally:
        again.stop()
        gateway.start()  # for the fixture to stop


def test_who_has_no_zalo_gets_a_short_message(gateway: Gate) -> None:
    wired(gateway, Channel.ZALO)
    wired(gateway, Channel.SMS)
    gateway.answers = [(200, {"error": -118})]
    queued(sms(1, Channel.ZALO))
    outbox.deliver(at=AT)
    outbox.deliver(at=AT)
    assert list(Message.objects.order_by("id").values_list("channel", "state")) == [
        ("zalo", "failed"),
        ("sms", "sent"),
    ]
    assert queued(sms(1, Channel.SMS)) == 0  # the key is the one the event would give


def test_a_landline_is_dropped(gateway: Gate) -> None:
    wired(gateway)
    queued(draft(1, channel=Channel.SMS, to="0243 825 1234"))
    assert states() == [State.DROPPED]
    assert outbox.deliver(at=AT).sent == 0


def test_values_cannot_change_the_shape() -> None:
    places = {"{to}": '"}, {text}', "{text}": "T"}
    assert filled({"a": "{to}{text}{nix}", "b": [1, None, "x"]}, places) == {
        "a": '"}, {text}T{nix}',
        "b": [1, None, "x"],
    }


def test_a_gateway_must_be_https() -> None:
    with pytest.raises(ValueError, match="https"):
        texting.way({"url": "http://gateway.example/send", "token": "", "body": {}})
