"""Việc với phiếu: one call a verb; officers say which version they have seen, senders show their key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from haicap.base.dates import today
from haicap.domain.feedback import actions
from haicap.domain.feedback.actions import Draft, Proof, Sorting
from haicap.domain.feedback.queries import AnswerRow, TicketRow
from haicap.web.api import feedback_answers as shown
from haicap.web.api import feedback_shapes as shapes
from haicap.web.api.clients import Client
from haicap.web.api.dossiers_calls import KEY, carried, uid_of
from haicap.web.api.feedback_calls import Document, done_told, path_of, router, slug_of, subject_unit
from haicap.web.api.service import answers

OFFERED: set[str] = set()  # what officers may do under one ticket
OF_SENDERS = {"supply", "withdraw", "rate", "reopen"}
Call = Callable[..., HttpResponse]


def _told(path: str, summary: str, name: str, shape: type = shown.DoneOut) -> Callable[[Call], Call]:
    """A writing call under a ticket."""
    if path not in OF_SENDERS:
        OFFERED.add(path)
    declare: Callable[[Call], Call] = router.post(
        f"/tickets/{{code}}/{path}", response=answers(shape, 401, 403, 409, 413), summary=summary, operation_id=name
    )  # fmt: skip
    return declare


def _do(
    request: HttpRequest, code: str, key: str, verb: Callable[[str, Client, datetime], TicketRow]
) -> HttpResponse:
    """A verb that answers the ticket."""
    wanted = code.strip().upper()
    return carried(request, lambda who, at: done_told(verb(wanted, who, at)), key=key)


def _answering(
    request: HttpRequest, code: str, key: str, verb: Callable[[str, Client, datetime], AnswerRow]
) -> HttpResponse:
    """A verb that answers the answer."""
    wanted = code.strip().upper()

    def work(who: Client, at: datetime) -> Document:
        made = verb(wanted, who, at)
        return {"answer": made.code, "piece": made.piece}

    return carried(request, work, key=key)


@_told("accept", "Nhận xử lý", "accept_ticket")
def accept(request: HttpRequest, code: str, body: shapes.TicketSeenIn, key: str = KEY) -> HttpResponse:
    """Cơ quan nhận việc; đồng hồ trả lời chạy tiếp."""
    return _do(request, code, key, lambda c, who, at: actions.accept(code=c, seen=body.seen, actor=who.actor, at=at))  # fmt: skip


@_told("assign", "Giao người xử lý", "assign_ticket")
def assign(request: HttpRequest, code: str, body: shapes.TicketAssignIn, key: str = KEY) -> HttpResponse:
    """Giao cho cán bộ của cơ quan đang giữ phiếu."""
    return _do(
        request, code, key, lambda c, who, at: actions.assign(code=c, to=body.to, seen=body.seen, actor=who.actor, at=at)
    )  # fmt: skip


@_told("sort", "Phân loại lại", "sort_ticket")
def sort(request: HttpRequest, code: str, body: shapes.TicketSortIn, key: str = KEY) -> HttpResponse:
    """Sửa loại, nơi, thủ tục, văn bản, lĩnh vực."""

    def verb(wanted: str, who: Client, at: datetime) -> TicketRow:
        sorting = Sorting(
            body.kind, body.subject, None if body.unit is None else subject_unit(body.unit, today(at)), body.procedure,
            None if body.document is None else slug_of(body.document), None if body.place is None else path_of(body.place),
            body.field,
        )  # fmt: skip
        return actions.sort_ticket(code=wanted, sorting=sorting, seen=body.seen, actor=who.actor, at=at)

    return _do(request, code, key, verb)


@_told("ask-more", "Yêu cầu bổ sung", "ask_more")
def ask_more(request: HttpRequest, code: str, body: shapes.TicketTextIn, key: str = KEY) -> HttpResponse:
    """Hỏi thêm người gửi; đồng hồ trả lời đợi."""
    return _do(
        request, code, key,
        lambda c, who, at: actions.ask_more(code=c, question=body.text, seen=body.seen, actor=who.actor, at=at),
    )  # fmt: skip


@_told("transfer", "Chuyển cơ quan", "transfer_ticket")
def transfer(request: HttpRequest, code: str, body: shapes.TicketTransferIn, key: str = KEY) -> HttpResponse:
    """Đến cơ quan khác có mặt vào hôm nay; đồng hồ tính lại từ đầu."""
    return _do(
        request, code, key,
        lambda c, who, at: actions.transfer(
            code=c, kind=body.organ.kind, unit=uid_of(body.organ.unit, today(at)), reason=body.reason, seen=body.seen,
            actor=who.actor, at=at,
        ),
    )  # fmt: skip


@_told("refuse", "Từ chối", "refuse_ticket")
def refuse(request: HttpRequest, code: str, body: shapes.TicketRefuseIn, key: str = KEY) -> HttpResponse:
    """Kèm lý do và căn cứ; khiếu nại, tố cáo đi theo luật riêng."""
    return _do(
        request, code, key,
        lambda c, who, at: actions.refuse(
            code=c, ground=body.ground, reason=body.reason, seen=body.seen, actor=who.actor, at=at
        ),
    )  # fmt: skip


@_told("note", "Ghi chú nội bộ", "note_ticket")
def note(request: HttpRequest, code: str, body: shapes.TicketTextIn, key: str = KEY) -> HttpResponse:
    """Chỉ cán bộ thấy."""
    return _do(
        request, code, key, lambda c, who, at: actions.note(code=c, text=body.text, seen=body.seen, actor=who.actor, at=at)
    )  # fmt: skip


@_told("link", "Gắn với sự cố", "link_ticket")
def link(request: HttpRequest, code: str, body: shapes.TicketLinkIn, key: str = KEY) -> HttpResponse:
    """Phiếu kể về một sự cố đang theo dõi."""
    return _do(
        request, code, key,
        lambda c, who, at: actions.link_ticket(code=c, incident=body.incident, seen=body.seen, actor=who.actor, at=at),
    )  # fmt: skip


@_told("draft", "Soạn trả lời", "draft_answer", shown.AnswerMadeOut)
def draft(request: HttpRequest, code: str, body: shapes.TicketDraftIn, key: str = KEY) -> HttpResponse:
    """Một câu cho phiếu này và cho những phiếu trong also; bản thảo đã có thì viết lại."""
    written = Draft(
        body.text, body.public, body.public_question, body.public_text, body.private_reason,
        [(slug_of(c.document), path_of(c.place)) for c in body.citations], body.audience, body.kept,
    )  # fmt: skip
    also = {other.strip().upper(): seen for other, seen in body.also.items()}
    return _answering(
        request, code, key,
        lambda c, who, at: actions.draft_answer(
            codes=[c, *also], draft=written, seen=also | {c: body.seen}, actor=who.actor, at=at
        ),
    )  # fmt: skip


def _judged(path: str, summary: str, name: str, said: str, verb: Callable[..., AnswerRow]) -> None:
    """A verb of the answer that is told no more than the version seen; `said` describes the call."""

    def call(request: HttpRequest, code: str, body: shapes.TicketSeenIn, key: str = KEY) -> HttpResponse:
        return _answering(
            request, code, key, lambda c, who, at: verb(code=c, seen=body.seen, actor=who.actor, at=at)
        )

    call.__doc__ = said
    _told(path, summary, name, shown.AnswerMadeOut)(call)


def _reasoned(path: str, summary: str, name: str, said: str, verb: Callable[..., AnswerRow]) -> None:
    """The same for one that needs a reason in words."""

    def call(request: HttpRequest, code: str, body: shapes.TicketTextIn, key: str = KEY) -> HttpResponse:
        return _answering(
            request, code, key,
            lambda c, who, at: verb(code=c, reason=body.text, seen=body.seen, actor=who.actor, at=at),
        )  # fmt: skip

    call.__doc__ = said
    _told(path, summary, name, shown.AnswerMadeOut)(call)


_judged("submit", "Trình duyệt", "submit_answer", "Trình lãnh đạo.", actions.submit_answer)
_reasoned("send-back", "Trả lại để sửa", "send_back_answer", "Lãnh đạo, kèm lý do.", actions.send_back)
_judged(
    "approve", "Duyệt và gửi", "approve_answer",
    "Lãnh đạo; không phải người soạn. Người gửi nhận được câu trả lời.", actions.approve_answer,
)  # fmt: skip
_judged(
    "publish", "Công khai", "publish_answer",
    "Câu hỏi và trả lời công khai, đã bỏ dữ liệu cá nhân, thành bài hỏi đáp.", actions.publish_answer,
)  # fmt: skip
_reasoned(
    "keep-private", "Không công khai", "keep_answer_private", "Lãnh đạo, kèm lý do.", actions.keep_private
)


@_told("reuse", "Trả lời bằng câu đã có", "reuse_answer")
def reuse(request: HttpRequest, code: str, body: shapes.TicketReuseIn, key: str = KEY) -> HttpResponse:
    """Một câu trả lời đã công khai."""
    return _do(
        request, code, key,
        lambda c, who, at: actions.reuse_answer(code=c, answer=body.answer, seen=body.seen, actor=who.actor, at=at),
    )  # fmt: skip


@_told("refer", "Cho người gửi biết câu đã có", "refer_answer")
def refer(request: HttpRequest, code: str, body: shapes.TicketReuseIn, key: str = KEY) -> HttpResponse:
    """Nơi ghi phiếu, trước khi cơ quan nhận việc; đóng phiếu hỏi về quy định, thủ tục, sự cố, phiếu loại khác vẫn mở."""
    return _do(
        request, code, key,
        lambda c, who, at: actions.refer_answer(code=c, answer=body.answer, seen=body.seen, actor=who.actor, at=at),
    )  # fmt: skip


@_told("supply", "Bổ sung", "supply_ticket")
def supply(request: HttpRequest, code: str, body: shapes.SupplyMoreIn, key: str = KEY) -> HttpResponse:
    """Người gửi trả lời điều được hỏi."""
    return _do(
        request, code, key,
        lambda c, who, at: actions.supply_more(
            code=c, text=body.text, files=body.files, proof=Proof(key=body.key), actor=who.actor, at=at
        ),
    )  # fmt: skip


@_told("withdraw", "Rút phiếu", "withdraw_ticket")
def withdraw(request: HttpRequest, code: str, body: shapes.KeyIn, key: str = KEY) -> HttpResponse:
    """Người gửi, trước khi có trả lời."""
    return _do(
        request, code, key,
        lambda c, who, at: actions.withdraw_ticket(code=c, proof=Proof(key=body.key), actor=who.actor, at=at),
    )  # fmt: skip


@_told("rate", "Đánh giá", "rate_ticket")
def rate(request: HttpRequest, code: str, body: shapes.RateIn, key: str = KEY) -> HttpResponse:
    """Người gửi: like hoặc dislike."""
    return _do(
        request, code, key,
        lambda c, who, at: actions.rate_answer(
            code=c, rating=body.rating, proof=Proof(key=body.key), actor=who.actor, at=at
        ),
    )  # fmt: skip


@_told("reopen", "Mở lại", "reopen_ticket")
def reopen(request: HttpRequest, code: str, body: shapes.ReopenIn, key: str = KEY) -> HttpResponse:
    """Người gửi, trong 90 ngày, khi câu trả lời chưa đủ."""
    return _do(
        request, code, key,
        lambda c, who, at: actions.reopen(code=c, reason=body.reason, proof=Proof(key=body.key), actor=who.actor, at=at),
    )  # fmt: skip
