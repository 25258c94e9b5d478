"""Quyền: who may change the calendar, read from appointments. The only way to a row one may change."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.models import CalendarDecree
from haicap.domain.deadlines.states import DecreeState, DecreeVerb
from haicap.domain.units.organs import Role
from haicap.domain.units.policy import LEADERS, MINISTRY, Held, held

CENTRES = ("commune_centre", "centre_branch", "province_centre")
CHAIRMEN = ("commune_chairman", "province_chairman")


class Verb(StrEnum):
    """Verbs of this room that need a right."""

    SEE_CALENDAR = "see_calendar"
    DRAFT_CALENDAR = "draft_calendar"
    ENACT_CALENDAR = "enact_calendar"
    SET_HOURS = "set_hours"


def rights(posts: tuple[Held, ...]) -> frozenset[Verb]:
    """Everything the posts of an officer allow at all."""
    return frozenset(verb for verb in Verb if _allows(posts, verb))


def _allows(posts: tuple[Held, ...], verb: Verb) -> bool:
    if verb is Verb.ENACT_CALENDAR:
        return any(h.organ_kind == MINISTRY and h.role in LEADERS for h in posts)
    if verb is Verb.DRAFT_CALENDAR:
        return any(h.organ_kind == MINISTRY and h.role is not Role.RECEPTION for h in posts)
    if verb is Verb.SET_HOURS:
        return bool(_own_counters(posts))
    return bool(posts)


def _own_counters(posts: tuple[Held, ...]) -> set[str]:
    """Units whose counter the officer leads."""
    return {h.unit_uid for h in posts if h.role in LEADERS and h.organ_kind in (*CENTRES, *CHAIRMEN)}


def require(actor: str, verb: Verb, on: date) -> None:
    """Refused `not_yours` unless the officer's posts of the day allow `verb`."""
    if not _allows(held(actor, on), verb):
        raise _forbidden()


def _forbidden() -> Refused:
    return Refused(
        "not_yours",
        gettext_noop(
            "Bạn không có quyền làm việc này. Quyền đến từ quyết định bổ nhiệm; xin hỏi cơ quan nội vụ của bạn."
        ),
    )


def require_counter(actor: str, unit_uid: str, on: date) -> None:
    """Refused `not_yours` unless the officer leads the unit's counter."""
    if unit_uid not in counters_of(actor, on):
        raise _forbidden()


def counters_of(actor: str, on: date) -> set[str]:
    """Units (uid) whose opening hours the officer may set."""
    return _own_counters(held(actor, on))


def take_decree(pk: int, *, actor: str, verb: DecreeVerb, at: datetime) -> CalendarDecree:
    """The locked decree, if the officer may do `verb` to it. Refused `not_found`, `not_yours`, `same_person`."""
    on = today(at)
    leading = verb in (DecreeVerb.ENACT, DecreeVerb.WITHDRAW)
    require(actor, Verb.ENACT_CALENDAR if leading else Verb.DRAFT_CALENDAR, on)
    decree = CalendarDecree.objects.select_for_update().filter(visible_to(actor, on), pk=pk).first()
    if decree is None:
        raise Refused("not_found", gettext_noop("Không có văn bản này."))
    if verb is DecreeVerb.ENACT and decree.drafted_by == actor:
        raise Refused(
            "same_person",
            gettext_noop("Người lập dự thảo không tự ghi văn bản. Xin một lãnh đạo khác kiểm tra."),
        )
    return decree


def visible_to(actor: str, on: date) -> Q:
    """Which decrees an officer sees: what counts or counted is public; drafts are for those who may draft."""
    if _allows(held(actor, on), Verb.DRAFT_CALENDAR):
        return Q()
    return Q(state__in=[DecreeState.ENACTED, DecreeState.WITHDRAWN])
