"""Queuing once, dropping, erasing, and what operators see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from haicap.edges.notices import outbox, queries
from haicap.edges.notices.models import Message
from haicap.edges.notices.states import Channel, State
from haicap.edges.notices.tests.conftest import AT, Postman, draft, queued

pytestmark = pytest.mark.django_db


def test_a_key_is_queued_once_even_when_two_race() -> None:
    assert queued(draft(1), draft(2)) == 2
    assert queued(draft(1), draft(3)) == 1
    row = outbox._row(draft(1), AT)
    Message.objects.bulk_create([row], ignore_conflicts=True)  # what a race comes to
    assert Message.objects.count() == 3
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.bulk_create([outbox._row(draft(1), AT)])


@pytest.mark.parametrize("to", ["lan", "lan@example.vn\r\nBcc: x@example.vn", "a@b.vn,c@d.vn", ""])
def test_addresses_that_are_none_are_dropped_with_the_reason(postman: Postman, to: str) -> None:
    queued(draft(to=to))
    outbox.deliver(at=AT)
    row = Message.objects.get()
    assert (row.state, row.error) == (State.DROPPED, outbox.BAD_ADDRESS)
    assert postman.post.taken == []


def test_injection_by_every_field(postman: Postman) -> None:
    evil = "Lan\r\nBcc: dich@example.vn\r\n\r\n<script>"
    values = dict.fromkeys(("name", "procedure", "place", "reason", "ground", "contact", "asked_by"), evil)
    queued(
        draft(
            template="supplement",
            params=draft().params | values | {"items": [evil], "code": "H1\r\nBcc: dich@example.vn"},
        )
    )
    assert outbox.deliver(at=AT).sent == 1
    assert postman.post.receivers == ["nguoi1@example.vn"]
    [letter] = postman.post.letters()
    assert letter["Bcc"] is None
    assert {k.lower() for k in letter} == {
        "content-type", "mime-version", "subject", "from", "to", "date", "message-id", "auto-submitted",
        "x-auto-response-suppress", "content-language",
    }  # fmt: skip
    assert "<script" not in letter.get_body(("html",)).get_content()


def test_a_message_without_words_fails_and_stops_nobody(postman: Postman) -> None:
    queued(draft(1, params={}), draft(2, template="nix"), draft(3))
    outcome = outbox.deliver(at=AT)
    assert (outcome.failed, outcome.sent) == (2, 1)


def test_personal_text_is_erased_after_its_days(postman: Postman, settings) -> None:
    settings.NOTICES_KEEP_DAYS = 30
    postman.post.at_rcpt = lambda to, server: "550 no" if to.startswith("nguoi2") else None
    queued(draft(1), draft(2), draft(3, to="x"))
    outbox.deliver(at=AT)
    queued(draft(4))  # still waiting
    assert outbox.erase(at=AT + timedelta(days=30)) == 0
    assert outbox.erase(at=AT + timedelta(days=30, seconds=1)) == 3
    assert outbox.erase(at=AT + timedelta(days=31)) == 0
    for row in Message.objects.exclude(state=State.WAITING):
        assert (row.to, row.params, row.error) == ("", {}, "")
        assert row.key
    assert Message.objects.get(state=State.WAITING).to == "nguoi4@example.vn"
    assert outbox.retry(at=AT + timedelta(days=31)) == 0
    assert queued(draft(1)) == 0  # told once, even after the text is gone
    assert "nguoi" not in str(
        [list(queries.messages(state=s)) for s in (State.SENT, State.FAILED, State.DROPPED)]
    )


def test_the_database_keeps_erased_rows_empty_and_states_whole() -> None:
    queued()
    row = Message.objects.get()
    for wrong in (
        {"erased_at": AT}, {"state": "sent"}, {"state": "flying"}, {"channel": "pigeon"}, {"until": AT - timedelta(1)},
        {"ended_at": AT},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.filter(pk=row.pk).update(**wrong)


def test_operators_see_masks_and_counts(postman: Postman) -> None:
    postman.post.at_rcpt = lambda to, server: f"550 <{to}> no such user" if to.startswith("nguoi1@") else None
    queued(draft(1), draft(2), draft(3, about="dossier:y"))
    outbox.deliver(at=AT)
    assert queries.counts() == {State.WAITING: 0, State.SENT: 2, State.FAILED: 1, State.DROPPED: 0}
    rows = queries.messages()
    assert [r.to for r in rows] == ["n…@example.vn"] * 3
    assert len(queries.messages(about="dossier:y")) == 1
    failed = queries.messages(state=State.FAILED, channel=Channel.EMAIL)[0]
    assert "n…@example.vn" in failed.error
    assert "nguoi1" not in repr(failed)
    assert outbox.retry(at=AT, ids=[queries.messages(state=State.SENT)[0].id]) == 0
    assert outbox.retry(at=AT, ids=[failed.id]) == 1
    assert queries.counts()[State.WAITING] == 1
