"""Kể lại phiếu: kinds with examples, its life in plain words, whose turn it is, the clocks with their proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from haicap.base.dates import show_date, today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines import queries as deadlines
from haicap.domain.feedback import events
from haicap.domain.feedback.queries import TicketRow, Whole
from haicap.domain.feedback.states import Clock, Kind, State, clock_number
from haicap.domain.law import queries as law
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.queries import Recorded
from haicap.web.common import proofs
from haicap.web.common.drawings import Strip
from haicap.web.common.feedback import words
from haicap.web.common.law import links
from haicap.web.portal.feedback.drafting import KINDS

EXAMPLES: Mapping[Kind, str] = {
    Kind.PROCEDURE: gettext_noop(
        "Hồ sơ quá hạn, bị đòi thêm giấy tờ, thủ tục rườm rà, không biết nộp ở đâu."
    ),
    Kind.OFFICER: gettext_noop("Cán bộ gây khó khăn, thái độ không đúng mực, từ chối việc phải làm."),
    Kind.RULE: gettext_noop("Quy định khó hiểu, chồng chéo, không hợp lý, không làm được trong thực tế."),
    Kind.INCIDENT: gettext_noop(
        "Không vào được cổng dịch vụ công, không nộp được tệp, không thanh toán được."
    ),
    Kind.RECOMMENDATION: gettext_noop("Một ý tưởng, một đề nghị sửa đổi gửi đến Chính phủ."),
}
_TURNS: Mapping[str, str] = {
    State.RECEIVED: gettext_noop("Cơ quan nhận phiếu đang xem. Bạn chưa phải làm gì."),
    State.IN_WORK: gettext_noop("Cơ quan đang xử lý. Bạn chưa phải làm gì."),
    State.AWAITING_MORE: gettext_noop(
        "Đến lượt bạn: trả lời điều cơ quan hỏi thêm. Thời hạn tạm dừng đến khi bạn gửi."
    ),
    State.AWAITING_APPROVAL: gettext_noop("Câu trả lời đã soạn, chờ lãnh đạo duyệt. Bạn chưa phải làm gì."),
}
STAGES: Sequence[tuple[str, frozenset[str]]] = (
    (gettext_noop("Tiếp nhận"), frozenset({State.RECEIVED})),
    (gettext_noop("Xử lý"), frozenset({State.IN_WORK, State.AWAITING_MORE})),
    (gettext_noop("Duyệt"), frozenset({State.AWAITING_APPROVAL})),
    (gettext_noop("Trả lời"), frozenset({State.AWAITING_PUBLICATION, State.ANSWERED})),
)
MARKS = {
    "done": gettext_noop("đã xong"),
    "now": gettext_noop("đang ở bước này"),
    "next": gettext_noop("chưa đến"),
}
CLOSED = {
    State.REFUSED: gettext_noop("Từ chối"),
    State.WITHDRAWN: gettext_noop("Đã rút"),
}


def kinds() -> list[tuple[str, str, str]]:
    """(value, name, examples) of what one may write about here."""
    return [(kind.value, words.said(words.KINDS, kind), gettext(EXAMPLES[kind])) for kind in KINDS]


def turn(row: TicketRow) -> str:
    """Whose turn it is; "" when it is over."""
    said = _TURNS.get(row.state, "")
    return gettext(said) if said else ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the line: its name, done | now | next | shut, and that in words."""

    name: str
    mark: str
    word: str


def line(row: TicketRow) -> list[Stage]:
    """The stages in their order, up to where it stands."""
    if row.state in CLOSED:
        return [
            _stage(STAGES[0][0], "done"),
            Stage(gettext(CLOSED[State(row.state)]), "shut", gettext("đã kết thúc")),
        ]
    at = next(n for n, (_, states) in enumerate(STAGES) if row.state in states)
    over = at == len(STAGES) - 1
    marks = ["done" if n < at or over else "now" if n == at else "next" for n in range(len(STAGES))]
    return [_stage(name, mark) for (name, _), mark in zip(STAGES, marks, strict=True)]


def _stage(name: str, mark: str) -> Stage:
    return Stage(gettext(name), mark, gettext(MARKS[mark]))


# --- what happened -----------------------------------------------------------------------------------------------
Said = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the story with what was written then; `mine`: by the sender."""

    at: datetime
    said: str
    text: str = ""
    mine: bool = False


def _plain(sentence: str) -> Said:
    return lambda data: gettext(sentence)


def _organ(sentence: str) -> Said:
    return lambda data: gettext(sentence) % {"organ": data["organ_name"]}


def _due(sentence: str, bare: str) -> Said:
    """With the day when there is one."""

    def say(data: Mapping[str, Any]) -> str:
        if not data.get("due"):
            return gettext(bare)
        return gettext(sentence) % {"day": show_date(today(datetime.fromisoformat(data["due"])))}

    return say


def _refused(data: Mapping[str, Any]) -> str:
    return gettext("Không xử lý: %(ground)s.") % {"ground": words.said(words.GROUNDS, data["ground"])}


def _rated(data: Mapping[str, Any]) -> str:
    return gettext("Bạn đánh giá: %(rating)s.") % {"rating": words.said(words.RATINGS, data["rating"])}


# Steps inside an office (who holds it, notes, drafts) are not told: they change nothing for the sender.
SAID: Mapping[str, Said] = {
    events.FILED.name: _organ(gettext_noop("Đã gửi; %(organ)s nhận phiếu.")),
    events.ACCEPTED.name: _plain(gettext_noop("Cơ quan nhận xử lý.")),
    events.ASKED.name: _plain(gettext_noop("Cơ quan hỏi thêm; thời hạn tạm dừng.")),
    events.SUPPLIED.name: _due(
        gettext_noop("Bạn đã bổ sung; thời hạn chạy tiếp, hẹn trả lời ngày %(day)s."),
        gettext_noop("Bạn đã bổ sung; thời hạn chạy tiếp."),
    ),
    events.TRANSFERRED.name: _organ(gettext_noop("Chuyển đến %(organ)s; thời hạn tính lại từ đầu.")),
    events.MOVED.name: _organ(gettext_noop("Chuyển đến %(organ)s vì cơ quan trước đã kết thúc hoạt động.")),
    events.REFUSED.name: _refused,
    events.APPROVED.name: _plain(gettext_noop("Đã trả lời bạn.")),
    events.REUSED.name: _plain(gettext_noop("Đã trả lời bạn bằng câu trả lời công khai.")),
    events.REFERRED.name: _plain(
        gettext_noop("Nơi ghi phiếu đã cho bạn biết một câu trả lời công khai; cơ quan vẫn trả lời riêng.")
    ),
    events.PUBLISHED.name: _plain(gettext_noop("Câu trả lời được công khai, không có dữ liệu cá nhân.")),
    events.ESCALATED.name: _plain(gettext_noop("Phiếu quá hạn; đã báo lên cấp trên.")),
    events.WITHDRAWN.name: _plain(gettext_noop("Bạn đã rút phiếu.")),
    events.RATED.name: _rated,
    events.REOPENED.name: _due(
        gettext_noop("Bạn mở lại phiếu; hẹn trả lời ngày %(day)s."), gettext_noop("Bạn mở lại phiếu.")
    ),
}
_BY_SENDER = frozenset({events.SUPPLIED.name, events.REOPENED.name})


def story(whole: Whole) -> list[Moment]:
    """What happened with what was written, newest first."""
    texts: dict[int, str] = {}
    for remark in whole.remarks:
        texts[remark.seq] = f"{texts[remark.seq]}\n\n{remark.text}" if remark.seq in texts else remark.text
    told = (_moment(event, texts) for event in reversed(ledger.history(whole.ticket.stream)))
    return [moment for moment in told if moment is not None]


def _moment(event: Recorded, texts: Mapping[int, str]) -> Moment | None:
    say = SAID.get(event.kind)
    if say is None:
        return None
    return Moment(event.at, say(event.data), texts.get(event.seq, ""), event.kind in _BY_SENDER)


def question(whole: Whole) -> str:
    """What the office last asked, while it waits for the sender."""
    waits = whole.ticket.state == State.AWAITING_MORE and bool(whole.remarks)
    return whole.remarks[-1].text if waits else ""  # nothing is said to the sender after it


# --- clocks and answer -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Promise:
    """The day of the answer with its proof drawn; `paused` while it waits for the sender."""

    strip: Strip
    summary: str
    paused: bool


def promise(row: TicketRow) -> Promise | None:
    """The clock of the answer; None when no day can be promised."""
    found = deadlines.clock(row.stream, clock_number(row.hop, Clock.ANSWER))
    if found is None or found.due_at is None:
        return None
    try:
        proof = deadlines.proof_of(found)
    except Refused:
        return None
    return Promise(proofs.strip(proof), proofs.summary(proof), found.state == "paused")


def grounds(citations: Sequence[Mapping[str, str]]) -> list[SafeString | str]:
    """An answer's citations linked to their places; as printed when the register no longer has the document."""
    known = law.corpus().by_slug
    docs = ((known.get(c["document"]), c) for c in citations)
    return [links.link(doc, c["path"]) if doc else c["citation"] for doc, c in docs]
