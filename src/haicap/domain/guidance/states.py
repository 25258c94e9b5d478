"""Trạng thái và từ vựng: kinds of pieces, whom they are for, how far a version is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.law.states import Evidence

__all__ = [
    "MOVES",
    "PARTS",
    "STANDING",
    "Audience",
    "Behaviour",
    "Evidence",
    "FlagKind",
    "PieceKind",
    "QuestionState",
    "Settled",
    "Thumb",
    "VersionState",
    "VersionVerb",
    "move",
]


class PieceKind(StrEnum):
    """Loại bài."""

    ARTICLE = "article"  # bài, chương cẩm nang
    ANSWER = "answer"  # hỏi đáp
    NOTICE = "notice"  # thông báo


class Audience(StrEnum):
    """Người đọc."""

    CITIZEN = "citizen"
    COMMUNE = "commune"
    PROVINCE = "province"
    MINISTRY = "ministry"


# The six parts of the official handbook for commune government; a chapter names its part, other articles have none.
PARTS: Mapping[int, str] = {
    1: gettext_noop("Những vấn đề chung về chính quyền địa phương 02 cấp"),
    2: gettext_noop("Hội đồng nhân dân cấp xã"),
    3: gettext_noop("Ủy ban nhân dân cấp xã"),
    4: gettext_noop("Đại biểu Hội đồng nhân dân cấp xã"),
    5: gettext_noop("Quan hệ phối hợp công tác"),
    6: gettext_noop("Điểm mới của Luật Tổ chức chính quyền địa phương 2025"),
}


class VersionState(StrEnum):
    """Trạng thái của một bản."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # chờ duyệt: nobody edits it
    PUBLISHED = "published"
    REPLACED = "replaced"  # counted until the next version began
    WITHDRAWN = "withdrawn"  # taken back: counted until that day
    DROPPED = "dropped"  # a draft nobody wanted


STANDING = (VersionState.PUBLISHED, VersionState.REPLACED, VersionState.WITHDRAWN)  # counted on some day


class VersionVerb(StrEnum):
    """What is done to a version."""

    EDIT = "edit"
    SUBMIT = "submit"
    RETURN = "return"  # trả lại để sửa
    PUBLISH = "publish"
    REPLACE = "replace"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"  # đã rà soát, vẫn đúng
    DROP = "drop"


_S, _V = VersionState, VersionVerb
MOVES: Mapping[tuple[VersionState, VersionVerb], VersionState] = {
    (_S.DRAFT, _V.EDIT): _S.DRAFT,
    (_S.DRAFT, _V.SUBMIT): _S.SUBMITTED,
    (_S.DRAFT, _V.DROP): _S.DROPPED,
    (_S.SUBMITTED, _V.RETURN): _S.DRAFT,
    (_S.SUBMITTED, _V.PUBLISH): _S.PUBLISHED,
    (_S.PUBLISHED, _V.REPLACE): _S.REPLACED,
    (_S.PUBLISHED, _V.WITHDRAW): _S.WITHDRAWN,
    (_S.PUBLISHED, _V.CONFIRM): _S.PUBLISHED,
}


def move(state: str, verb: VersionVerb) -> VersionState:
    """The state after `verb`. Refused `bad_state` when the version is not there for it."""
    after = MOVES.get((VersionState(state), verb))
    if after is None:
        raise Refused("bad_state", gettext_noop("Bản này không còn ở bước đó. Xin tải lại trang."))
    return after


class FlagKind(StrEnum):
    """Vì sao một bài cần được rà soát lại."""

    ENDED = "ended"  # điều khoản được dẫn hết hiệu lực
    SUSPENDED = "suspended"
    RESUMED = "resumed"  # có hiệu lực trở lại, hoặc bắt đầu có hiệu lực
    AMENDED = "amended"  # sửa đổi, bổ sung, đính chính
    REVIEW = "review"  # quá ngày phải rà soát


class Behaviour(StrEnum):
    """Trợ lý đã làm gì với câu hỏi."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    REFUSE = "refuse"


class Thumb(StrEnum):
    """Người hỏi thấy câu trả lời thế nào."""

    NONE = ""
    UP = "up"
    DOWN = "down"


class QuestionState(StrEnum):
    """Câu hỏi trợ lý chưa trả lời được."""

    OPEN = "open"
    SETTLED = "settled"  # opens again when it is asked and fails again


class Settled(StrEnum):
    """Editors' ways of settling a question."""

    SYNONYM = "synonym"  # another word was added to the catalogue
    ARTICLE = "article"  # a piece answers it now
    DROPPED = "dropped"  # not a question for this site
