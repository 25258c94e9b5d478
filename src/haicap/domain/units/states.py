"""Trạng thái: what an act and a bulk conversion may go through. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

S = TypeVar("S", bound=StrEnum)
V = TypeVar("V", bound=StrEnum)


class ActState(StrEnum):
    """Văn bản sắp xếp: an act that changes the map."""

    DRAFT = "draft"  # being entered; counts for nothing
    ENACTED = "enacted"  # recorded; takes effect on its date
    CORRECTED = "corrected"  # replaced by a later recorded act
    DROPPED = "dropped"  # a draft nobody needs


class ActVerb(StrEnum):
    """What may be done to an act."""

    CHANGE = "change"
    ENACT = "enact"
    DROP = "drop"
    CORRECT = "correct"


class ConversionState(StrEnum):
    """Chuyển đổi hàng loạt: a list of addresses on its way."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ConversionVerb(StrEnum):
    """What may be done to a bulk conversion."""

    ADVANCE = "advance"
    FINISH = "finish"
    FAIL = "fail"
    CANCEL = "cancel"


ACT_MOVES: Mapping[tuple[ActState, ActVerb], ActState] = {
    (ActState.DRAFT, ActVerb.CHANGE): ActState.DRAFT,
    (ActState.DRAFT, ActVerb.ENACT): ActState.ENACTED,
    (ActState.DRAFT, ActVerb.DROP): ActState.DROPPED,
    (ActState.ENACTED, ActVerb.CORRECT): ActState.CORRECTED,
}
CONVERSION_MOVES: Mapping[tuple[ConversionState, ConversionVerb], ConversionState] = {
    (ConversionState.QUEUED, ConversionVerb.ADVANCE): ConversionState.RUNNING,
    (ConversionState.RUNNING, ConversionVerb.ADVANCE): ConversionState.RUNNING,
    (ConversionState.QUEUED, ConversionVerb.FINISH): ConversionState.DONE,
    (ConversionState.RUNNING, ConversionVerb.FINISH): ConversionState.DONE,
    (ConversionState.QUEUED, ConversionVerb.FAIL): ConversionState.FAILED,
    (ConversionState.RUNNING, ConversionVerb.FAIL): ConversionState.FAILED,
    (ConversionState.QUEUED, ConversionVerb.CANCEL): ConversionState.CANCELLED,
    (ConversionState.RUNNING, ConversionVerb.CANCEL): ConversionState.CANCELLED,
}


def _move(moves: Mapping[tuple[S, V], S], state: S, verb: V, version: int, seen: int) -> S:
    if seen != version:
        raise Refused(
            "stale",
            gettext_noop("Nội dung này đã thay đổi từ khi bạn mở trang. Xin tải lại trang rồi làm lại."),
        )
    if (state, verb) not in moves:
        raise Refused("not_now", gettext_noop("Việc này không làm được ở trạng thái hiện nay."))
    return moves[state, verb]


def move_act(state: ActState, verb: ActVerb, *, version: int, seen: int) -> ActState:
    """The state after `verb`; Refused `stale` when `seen` is not `version`, `not_now` for an illegal move."""
    return _move(ACT_MOVES, state, verb, version, seen)


def move_conversion(
    state: ConversionState, verb: ConversionVerb, *, version: int, seen: int
) -> ConversionState:
    """The state after `verb`; Refused `stale` or `not_now`."""
    return _move(CONVERSION_MOVES, state, verb, version, seen)
