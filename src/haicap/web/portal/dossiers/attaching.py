"""Tệp gửi kèm: taken in, judged by content, stored, and tied to the draft; sent back to whom they belong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, StreamingHttpResponse

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import actions
from haicap.domain.dossiers.queries import ComponentRow, DraftRow
from haicap.domain.procedures.content import Field, FieldType, Page
from haicap.kernel.files import actions as files
from haicap.kernel.files import blobs, inspection
from haicap.kernel.files import queries as stored
from haicap.web.common import clock
from haicap.web.portal.dossiers import access, asking, braking

ACCEPT = ",".join(inspection.ENDINGS)
UNTIED = timedelta(days=2)  # a file whose paper was never handed in goes after so long


def receive(request: HttpRequest, upload: UploadedFile[bytes]) -> UUID:
    """Store a file that nothing holds yet; its opaque id. Refused in words for size, kind, emptiness, a full disk."""
    braking.send(request)
    at = clock.now()
    with blobs.receive(upload.chunks(), documents=True) as intake:
        row = files.store(
            intake=intake,
            name=upload.name or "",
            actor=access.actor(request),
            at=at,
            expires_on=today(at + UNTIED),
        )
    return row.public_id


def attach(
    request: HttpRequest, draft: DraftRow, paper: str, upload: UploadedFile[bytes], name: str = ""
) -> ComponentRow:
    """Store a file and tie it to a paper of the draft."""
    file = receive(request, upload)
    return actions.attach(
        draft=draft.public_id, paper=paper, file=file, name=name, actor=access.actor(request), at=clock.now()
    )


def take_files(
    request: HttpRequest, draft: DraftRow, page: Page, typed: dict[str, Any], held: Mapping[str, Any]
) -> None:
    """Files that are answers themselves: the answer is the name, the paper the key of the question."""
    kept = dict(held.get(asking.FILES, {}))
    for question in page.questions:
        if not isinstance(question, Field) or question.type is not FieldType.FILE:
            continue
        upload = request.FILES.get(asking.name_of(question.key))
        gone = f"bo-tep-{question.key}" in request.POST
        if (upload or gone) and question.key in kept:
            actions.detach(
                draft=draft.public_id,
                component=UUID(kept.pop(question.key)),
                actor=access.actor(request),
                at=clock.now(),
            )
            typed |= {question.key: "", asking.FILES: kept}
        if upload is not None:
            made = attach(request, draft, question.key, upload, question.label.vi)
            kept[question.key] = str(made.public_id)
            typed |= {question.key: made.file.original_name if made.file else "", asking.FILES: kept}


def sent(component: ComponentRow) -> StreamingHttpResponse:
    """The file of a component, to whom it belongs. Refused `not_found`, `infected`, `file_missing`."""
    if component.file is None:
        raise Refused("not_found", gettext_noop("Không có tệp này, hoặc tệp đã bị xoá."))
    response = StreamingHttpResponse(stored.chunks(component.file))
    for name, value in stored.download_headers(component.file).items():
        response.headers[name] = value
    return response
