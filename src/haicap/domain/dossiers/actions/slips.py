"""Phiếu: what a form says is frozen when its verb happens; the paper is typeset from it whenever it is asked for.

Names, offices and the address of the tracking page are those of that moment, so that a slip prints again as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from haicap.base.dates import today
from haicap.base.ids import uuid7
from haicap.domain.dossiers import queries
from haicap.domain.dossiers.actions import rows
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.queries.people import name_of
from haicap.domain.dossiers.queries.pinned import Pinned
from haicap.domain.dossiers.queries.places import Office
from haicap.domain.dossiers.rules import RETURNED
from haicap.domain.dossiers.states import RECEIVING, ResultMethod

FORM_SET = "tt03-2025"
BLANK = "……………………"  # left to be filled in by hand
_PHONE = re.compile(r"\+?[0-9][0-9 .\-]{6,}[0-9]")

# Filled in config/wiring.py: the address of the page that follows a dossier, by its code.
Track = Callable[[str], str]


@dataclass(slots=True)
class _Slot:
    track: Track | None = None


_slot = _Slot()


def wire(track: Track | None) -> None:
    """Fill the slot: what the QR code of a slip leads to; without it the code holds the listed fields."""
    _slot.track = track


def made(
    row: Taken, form: str, found: Pinned, *, actor: str, at: datetime, number: int, **said: Any
) -> tuple[Any, ...]:
    """The values of a slip row, to be written with the dossier's.

    number  of the event the slip belongs to; a dossier has one slip an event at most
    said    what this form says beyond who, what and when; None leaves a line out
    """
    on = today(at)
    data: dict[str, Any] = {
        **_head(row, form, at, on),
        "code": row.code,
        "applicant": row.applicant_name,
        "address": row.applicant_address,
        "phone": row.applicant_phone,
        "email": row.applicant_email,
        "procedure": found.name,
        "received_at": row.received_at.isoformat() if row.received_at else None,
        "signer": name_of(actor),
        **said,
    }
    kept = {key: value for key, value in data.items() if value is not None}
    return (uuid7(), row.id, form, FORM_SET, number, rows.as_json(kept), at, actor)


def _head(row: Taken, form: str, at: datetime, on: date) -> dict[str, Any]:
    """Who issues it, from where, when: the centre what people get at a counter, the competent organ an apology."""
    centre, organ = queries.office(row.received_at_organ_id, on), queries.office(row.organ_id, on)
    issuer = (organ or centre) if form == "04" else (centre or organ)
    return {
        "agency": issuer.name if issuer else row.competent_name,
        "parent": queries.parent_of(issuer, on) if issuer else None,
        "place": _place(issuer or centre or organ, on),
        "agency_id": row.code.rsplit("-", 2)[0],
        "issued_at": at.isoformat(),
        "tracking_url": _slot.track(row.code) if _slot.track else None,
        "receiving_agency": (centre.name if centre else row.competent_name) if form == "04" else None,
    }


def _place(office: Office | None, on: date) -> str | None:
    """The unit's own name, as the line of the date has it."""
    if office is None or office.uid == "vn":
        return None
    return queries.place(office.uid, on).short


def receipt(
    row: Taken,
    found: Pinned,
    *,
    due_at: datetime | None,
    limit: str,
    fee: int | None,
    actor: str,
    at: datetime,
) -> dict[str, Any]:
    """What form 01 says; its papers are read by the statement that writes it (`rows.update`)."""
    return {
        "sets": found.content.sets or 1,
        "fee": fee,
        "time_limit": limit,
        "received_at": at.isoformat(),
        "promised_at": due_at.isoformat() if due_at else "",
        "return_way": RETURNED[ResultMethod(row.result_method)],
        "submitter": row.applicant_name,
        "receiver": name_of(actor),
    }


def wanted(
    found: Pinned,
    items: Sequence[Mapping[str, str]],
    *,
    contact: str,
    reason: str,
    approver: str,
    actor: str,
) -> dict[str, Any]:
    """What form 02 says; from the second one on with its reason and who approved it."""
    papers = {paper.code: paper.name.vi for paper in found.content.papers}
    phone = _PHONE.search(contact)
    whom = (contact.replace(phone[0], "") if phone else contact).strip(" ,;:()-")
    return {
        "wanted": [
            {
                "what": item["name"] or papers.get(item["paper"]) or "Hồ sơ",
                "why": item["what"] or "Chưa có trong hồ sơ.",
            }
            for item in items
        ],
        "contact": whom or name_of(actor) or "bộ phận tiếp nhận",
        "contact_phone": phone[0] if phone else BLANK,
        "reason": reason if approver else None,
        "approver": (name_of(approver) or None) if approver else None,
    }


def refusal(reason: str, ground: str) -> dict[str, Any]:
    """What form 03 says: its ground is the one given, else the provision on receiving."""
    return {"reasons": [reason], "reason": reason, "ground": ground or str(RECEIVING)}
