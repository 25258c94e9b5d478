"""Ai quyết định việc này: a search in everyday words, then one answer with its clause, its days and its faults."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.domain.powers import queries
from haicap.domain.powers.states import Role
from haicap.domain.procedures import queries as procedures
from haicap.domain.units import policy as units
from haicap.web.common.powers import deciding, words
from haicap.web.common.powers.place import Asked, asked
from haicap.web.desk import frame
from haicap.web.desk.gate import Needs, Officer, gate

OTHERS = (Role.SIGN, Role.APPRAISE, Role.RECEIVE, Role.CONSULT, Role.SUPERVISE, Role.INSPECT, Role.PUBLISH)


def own_unit(officer: Officer) -> str:
    """The unit of the officer's first post in a commune or province; "" for ministries. One statement."""
    return next((p.unit_uid for p in units.held(officer.actor, officer.on) if p.unit_uid != "vn"), "")


@require_safe
@gate(Needs.LISTS)
def search(request: HttpRequest, officer: Officer) -> HttpResponse:
    """`?q=` words or a code; what fits, each leading to its answer at the place and day that were asked."""
    text = frame.word(request, "q", 200)
    place = asked(request, own_unit(officer))
    values: dict[str, object] = {
        "q_power": text, "place": place, "ready": queries.loaded(), "title": gettext("Ai quyết định việc này?"), "keep": f"{urlencode({'q': text, 'ngay': place.day})}&",
    }  # fmt: skip
    if text and queries.loaded():
        found = deciding.find(text, place.on)
        values |= {
            "found": found,
            "rows": [
                (m, deciding.power_name(m.power), deciding.names(m.power.code, place.uid, place.on))
                for m in found.powers
            ],
        }
    return frame.show(request, officer, "powers/search", values)


@require_safe
@gate(Needs.LISTS)
def power(request: HttpRequest, officer: Officer, code: str) -> HttpResponse:
    """One answer: `?don-vi=` or `?noi=`, `?ngay=`, and the attributes of the case."""
    found, place = queries.power(code), asked(request, own_unit(officer))
    case = deciding.case_of(found, {k: frame.word(request, f"tt-{k}", 60) for k in found.attributes})
    unit = place.uid or "vn"
    first = deciding.first_role(code)
    held = queries.holder(code, unit, place.on, role=first, case=case)
    holders = deciding.lines(held, place.on, place.today)
    others = [
        line
        for role in OTHERS
        if role is not first
        for line in deciding.lines(
            queries.holder(code, unit, place.on, role=role, case=case), place.on, place.today
        )
    ]
    values = {
        "power": found,
        "name": deciding.power_name(found),
        "owner": deciding.organ_said(found.owner, "", place.on) if found.owner else "",
        "place": place,
        "choices": deciding.choosable(found, case),
        "holders": holders,
        "others": others,
        "troubles": deciding.troubles(code, place.uid, place.on),
        "procedures": _procedures(code, place),
        "evidence_words": words.EVIDENCE,
        "q_power": frame.word(request, "q", 200),
    }
    return frame.show(request, officer, "powers/power", values)


def _procedures(code: str, place: Asked) -> list[tuple[str, str]]:
    """Procedures in force on the day that exercise the power."""
    known = procedures.catalogue()
    rows = [known.at(row.code, place.on) for row in procedures.exercising(code)]
    return [(e.code, e.name) for e in rows if e is not None]
