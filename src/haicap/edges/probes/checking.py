"""Một lần thăm: fetch, then judge against what is expected. Never raises, never touches the database."""

from __future__ import annotations

import logging
import ssl
import time
from datetime import datetime

from haicap.edges.probes import fetching
from haicap.edges.probes.fetching import Answer
from haicap.edges.probes.guarding import Rules
from haicap.edges.probes.states import Fault, Plan, Result, Why

log = logging.getLogger("haicap.probes")


def check(plan: Plan, *, at: datetime, rules: Rules, tls: ssl.SSLContext) -> Result:
    """Ask the system once."""
    began, until = time.monotonic(), None
    why, detail = Why.NONE, ""
    try:
        answer = fetching.fetch(plan.url, seconds=plan.seconds, rules=rules, tls=tls)
        until = answer.until
        _judge(plan, answer)
    except Fault as fault:
        why, detail = fault.why, fault.detail
    except Exception as error:  # whatever one target does must not end the others
        log.exception("a probe broke", extra={"system": plan.system})
        why, detail = Why.GARBAGE, type(error).__name__
    return Result(plan.system, at, why, round((time.monotonic() - began) * 1000), detail, until)


def _judge(plan: Plan, answer: Answer) -> None:
    if answer.status != plan.status:
        raise Fault(Why.STATUS, str(answer.status))
    if plan.text and plan.text not in answer.body.decode("utf-8", "replace"):
        raise Fault(Why.TEXT)
