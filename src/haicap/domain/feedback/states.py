"""Trạng thái của phiếu phản ánh: eight states and the moves between them, with their limits. Pure.

Decree 20/2008/NĐ-CP (amended by 48/2013/NĐ-CP, 92/2017/NĐ-CP) and Decree 63/2010/NĐ-CP, điều 22; the limits in working
days are those of the national portal's section for feedback. None of the texts was read: shown as unconfirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

DECREE = Citation("20/2008/NĐ-CP")


class Kind(StrEnum):
    """Loại phản ánh, kiến nghị."""

    RULE = "rule"  # quy định, chính sách
    PROCEDURE = "procedure"  # thủ tục, một hồ sơ
    OFFICER = "officer"  # hành vi của cán bộ, công chức
    LOCALITY = "locality"  # địa phương hỏi về quy định
    INCIDENT = "incident"  # sự cố hệ thống thông tin
    RECOMMENDATION = "recommendation"  # kiến nghị với Chính phủ


class Channel(StrEnum):
    """Kênh tiếp nhận."""

    PORTAL = "portal"
    PHONE = "phone"
    DESK = "desk"
    MAIL = "mail"
    API = "api"


class State(StrEnum):
    """Trạng thái phiếu."""

    RECEIVED = "received"  # mới tiếp nhận, chưa ai nhận xử lý
    IN_WORK = "in_work"
    AWAITING_MORE = "awaiting_more"
    AWAITING_APPROVAL = "awaiting_approval"
    AWAITING_PUBLICATION = "awaiting_publication"  # đã trả lời người gửi, chờ công khai
    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """Việc làm với phiếu."""

    ACCEPT = "accept"
    ASSIGN = "assign"
    SORT = "sort"  # loại, nơi, đối tượng
    ASK_MORE = "ask_more"
    SUPPLY = "supply"
    TRANSFER = "transfer"
    REFUSE = "refuse"
    DRAFT = "draft"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    PUBLISH = "publish"
    KEEP_PRIVATE = "keep_private"
    REUSE = "reuse"  # trả lời bằng câu trả lời đã có
    REFER = "refer"  # nơi ghi phiếu đọc câu trả lời đã công khai cho người gửi
    NOTE = "note"
    LINK = "link"  # gắn với sự cố
    WITHDRAW = "withdraw"
    RATE = "rate"
    REOPEN = "reopen"
    ESCALATE = "escalate"
    ERASE = "erase"


class Clock(StrEnum):
    """Thời hạn của một chặng (một cơ quan giữ phiếu)."""

    TRIAGE = "triage"  # nhận, chuyển hoặc từ chối
    ASK = "ask"  # yêu cầu bổ sung lần đầu
    ANSWER = "answer"
    PUBLISH = "publish"


class Ground(StrEnum):
    """Lý do từ chối."""

    COMPLAINT = "complaint"  # khiếu nại: theo luật riêng
    DENUNCIATION = "denunciation"  # tố cáo: theo luật riêng
    COURT = "court"  # đã có bản án, quyết định có hiệu lực
    NO_CONTENT = "no_content"
    ABUSE = "abuse"  # xúc phạm, quảng cáo, gửi lặp có chủ ý
    ANSWERED_BEFORE = "answered_before"
    OUTSIDE = "outside"  # ngoài phạm vi hành chính nhà nước


class Rating(StrEnum):
    """Người gửi đánh giá."""

    NONE = ""
    LIKE = "like"
    DISLIKE = "dislike"


DAYS: Mapping[Clock, int] = {Clock.TRIAGE: 2, Clock.ASK: 5, Clock.ANSWER: 15, Clock.PUBLISH: 2}  # working
CLOCK_NUMBER: Mapping[Clock, int] = {Clock.TRIAGE: 1, Clock.ASK: 2, Clock.ANSWER: 3, Clock.PUBLISH: 4}
CLOCKS_A_HOP = 4
OPEN = frozenset(
    {State.RECEIVED, State.IN_WORK, State.AWAITING_MORE, State.AWAITING_APPROVAL, State.AWAITING_PUBLICATION}
)
UNANSWERED = OPEN - {State.AWAITING_PUBLICATION}
ENDED = frozenset({State.ANSWERED, State.REFUSED, State.WITHDRAWN})
# What a counter may settle with an answer that is public already: questions everybody may ask. What somebody did, what a
# locality asks the holder of a rule and what is recommended to the Government is for the organ itself.
REFERABLE = frozenset({Kind.RULE, Kind.PROCEDURE, Kind.INCIDENT})
ANONYMOUS_ALLOWED = frozenset({Kind.INCIDENT, Kind.RULE, Kind.RECOMMENDATION, Kind.PROCEDURE})


@dataclass(frozen=True, slots=True)
class Move:
    """From which states, to which; `to` None: stays; `back`: to where it came from."""

    origin: frozenset[State]
    to: State | None
    back: bool = False


_HELD = (State.RECEIVED, State.IN_WORK)


def _move(*origin: State, to: State | None, back: bool = False) -> Move:
    return Move(frozenset(origin), to, back)


MOVES: Mapping[Verb, Move] = {
    Verb.ACCEPT: _move(State.RECEIVED, to=State.IN_WORK),
    Verb.ASSIGN: _move(*_HELD, State.AWAITING_MORE, State.AWAITING_APPROVAL, to=None),
    Verb.SORT: _move(*_HELD, State.AWAITING_MORE, to=None),
    Verb.ASK_MORE: _move(*_HELD, to=State.AWAITING_MORE),
    Verb.SUPPLY: _move(State.AWAITING_MORE, to=None, back=True),
    Verb.TRANSFER: _move(*_HELD, State.AWAITING_MORE, to=State.RECEIVED),
    Verb.REFUSE: _move(*_HELD, State.AWAITING_MORE, to=State.REFUSED),
    Verb.DRAFT: _move(State.IN_WORK, State.AWAITING_APPROVAL, to=None),
    Verb.SUBMIT: _move(State.IN_WORK, to=State.AWAITING_APPROVAL),
    Verb.SEND_BACK: _move(State.AWAITING_APPROVAL, to=State.IN_WORK),
    Verb.APPROVE: _move(State.AWAITING_APPROVAL, to=State.AWAITING_PUBLICATION),  # ANSWERED when not public
    Verb.PUBLISH: _move(State.AWAITING_PUBLICATION, to=State.ANSWERED),
    Verb.KEEP_PRIVATE: _move(State.AWAITING_PUBLICATION, to=State.ANSWERED),
    Verb.REUSE: _move(*_HELD, to=State.ANSWERED),
    Verb.REFER: _move(State.RECEIVED, to=State.ANSWERED),  # REFERABLE kinds only; others stay as they are
    Verb.NOTE: Move(frozenset(State), None),
    Verb.LINK: Move(OPEN, None),
    Verb.WITHDRAW: Move(UNANSWERED, State.WITHDRAWN),
    Verb.RATE: _move(State.ANSWERED, State.AWAITING_PUBLICATION, to=None),
    Verb.REOPEN: _move(State.ANSWERED, State.AWAITING_PUBLICATION, State.REFUSED, to=State.RECEIVED),
    Verb.ESCALATE: Move(OPEN, None),
    Verb.ERASE: Move(ENDED, None),
}


def move(state: str, verb: Verb, *, back_to: str = "") -> State:
    """The state after `verb`. Refused `not_now` with what may be done instead."""
    rule, current = MOVES[verb], State(state)
    if current not in rule.origin:
        raise Refused(
            "not_now",
            gettext_noop(
                "Phiếu không còn ở bước làm được việc này. Xin tải lại trang để xem trạng thái hiện nay."
            ),
            DECREE,
        )
    if rule.back:
        return State(back_to) if back_to else State.IN_WORK
    return rule.to or current


def possible(state: str) -> frozenset[Verb]:
    """Verbs the state allows; who may do them is for the policy."""
    return frozenset(verb for verb, rule in MOVES.items() if State(state) in rule.origin)


def clock_number(hop: int, clock: Clock) -> int:
    """The number of a clock in the ticket's stream; a transfer or a reopening begins a new hop (from 0)."""
    return hop * CLOCKS_A_HOP + CLOCK_NUMBER[clock]


def current_clock(state: str) -> Clock | None:
    """The clock people see: what must happen next; none when waiting for the sender or ended."""
    match State(state):
        case State.RECEIVED:
            return Clock.TRIAGE
        case State.IN_WORK | State.AWAITING_APPROVAL:
            return Clock.ANSWER
        case State.AWAITING_PUBLICATION:
            return Clock.PUBLISH
    return None
