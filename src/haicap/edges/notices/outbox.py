"""Hộp thư đi: the only writer of this room. Queued once by key, sent by the worker, tried again, given up, erased.

A message is claimed by a lease (a later `retry_at`, committed at once) and sent outside any transaction: a server that is
slow holds no lock and no transaction open. A sender that is killed leaves its one message to whoever comes after the lease.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet

from haicap.base.words import gettext_noop
from haicap.edges.notices import addresses, channels, composing
from haicap.edges.notices.channels import Away, Later, Never, Outgoing, Way
from haicap.edges.notices.models import Line, Message
from haicap.edges.notices.states import LEASE, PATIENCE, Channel, State, rest, wait
from haicap.edges.notices.wording import PERISHABLE

log = logging.getLogger("haicap.notices")

ROUND, SECONDS = 200, 10.0  # messages and seconds of one round: the worker has other things to do
TROUBLES = 3  # in a row: then the channel rests
BAD_ADDRESS = gettext_noop("Địa chỉ nhận không đúng dạng.")
TOO_LATE = gettext_noop("Quá hạn gửi.")
_CLAIM = """
UPDATE notices_message SET attempts = attempts + 1, retry_at = %s WHERE id = (
  SELECT id FROM notices_message WHERE state = 'waiting' AND channel = %s AND retry_at <= %s
  ORDER BY retry_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING *
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is to be told. A second draft with the same key is not queued."""

    key: str
    channel: Channel
    to: str
    template: str
    params: dict[str, Any]
    about: str
    language: str = "vi"
    patience: timedelta = PATIENCE


@dataclass(slots=True)
class Outcome:
    """What a round came to."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    away: list[str] = field(default_factory=list)  # channels that do not answer


def queue(drafts: Iterable[Draft], *, at: datetime) -> int:
    """Queue messages; how many are new to the channels that are set up. For a channel nobody set up nothing is queued.

    Joins the caller's transaction: an event and what it tells are noted together or not at all.
    """
    rows = [_row(draft, at) for draft in drafts if channels.configured(draft.channel)]
    known = set(Message.objects.filter(key__in=[r.key for r in rows]).values_list("key", flat=True))
    rows = [row for row in rows if row.key not in known]
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def has(about: str) -> bool:
    """Whether anything was queued about this."""
    return Message.objects.filter(about=about).exists()


def _row(draft: Draft, at: datetime) -> Message:
    spelled = addresses.email(draft.to) if draft.channel is Channel.EMAIL else addresses.mobile(draft.to)
    row = Message(
        key=draft.key, channel=draft.channel.value, to=spelled or draft.to, language=draft.language,
        template=draft.template, params=draft.params, about=draft.about, retry_at=at, until=at + draft.patience,
        created_at=at,
    )  # fmt: skip
    if spelled is None:
        row.state, row.ended_at, row.error = State.DROPPED.value, at, BAD_ADDRESS
    return row


def deliver(*, at: datetime, limit: int = ROUND, seconds: float = SECONDS) -> Outcome:
    """Worker: send what is due, channel by channel; a channel that does not answer rests and keeps its messages."""
    outcome = Outcome()
    _give_up(at)
    for channel in Channel:
        if channels.configured(channel) and not _closed(channel, at) and _due(channel, at).exists():
            _round(channel, at, limit, time.monotonic() + seconds, outcome)
    return outcome


def _round(channel: Channel, at: datetime, limit: int, stop: float, outcome: Outcome) -> None:
    way, troubles = channels.way(channel), 0
    try:
        way.open()
        for _turn in range(limit):
            row = _claim(channel, at) if time.monotonic() < stop else None
            if row is None:
                break
            state = _try(way, row, at, outcome)
            troubles = troubles + 1 if state is State.WAITING else 0
            if troubles:
                if troubles >= TROUBLES:
                    raise Away(row.error)
                way.close()
                way.open()
        _opened(channel)
    except Away as error:
        outcome.away.append(channel.value)
        _close(channel, str(error), at)
    finally:
        way.close()


def _due(channel: Channel, at: datetime) -> QuerySet[Message]:
    return Message.objects.filter(state=State.WAITING, channel=channel, retry_at__lte=at)


def _claim(channel: Channel, at: datetime) -> Message | None:
    """The next message, ours until the lease ends; the number of the attempt is the token of the lease."""
    found = Message.objects.raw(_CLAIM, [at + LEASE, channel.value, at])
    return next(iter(found), None)


def _try(way: Way, row: Message, at: datetime, outcome: Outcome) -> State:
    """One message; the state it is in then. `Away` goes on to the caller after the message was put back."""
    try:
        way.send(_outgoing(row))
    except Never as error:
        outcome.failed += 1
        return _end(row, State.FAILED, str(error), at)
    except (Later, Away) as error:
        state = _put_back(row, str(error), at)
        outcome.later += state is State.WAITING
        outcome.failed += state is State.FAILED
        if isinstance(error, Away):
            raise
        return state
    outcome.sent += 1
    return _end(row, State.SENT, "", at)


def _outgoing(row: Message) -> Outgoing:
    try:
        text = composing.compose(row.template, row.params, row.language)
    except Exception as error:  # whatever is wrong with one message must not hold up the others
        log.exception(
            "a message cannot be put into words", extra={"template": row.template, "notice": row.pk}
        )
        raise Never(repr(error)) from error
    code = str(row.params.get("code", ""))
    return Outgoing(str(row.public_id), row.to, row.language, row.template, text, code)


def _ours(row: Message) -> QuerySet[Message]:
    return Message.objects.filter(pk=row.pk, state=State.WAITING, attempts=row.attempts)


def _end(row: Message, state: State, error: str, at: datetime) -> State:
    row.state, row.error = state.value, _without_address(error, row.to)
    if _ours(row).update(state=state, ended_at=at, error=row.error) and state is State.FAILED:
        log.warning("a message failed", extra={"notice": row.pk, "channel": row.channel})
        _fall_back(row, at)
    return state


def _put_back(row: Message, error: str, at: datetime) -> State:
    """Rest until the next try; given up when that would be too late."""
    again = at + wait(row.attempts)
    if again > row.until:
        return _end(row, State.FAILED, error, at)
    row.error = _without_address(error, row.to)
    _ours(row).update(retry_at=again, error=row.error)
    return State.WAITING


def _fall_back(row: Message, at: datetime) -> None:
    """Who has no Zalo gets the same by short message."""
    if row.channel == Channel.ZALO:
        key = f"{row.key.removesuffix(':zalo')}:sms"
        queue([Draft(key, Channel.SMS, row.to, row.template, row.params, row.about, row.language)], at=at)


def _without_address(error: str, to: str) -> str:
    """Servers repeat the address in their answers; operators see only its mask."""
    return addresses.harmless(error.replace(to, addresses.masked(to)) if to else error, 500)


def _give_up(at: datetime) -> None:
    """Messages whose time is over while their channel was away or no longer set up."""
    late = Message.objects.filter(state=State.WAITING, until__lte=at, retry_at__lte=at)
    late.filter(template__in=PERISHABLE).update(state=State.DROPPED, ended_at=at, error=TOO_LATE)
    late.exclude(template__in=PERISHABLE).filter(error="").update(error=TOO_LATE)
    late.exclude(template__in=PERISHABLE).update(state=State.FAILED, ended_at=at)


# --- whole channels -------------------------------------------------------------------------------------------
def _closed(channel: Channel, at: datetime) -> bool:
    return Line.objects.filter(pk=channel, closed_until__gt=at).exists()


def _close(channel: Channel, error: str, at: datetime) -> None:
    line, _new = Line.objects.get_or_create(pk=channel)
    if not line.failures:
        log.warning("a channel does not answer", extra={"channel": channel, "error": error})
    until = at + rest(line.failures + 1)
    Line.objects.filter(pk=channel).update(
        failures=F("failures") + 1,
        since=line.since or at,
        closed_until=until,
        error=addresses.harmless(error, 500),
    )


def _opened(channel: Channel) -> None:
    Line.objects.filter(pk=channel, failures__gt=0).update(
        failures=0, since=None, closed_until=None, error=""
    )


# --- operators ------------------------------------------------------------------------------------------------
def retry(*, at: datetime, ids: Iterable[str] | None = None) -> int:
    """Try failed messages again, those named by public id or all; how many. What was erased cannot be."""
    rows = Message.objects.filter(state=State.FAILED, erased_at__isnull=True)
    if ids is not None:
        rows = rows.filter(public_id__in=_uuids(ids))
    Line.objects.update(closed_until=None)
    return rows.update(
        state=State.WAITING, attempts=0, retry_at=at, until=at + PATIENCE, ended_at=None, error=""
    )


def _uuids(texts: Iterable[str]) -> list[UUID]:
    """Those texts that are ids at all."""
    found = []
    for text in texts:
        with contextlib.suppress(ValueError):
            found.append(UUID(text))
    return found


def erase(*, at: datetime) -> int:
    """Worker: remove the personal text of messages that ended long enough ago; how many. That there was one stays."""
    before = at - timedelta(days=settings.NOTICES_KEEP_DAYS)
    rows = Message.objects.filter(ended_at__lt=before, erased_at__isnull=True)
    return rows.update(to="", params={}, error="", erased_at=at)


def forget(about: str, *, at: datetime) -> int:
    """Remove the personal text of every message about this, sent or not; how many. What was to go does not go any more."""
    rows = Message.objects.filter(about=about, erased_at__isnull=True)
    rows.filter(state=State.WAITING).update(state=State.DROPPED, ended_at=at)
    return rows.exclude(state=State.WAITING).update(to="", params={}, error="", erased_at=at)
