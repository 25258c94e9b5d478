"""Letters through a real SMTP server that refuses, hangs up, goes away and comes back: each arrives exactly once."""

from __future__ import annotations

import smtplib
import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from haicap.edges.notices import outbox, queries
from haicap.edges.notices.models import Line, Message
from haicap.edges.notices.states import LEASE, PATIENCE, Channel, State
from haicap.edges.notices.tests.conftest import AT, CODE, Postman, cut, draft, queued

pytestmark = pytest.mark.django_db


def later(minutes: float):
    return AT + timedelta(minutes=minutes)


def states() -> list[str]:
    return list(Message.objects.order_by("id").values_list("state", flat=True))


def test_a_letter_arrives_once(postman: Postman) -> None:
    assert queued() == 1
    assert queued() == 0
    assert outbox.deliver(at=AT).sent == 1
    assert outbox.deliver(at=later(1)).sent == 0
    [letter] = postman.post.letters()
    assert letter["To"] == "nguoi1@example.vn"
    assert letter["From"] == "Haicap <bao-tin@haicap.example>"
    assert letter["Subject"] == f"Hồ sơ {CODE}: đã tiếp nhận"
    assert letter["Auto-Submitted"] == "auto-generated"
    plain = letter.get_body(("plain",)).get_content()
    html = letter.get_body(("html",)).get_content()
    for said in (
        "Kính gửi ông/bà Nguyễn Thị Lan",
        "Đăng ký khai sinh",
        "17:00 24/11/2026",
        "https://haicap.example/",
    ):
        assert said in plain
        assert said in html
    assert "Tiếp theo: " in plain
    assert "<img" not in html
    assert "src=" not in html


def test_what_is_on_the_wire_is_ascii_in_short_lines(postman: Postman) -> None:
    queued(draft(params=draft().params | {"procedure": "Thủ tục rất dài " * 60}))
    outbox.deliver(at=AT)
    [(_, raw)] = postman.post.taken
    raw.decode("ascii")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    assert len(postman.post.letters()[0]["Subject"]) < 78


def test_one_connection_carries_a_round(postman: Postman) -> None:
    queued(*(draft(n) for n in range(1, 11)))
    assert outbox.deliver(at=AT).sent == 10
    assert postman.post.sessions == 1


def test_a_receiver_that_does_not_exist_fails_at_once(postman: Postman) -> None:
    postman.post.at_rcpt = lambda to, server: (
        f"550 5.1.1 <{to}> unknown" if to.startswith("nguoi2@") else None
    )
    queued(draft(1), draft(2), draft(3))
    outcome = outbox.deliver(at=AT)
    assert (outcome.sent, outcome.failed, outcome.away) == (2, 1, [])
    failed = Message.objects.get(state=State.FAILED)
    assert "550" in failed.error
    assert "nguoi2@" not in failed.error
    assert outbox.deliver(at=later(600)).sent == 0
    assert postman.post.receivers == ["nguoi1@example.vn", "nguoi3@example.vn"]


def test_a_text_that_is_refused_fails_at_once(postman: Postman) -> None:
    postman.post.at_data = lambda to, server: "554 5.7.1 no"
    queued()
    assert outbox.deliver(at=AT).failed == 1


def test_come_back_later_is_tried_again_and_arrives(postman: Postman) -> None:
    postman.post.at_rcpt = lambda to, server: "451 4.7.1 greylisted" if to.startswith("nguoi1@") else None
    queued(draft(1), draft(2))
    outcome = outbox.deliver(at=AT)
    assert (outcome.sent, outcome.later) == (1, 1)
    assert outbox.deliver(at=later(0.5)).later == 0  # rests a minute
    postman.post.at_rcpt = lambda to, server: None
    assert outbox.deliver(at=later(1)).sent == 1
    assert Counter(postman.post.receivers) == {"nguoi1@example.vn": 1, "nguoi2@example.vn": 1}


def test_back_off_grows_and_ends_after_two_days(postman: Postman) -> None:
    postman.post.at_rcpt = lambda to, server: "450 4.2.1 busy"
    queued()
    now, waits = AT, []
    while (row := Message.objects.get()).state == State.WAITING:
        now = row.retry_at
        outbox.deliver(at=now)
        waits.append(Message.objects.get().retry_at - now)
    assert waits[:4] == [timedelta(minutes=m) for m in (1, 2, 4, 8)]
    assert max(waits[:-1]) == timedelta(hours=4)
    assert timedelta(hours=40) < now - AT <= PATIENCE
    assert row.state == State.FAILED
    assert row.attempts == len(waits)
    assert postman.post.taken == []
    assert outbox.retry(at=now) == 1
    postman.post.at_rcpt = lambda to, server: None
    assert outbox.deliver(at=now).sent == 1


def test_line_cut_before_acceptance_loses_and_doubles_nothing(postman: Postman) -> None:
    broken = {"nguoi2@example.vn", "nguoi5@example.vn"}

    def once(to: str, server: object) -> str | None:
        if to in broken:
            broken.discard(to)
            return cut(server)  # type: ignore[arg-type]
        return None

    postman.post.at_data = once
    queued(*(draft(n) for n in range(1, 8)))
    outbox.deliver(at=AT)
    outbox.deliver(at=later(1))
    assert Counter(postman.post.receivers) == {f"nguoi{n}@example.vn": 1 for n in range(1, 8)}
    assert set(states()) == {State.SENT}


def test_line_cut_after_acceptance_may_double_but_under_one_message_id(postman: Postman) -> None:
    cuts = [True]
    postman.post.after_data = lambda to, server: cut(server) if cuts and cuts.pop() else None
    queued()
    outbox.deliver(at=AT)
    outbox.deliver(at=later(1))
    first, second = postman.post.letters()
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].endswith("@haicap.example>")


def test_a_server_that_always_hangs_up_is_left_alone_for_a_while(postman: Postman) -> None:
    postman.post.at_rcpt = lambda to, server: cut(server)
    queued(*(draft(n) for n in range(1, 11)))
    outcome = outbox.deliver(at=AT)
    assert outcome.away == [Channel.EMAIL]
    assert outcome.later == outbox.TROUBLES
    assert outbox.deliver(at=AT).away == []  # closed: not even asked
    postman.post.at_rcpt = lambda to, server: None
    outbox.deliver(at=later(2))
    assert sorted(Counter(postman.post.receivers).values()) == [1] * 10
    assert not queries.ways()[0].error


def test_server_down_for_hours_then_up(postman: Postman) -> None:
    postman.down()
    queued(*(draft(n) for n in range(1, 21)))
    tries = 0
    for minute in range(0, 600, 5):
        tries += bool(outbox.deliver(at=later(minute)).away)
        if minute == 300:
            queued(*(draft(n) for n in range(21, 26)), at=later(minute))
    assert tries > 50
    assert set(Message.objects.values_list("attempts", "state")) == {(0, State.WAITING.value)}
    [way] = [w for w in queries.ways() if w.channel is Channel.EMAIL]
    assert (way.since, way.waiting) == (AT, 25)
    assert "refused" in way.error.lower()
    postman.up()
    assert outbox.deliver(at=later(605)).sent == 25
    assert Counter(postman.post.receivers) == {f"nguoi{n}@example.vn": 1 for n in range(1, 26)}
    assert Line.objects.get().failures == 0


def test_server_down_for_longer_than_patience_is_shown_and_can_be_mended(postman: Postman) -> None:
    postman.down()
    queued(draft(1), draft(2, template="digest", params={"late": 0, "soon": 0}))
    outbox.deliver(at=AT)
    outbox.deliver(at=AT + PATIENCE)
    assert states() == [State.FAILED, State.DROPPED]
    postman.up()
    assert outbox.retry(at=AT + PATIENCE) == 1
    assert outbox.deliver(at=AT + PATIENCE).sent == 1
    assert postman.post.receivers == ["nguoi1@example.vn"]


def test_wrong_password_blames_no_message(postman: Postman, monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise smtplib.SMTPAuthenticationError(535, b"5.7.8 wrong")

    monkeypatch.setattr(smtplib.SMTP, "connect", refuse)
    queued()
    assert outbox.deliver(at=AT).away == [Channel.EMAIL]
    assert Message.objects.get().attempts == 0
    assert "535" in Line.objects.get().error


def test_sender_refused_blames_the_channel(postman: Postman, settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "x" * 5000 + "@haicap.example"
    queued()
    assert outbox.deliver(at=AT).away == [Channel.EMAIL]
    assert states() == [State.WAITING]


def test_a_killed_sender_leaves_its_message_to_the_next(postman: Postman) -> None:
    queued()
    row = outbox._claim(Channel.EMAIL, AT)
    assert row is not None
    assert outbox.deliver(at=later(1)).sent == 0  # the lease holds
    assert outbox.deliver(at=AT + LEASE).sent == 1
    assert outbox._end(row, State.FAILED, "late", AT) is State.FAILED  # the dead one's word counts no more
    assert states() == [State.SENT]
    assert len(postman.post.taken) == 1


def test_a_thousand(postman: Postman) -> None:
    assert queued(*(draft(n) for n in range(1000))) == 1000
    rounds = 0
    while outbox.deliver(at=later(rounds), seconds=60).sent:
        rounds += 1
    assert rounds == 1000 // outbox.ROUND
    assert len(set(postman.post.receivers)) == len(postman.post.taken) == 1000
    assert len({letter["Message-ID"] for letter in postman.post.letters()}) == 1000
    assert set(states()) == {State.SENT}


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work(postman: Postman) -> None:
    queued(*(draft(n) for n in range(60)))

    def work() -> None:
        outbox.deliver(at=AT, seconds=60)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sorted(Counter(postman.post.receivers).values()) == [1] * 60
    assert set(states()) == {State.SENT}


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_server_is_slow(postman: Postman) -> None:
    """A slow server must not hold a lock, nor a transaction the database would cut off."""
    seen: list[bool] = []

    def look(to: str, server: object) -> None:
        found = threading.Thread(target=_idle, args=(seen,))
        found.start()
        found.join(10)

    postman.post.at_data = look
    queued()
    assert outbox.deliver(at=AT).sent == 1
    assert seen == [False]


def _idle(seen: list[bool]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
        )
        seen.append(cursor.fetchone()[0] > 0)
    connection.close()
