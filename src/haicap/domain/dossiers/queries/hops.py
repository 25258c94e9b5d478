"""Đường đi của hồ sơ: from hand to hand, as form 06 lists it and as progress is synchronised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from haicap.base.dates import today
from haicap.domain.dossiers import events
from haicap.domain.dossiers.models import Dossier
from haicap.domain.dossiers.queries.dossiers import Whole
from haicap.domain.dossiers.queries.people import names_of
from haicap.domain.dossiers.queries.pinned import Pinned, pinned
from haicap.domain.dossiers.queries.places import office
from haicap.domain.dossiers.states import State
from haicap.kernel.ledger.queries import Recorded

APPLICANT = "Người nộp"
# The state a dossier is in after an event; the other events leave it.
LEADS_TO = {
    events.FILED.name: State.REGISTERED,
    events.RECEIVED.name: State.RECEIVED,
    events.TAKEN_UP.name: State.PROCESSING,
    events.SUPPLEMENT_ASKED.name: State.SUPPLEMENT,
    events.PAYMENT_ASKED.name: State.PAYING,
    events.DECIDED.name: State.PROCESSING,
    events.FINISHED.name: State.DONE,
    events.HANDED_OUT.name: State.RETURNED,
    events.REFUSED.name: State.REFUSED,
    events.STOPPED.name: State.STOPPED,
    events.WITHDRAWN.name: State.WITHDRAWN,
}
BACK = (events.SUPPLIED.name, events.SETTLED.name)


@dataclass(frozen=True, slots=True)
class Hop:
    """One act of work or custody.

    what   what was done, in words of papers
    state  national code of the dossier afterwards
    late   whether it was done beyond the due instant as it is now
    """

    giver: str
    taker: str
    at: datetime
    actor: str
    what: str
    state: State
    late: bool

    def written(self) -> dict[str, Any]:
        """As form 06 wants it."""
        return {
            "from": self.giver,
            "to": self.taker,
            "at": self.at.isoformat(),
            "state": "Quá hạn" if self.late else "Trước hạn",
            "note": self.what,
        }


def hops_of(found: Whole) -> list[Hop]:
    """Everything that moved a dossier on, oldest first."""
    row, state, back, hops = found.row, State.REGISTERED, State.REGISTERED, []
    names = names_of(e.actor for e in found.events)
    version = pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    for event in found.events:
        if event.kind in BACK:
            state = back
        elif event.kind in LEADS_TO:
            back = state if state not in (State.SUPPLEMENT, State.PAYING) else back
            state = State.DONE if event.data.get("finished") else LEADS_TO[event.kind]
        for giver, taker, what in _told(event, row, version, names[event.actor]):
            late = row.due_at is not None and event.at > row.due_at
            hops.append(Hop(giver, taker, event.at, names[event.actor], what, state, late))
    return hops


def _told(event: Recorded, row: Dossier, version: Pinned, who: str) -> Iterator[tuple[str, str, str]]:
    """(from, to, what) of an event, when it is one of work or custody."""
    on, data = today(event.at), event.data
    centre = _name(row.received_at_organ_id, on) or who or "-"
    competent = _name(row.organ_id, on) or row.competent_name or "-"
    whom = who or competent
    step = _step(version, str(data.get("step", "")))
    told = {
        events.RECEIVED.name: (APPLICANT, centre, "Tiếp nhận"),
        events.SUPPLEMENT_ASKED.name: (whom, APPLICANT, "Yêu cầu bổ sung"),
        events.SUPPLIED.name: (APPLICANT, centre, "Đã bổ sung"),
        events.FORWARDED.name: (_organ(data, "origin", on), _organ(data, "to", on), "Bàn giao"),
        events.TAKEN_OVER.name: ("-", _organ(data, "organ", on), "Đã nhận bàn giao"),
        events.TAKEN_UP.name: (centre, whom, f"Bước: {step}"),
        events.ADVANCED.name: (whom, competent, f"Bước: {step}"),
        events.CONSULTED.name: (competent, _organ(data, "organ", on), "Lấy ý kiến"),
        events.CONSULTATION_ANSWERED.name: (_organ(data, "organ", on), competent, "Trả lời ý kiến"),
        events.EXTENDED.name: (competent, APPLICANT, "Xin lỗi và gia hạn"),
        events.DECIDED.name: (whom, competent, "Quyết định"),
        events.FINISHED.name: (competent, centre, "Xử lý xong"),
        events.HANDED_OUT.name: (centre, APPLICANT, "Trả kết quả"),
        events.REFUSED.name: (whom, APPLICANT, "Từ chối"),
        events.STOPPED.name: (whom, APPLICANT, "Dừng giải quyết"),
        events.WITHDRAWN.name: (APPLICANT, centre, "Rút hồ sơ"),
    }
    if event.kind in told:
        yield told[event.kind]


def _name(organ: int | None, on: Any) -> str:
    found = office(organ, on)
    return found.name if found else ""


def _organ(data: dict[str, Any], key: str, on: Any) -> str:
    return _name(data.get(key) or None, on) or "-"


def _step(version: Pinned, key: str) -> str:
    return next((s.name.vi for s in version.content.workflow.steps if s.key == key), key)
