"""Quyền trên hệ thống và sự cố: operators, the organ that answers for a system, and those above it.

No provision lays down who handles an outage of an information system; Decree 118/2025/NĐ-CP gives the running of the
provincial system to the province. The rule here follows that and is shown as unconfirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.feedback.models.systems import Incident, PlannedWork, System
from haicap.domain.units import policy as units
from haicap.domain.units.organs import KINDS, Role
from haicap.kernel.accounts import policy as accounts

SYSTEM = "system"  # the actor of what nobody in particular did: rules over checks
OVERSEERS = frozenset({"vpcp", "bkhcn"})  # national portal; administrative information systems
FOCAL_OFFICES = frozenset({"vpcp", "province_office"})  # for feedback (Decree 20/2008/NĐ-CP)
OF_A_PROVINCE = frozenset({"province_centre", "science_technology", "province_office", "province_committee"})


class Verb(StrEnum):
    """Verbs on systems and incidents that need a right."""

    KEEP = "keep_systems"  # the list of systems, and probes
    HANDLE = "handle_incidents"
    MAIL = "read_mail"  # mails that came and became no ticket by themselves


def rights_of(posts: Sequence[units.Held]) -> frozenset[Verb]:
    """What an officer's posts allow at all; on which systems is for `reaches`."""
    working = list(_working(posts))
    found = set[Verb]()
    if any(_level(p) == "nation" or p.organ_kind in OF_A_PROVINCE for p in working):
        found |= {Verb.HANDLE}
    if any(p.organ_kind in OVERSEERS for p in working):
        found |= {Verb.KEEP}
    if any(p.organ_kind in FOCAL_OFFICES for p in working):
        found |= {Verb.MAIL}
    return frozenset(found)


def _working(posts: Iterable[units.Held]) -> Iterable[units.Held]:
    return (p for p in posts if p.role is not Role.RECEPTION)


def _level(post: units.Held) -> str:
    return KINDS[post.organ_kind].level


def reaches(posts: Sequence[units.Held], owner: str, unit_uid: str) -> bool:
    """Whether officers in these posts handle a system of this owner: the owner, its province, the overseers."""
    working = list(_working(posts))
    if any(p.organ_kind in OVERSEERS for p in working):
        return True
    if unit_uid:
        kinds = OF_A_PROVINCE | {owner}
        return any(p.unit_uid == unit_uid and p.organ_kind in kinds for p in working)
    return any(p.organ_kind == owner for p in working)


def may_keep(actor: str, on: date) -> bool:
    """Whether the officer keeps the list of systems."""
    return actor == SYSTEM or accounts.is_operator(actor) or Verb.KEEP in rights_of(units.held(actor, on))


def may_handle(actor: str, system: System, on: date) -> bool:
    """Whether the officer handles incidents and probes of this system."""
    if actor == SYSTEM or accounts.is_operator(actor):
        return True
    uid = system.unit.uid if system.unit else ""
    return reaches(units.held(actor, on), system.owner, uid)


def forbidden() -> Refused:
    """The refusal of this room."""
    return Refused(
        "not_yours",
        gettext_noop(
            "Việc này thuộc cơ quan chịu trách nhiệm về hệ thống, cơ quan cấp trên hoặc người vận hành."
        ),
    )


def require_keeper(actor: str, at: datetime) -> None:
    """Refused `not_yours` unless the officer keeps the list."""
    if not may_keep(actor, today(at)):
        raise forbidden()


def take_system(code: str, *, actor: str, at: datetime) -> System:
    """The locked system, if the officer may handle it. Refused `not_found`, `not_yours`."""
    rows = System.objects.select_for_update(of=("self",)).select_related("unit")
    row = rows.filter(code=code).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có hệ thống này."))
    if not may_handle(actor, row, today(at)):
        raise forbidden()
    return row


def take_incident(code: str, *, actor: str, at: datetime) -> Incident:
    """The locked incident, if the officer may handle its system. Refused `not_found`, `not_yours`."""
    rows = Incident.objects.select_for_update(of=("self",)).select_related("system__unit")
    row = rows.filter(code=code).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có sự cố này."))
    if not may_handle(actor, row.system, today(at)):
        raise forbidden()
    return row


def take_work(pk: int, *, actor: str, at: datetime) -> PlannedWork:
    """The locked planned work, if the officer may handle its system. Refused `not_found`, `not_yours`."""
    rows = PlannedWork.objects.select_for_update(of=("self",)).select_related("system__unit")
    row = rows.filter(pk=pk, cancelled_at__isnull=True).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có đợt bảo trì này."))
    if not may_handle(actor, row.system, today(at)):
        raise forbidden()
    return row
