"""Việc với hồ sơ: one call a verb; each says which version of the dossier the caller has seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from haicap.base.dates import today
from haicap.domain.deadlines.reckoning import read_limit
from haicap.domain.dossiers import actions
from haicap.domain.dossiers.policy import Taken
from haicap.web.api import dossier_answers
from haicap.web.api import dossier_shapes as shapes
from haicap.web.api.clients import Client
from haicap.web.api.dossiers_calls import KEY, Document, carried, done, organ_of, proving, router, spelled
from haicap.web.api.dossiers_filing import handed
from haicap.web.api.service import answers

OFFERED: set[str] = set()  # the calls under one dossier
Call = Callable[..., HttpResponse]


def _told(path: str, summary: str, name: str) -> Callable[[Call], Call]:
    """A writing call under a dossier."""
    OFFERED.add(path)
    proving(f"dossiers/<code>/{path}")
    declare: Callable[[Call], Call] = router.post(
        f"/dossiers/{{code}}/{path}",
        response=answers(dossier_answers.TakenOut, 401, 403, 409, 413),
        summary=summary,
        operation_id=name,
    )
    return declare


def _do(request: HttpRequest, verb: Callable[..., Taken], code: str, body: Schema, key: str) -> HttpResponse:
    """A verb whose parameters are the fields of the body."""
    asked = body.model_dump()
    return done(request, lambda who, at: verb(code=spelled(code), actor=who.actor, at=at, **asked), key=key)


@_told("receive", "Tiếp nhận", "receive_dossier")
def receive(request: HttpRequest, code: str, body: shapes.ReceiveIn, key: str = KEY) -> HttpResponse:
    """Trạng thái 2, đồng hồ chạy, mẫu 01."""
    return _do(request, actions.receive, code, body, key)


@_told("request-supplement", "Yêu cầu bổ sung", "request_supplement")
def request_supplement(
    request: HttpRequest, code: str, body: shapes.RequestSupplementIn, key: str = KEY
) -> HttpResponse:
    """Trạng thái 5, đồng hồ dừng, mẫu 02. Một lần; lần nữa cần lý do và lãnh đạo đồng ý."""
    items = [actions.Missing(i.paper, i.name, i.what) for i in body.items]
    asked = body.model_dump(exclude={"items"})
    return done(
        request,
        lambda who, at: actions.request_supplement(
            code=spelled(code), actor=who.actor, at=at, items=items, **asked
        ),
        key=key,
    )


@_told("supply", "Bổ sung", "supply_dossier")
def supply(request: HttpRequest, code: str, body: shapes.SupplyIn, key: str = KEY) -> HttpResponse:
    """Về trạng thái trước khi yêu cầu, đồng hồ chạy tiếp. Cán bộ tại quầy, hoặc chính người nộp."""
    components = handed(body.components)
    return done(
        request,
        lambda who, at: actions.supply(
            code=spelled(code), actor=who.actor, at=at, seen=body.seen, components=components,
            answer=body.answer, applicant=who.citizen,
        ),
        key=key,
    )  # fmt: skip


@_told("take-up", "Bắt đầu xử lý", "take_up_dossier")
def take_up(request: HttpRequest, code: str, body: shapes.TakeUpIn, key: str = KEY) -> HttpResponse:
    """Trạng thái 4, ở bước đầu tiên sau tiếp nhận."""
    return _do(request, actions.take_up, code, body, key)


@_told("assign", "Phân công", "assign_dossier")
def assign(request: HttpRequest, code: str, body: shapes.AssignIn, key: str = KEY) -> HttpResponse:
    """Giao cho cán bộ khác giữ vị trí xử lý hồ sơ này."""
    return _do(request, actions.assign, code, body, key)


@_told("advance", "Chuyển bước", "advance_dossier")
def advance(request: HttpRequest, code: str, body: shapes.AdvanceIn, key: str = KEY) -> HttpResponse:
    """Sang bước sau của quy trình; back: trả về bước trước, kèm lý do."""
    return _do(request, actions.advance, code, body, key)


@_told("consult", "Lấy ý kiến", "consult_organ")
def consult(request: HttpRequest, code: str, body: shapes.ConsultIn, key: str = KEY) -> HttpResponse:
    """Hỏi cơ quan khác; đồng hồ vẫn chạy."""
    asked = body.model_dump(exclude={"organ"})
    return done(
        request,
        lambda who, at: actions.consult(
            code=spelled(code), actor=who.actor, at=at, organ=organ_of(body.organ, today(at)), **asked
        ),
        key=key,
    )


@_told("answer-consultation", "Trả lời ý kiến", "answer_consultation")
def answer_consultation(
    request: HttpRequest, code: str, body: shapes.AnswerConsultationIn, key: str = KEY
) -> HttpResponse:
    """Người của cơ quan được hỏi trả lời."""
    return _do(request, actions.answer_consultation, code, body, key)


@_told("extend", "Xin lỗi và gia hạn", "extend_dossier")
def extend(request: HttpRequest, code: str, body: shapes.ExtendIn, key: str = KEY) -> HttpResponse:
    """Mẫu 04, trước khi đến hạn, một lần."""
    parts = [read_limit(part.value, part.unit) for part in body.parts]
    return done(
        request,
        lambda who, at: actions.extend(
            code=spelled(code), actor=who.actor, at=at, seen=body.seen, parts=parts, reason=body.reason
        ),
        key=key,
    )


@_told("refuse", "Từ chối", "refuse_dossier")
def refuse(request: HttpRequest, code: str, body: shapes.RefuseIn, key: str = KEY) -> HttpResponse:
    """Trạng thái 3, mẫu 03 với lý do và căn cứ."""
    return _do(request, actions.refuse, code, body, key)


@_told("stop", "Dừng giải quyết", "stop_dossier")
def stop(request: HttpRequest, code: str, body: shapes.ReasonIn, key: str = KEY) -> HttpResponse:
    """Trạng thái 8, mẫu 05, trước khi có quyết định."""
    return _do(request, actions.stop, code, body, key)


@_told("withdraw", "Rút hồ sơ", "withdraw_dossier")
def withdraw(request: HttpRequest, code: str, body: shapes.SeenIn, key: str = KEY) -> HttpResponse:
    """Trạng thái 7, trước khi có quyết định. Chính người nộp, hoặc cán bộ tại quầy."""
    return done(
        request,
        lambda who, at: actions.withdraw(
            code=spelled(code), actor=who.actor, at=at, seen=body.seen, applicant=who.citizen
        ),
        key=key,
    )


@_told("decide", "Quyết định", "decide_dossier")
def decide(request: HttpRequest, code: str, body: shapes.DecideIn, key: str = KEY) -> HttpResponse:
    """Lãnh đạo cơ quan có thẩm quyền. Hai người cùng lúc: người trước được, người sau nhận 409 stale."""
    return _do(request, actions.decide, code, body, key)


@_told("sign", "Ký kết quả", "sign_result")
def sign(request: HttpRequest, code: str, body: shapes.SignIn, key: str = KEY) -> HttpResponse:
    """Kết quả dựng từ mẫu của thủ tục và được ký số."""
    return _do(request, actions.sign, code, body, key)


@_told("finish", "Kết thúc xử lý", "finish_dossier")
def finish(request: HttpRequest, code: str, body: shapes.FinishIn, key: str = KEY) -> HttpResponse:
    """Trạng thái 9, đồng hồ dừng."""
    return _do(request, actions.finish, code, body, key)


@_told("hand-out", "Trả kết quả", "hand_out_result")
def hand_out(request: HttpRequest, code: str, body: shapes.HandOutIn, key: str = KEY) -> HttpResponse:
    """Trạng thái 10, ở nơi đã nộp."""
    return _do(request, actions.hand_out, code, body, key)


@router.post(
    "/dossiers/forward",
    response=answers(dossier_answers.SheetOut, 401, 403, 409, 413),
    summary="Bàn giao",
    operation_id="forward_dossiers",
)
def forward(request: HttpRequest, body: shapes.ForwardIn, key: str = KEY) -> HttpResponse:
    """Chuyển nhiều hồ sơ trên một phiếu bàn giao: tất cả hoặc không hồ sơ nào."""
    codes = [spelled(code) for code in body.codes]

    def sheet(who: Client, at: datetime) -> Document:
        to = organ_of(body.to, today(at)) if body.to else None
        number = actions.forward(
            codes=codes, to=to, actor=who.actor, at=at, papers=body.papers, note=body.note
        )
        return {"sheet": str(number), "dossiers": len(set(codes))}

    return carried(request, sheet, key=key)


@router.post(
    "/dossiers/take-over",
    response=answers(dossier_answers.TakenOverOut, 401, 403, 409, 413),
    summary="Nhận bàn giao",
    operation_id="take_over_dossiers",
)
def take_over(request: HttpRequest, body: shapes.CodesIn, key: str = KEY) -> HttpResponse:
    """Bên nhận xác nhận những hồ sơ đã đến: tất cả hoặc không hồ sơ nào."""
    codes = [spelled(code) for code in body.codes]
    return carried(
        request,
        lambda who, at: {"dossiers": actions.take_over(codes=codes, actor=who.actor, at=at)},
        key=key,
    )
