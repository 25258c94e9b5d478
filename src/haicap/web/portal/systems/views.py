"""Trạng thái của các hệ thống, for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haicap.domain.feedback.queries import systems
from haicap.domain.feedback.queries.systems import IncidentLine, NoteLine
from haicap.domain.feedback.uptime.states import Cause
from haicap.web.common import clock, health
from haicap.web.common.systems import shown, words

MOST = 100  # incidents of the history


@dataclass(frozen=True, slots=True)
class Told:
    """An incident as everybody reads it."""

    incident: IncidentLine
    system: str
    tone: str
    impact: str
    state_tone: str
    state: str
    text: str
    lasted: str
    notes: list[NoteLine]


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Systems with their marks, open incidents, planned work, 90 days of history; and our own registers."""
    at = clock.now()
    lines = shown.board(at)
    found = [
        line
        for line in systems.incidents(since=at - systems.HISTORY, limit=MOST)
        if line.cause is not Cause.CERTIFICATE
    ]
    notes = systems.public_notes([line.code for line in found])
    told = [_told(line, notes.get(line.code, [])) for line in found]
    values = {
        "at": at,
        "watched": [line for line in lines if line.watched],
        "others": [line for line in lines if not line.watched],
        "troubled": sum(line.troubled for line in lines),
        "open": [one for one in told if one.incident.open],
        "past": [one for one in told if not one.incident.open],
        "works": systems.works(at),
        "registers": health.registers(),
    }
    return render(request, "portal/systems/status.html", values)


def _told(line: IncidentLine, notes: list[NoteLine]) -> Told:
    return Told(
        line, words.named(line.system_name, line.system_name_en), *words.toned(words.IMPACTS, line.impact),
        *words.toned(words.STATES, line.state), words.told(line), words.lasting(line.repair_time), notes,
    )  # fmt: skip
