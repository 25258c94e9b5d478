"""Trạng thái: the ten national status codes of a dossier and the moves between them. Pure.

The codes are those a dossier is synchronised with (Cổng Dịch vụ công quốc gia); nothing local is added: what an
office does inside "đang xử lý" are the working steps of the procedure version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

DECREE = "118/2025/NĐ-CP"
RECEIVING = Citation(DECREE, "điều 17")
SETTLING = Citation(DECREE, "điều 18")
STOPPING = Citation(DECREE, "điều 21")
RETURNING = Citation(DECREE, "điều 22")
PAYMENT = Citation(DECREE, "điều 24")
ARCHIVES = Citation("33/2024/QH15")  # Law on Archives


class State(IntEnum):
    """Trạng thái hồ sơ; the value is the national code."""

    REGISTERED = 1  # mới đăng ký, chờ tiếp nhận
    RECEIVED = 2  # được tiếp nhận
    REFUSED = 3  # không được tiếp nhận, từ chối giải quyết
    PROCESSING = 4  # đang xử lý
    SUPPLEMENT = 5  # yêu cầu bổ sung giấy tờ
    PAYING = 6  # yêu cầu thực hiện nghĩa vụ tài chính
    WITHDRAWN = 7  # công dân yêu cầu rút hồ sơ
    STOPPED = 8  # dừng xử lý
    DONE = 9  # đã xử lý xong
    RETURNED = 10  # đã trả kết quả


class Verb(StrEnum):
    """Việc làm với hồ sơ."""

    RECEIVE = "receive"
    REQUEST_SUPPLEMENT = "request_supplement"
    SUPPLY = "supply"
    REQUEST_PAYMENT = "request_payment"
    SETTLE = "settle"
    FORWARD = "forward"
    TAKE_UP = "take_up"
    ASSIGN = "assign"
    ADVANCE = "advance"
    CONSULT = "consult"
    EXTEND = "extend"
    REFUSE = "refuse"
    STOP = "stop"
    WITHDRAW = "withdraw"
    DECIDE = "decide"
    SIGN = "sign"
    FINISH = "finish"
    HAND_OUT = "hand_out"
    REVOKE = "revoke"
    CORRECT = "correct"  # contact of the applicant, components found later: no move
    RATE = "rate"
    ERASE = "erase"


OPEN = frozenset({State.REGISTERED, State.RECEIVED, State.PROCESSING, State.SUPPLEMENT, State.PAYING})
WORK = (1, 2, 4, 5, 6, 9)  # what somebody still has to do something with; literals of the partial indexes
ENDED = frozenset({State.REFUSED, State.WITHDRAWN, State.STOPPED, State.RETURNED})
_BEFORE_WORK = (State.REGISTERED, State.RECEIVED, State.PROCESSING)
_IN_HAND = (State.RECEIVED, State.PROCESSING)


@dataclass(frozen=True, slots=True)
class Move:
    """From which states, to which; `to` None: stays; `back`: to where it came from."""

    origin: frozenset[State]
    to: State | None
    citation: Citation
    back: bool = False
    undecided: bool = False  # only while there is no decision


def _move(
    origin: tuple[State, ...] | frozenset[State],
    to: State | None,
    citation: Citation,
    *,
    back: bool = False,
    undecided: bool = False,
) -> Move:
    return Move(frozenset(origin), to, citation, back, undecided)


MOVES: Mapping[Verb, Move] = {
    Verb.RECEIVE: _move((State.REGISTERED,), State.RECEIVED, RECEIVING),
    Verb.REQUEST_SUPPLEMENT: _move(_BEFORE_WORK, State.SUPPLEMENT, RECEIVING, undecided=True),
    Verb.SUPPLY: _move((State.SUPPLEMENT,), None, RECEIVING, back=True),
    Verb.REQUEST_PAYMENT: _move(_BEFORE_WORK, State.PAYING, PAYMENT, undecided=True),
    Verb.SETTLE: _move((State.PAYING,), None, PAYMENT, back=True),
    # Also when done: the result, its paper too, goes back to where it was filed.
    Verb.FORWARD: _move((*_IN_HAND, State.DONE), None, SETTLING),
    Verb.TAKE_UP: _move((State.RECEIVED,), State.PROCESSING, SETTLING),
    Verb.ASSIGN: _move(_IN_HAND, None, SETTLING),
    Verb.ADVANCE: _move((State.PROCESSING,), None, SETTLING, undecided=True),
    Verb.CONSULT: _move((State.PROCESSING,), None, SETTLING, undecided=True),
    Verb.EXTEND: _move(_IN_HAND, None, SETTLING, undecided=True),
    Verb.REFUSE: _move(_BEFORE_WORK, State.REFUSED, RECEIVING, undecided=True),
    Verb.STOP: _move(OPEN, State.STOPPED, STOPPING, undecided=True),
    Verb.WITHDRAW: _move(OPEN, State.WITHDRAWN, STOPPING, undecided=True),
    Verb.DECIDE: _move(_IN_HAND, State.PROCESSING, SETTLING, undecided=True),
    # A result that was revoked is signed anew, also after it went out.
    Verb.SIGN: _move((State.PROCESSING, State.DONE, State.RETURNED), None, SETTLING),
    Verb.FINISH: _move((State.PROCESSING,), State.DONE, SETTLING),
    Verb.HAND_OUT: _move((State.DONE,), State.RETURNED, RETURNING),
    Verb.REVOKE: _move((State.PROCESSING, State.DONE, State.RETURNED), None, RETURNING),
    Verb.CORRECT: _move((*OPEN, State.DONE), None, RECEIVING),
    Verb.RATE: _move((State.DONE, *ENDED), None, RETURNING),
    Verb.ERASE: _move(ENDED, None, ARCHIVES),
}


def move(
    state: int, verb: Verb, *, version: int, seen: int, back_to: int | None = None, decided: bool = False
) -> State:
    """The state after `verb`. Refused `stale` when `seen` is not `version`, `not_now` for an illegal move."""
    fresh(version, seen)
    rule, current = MOVES[verb], State(state)
    if current not in rule.origin or (decided and rule.undecided):
        raise Refused("not_now", _why_not(current, decided), rule.citation)
    if rule.back:
        return State(back_to or State.REGISTERED)
    return current if rule.to is None else rule.to


def fresh(version: int, seen: int) -> None:
    """Refused `stale` when the page was opened at another version."""
    if seen != version:
        raise Refused(
            "stale",
            gettext_noop(
                "Hồ sơ này vừa được người khác xử lý từ khi bạn mở trang. Xin tải lại trang rồi xem lại."
            ),
        )


def possible(state: int, *, decided: bool = False) -> frozenset[Verb]:
    """What the moves allow in a state; whether somebody may is for `policy`."""
    current = State(state)
    return frozenset(v for v, m in MOVES.items() if current in m.origin and not (decided and m.undecided))


def _why_not(state: State, decided: bool) -> str:
    if state is State.RETURNED:
        return gettext_noop("Hồ sơ này đã trả kết quả.")
    if state in ENDED:
        return gettext_noop("Hồ sơ này đã kết thúc, không làm tiếp được.")
    if decided:
        return gettext_noop("Hồ sơ này đã có quyết định; việc này chỉ làm được trước khi quyết định.")
    return gettext_noop("Việc này không làm được ở trạng thái hiện nay của hồ sơ.")


class Channel(IntEnum):
    """Kênh thực hiện, as it is synchronised."""

    DIRECT = 1
    ONLINE = 2
    POST = 3


class Outcome(StrEnum):
    """Kết quả giải quyết."""

    GRANTED = "granted"
    DENIED = "denied"


class PaymentPlace(IntEnum):
    """Nơi thanh toán, as the index counts it."""

    NONE = 0  # not paid online (at the counter, or nothing owed)
    NATIONAL = 1  # Cổng Dịch vụ công quốc gia
    OWN = 2  # gateway of the ministry or province


class PaymentState(StrEnum):
    """Một lần thanh toán."""

    ASKED = "asked"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"


class PaymentWay(StrEnum):
    """Cách nộp tại quầy, cách hoàn."""

    CASH = "cash"
    TRANSFER = "transfer"
    CARD = "card"  # the counter's own terminal


class ResultMethod(StrEnum):
    """Cách nhận kết quả."""

    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"


class FileOrigin(StrEnum):
    """Nguồn của một thành phần hồ sơ, captured when it comes (index of QĐ 766/QĐ-TTg)."""

    HANDED = "handed"  # paper handed in, not scanned
    SCANNED = "scanned"  # digitised at the counter
    UPLOADED = "uploaded"  # sent as a file
    REUSED = "reused"  # from an earlier dossier or a database
    STORE = "store"  # from the person's store (kho dữ liệu)
    DATA = "data"  # replaced by data of the state: no paper asked
