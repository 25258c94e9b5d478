"""Phiếu phản ánh: filed, listed within rights, read by officers and by their senders. A foreign code is no code at all."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja.params.functions import Query

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.feedback import actions, policy, queries
from haicap.domain.feedback.actions import Filing
from haicap.domain.feedback.queries import Asked, TicketRow, Whole
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import Channel, Kind, State, possible
from haicap.domain.units import policy as posts
from haicap.kernel.accounts import sealing
from haicap.kernel.accounts.states import Scope
from haicap.kernel.files import queries as files
from haicap.kernel.ledger.actions import Asked as OnceAsked
from haicap.kernel.ledger.actions import once
from haicap.web.api import feedback_answers as shown
from haicap.web.api import feedback_calls as calls
from haicap.web.api import feedback_shapes as shapes
from haicap.web.api.clients import Client, holder_of
from haicap.web.api.dossiers_calls import KEY, fingerprint, text
from haicap.web.api.feedback_calls import PLACE, TICKET_KEY, Document, router
from haicap.web.api.feedback_verbs import OF_SENDERS, OFFERED
from haicap.web.api.service import answers, unchecked
from haicap.web.common import clock

MOST = 500
STAGES = ("open", "late", "soon", "mine", "nobody", "escalated", "all", *State)
AFTER = Query("", max_length=60, description="Con trỏ đọc tiếp: next hoặc cursor của lần đọc trước.")
__all__ = ["router"]


@router.post(
    "/tickets",
    response=answers(shown.FiledOut, 401, 403, 409, 413),
    summary="Gửi phản ánh, kiến nghị",
    operation_id="file_ticket",
)
def file(request: HttpRequest, body: shapes.TicketIn, key: str = KEY) -> HttpResponse:
    """Cấp mã phiếu và khóa theo dõi, chuyển cơ quan trả lời. Bắt buộc có Idempotency-Key: gửi lại vẫn là một phiếu.

    Khóa của công dân: phiếu là của người ấy. Khóa của cán bộ: gửi thay người nêu trong sender.
    """
    client, at = holder_of(request, Scope.WRITE), clock.now()
    if not key:
        raise Refused(
            "key_needed",
            gettext_noop(
                "Gửi phiếu cần Idempotency-Key: khóa riêng của lần gửi này, giữ nguyên khi gửi lại."
            ),
        )
    filing = _filing(body, client, at)

    def work() -> str:
        made = actions.file_ticket(filing=filing, actor=client.actor, at=at)
        told: Document = {
            "code": made.code, "key": sealing.seal(made.key).decode(), "organ": made.organ, "due_at": text(made.due_at),
            "answer_due_at": text(made.answer_due_at), "repeat_of": made.repeat_of,
        }  # fmt: skip
        return json.dumps(told, separators=(",", ":"))

    kept = json.loads(once(asked=OnceAsked(key, fingerprint(request)), work=work, actor=client.actor, at=at))
    return unchecked(kept | {"key": sealing.unseal(kept["key"].encode())})


def _filing(body: shapes.TicketIn, client: Client, at: datetime) -> Filing:
    on = today(at)
    owner, unit = calls.system_of(body.system)
    who = body.sender
    return Filing(
        kind=body.kind, text=body.text, subject=body.subject,
        sender=Sender(who.name, who.phone, who.email, client.actor if client.citizen else ""), channel=Channel.API,
        unit=calls.subject_unit(body.unit, on), place_text=body.place_text, about=body.about,
        happened_on=body.happened_on, procedure=body.procedure.strip(), dossier=body.dossier.strip(),
        document=calls.slug_of(body.document), path=calls.path_of(body.place), field=body.field, system=body.system.strip(),
        system_owner=owner, system_unit=unit, problem=body.problem, language=body.language, source=client.key,
        files=body.files,
    )  # fmt: skip


@router.get(
    "/tickets", response=answers(shown.TicketsAnswer, 401), summary="Danh sách phiếu", operation_id="tickets"
)
def listed(
    request: HttpRequest,
    stage: str = Query("open", max_length=30, description="open, late, soon, mine, nobody, escalated, all, hoặc một trạng thái."),
    kind: str = Query("", max_length=20),
    channel: str = Query("", max_length=20),
    q: str = Query("", max_length=100, description="Mã, tiêu đề, tên hoặc số điện thoại người gửi."),
    after: str = AFTER,
    limit: int = Query(100, ge=1, le=MOST),
) -> HttpResponse:  # fmt: skip
    """Phiếu mà các vị trí của người gọi được xem vào hôm nay, đến hạn trước lên đầu; tài khoản công dân: phiếu của mình."""
    client, at = holder_of(request), clock.now()
    on = today(at)
    scope = queries.reach(client.actor, on)
    asked = Asked(
        stage if stage in STAGES else "open", kind if kind in set(Kind) else "", channel if channel in set(Channel) else "",
        q.replace("\0", ""), actor=client.actor, after=_cursor(after),
    )  # fmt: skip
    page = queries.page(scope, asked, at, size=limit)
    named = calls.organs((t.organ_id for t in page.items), on)
    return unchecked(
        {
            "level": scope.level,
            "tickets": [calls.line_told(t, named[t.organ_id], on) for t in page.items],
            "next": _next(page.after),
        }
    )


def _next(after: tuple[datetime | None, int] | None) -> str | None:
    if after is None:
        return None
    due, key = after
    return f"{due.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}~{key}" if due else f"~{key}"


def _cursor(after: str) -> tuple[datetime | None, int] | None:
    if not after:
        return None
    due, _, key = after.partition("~")
    try:
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            raise ValueError
        at = datetime.fromisoformat(due) if due else None
        if at is not None and at.tzinfo is None:
            raise ValueError
        return at, int(key)
    except ValueError:
        raise Refused(
            "bad_cursor", gettext_noop("Con trỏ đọc tiếp không đúng dạng. Xin đọc lại từ đầu.")
        ) from None


@router.get(
    "/tickets/feed",
    response=answers(shown.TicketEventsAnswer, 401, 410),
    summary="Dòng sự kiện của phiếu",
    operation_id="ticket_feed",
)
def feed(request: HttpRequest, after: str = AFTER, limit: int = Query(100, ge=1, le=MOST)) -> HttpResponse:
    """Sự kiện của những phiếu người gọi được xem, theo thứ tự ghi; không sót, không lặp, không có dữ liệu cá nhân.

    Một lượt đọc có thể rỗng mà more vẫn đúng: hãy đọc tiếp từ cursor.
    """
    page = queries.feed(actor=holder_of(request).actor, on=clock.today(), after=after, limit=limit)
    told = [
        {
            "ticket": str(e.data.get("code", "")), "seq": e.seq, "kind": e.kind, "at": e.at.isoformat(),
            "recorded_at": e.recorded_at.isoformat(), "actor": e.actor, "data": e.data, "hash": e.hash.hex(),
        }
        for e in page.events
    ]  # fmt: skip
    return unchecked({"events": told, "cursor": page.cursor, "more": page.more})


@router.get(
    "/tickets/{code}", response=answers(shown.TicketOut, 401), summary="Một phiếu", operation_id="ticket"
)
def one(request: HttpRequest, code: str, key: str = TICKET_KEY) -> HttpResponse:
    """Cán bộ được xem: cả phiếu. Người gửi, bằng tài khoản hoặc Ticket-Key: phần của mình. Mã của người khác: 404."""
    client, on = holder_of(request), clock.today()
    whole, can, inside = _seen(code.strip().upper(), key, client, on)
    row = whole.ticket
    document = calls.line_told(row, calls.organs([row.organ_id], on)[row.organ_id], on)
    return unchecked(document | _facts(whole, inside=inside) | {"can": can})


def _seen(code: str, key: str, client: Client, on: date) -> tuple[Whole, list[str], bool]:
    """The ticket for whoever may see it, what they may do with it now, and whether they work on it."""
    if not key and not client.citizen:
        try:
            whole = queries.whole(code, actor=client.actor, on=on)
        except Refused as refused:
            if refused.code != "not_found":
                raise
        else:
            allowed = policy.rights(posts.held(client.actor, on), whole.ticket) & possible(whole.ticket.state)
            return whole, sorted({v.value.replace("_", "-") for v in allowed} & OFFERED), whole.inside
    whole = queries.followed(code, actor=client.actor, key=key)
    mine = {v.value.replace("_", "-") for v in possible(whole.ticket.state)} & OF_SENDERS
    return whole, sorted(mine), False


def _facts(whole: Whole, *, inside: bool) -> Document:
    row, answer = whole.ticket, whole.ticket.answer
    told = answer is not None and (inside or row.answered_at is not None)
    return {
        "text": row.text, "about": row.about, "place_text": row.place_text, "happened_on": str(row.happened_on or "") or None,
        "field": row.field, "dossier": row.dossier_code, "document": row.document.number if row.document else "",
        "path": row.path, "system": row.system_code, "incident": row.incident.code if row.incident else "",
        "sender": {"name": row.sender_name, "phone": row.sender_phone, "email": row.sender_email},
        "ground": row.ground, "answered_at": text(row.answered_at), "ended_at": text(row.ended_at), "rating": row.rating,
        "dissatisfied": row.dissatisfied, "transfers": row.hop, "repeat_of": _repeat(row),
        "remarks": [{"text": r.text, "inside": r.inside, "at": r.at.isoformat()} for r in whole.remarks],
        "files": [{"name": f.name, "file": f"{PLACE}/{row.code}/files/{f.file}"} for f in whole.files],
        "answer": calls.answer_told(answer) if told and answer else None,
        "earlier_answers": [calls.answer_told(one) for one in whole.earlier],
    }  # fmt: skip


def _repeat(row: TicketRow) -> str:
    return row.repeat_of.code if row.repeat_of else ""


@router.get(
    "/tickets/{code}/files/{file_id}",
    response={200: bytes},
    summary="Tệp của phiếu",
    operation_id="ticket_file",
)
def attached(request: HttpRequest, code: str, file_id: UUID, key: str = TICKET_KEY) -> FileResponse:
    """Tệp như đã gửi, cho người được xem phiếu."""
    whole, _, _ = _seen(code.strip().upper(), key, holder_of(request), clock.today())
    if file_id not in {row.file for row in whole.files}:
        raise policy.not_found()
    found: Any = files.stored(file_id)
    response = FileResponse(files.open_stored(found))
    for name, value in files.download_headers(found).items():
        response.headers[name] = value
    return response
