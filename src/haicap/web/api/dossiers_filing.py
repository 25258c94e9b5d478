"""Nộp hồ sơ: one filing or many in a call, and the files that go with them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja.files import UploadedFile
from ninja.params.functions import File

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import actions
from haicap.domain.dossiers.actions import Filing, Handed
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.rules import Applicant
from haicap.kernel.accounts.states import Scope
from haicap.kernel.files import actions as files
from haicap.kernel.files import blobs
from haicap.kernel.ledger.actions import Asked, once
from haicap.web.api import dossier_answers, problems
from haicap.web.api import dossier_shapes as shapes
from haicap.web.api.clients import Client, charge, holder_of
from haicap.web.api.dossiers_calls import (
    KEY,
    Document,
    centre_of,
    done,
    fingerprint,
    proving,
    router,
    taken,
    uid_of,
)
from haicap.web.api.service import answers, unchecked
from haicap.web.common import clock


def handed(components: Sequence[shapes.ComponentIn]) -> list[Handed]:
    """Components as the verbs take them."""
    return [Handed(c.paper, c.name, c.originals, c.copies, c.file, c.origin) for c in components]


def filing_of(body: shapes.FilingIn, client: Client, at: datetime) -> Filing:
    """What is filed; a citizen's own token makes the dossier theirs."""
    on, person = today(at), body.applicant
    return Filing(
        procedure=body.procedure,
        unit=uid_of(body.unit, on),
        applicant=Applicant(
            person.name, person.kind, person.number, person.phone, person.email, person.address,
            user=client.actor if client.citizen else "", proxy=person.proxy,
        ),
        channel=body.channel,
        answers=body.answers,
        components=handed(body.components),
        centre=centre_of(body.centre, on),
        helped_at=centre_of(body.helped_at, on),
        result_method=body.result_method,
        language=body.language,
        vneid=body.vneid,
    )  # fmt: skip


def _file(body: shapes.FilingIn, client: Client, at: datetime) -> Taken:
    return actions.file(filing=filing_of(body, client, at), actor=client.actor, at=at)


@router.post(
    "/dossiers",
    response=answers(dossier_answers.TakenOut, 401, 403, 409, 413),
    summary="Nộp hồ sơ",
    operation_id="file_dossier",
)
def file(request: HttpRequest, body: shapes.FilingIn, key: str = KEY) -> HttpResponse:
    """Cấp mã hồ sơ, trạng thái 1. Bắt buộc có Idempotency-Key: gửi lại cùng khóa vẫn là một hồ sơ."""
    _key_needed(key)
    return done(request, lambda who, at: _file(body, who, at), key=key)


proving("dossiers")


def _key_needed(key: str) -> None:
    if not key:
        raise Refused(
            "key_needed",
            gettext_noop(
                "Nộp hồ sơ cần Idempotency-Key: khóa riêng của lần nộp này, giữ nguyên khi gửi lại."
            ),
        )


@router.post(
    "/dossiers/bulk",
    response=answers(dossier_answers.BulkAnswer, 401, 403, 413),
    summary="Nộp nhiều hồ sơ",
    operation_id="file_dossiers",
)
def file_many(request: HttpRequest, body: shapes.BulkIn, key: str = KEY) -> HttpResponse:
    """Tối đa 100 hồ sơ, trả lời cùng thứ tự; mỗi hồ sơ một giao dịch riêng: hồ sơ bị từ chối không cản hồ sơ khác.

    Gửi lại cùng khóa: hồ sơ đã nộp có cùng câu trả lời, hồ sơ bị từ chối được thử lại. Mỗi hồ sơ tính một lượt gọi.
    """
    _key_needed(key)
    client = holder_of(request, Scope.WRITE)
    charge(request, len(body.filings) - 1)
    found = [_one_of_many(request, filing, f"{key}/{n}", client) for n, filing in enumerate(body.filings)]
    filed = sum(line["dossier"] is not None for line in found)
    return unchecked({"filed": filed, "refused": len(found) - filed, "answers": found})


def _one_of_many(request: HttpRequest, filing: shapes.FilingIn, key: str, client: Client) -> Document:
    at = clock.now()

    def work() -> str:
        return json.dumps(taken(_file(filing, client, at)), separators=(",", ":"))

    asked = Asked(key, fingerprint(request, filing.model_dump_json()))
    try:
        answer = once(asked=asked, work=work, actor=client.actor, at=at)
    except Refused as refused:
        problem: dict[str, Any] = json.loads(problems.of_refusal(request, refused).content)
        return {"dossier": None, "problem": problem}
    return {"dossier": json.loads(answer), "problem": None}


@router.post(
    "/attachments",
    response={201: dossier_answers.StoredOut, **answers(dossier_answers.StoredOut, 401, 403, 413)},
    summary="Tải tệp lên",
    operation_id="send_attachment",
)
def attach(request: HttpRequest, file: UploadedFile = File(..., description="Tệp của thành phần hồ sơ.")) -> HttpResponse:  # fmt: skip  # noqa: B008
    """Tệp để dùng làm thành phần hồ sơ (components[].file). Kiểu tệp được đọc từ nội dung, không từ tên."""
    client, at = holder_of(request, Scope.WRITE), clock.now()
    if (file.size or 0) > settings.UPLOAD_LIMIT:
        raise Refused(
            "too_large",
            gettext_noop("Tệp lớn hơn %(most)s MB. Xin chia thành nhiều tệp nhỏ hơn."),
            params={"most": settings.UPLOAD_LIMIT // 2**20},
        )
    with blobs.receive(file.chunks(), documents=True) as intake:
        row = files.store(intake=intake, name=file.name or "", actor=client.actor, at=at)
    response = unchecked(
        {"id": str(row.public_id), "size": row.size, "media_type": row.media_type, "sha256": row.sha256}
    )
    response.status_code = 201
    return response
