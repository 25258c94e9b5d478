"""Kể lại: an event of a dossier → what its applicant is told, and by which channel. Asks the dossiers room, decides nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from haicap.base.dates import today
from haicap.domain.dossiers import events, queries
from haicap.domain.dossiers.queries import DossierRow, Whole
from haicap.domain.dossiers.states import Channel as Filed
from haicap.edges.notices import channels, outbox
from haicap.edges.notices.outbox import Draft
from haicap.edges.notices.states import Channel
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.queries import Recorded

log = logging.getLogger("haicap.notices")

Facts = dict[str, Any]
More = Callable[[DossierRow, Recorded], Facts]


def on_dossier_event(event_id: int) -> None:
    """A delivery of KINDS: queue what the applicant is to be told. Told once per event and channel, however often called."""
    event = ledger.event(event_id)
    row = queries.by_public_id(UUID(event.stream.partition(":")[2]))
    template = _template(event, row) if row is not None else ""
    if row is None or not template:
        return
    to = list(_receivers(row))
    if to:
        params = _facts(row, event) | MORE.get(event.kind, _nothing)(row, event)
        language = row.language if row.language in LANGUAGES else LANGUAGES[0]
        outbox.queue(
            (
                Draft(
                    f"{event.stream}:{event.seq}:{channel}",
                    channel,
                    address,
                    template,
                    params,
                    event.stream,
                    language,
                )
                for channel, address in to
            ),
            at=datetime.now(UTC),
        )


LANGUAGES = ("vi", "en")
TEMPLATES: Mapping[str, str] = {
    events.FILED.name: "filed",
    events.RECEIVED.name: "received",
    events.SUPPLEMENT_ASKED.name: "supplement",
    events.SUPPLIED.name: "resumed",
    events.PAYMENT_ASKED.name: "payment",
    events.SETTLED.name: "paid",
    events.EXTENDED.name: "extended",
    events.REFUSED.name: "refused",
    events.STOPPED.name: "stopped",
    events.WITHDRAWN.name: "withdrawn",
    events.DECIDED.name: "ready",
    events.FINISHED.name: "ready",
    events.HANDED_OUT.name: "returned",
}
KINDS = tuple(TEMPLATES)


def _template(event: Recorded, row: DossierRow) -> str:
    """Nothing for what is no news: a filing at the counter is received within the minute, a decision may not be the end."""
    if event.kind == events.FILED.name and row.channel == Filed.DIRECT:
        return ""
    if event.kind == events.DECIDED.name and not event.data["finished"]:
        return ""
    return TEMPLATES[event.kind]


def _receivers(row: DossierRow) -> Iterator[tuple[Channel, str]]:
    """E-mail when there is an address; and Zalo where the operator has it, else SMS."""
    if row.applicant_email:
        yield Channel.EMAIL, row.applicant_email
    if row.applicant_phone:
        yield Channel.ZALO if channels.configured(Channel.ZALO) else Channel.SMS, row.applicant_phone


def _facts(row: DossierRow, event: Recorded) -> Facts:
    on = today(event.at)
    centre, organ = queries.office(row.received_at_organ_id, on), queries.office(row.organ_id, on)
    competent = organ.name if organ else row.competent_name
    found = queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    return {
        "code": row.code,
        "name": row.applicant_name,
        "procedure": found.name,
        "place": centre.name if centre else competent,
        "competent": competent,
        "due_at": event.data.get("due", ""),
        "way": row.result_method,
    }


def _nothing(row: DossierRow, event: Recorded) -> Facts:
    return {}


def _slip(whole: Whole, event: Recorded) -> Mapping[str, Any]:
    """What the slip of this event says; a dossier has one slip an event at most, under its number."""
    return next((slip.data for slip in whole.slips if slip.n == event.seq), {})


def _supplement(row: DossierRow, event: Recorded) -> Facts:
    whole = queries.whole(row)
    asked = next((s for s in whole.supplements if s.n == event.data["n"]), None)
    if asked is None:
        return {}
    items = [": ".join(part for part in (item.get("name"), item.get("what")) if part) for item in asked.items]
    return {
        "items": items,
        "reason": asked.reason,
        "contact": asked.contact,
        "asked_by": _slip(whole, event).get("agency", ""),
    }


def _reason(row: DossierRow, event: Recorded) -> Facts:
    slip = _slip(queries.whole(row), event)
    return {"reason": slip.get("reason", ""), "ground": slip.get("ground", "")}


def _extended(row: DossierRow, event: Recorded) -> Facts:
    new = event.data["due"]
    return _reason(row, event) | {"before_at": event.data["before"], "new_at": new, "due_at": new}


def _payment(row: DossierRow, event: Recorded) -> Facts:
    owed = [c for c in queries.whole(row).charges if c.payment_id is None and not c.waived_by]
    return {
        "amount": event.data["amount"],
        "items": [f"{c.name}: {c.amount:,} đ".replace(",", ".") for c in owed],
    }


def _paid(row: DossierRow, event: Recorded) -> Facts:
    return {"amount": event.data["amount"]}


def _returned(row: DossierRow, event: Recorded) -> Facts:
    return {"way": event.data["method"]}


MORE: Mapping[str, More] = {
    events.SUPPLEMENT_ASKED.name: _supplement,
    events.PAYMENT_ASKED.name: _payment,
    events.SETTLED.name: _paid,
    events.EXTENDED.name: _extended,
    events.REFUSED.name: _reason,
    events.STOPPED.name: _reason,
    events.HANDED_OUT.name: _returned,
}
