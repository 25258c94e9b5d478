"""Danh sách hệ thống và một hệ thống."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from haicap.domain.feedback import systems_policy as policy
from haicap.domain.feedback.queries import systems
from haicap.domain.feedback.queries.systems import SystemLine
from haicap.domain.feedback.systems_policy import Verb
from haicap.domain.feedback.uptime.states import SystemKind
from haicap.edges.probes import jobs, queries
from haicap.web.common.systems import shown, words
from haicap.web.console import frame, record
from haicap.web.console.gate import Officer, gate

HANDLING = gate(Verb.HANDLE, Verb.KEEP, operator=True)
FIGURES = timedelta(days=90)


def may_handle(officer: Officer, line: SystemLine) -> bool:
    """Whether the officer handles incidents and probes of this system."""
    return officer.operator or policy.reaches(officer.posts, line.owner, line.unit_uid)


def may_keep(officer: Officer) -> bool:
    """Whether the officer keeps the list."""
    return officer.operator or Verb.KEEP in officer.rights


@require_safe
@HANDLING
def listing(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Figures, what is open, then all systems (`?loai=`, `?cua=toi` those I handle)."""
    kind, mine = frame.word(request, "loai", 20), frame.word(request, "cua", 10) == "toi"
    lines = shown.board(officer.at)
    chosen = [
        line
        for line in lines
        if (kind not in set(SystemKind) or line.system.kind == kind)
        and (not mine or may_handle(officer, line.system))
    ]
    figures = systems.figures(officer.at - FIGURES)
    values = {
        "lines": chosen,
        "open": [told(line) for line in systems.incidents(open_only=True)],
        "figures": figures,
        "acknowledge": words.lasting(figures.acknowledge_mean),
        "repair": words.lasting(figures.repair_mean),
        "median": words.lasting(figures.repair_median),
        "kinds": [(k.value, words.said(words.KINDS, k), k.value == kind) for k in SystemKind],
        "asked": {"kind": kind, "mine": mine},
        "enabled": jobs.enabled(),
        "may_add": may_keep(officer),
    }
    return frame.show(request, officer, "systems/list", values)


Told = tuple[systems.IncidentLine, str, tuple[str, str], tuple[str, str], str, str]


def told(line: systems.IncidentLine) -> Told:
    """An incident, its system's name, impact, state and text in words, and how long its repair took."""
    name = words.named(line.system_name, line.system_name_en)
    return (
        line, name, words.toned(words.IMPACTS, line.impact), words.toned(words.STATES, line.state), words.told(line),
        words.lasting(line.repair_time),
    )  # fmt: skip


@require_safe
@HANDLING
def one(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Facts, plan, days, last checks, incidents and planned work of a system."""
    systems.system(code)
    line = next((one for one in shown.board(officer.at) if one.system.code == code), None)
    system = systems.system(code)
    figures = systems.figures(officer.at - FIGURES, system=code)
    values = {
        "line": line,
        "system": system,
        "name": words.named(system.name, system.name_en),
        "kind": words.said(words.KINDS, system.kind),
        "checks": [(c, words.said(words.WHYS, c.why)) for c in queries.checks(code, 30)],
        "probed": queries.standing(code, officer.at),
        "incidents": [told(i) for i in systems.incidents(system=code, limit=50)],
        "works": systems.works(officer.at, system=code),
        "figures": figures,
        "repair": words.lasting(figures.repair_mean),
        "may": may_handle(officer, system),
        "keep": may_keep(officer),
        "enabled": jobs.enabled(),
        "story": record.story(f"feedback.system:{code}"),
    }
    return frame.show(request, officer, "systems/one", values)
