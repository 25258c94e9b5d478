"""Trạng thái: what a version of a procedure and a local instance may go through. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

PUBLISHING = Citation("63/2010/NĐ-CP", "điều 15")


class VersionState(StrEnum):
    """Phiên bản của một thủ tục, hoặc của một bản địa phương."""

    DRAFT = "draft"  # being written; nobody outside sees it
    REVIEW = "review"  # handed to another person; not changed any more
    PUBLISHED = "published"  # counts on the days of its range (also before they begin)
    REPLACED = "replaced"  # another version counts from the end of its range
    REPEALED = "repealed"  # nothing counts from the end of its range
    DROPPED = "dropped"  # a draft nobody needs


class VersionVerb(StrEnum):
    """What may be done to a version."""

    CHANGE = "change"
    SUBMIT = "submit"
    RETURN = "return"
    PUBLISH = "publish"
    DROP = "drop"
    REPLACE = "replace"  # by the publication of the next one
    REPEAL = "repeal"
    SHOW = "show"  # công khai: the day it was made public on the national database


STANDING = (VersionState.PUBLISHED, VersionState.REPLACED, VersionState.REPEALED)
OPEN = (VersionState.DRAFT, VersionState.REVIEW)


class DecisionKind(StrEnum):
    """Loại quyết định công bố."""

    NEW = "new"  # mới ban hành
    AMENDED = "amended"  # sửa đổi, bổ sung
    REPLACED = "replaced"  # thay thế
    REPEALED = "repealed"  # bãi bỏ
    STANDARDISED = "standardised"  # chuẩn hóa


MOVES: Mapping[tuple[VersionState, VersionVerb], VersionState] = {
    (VersionState.DRAFT, VersionVerb.CHANGE): VersionState.DRAFT,
    (VersionState.DRAFT, VersionVerb.SUBMIT): VersionState.REVIEW,
    (VersionState.DRAFT, VersionVerb.DROP): VersionState.DROPPED,
    (VersionState.REVIEW, VersionVerb.RETURN): VersionState.DRAFT,
    (VersionState.REVIEW, VersionVerb.PUBLISH): VersionState.PUBLISHED,
    (VersionState.REVIEW, VersionVerb.DROP): VersionState.DROPPED,
    (VersionState.PUBLISHED, VersionVerb.REPLACE): VersionState.REPLACED,
    (VersionState.PUBLISHED, VersionVerb.REPEAL): VersionState.REPEALED,
    (VersionState.PUBLISHED, VersionVerb.SHOW): VersionState.PUBLISHED,
}


def move(state: VersionState, verb: VersionVerb, *, version: int, seen: int) -> VersionState:
    """The state after `verb`; Refused `stale` when `seen` is not `version`, `not_now` for an illegal move."""
    if seen != version:
        raise Refused(
            "stale",
            gettext_noop("Nội dung này đã thay đổi từ khi bạn mở trang. Xin tải lại trang rồi làm lại."),
        )
    if (state, verb) not in MOVES:
        raise Refused("not_now", gettext_noop("Việc này không làm được ở trạng thái hiện nay."), PUBLISHING)
    return MOVES[state, verb]
