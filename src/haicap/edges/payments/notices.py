"""Tin báo của cổng: from what a gateway tells our server to the verb that notes it, and to the answer it waits for."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl

from haicap.base.refused import Refused
from haicap.domain.dossiers import actions
from haicap.edges.payments.gateway import Gateway, Notice, Outcome, Query, Verdict

log = logging.getLogger("haicap.payments")

_LONGEST = 16_000  # characters of a query
_MOST = 100  # parameters
_VERDICTS: Mapping[str, Verdict] = {
    "forged": Verdict.FORGED,
    "unknown_payment": Verdict.UNKNOWN,
    "wrong_amount": Verdict.WRONG_AMOUNT,
    "already_noted": Verdict.ALREADY,
}


def read_query(text: str) -> Query:
    """The query of an address as a server hands it over (bytes as latin-1); nothing when no gateway would write it so."""
    if len(text) > _LONGEST:
        return ()
    try:
        plain = text.encode("latin-1", "replace").decode("utf-8", "replace")
        return tuple(parse_qsl(plain, keep_blank_values=True, max_num_fields=_MOST, errors="replace"))
    except ValueError:
        return ()


def confirm(gateway: Gateway, query: Query, *, at: datetime) -> Verdict:
    """Note what the gateway tells, once; how to answer it. Whatever was sent, this says a verdict and raises nothing.

    A fault of ours is a verdict too: the gateway then tells us again.
    """
    try:
        return note(gateway, gateway.notified(query), at=at)
    except Refused as refused:
        verdict = _VERDICTS.get(refused.code, Verdict.FAULT)
    except Exception:
        log.exception("payments: a notice could not be noted")
        return Verdict.FAULT
    log.warning("payments: notice of %s refused: %s", gateway.key, verdict)
    return verdict


def note(gateway: Gateway, notice: Notice, *, at: datetime) -> Verdict:
    """Note a proved notice. Refused `unknown_payment`, `wrong_amount`, `already_noted`."""
    if notice.outcome is Outcome.PENDING:
        return Verdict.FAULT  # not over: to be told again
    actions.note_payment(
        reference=notice.reference,
        paid=notice.outcome is Outcome.PAID,
        amount=notice.amount,
        provider=gateway.key,
        transaction=notice.transaction,
        doubted=notice.outcome is Outcome.DOUBTED,
        actor=f"gateway:{gateway.key}",
        at=at,
    )
    return Verdict.CONFIRMED
