"""Cơ quan của một đơn vị vào một ngày, vị trí và người giữ."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import Span, show_date
from haicap.base.text import fold
from haicap.domain.units import policy, queries
from haicap.domain.units.policy import Verb
from haicap.domain.units.queries import AppointmentRow
from haicap.domain.units.timeline import Register, Version, check_day
from haicap.web.common import clock, exports
from haicap.web.console import frame, record
from haicap.web.console.gate import Officer, gate

MOST_FOUND = 40


def _units(register: Register, text: str, on: date) -> list[Version]:
    """Units with this code, or whose name has these words."""
    if text.isascii() and text.isdigit():
        held = register.at(text, on)
        return [held] if held else []
    wanted = fold(text)
    found = [
        v for tier in ("province", "commune") for v in register.state(on, tier) if wanted in fold(v.name)
    ]
    return sorted(found, key=lambda v: fold(v.short_name) != wanted)[:MOST_FOUND]


@require_safe
@gate(Verb.SEE_OFFICERS)
def organs(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Organs of the asked unit (`?don-vi=` code or name, `?ngay=`); without a question those of one's own units."""
    on, text = clock.asked_day(request), frame.word(request, "don-vi", 80)
    check_day(on)
    register = queries.register()
    found = _units(register, text, on) if text else []
    if text:
        uids = [found[0].uid] if len(found) == 1 else []
    else:
        uids = list(dict.fromkeys(held.unit_uid for held in officer.posts))
    shown = [(register.version(uid, on), register.title(uid, on), queries.organs_of(uid, on)) for uid in uids]
    values = {
        "text": text,
        "on": on,
        "day": show_date(on),
        "found": [(v, register.title(v.uid, on)) for v in found] if len(found) > 1 else [],
        "nothing": bool(text) and not found,
        "units": shown,
    }
    return frame.show(request, officer, "organs/list", values)


@require_safe
@gate(Verb.SEE_OFFICERS)
def organ(request: HttpRequest, officer: Officer, pk: int) -> HttpResponse:
    """Posts of an organ, who holds them on a day (`?ngay=`), and everybody who ever did."""
    on = clock.asked_day(request)
    row = queries.organ(pk, on)
    everybody = list(queries.held_by(pk))
    holding = {(held.post_id, held.pk) for held in everybody if on in _days(held)}
    posts = [
        (post, [held for held in everybody if (post.pk, held.pk) in holding]) for post in queries.posts_of(pk)
    ]
    values = {
        "organ": row,
        "unit": queries.register().version(row.unit_uid, on),
        "place": queries.register().title(row.unit_uid, on),
        "posts": posts,
        "everybody": everybody,
        "on": on,
        "day": show_date(on),
        "mine": policy.organs_in_reach(officer.actor, officer.on).filter(pk=pk).exists(),
    }
    return frame.show(request, officer, "organs/organ", values)


def _days(held: AppointmentRow) -> Span:
    return Span(held.valid.lower, held.valid.upper)


@require_safe
@gate(Verb.SEE_OFFICERS)
def organ_csv(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Everybody who held a post of the organ, as a file."""
    head = [
        gettext("Vị trí"), gettext("Cán bộ"), gettext("Từ ngày"), gettext("Đến trước ngày"), gettext("Quyết định"),
    ]  # fmt: skip
    rows = (
        (held.post.title, held.officer.display_name, show_date(held.valid.lower), show_date(held.valid.upper),
         held.decision)
        for held in queries.held_by(pk)
    )  # fmt: skip
    return exports.csv_response(f"co-quan-{pk}", head, rows)


@require_safe
@gate(Verb.SEE_OFFICERS)
def appointment(request: HttpRequest, officer: Officer, pk: int) -> HttpResponse:
    """One appointment with its story."""
    held = queries.appointment(pk)
    day = held.valid.lower or officer.on
    values = {
        "held": held,
        "organ": queries.organ(held.post.organ_id, max(day, held.post.organ.valid.lower or day)),
        "story": record.story(held.stream),
        "mine": policy.organs_in_reach(officer.actor, officer.on).filter(pk=held.post.organ_id).exists(),
        "over": held.valid.upper is not None and held.valid.upper <= officer.on,
    }
    return frame.show(request, officer, "organs/appointment", values)
