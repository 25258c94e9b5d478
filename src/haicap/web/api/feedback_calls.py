"""Gọi việc với phiếu: what the calls of tickets share: documents and organs read, tickets told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ninja import Router
from ninja.params.functions import Header

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.feedback.queries import AnswerRow, TicketRow, systems
from haicap.domain.law import places
from haicap.domain.law import queries as law
from haicap.domain.units import queries as units
from haicap.domain.units.queries import OrganRow
from haicap.web.api.dossiers_calls import text, uid_of

# One router for all: a path belongs to one, and the named paths (feed) come before {code}.
router = Router(tags=["Phản ánh, kiến nghị"])
Document = dict[str, Any]
PLACE = "/api/v1/tickets"
TICKET_KEY = Header(
    "", alias="Ticket-Key", max_length=40, description="Khóa theo dõi của người gửi; cán bộ: để trống."
)


def slug_of(named: str) -> str:
    """The document a number or a slug names; "" for "". Refused `not_found` for none or several."""
    wanted = named.strip()
    if not wanted:
        return ""
    corpus = law.corpus()
    if wanted in corpus.by_slug:
        return wanted
    found = corpus.numbered(wanted)
    if len(found) != 1:
        raise Refused("not_found", gettext_noop("Sổ không có, hoặc có nhiều hơn một văn bản mang số này."))
    return found[0].slug


def path_of(place: str) -> str:
    """A place in a document, read or as it is. Refused `bad_place`."""
    wanted = place.strip()
    return wanted if not wanted or places.valid(wanted) else places.read(wanted)


def code_of(uid: str, on: date) -> str:
    """The code a unit bears on the day; "VN" for the nation, "" for none."""
    if uid in ("", "vn"):
        return uid.upper()
    version = units.register().version(uid, on)
    return version.code if version else ""


def organs(pks: Iterable[int], on: date) -> Mapping[int, Document]:
    """Organs told, by their keys. One statement."""
    return {pk: organ_told(row, on) for pk, row in units.organs_named(set(pks), on).items()}


def organ_told(row: OrganRow, on: date) -> Document:
    """Kind, code of its unit, name on the day."""
    return {"kind": row.kind, "unit": code_of(row.unit_uid, on), "name": row.name}


def done_told(row: TicketRow) -> Document:
    """What a verb answers: no personal text, so that it may be kept for repeated requests."""
    return {
        "code": row.code, "state": str(row.state), "version": row.version, "due_at": text(row.due_at),
        "answer_due_at": text(row.answer_due_at), "late": row.late,
    }  # fmt: skip


def line_told(row: TicketRow, organ: Document, on: date) -> Document:
    """A ticket in a list."""
    return done_told(row) | {
        "kind": row.kind, "channel": row.channel, "subject": row.subject,
        "unit": code_of(row.unit.uid, on) if row.unit else "", "procedure": row.procedure_code, "organ": organ,
        "assignee": row.assignee, "received_at": row.received_at.isoformat(),
    }  # fmt: skip


def cited_told(answer: AnswerRow) -> list[Document]:
    """Citations of an answer."""
    return [
        {"document": c["document"], "path": c["path"], "citation": c["citation"]} for c in answer.citations
    ]


def answer_told(answer: AnswerRow) -> Document:
    """An answer as its senders and its authors see it."""
    return {
        "code": answer.code, "text": answer.text, "citations": cited_told(answer), "approved_at": text(answer.approved_at),
        "published_at": text(answer.published_at), "public_question": answer.public_question,
        "public_text": answer.public_text,
    }  # fmt: skip


def subject_unit(code: str, on: date) -> str:
    """The uid of a commune or province that is told; "" for "". Refused as `uid_of`."""
    return uid_of(code, on) if code.strip() else ""


def system_of(code: str) -> tuple[str, str]:
    """(kind of the owner, uid of its unit) of an information system; empty for "". Refused `not_found`."""
    if not code.strip():
        return "", ""
    found = systems.system(code.strip())
    return found.owner, found.unit_uid
