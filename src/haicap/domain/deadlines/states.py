"""Trạng thái: what a calendar decree and a clock may go through. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop


class DecreeState(StrEnum):
    """Văn bản về lịch: a document that decides which days are worked."""

    DRAFT = "draft"  # being entered; counts for nothing
    ENACTED = "enacted"  # counts
    WITHDRAWN = "withdrawn"  # taken back: what it had replaced holds again
    DROPPED = "dropped"  # a draft nobody needs


class DecreeVerb(StrEnum):
    """What may be done to a calendar decree."""

    CHANGE = "change"
    ENACT = "enact"
    WITHDRAW = "withdraw"
    DROP = "drop"


class ClockState(StrEnum):
    """Đồng hồ thời hạn. What has no due instant raises an alarm and is never "on time"."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    NO_LIMIT = "no_limit"  # no limit known, or no calendar for it: alarm, no promise


class Alarm(StrEnum):
    """Why a clock has no due instant."""

    NO_LIMIT = "no_limit"
    NO_CALENDAR = "no_calendar"


DECREE_MOVES: Mapping[tuple[DecreeState, DecreeVerb], DecreeState] = {
    (DecreeState.DRAFT, DecreeVerb.CHANGE): DecreeState.DRAFT,
    (DecreeState.DRAFT, DecreeVerb.ENACT): DecreeState.ENACTED,
    (DecreeState.DRAFT, DecreeVerb.DROP): DecreeState.DROPPED,
    (DecreeState.ENACTED, DecreeVerb.WITHDRAW): DecreeState.WITHDRAWN,
}


def move_decree(state: DecreeState, verb: DecreeVerb, *, version: int, seen: int) -> DecreeState:
    """The state after `verb`; Refused `stale` when `seen` is not `version`, `not_now` for an illegal move."""
    if seen != version:
        raise Refused(
            "stale",
            gettext_noop("Nội dung này đã thay đổi từ khi bạn mở trang. Xin tải lại trang rồi làm lại."),
        )
    if (state, verb) not in DECREE_MOVES:
        raise Refused("not_now", gettext_noop("Việc này không làm được ở trạng thái hiện nay."))
    return DECREE_MOVES[state, verb]
