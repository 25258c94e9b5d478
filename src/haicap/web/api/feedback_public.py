"""Phản ánh cho mọi người: published answers, figures by organ, open data, and where a matter would go. No token needed."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router
from ninja.params.functions import Query

from haicap.base.dates import read_date
from haicap.domain.feedback import queries
from haicap.domain.feedback.policy import not_found
from haicap.domain.feedback.queries import AnswerRow
from haicap.domain.feedback.states import Kind
from haicap.domain.units import queries as units
from haicap.web.api import feedback_answers as shown
from haicap.web.api import feedback_calls as calls
from haicap.web.api.clients import charge
from haicap.web.api.feedback_calls import Document
from haicap.web.api.service import answers, unchecked
from haicap.web.common import clock, exports

router = Router(tags=["Phản ánh, kiến nghị"])
MOST_ORGANS = 5_000
CALLS_A_FILE = 20
SINCE = Query("", max_length=10, description="Nhận từ ngày này; để trống: từ đầu năm.")
UNTIL = Query("", max_length=10, description="Nhận trước ngày này; để trống: cả hôm nay.")


@router.get(
    "/answers",
    response=answers(shown.PublicAnswersOut),
    summary="Câu trả lời công khai",
    operation_id="public_answers",
)
def listed(
    request: HttpRequest,
    q: str = Query("", max_length=200, description="Mọi chữ phải có, có dấu hay không."),
    kind: str = Query("", max_length=20),
    start: int = Query(0, ge=0, le=100_000),
    limit: int = Query(20, ge=1, le=100),
) -> HttpResponse:
    """Mới nhất trước; không có dữ liệu cá nhân."""
    known = kind if kind in set(Kind) else ""
    found = queries.public_answers(text=q.replace("\0", ""), kind=known, start=start, size=limit)
    on = clock.today()
    named = calls.organs((a.organ_id for a in found.items), on)
    told = [_answer(a, named[a.organ_id]) for a in found.items]
    return unchecked({"total": found.total, "answers": told})


@router.get(
    "/answers/{code}",
    response=answers(shown.PublicAnswerOut),
    summary="Một câu trả lời công khai",
    operation_id="public_answer",
)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Câu hỏi, trả lời, căn cứ."""
    found = queries.public_answer(code.strip().upper()[:40])
    if found is None:
        raise not_found()
    return unchecked(_answer(found, calls.organs([found.organ_id], clock.today())[found.organ_id]))


def _answer(answer: AnswerRow, organ: Document) -> Document:
    return {
        "code": answer.code, "question": answer.public_question, "text": answer.public_text, "organ": organ,
        "published_at": answer.published_at.isoformat() if answer.published_at else "", "citations": calls.cited_told(answer),
        "likes": answer.likes, "dislikes": answer.dislikes, "page": f"/phan-anh/cong-khai/{answer.code}/",
    }  # fmt: skip


def _days(since: str, until: str) -> tuple[date, date]:
    today = clock.today()
    first = read_date(since) if since.strip() else today.replace(month=1, day=1)
    last = read_date(until) if until.strip() else today + timedelta(days=1)
    return min(first, last), max(first, last)


@router.get(
    "/tickets-figures",
    response=answers(shown.FiguresOut),
    summary="Số liệu xử lý theo cơ quan",
    operation_id="ticket_figures",
)
def figures(
    request: HttpRequest,
    since: str = SINCE,
    until: str = UNTIL,
    province: str = Query("", max_length=2, description="Mã tỉnh; để trống: cả nước."),
) -> HttpResponse:
    """Nhận, trả lời, đúng hạn, quá hạn, chưa hài lòng, theo cơ quan giữ hoặc đã trả lời."""
    on = clock.today()
    first, last = _days(since, until)
    found = queries.by_organ(
        first, last, clock.now(), province=calls.subject_unit(province, on), most=MOST_ORGANS
    )
    rows = units.organs_named([n.organ for n in found], on)
    told = [
        {
            "organ": calls.organ_told(rows[n.organ], on), "received": n.received, "open": n.open, "answered": n.answered,
            "in_time": n.in_time, "overdue": n.overdue, "refused": n.refused, "liked": n.liked,
            "dissatisfied": n.dissatisfied, "median_days": None if n.days is None else round(n.days, 2),
        }
        for n in found
    ]  # fmt: skip
    return unchecked({"since": first.isoformat(), "until": last.isoformat(), "organs": told})


@router.get(
    "/tickets-open-data.csv",
    response={200: bytes},
    summary="Dữ liệu mở từng phiếu",
    operation_id="ticket_open_data",
)
def open_data(request: HttpRequest, since: str = SINCE, until: str = UNTIL) -> StreamingHttpResponse:
    """CSV: loại, nơi, cơ quan, ngày, trạng thái; không tên, không lời, không số điện thoại. Tính là 20 lượt gọi."""
    charge(request, CALLS_A_FILE - 1)
    return exports.csv_response(
        "phan-anh-du-lieu-mo", queries.OPEN_COLUMNS, queries.open_data(*_days(since, until))
    )


@router.get(
    "/tickets-route",
    response=answers(shown.RoutedOut),
    summary="Phiếu sẽ đến cơ quan nào",
    operation_id="route_ticket",
)
def routed(
    request: HttpRequest,
    kind: Kind = Query(..., description="rule, procedure, officer, locality, incident, recommendation."),  # noqa: B008
    unit: str = Query("", max_length=5, description="Mã xã hoặc tỉnh."),
    procedure: str = Query("", max_length=20),
    document: str = Query("", max_length=200),
    field: str = Query("", max_length=100),
    system: str = Query("", max_length=60),
    on: str = Query("", max_length=10, description="Ngày nhận phiếu; để trống: hôm nay."),
) -> HttpResponse:
    """Theo bảng phân luồng của ngày ấy, với dòng đã quyết định và những cơ quan không có ở đó. Không lập phiếu."""
    day = read_date(on) if on.strip() else clock.today()
    owner, uid = calls.system_of(system)
    subject = queries.Subject(
        kind,
        calls.subject_unit(unit, day),
        procedure.strip(),
        calls.slug_of(document),
        field.strip(),
        owner,
        uid,
    )
    found = queries.routed(subject, day)
    row = queries.routes().filter(code=found.rule).first()
    return unchecked(
        {
            "on": day.isoformat(),
            "organ": {"kind": found.desk.kind, "unit": calls.code_of(found.desk.unit, day), "name": found.desk.name},
            "rule": found.rule, "citation": row.citation if row else "", "evidence": row.evidence if row else "",
            "tried": [{"rule": t.rule, "organ": t.kind} for t in found.tried],
        }
    )  # fmt: skip
