"""Kể lại hồ sơ: its life in plain words, whose turn it is, and nothing personal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from haicap.base.dates import show_date, today
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import events, queries
from haicap.domain.dossiers.queries import DossierRow, Whole
from haicap.domain.dossiers.states import ENDED, Outcome, ResultMethod, State
from haicap.kernel.ledger.queries import Recorded
from haicap.web.common.procedures import words

STATES: Mapping[int, tuple[str, str]] = {  # tone, words
    State.REGISTERED: ("calm", gettext_noop("đã nộp, chờ tiếp nhận")),
    State.RECEIVED: ("calm", gettext_noop("đã tiếp nhận")),
    State.REFUSED: ("late", gettext_noop("không được tiếp nhận")),
    State.PROCESSING: ("calm", gettext_noop("đang giải quyết")),
    State.SUPPLEMENT: ("warn", gettext_noop("cần bổ sung giấy tờ")),
    State.PAYING: ("warn", gettext_noop("cần nộp phí, lệ phí")),
    State.WITHDRAWN: ("calm", gettext_noop("đã rút")),
    State.STOPPED: ("late", gettext_noop("dừng giải quyết")),
    State.DONE: ("ok", gettext_noop("đã có kết quả")),
    State.RETURNED: ("ok", gettext_noop("đã trả kết quả")),
}
_TURNS: Mapping[int, str] = {
    State.REGISTERED: gettext_noop("Nơi tiếp nhận đang kiểm tra hồ sơ. Bạn chưa phải làm gì."),
    State.RECEIVED: gettext_noop("Cơ quan giải quyết đang giữ hồ sơ. Bạn chưa phải làm gì."),
    State.PROCESSING: gettext_noop("Cơ quan giải quyết đang xử lý. Bạn chưa phải làm gì."),
    State.SUPPLEMENT: gettext_noop(
        "Đến lượt bạn: gửi thêm giấy tờ được yêu cầu. Thời hạn tạm dừng đến khi bạn gửi."
    ),
    State.PAYING: gettext_noop("Đến lượt bạn: nộp phí, lệ phí. Thời hạn tạm dừng đến khi nộp đủ."),
    State.DONE: gettext_noop("Đến lượt bạn: nhận kết quả theo cách đã chọn."),
}
METHODS = {
    ResultMethod.ONLINE: gettext_noop("bản điện tử"),
    ResultMethod.COUNTER: gettext_noop("tại quầy"),
    ResultMethod.POST: gettext_noop("qua bưu chính"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the story."""

    at: datetime
    said: str
    tone: str = ""


def state(row: DossierRow) -> tuple[str, str]:
    """Tone and words of where it stands."""
    tone, said = STATES[State(row.state)]
    return tone, gettext(said)


def turn(row: DossierRow) -> str:
    """Whose turn it is; empty when it is over."""
    said = _TURNS.get(State(row.state), "")
    return gettext(said) if said else ""


def applicants_turn(row: DossierRow) -> bool:
    """Whether the applicant has something to do."""
    return row.state in (State.SUPPLEMENT, State.PAYING, State.DONE)


def over(row: DossierRow) -> bool:
    """Whether it has ended."""
    return row.state in ENDED


Said = Callable[[Mapping[str, Any]], str]


def _plain(sentence: str) -> Said:
    return lambda data: gettext(sentence)


def _due(sentence: str, bare: str) -> Said:
    """With the day when there is one."""

    def say(data: Mapping[str, Any]) -> str:
        if not data.get("due"):
            return gettext(bare)
        return gettext(sentence) % {"day": show_date(today(datetime.fromisoformat(data["due"])))}

    return say


def _paid(data: Mapping[str, Any]) -> str:
    if data["state"] != "paid":
        return ""
    return gettext("Đã nhận %(amount)s.") % {"amount": words.dong(int(data["amount"]))}


def _asked_to_pay(data: Mapping[str, Any]) -> str:
    return gettext("Được yêu cầu nộp %(amount)s.") % {"amount": words.dong(int(data["amount"]))}


def _decided(data: Mapping[str, Any]) -> str:
    denied = data["outcome"] == Outcome.DENIED
    return gettext("Quyết định: không chấp thuận.") if denied else gettext("Đã có quyết định.")


def _handed_out(data: Mapping[str, Any]) -> str:
    method = METHODS.get(ResultMethod(data["method"]), "")
    return gettext("Đã trả kết quả (%(method)s).") % {"method": gettext(method)}


def _extended(data: Mapping[str, Any]) -> str:
    said = _due(
        gettext_noop("Cơ quan xin lỗi vì chậm và hẹn lại ngày %(day)s."),
        gettext_noop("Cơ quan xin lỗi vì chậm và gia hạn."),
    )
    return said(data)


# Steps inside an office (who holds it, who is consulted, what was printed) are not told: they change nothing for the
# applicant, and name people at work.
SAID: Mapping[str, Said] = {
    events.FILED.name: _plain(gettext_noop("Đã nộp hồ sơ.")),
    events.RECEIVED.name: _due(
        gettext_noop("Đã tiếp nhận, hẹn trả kết quả ngày %(day)s."),
        gettext_noop("Đã tiếp nhận; chưa hẹn ngày trả vì chưa có thời hạn được xác minh."),
    ),
    events.SUPPLEMENT_ASKED.name: _plain(gettext_noop("Được yêu cầu bổ sung giấy tờ; thời hạn tạm dừng.")),
    events.SUPPLIED.name: _due(
        gettext_noop("Đã gửi bổ sung; thời hạn chạy tiếp, hẹn trả ngày %(day)s."),
        gettext_noop("Đã gửi bổ sung."),
    ),
    events.PAYMENT_ASKED.name: _asked_to_pay,
    events.PAYMENT_NOTED.name: _paid,
    events.SETTLED.name: _due(
        gettext_noop("Đã nộp đủ; thời hạn chạy tiếp, hẹn trả ngày %(day)s."), gettext_noop("Đã nộp đủ.")
    ),
    events.FORWARDED.name: _plain(gettext_noop("Đã chuyển đến cơ quan giải quyết.")),
    events.TAKEN_UP.name: _plain(gettext_noop("Bắt đầu giải quyết.")),
    events.EXTENDED.name: _extended,
    events.REFUSED.name: _plain(gettext_noop("Hồ sơ không được tiếp nhận; lý do ghi trong phiếu.")),
    events.STOPPED.name: _plain(gettext_noop("Dừng giải quyết; lý do ghi trong thông báo.")),
    events.WITHDRAWN.name: _plain(gettext_noop("Bạn đã rút hồ sơ.")),
    events.DECIDED.name: _decided,
    events.SIGNED.name: _plain(gettext_noop("Kết quả đã ký.")),
    events.FINISHED.name: _plain(gettext_noop("Đã có kết quả, chờ trả.")),
    events.HANDED_OUT.name: _handed_out,
    events.COPIED.name: _plain(gettext_noop("Đã cấp bản sao kết quả.")),
    events.REVOKED.name: _plain(gettext_noop("Kết quả bị thu hồi.")),
    events.RATED.name: _plain(gettext_noop("Bạn đã đánh giá.")),
}


def story(whole: Whole) -> list[Moment]:
    """What happened, newest first."""
    told = (_moment(event) for event in reversed(whole.events))
    return [moment for moment in told if moment is not None]


def _moment(event: Recorded) -> Moment | None:
    say = SAID.get(event.kind)
    said = say(event.data) if say else ""
    return Moment(event.at, said) if said else None


_SLIPS = {
    "01": gettext_noop("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "02": gettext_noop("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    "03": gettext_noop("Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
    "04": gettext_noop("Văn bản xin lỗi và đề nghị gia hạn"),
    "05": gettext_noop("Thông báo dừng giải quyết hồ sơ"),
}


def slip_name(form: str) -> str:
    """What a slip is called."""
    return gettext(_SLIPS[form]) if form in _SLIPS else form


def late(row: DossierRow, at: datetime) -> bool:
    """Whether it is, or came, beyond its day."""
    return queries.late(row, at)
