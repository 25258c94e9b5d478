"""Gắn phiếu với sự cố: many tickets may tell of one outage."""

from __future__ import annotations

from datetime import datetime

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.feedback import events, policy
from haicap.domain.feedback.models import Incident, Ticket
from haicap.domain.feedback.states import Verb, move
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import check_seen, record_on


@action
def link_ticket(*, code: str, incident: str, seen: int, actor: str, at: datetime) -> Ticket:
    """Gắn phiếu với sự cố. Refused `not_found`, `not_yours`, `stale`, `not_now`, `nothing_new`."""
    row = policy.take(code, actor=actor, verb=Verb.LINK, at=at)
    check_seen(row, seen)
    row.state = move(row.state, Verb.LINK)
    found = Incident.objects.filter(code=incident.replace("\0", "")).select_related("system").first()
    if found is None:
        raise Refused("not_found", gettext_noop("Không có sự cố này."))
    if row.incident_id == found.pk:
        raise Refused("nothing_new", gettext_noop("Không có gì thay đổi."))
    row.incident = found
    row.system_code = row.system_code or found.system.code
    record_on(row, events.LINKED, at=at, actor=actor, data={"code": code, "incident": incident})
    return row
