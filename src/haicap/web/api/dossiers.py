"""Hồ sơ: one dossier, lists of those the caller may see, their events, their files. A foreign code is no code at all."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from ninja.params.functions import Query

from haicap.base.dates import HANOI, read_date
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import policy, queries, states
from haicap.domain.dossiers.queries import DossierRow, Whole, handed
from haicap.domain.dossiers.states import Channel, State, Verb
from haicap.domain.units import queries as units
from haicap.kernel.files import queries as files
from haicap.kernel.ledger.queries import Recorded
from haicap.web.api import dossier_answers
from haicap.web.api.clients import Client, holder_of
from haicap.web.api.dossiers_calls import Document, router, spelled, text, uid_of
from haicap.web.api.dossiers_verbs import OFFERED
from haicap.web.api.service import answers, unchecked
from haicap.web.common import clock

MOST = 500
__all__ = ["router"]
PLACE = "/api/v1/dossiers"
AFTER = Query("", max_length=60, description="Con trỏ đọc tiếp: next hoặc cursor của lần đọc trước.")


def _line(row: DossierRow, on: date, *, personal: bool) -> Document:
    version = units.register().version(row.unit.uid, on)
    return {
        "code": row.code,
        "state": row.state,
        "version": row.version,
        "step": row.step,
        "due_at": text(row.due_at),
        "promised_at": text(row.promised_at),
        "alarm": row.alarm,
        "procedure": row.procedure_code,
        "unit": version.code if version else "",
        "channel": row.channel,
        "filed_at": text(row.filed_at),
        "received_at": text(row.received_at),
        "applicant": row.applicant_name if personal else "",
    }


@router.get(
    "/dossiers",
    response=answers(dossier_answers.DossiersAnswer, 401),
    summary="Danh sách hồ sơ",
    operation_id="dossiers",
)
def listed(
    request: HttpRequest,
    state: int | None = Query(None, ge=1, le=10, description="Một trạng thái; để trống: mọi hồ sơ còn việc."),
    unit: str = Query("", max_length=5, description="Mã xã hoặc tỉnh có thẩm quyền."),
    procedure: str = Query("", max_length=40),
    channel: int | None = Query(None, ge=1, le=3),
    due_before: str = Query("", max_length=10, description="Hẹn trả trước ngày này."),
    filed_from: str = Query("", max_length=10),
    filed_before: str = Query("", max_length=10),
    after: str = AFTER,
    limit: int = Query(100, ge=1, le=MOST),
) -> HttpResponse:
    """Hồ sơ mà các vị trí của người gọi được xem vào hôm nay, mới nhất trước; tài khoản công dân: hồ sơ của mình."""
    client, on = holder_of(request), clock.today()
    wanted = queries.Wanted(
        State(state) if state else None, uid_of(unit, on) if unit.strip() else "", procedure.strip()[:8],
        Channel(channel) if channel else None, _start(due_before), _start(filed_from), _start(filed_before),
    )  # fmt: skip
    found = queries.listed(actor=client.actor, on=on, wanted=wanted, below=_key(after), limit=limit)
    return unchecked(
        {
            "level": found.level,
            "dossiers": [_line(row, on, personal=found.personal) for row in found.rows],
            "next": str(found.next) if found.next else None,
        }
    )


def _start(day: str) -> datetime | None:
    return datetime.combine(read_date(day), time(), HANOI) if day.strip() else None


def _key(after: str) -> int | None:
    if after and not (after.isascii() and after.isdigit() and len(after) < 19):
        raise Refused("bad_cursor", gettext_noop("Con trỏ đọc tiếp không đúng dạng. Xin đọc lại từ đầu."))
    return int(after) if after else None


@router.get(
    "/dossiers/feed",
    response=answers(dossier_answers.EventsAnswer, 401, 410),
    summary="Dòng sự kiện của hồ sơ",
    operation_id="dossier_feed",
)
def feed(request: HttpRequest, after: str = AFTER, limit: int = Query(100, ge=1, le=MOST)) -> HttpResponse:
    """Sự kiện của những hồ sơ người gọi được xem, theo thứ tự ghi; không sót, không lặp.

    Một lượt đọc có thể rỗng mà more vẫn đúng: hãy đọc tiếp từ cursor.
    """
    client = holder_of(request)
    page = queries.feed(actor=client.actor, on=clock.today(), after=after, limit=limit)
    codes = queries.codes_of([event.stream for event in page.events])
    found = [_event(event, codes[event.stream]) for event in page.events]
    return unchecked({"events": found, "cursor": page.cursor, "more": page.more})


def _event(event: Recorded, code: str) -> Document:
    return {
        "dossier": code,
        "seq": event.seq,
        "kind": event.kind,
        "at": event.at.isoformat(),
        "recorded_at": event.recorded_at.isoformat(),
        "actor": event.actor,
        "data": event.data,
        "hash": event.hash.hex(),
    }


@router.get(
    "/dossiers/{code}",
    response=answers(dossier_answers.DossierAnswer, 401),
    summary="Một hồ sơ",
    operation_id="dossier",
)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Cả hồ sơ, cho người được xem: theo vị trí vào hôm nay, hoặc chính người nộp. Mã của người khác: 404."""
    client, on = holder_of(request), clock.today()
    row = queries.dossier(code, actor=client.actor, on=on)
    return unchecked(_document(queries.whole(row), client, on))


def _document(whole: Whole, client: Client, on: date) -> dict[str, Any]:
    row = whole.row
    return {
        **_line(row, on, personal=True),
        "person": {
            "name": row.applicant_name, "kind": row.applicant_kind, "number": row.applicant_number,
            "phone": row.applicant_phone, "email": row.applicant_email, "address": row.applicant_address, "proxy": row.proxy,
        },
        "answers": row.answers,
        "decided_at": text(row.decided_at),
        "outcome": row.outcome,
        "finished_at": text(row.finished_at),
        "returned_at": text(row.returned_at),
        "ended_at": text(row.ended_at),
        "supplements": row.supplements,
        "components": [
            {"id": str(c.public_id), "paper": c.paper, "name": c.name, "originals": c.originals, "copies": c.copies,
             "origin": c.origin, "file": f"{PLACE}/{row.code}/components/{c.public_id}" if c.file_id else None}
            for c in whole.components
        ],
        "charges": [
            {"key": c.key, "name": c.name, "amount": c.amount, "settled": bool(c.payment_id or c.waived_by)}
            for c in whole.charges
        ],
        "owed": whole.owed,
        "results": [
            {"number": r.number, "title": r.title, "signed_at": text(r.signed_at), "revoked_at": text(r.revoked_at), "key": r.key}
            for r in whole.results
        ],
        "events": [_event(event, row.code) for event in whole.events],
        "can": _can(row, client, on),
    }  # fmt: skip


def _can(row: DossierRow, client: Client, on: date) -> list[str]:
    """The calls under this dossier that the caller may make in its state."""
    allowed = frozenset({Verb.SUPPLY, Verb.WITHDRAW})
    if not client.citizen:
        taken = policy.look(row.code, actor=client.actor, on=on)
        allowed = policy.rights(taken.posts, taken)
    possible = allowed & states.possible(row.state, decided=row.decided)
    return sorted({verb.value.replace("_", "-") for verb in possible} & OFFERED)


@router.get(
    "/dossiers/{code}/sync",
    response={200: dict[str, Any]},
    summary="Thông điệp đồng bộ của một hồ sơ",
    operation_id="dossier_sync",
)
def sync(request: HttpRequest, code: str) -> HttpResponse:
    """Hồ sơ trong các trường đồng bộ với Cổng Dịch vụ công quốc gia (chưa xác minh), cho người được xem."""
    return unchecked(handed.sync_message(code, actor=holder_of(request).actor, at=clock.now()))


@router.get(
    "/dossiers/{code}/bundle.zip",
    response={200: bytes},
    summary="Trọn bộ một hồ sơ",
    operation_id="dossier_bundle",
)
def bundle(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """Dữ liệu, tệp, phiếu, kết quả và sổ ghi của hồ sơ trong một tệp ZIP, cho người được xem."""
    pieces = handed.bundle(code, actor=holder_of(request).actor, at=clock.now())
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{spelled(code)}.zip"'
    return response


@router.get(
    "/dossiers/{code}/components/{component}",
    response={200: bytes},
    summary="Tệp của một thành phần",
    operation_id="dossier_component",
)
def component(request: HttpRequest, code: str, component: UUID) -> FileResponse:
    """Tệp như đã nộp, cho người được xem hồ sơ."""
    row = queries.dossier(code, actor=holder_of(request).actor, on=clock.today())
    found = next((c for c in queries.whole(row).components if c.public_id == component and c.file), None)
    if found is None or found.file is None:
        raise policy.not_found()
    response = FileResponse(files.open_stored(found.file))
    for name, value in files.download_headers(found.file).items():
        response.headers[name] = value
    return response
