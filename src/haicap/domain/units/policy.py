"""Quyền: who may do what, read from appointments (place × level × day). The only way to a row one may change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from haicap.base.citation import Citation
from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.units.models import Act, Appointment, Organ
from haicap.domain.units.organs import KINDS, Role
from haicap.domain.units.states import ActVerb
from haicap.kernel.ledger import statements

MINISTRY = "bnv"  # the ministry that keeps the map (Law 72/2025/QH15)
DEPARTMENT = "home_affairs"
LEADERS = (Role.LEADER, Role.DEPUTY)

_HELD = """
SELECT p.role, p.title, o.kind, u.uid, o.id
FROM units_appointment a JOIN accounts_user w ON w.id = a.officer_id
JOIN units_post p ON p.id = a.post_id JOIN units_organ o ON o.id = p.organ_id JOIN units_unit u ON u.id = o.unit_id
WHERE w.public_id = %s AND w.is_active AND w.kind = 'officer' AND a.valid @> %s::date AND o.valid @> %s::date
ORDER BY a.id
"""


class Verb(StrEnum):
    """Verbs of this room that need a right."""

    DRAFT = "draft"
    ENACT = "enact"
    APPOINT = "appoint"
    SEE_ACTS = "see_acts"
    SEE_OFFICERS = "see_officers"
    SEE_RECORD = "see_record"


@dataclass(frozen=True, slots=True)
class Held:
    """A post held on a day: role, title, kind of the organ, uid of the unit it belongs to."""

    role: Role
    title: str
    organ_kind: str
    unit_uid: str
    organ_id: int

    @property
    def level(self) -> str:
        """The level of the organ: nation, province, commune."""
        return KINDS[self.organ_kind].level


def held(actor: str, on: date) -> tuple[Held, ...]:
    """The posts an officer holds on the day; none for strangers, citizens and locked accounts."""
    try:
        public_id = UUID(actor)
    except ValueError:
        return ()
    return tuple(Held(Role(r[0]), *r[1:]) for r in statements.rows(_HELD, [public_id, on, on]))


def working(posts: Iterable[Held]) -> list[Held]:
    """Posts that decide and prepare: without those that only receive at a counter."""
    return [post for post in posts if post.role is not Role.RECEPTION]


def forbidden(citation: Citation | None = None) -> Refused:
    """The refusal of what an officer's posts do not give."""
    return Refused(
        "not_yours",
        gettext_noop(
            "Bạn không có quyền làm việc này. Quyền đến từ quyết định bổ nhiệm; xin hỏi cơ quan nội vụ của bạn."
        ),
        citation,
    )


def may(actor: str, verb: Verb, on: date) -> bool:
    """Whether the officer may do `verb` at all on the day (what it may be done to is for `take`)."""
    return _allows(held(actor, on), verb)


def rights(posts: tuple[Held, ...]) -> frozenset[Verb]:
    """Everything the posts of an officer (from `held`) allow at all."""
    return frozenset(verb for verb in Verb if _allows(posts, verb))


def _allows(posts: tuple[Held, ...], verb: Verb) -> bool:
    if verb is Verb.ENACT:
        return any(h.organ_kind == MINISTRY and h.role in LEADERS for h in posts)
    if verb is Verb.DRAFT:
        return any(h.organ_kind in (MINISTRY, DEPARTMENT) and h.role is not Role.RECEPTION for h in posts)
    if verb is Verb.APPOINT:
        return any(_appoints(h) for h in posts)
    if verb is Verb.SEE_RECORD:
        return any(h.organ_kind == MINISTRY for h in posts)
    return bool(posts)


def require(actor: str, verb: Verb, on: date) -> None:
    """Refused `not_yours` unless `may`."""
    if not may(actor, verb, on):
        raise forbidden()


def _appoints(post: Held) -> bool:
    if post.role is Role.RECEPTION:
        return False
    if post.organ_kind in (MINISTRY, DEPARTMENT):
        return True
    return post.organ_kind in ("commune_chairman", "province_chairman") and post.role in LEADERS


def take_act(pk: int, *, actor: str, verb: ActVerb, at: datetime) -> Act:
    """The locked act, if the officer may do `verb` to it. Refused `not_found`, `not_yours`, `same_person`.

    A draft is changed by whoever may draft; it counts only when a leader of the ministry other than the
    drafter enacts it.
    """
    on = today(at)
    require(actor, Verb.ENACT if verb is ActVerb.ENACT else Verb.DRAFT, on)
    act = Act.objects.select_for_update().filter(visible_to(actor, on), pk=pk).first()
    if act is None:
        raise Refused("not_found", gettext_noop("Không có văn bản này."))
    if verb is ActVerb.ENACT and act.drafted_by == actor:
        raise Refused(
            "same_person",
            gettext_noop("Người lập dự thảo không tự ghi văn bản. Xin một lãnh đạo khác kiểm tra."),
        )
    return act


def visible_to(actor: str, on: date) -> Q:
    """Which acts an officer sees: what counts is public; drafts are for those who may draft."""
    if may(actor, Verb.DRAFT, on):
        return Q()
    return Q(state__in=["enacted", "corrected"])


def organs_in_reach(actor: str, on: date) -> QuerySet[Organ]:
    """Organs an officer may appoint to: the ministry all; a province its own and its communes'; a commune its own."""
    posts = [h for h in held(actor, on) if _appoints(h)]
    found = Organ.objects.filter(valid__contains=on)
    if any(h.organ_kind == MINISTRY for h in posts):
        return found
    uids = [h.unit_uid for h in posts]
    provinces = [h.unit_uid for h in posts if h.organ_kind in (DEPARTMENT, "province_chairman")]
    below = Q(unit__versions__parent__uid__in=provinces, unit__versions__valid__contains=on,
              unit__versions__superseded_at__isnull=True)  # fmt: skip
    return found.filter(Q(unit__uid__in=uids) | below).distinct()


def take_organ(pk: int, *, actor: str, at: datetime) -> Organ:
    """The organ, if the officer may fill its posts; Refused `not_yours` otherwise."""
    organ = organs_in_reach(actor, today(at)).filter(pk=pk).first()
    if organ is None:
        raise forbidden()
    return organ


def take_appointment(pk: int, *, actor: str, at: datetime) -> Appointment:
    """The locked appointment, if the officer may change it; Refused `not_found` or `not_yours`."""
    found = Appointment.objects.select_for_update().select_related("post").filter(pk=pk).first()
    if found is None:
        raise Refused("not_found", gettext_noop("Không có quyết định bổ nhiệm này."))
    take_organ(found.post.organ_id, actor=actor, at=at)
    return found
