"""Trang đầu của cán bộ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.words import gettext_noop
from haicap.domain.units import events, queries
from haicap.domain.units.policy import Verb
from haicap.domain.units.queries import OrganRow
from haicap.kernel.ledger import queries as ledger
from haicap.web.console import frame, record
from haicap.web.console.gate import Officer, gate

MAY = (
    (Verb.DRAFT, gettext_noop("Lập và sửa dự thảo văn bản sắp xếp"), "acts"),
    (Verb.ENACT, gettext_noop("Kiểm tra và ghi dự thảo của người khác vào sổ"), "acts"),
    (Verb.APPOINT, gettext_noop("Lập vị trí, bổ nhiệm và cho thôi trong phạm vi của mình"), "organs"),
    (Verb.SEE_ACTS, gettext_noop("Xem văn bản đã ghi"), "acts"),
    (Verb.SEE_OFFICERS, gettext_noop("Xem ai giữ vị trí nào, ngày nào"), "organs"),
    (Verb.SEE_RECORD, gettext_noop("Xem sổ ghi và việc chuyển đổi"), "ledger"),
)
# Steps of work already told of: a long list records a hundred of them. The ledger shows all.
STEPS = (events.CONVERSION_ADVANCED.name,)


@dataclass(frozen=True, slots=True)
class Seat:
    """An appointment of the officer: where, what, since and until when; `now` when it counts today."""

    organ: OrganRow
    place: str
    title: str
    role: str
    since: date
    until: date | None
    now: bool
    later: bool


def seats(user_id: int, on: date) -> list[Seat]:
    """All posts a person holds, held or will hold, those of today first."""
    register = queries.register()
    found = []
    for held in queries.appointments_of(user_id):
        organ = held.post.organ
        since, until = held.valid.lower, held.valid.upper
        now = since <= on and (until is None or on < until)
        day = on if now else max(since, organ.valid.lower or since)
        row = queries.organ(organ.pk, day)
        place = register.title(organ.unit.uid, day) if row.level != "nation" else ""
        found.append(Seat(row, place, held.post.title, held.post.role, since, until, now, since > on))
    return sorted(found, key=lambda s: not s.now)


@require_safe
@gate()
def home(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What I hold today, what I may do, what waits, what happened last."""
    may = [(gettext(words), page) for verb, words, page in MAY if verb in officer.rights]
    values: dict[str, object] = {
        "seats": seats(officer.user.pk, officer.on),
        "may": may,
        "generation": queries.generation(),
    }
    if Verb.DRAFT in officer.rights:
        values["drafts"] = frame.drafts(officer)[:10]
    if Verb.SEE_RECORD in officer.rights or officer.operator:
        values["events"] = record.told(ledger.browse(without=STEPS, limit=10))
    return frame.show(request, officer, "home/home", values)
