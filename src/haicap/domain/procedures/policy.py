"""Quyền: who may draft and publish, read from the posts of the units room. The only way to a row one may change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from django.db.models import Q

from haicap.base.citation import Citation
from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.powers.policy import KEEPERS
from haicap.domain.procedures.models import LocalInstance, Procedure, ProcedureVersion
from haicap.domain.procedures.states import STANDING, VersionVerb
from haicap.domain.units import policy as units
from haicap.domain.units.organs import KINDS, Role

LEADERS = (Role.LEADER, Role.DEPUTY)
SYSTEM = "system"  # the actor of what nobody in particular did: loading the packaged catalogue
# Organs of a province that publish its instances; the office when it is authorised (decided_by, authorised_by).
PUBLISHING = ("province_committee", "province_chairman", "province_office")
CONTROL = Citation("63/2010/NĐ-CP")


class Verb(StrEnum):
    """Verbs of this room that need a right. Doors hold rights of several rooms in one set: no word is used twice."""

    DRAFT = "draft_procedure"  # national versions, imports
    PUBLISH = "publish_procedure"
    DRAFT_LOCAL = "draft_local"
    PUBLISH_LOCAL = "publish_local"
    CURATE = "curate"  # synonyms and life events
    SEE_DRAFTS = "see_drafts"
    NAME_POWER = "name_power"  # which power a procedure exercises


R = TypeVar("R", ProcedureVersion, LocalInstance)


def _level(post: units.Held) -> str:
    return KINDS[post.organ_kind].level


def ministries_of(actor: str, on: date, *, leading: bool = False) -> frozenset[str]:
    """Kinds of the ministries an officer works in on the day (`leading`: only where they lead)."""
    return _ministries(units.held(actor, on), leading)


def _ministries(posts: Iterable[units.Held], leading: bool) -> frozenset[str]:
    return frozenset(
        post.organ_kind
        for post in posts
        if _level(post) == "nation" and (post.role in LEADERS if leading else post.role is not Role.RECEPTION)
    )


def provinces_of(actor: str, on: date, *, leading: bool = False) -> frozenset[str]:
    """Provinces (uid) an officer may draft for, or (`leading`) publish for."""
    return _provinces(units.held(actor, on), leading)


def _provinces(posts: Iterable[units.Held], leading: bool) -> frozenset[str]:
    return frozenset(
        post.unit_uid
        for post in posts
        if _level(post) == "province"
        and (
            post.role in LEADERS and post.organ_kind in PUBLISHING
            if leading
            else post.role is not Role.RECEPTION
        )
    )


def rights(actor: str, on: date) -> frozenset[Verb]:
    """Everything an officer's posts allow at all on the day."""
    return rights_of(units.held(actor, on))


def rights_of(posts: Sequence[units.Held]) -> frozenset[Verb]:
    """The same for posts already read."""
    found = set[Verb]()
    if _ministries(posts, leading=False):
        found |= {Verb.DRAFT, Verb.CURATE, Verb.SEE_DRAFTS, Verb.NAME_POWER}
    if _ministries(posts, leading=True):
        found.add(Verb.PUBLISH)
    if _provinces(posts, leading=False):
        found |= {Verb.DRAFT_LOCAL, Verb.SEE_DRAFTS}
    if _provinces(posts, leading=True):
        found.add(Verb.PUBLISH_LOCAL)
    return frozenset(found)


def may(actor: str, verb: Verb, on: date) -> bool:
    """Whether the officer may do `verb` at all on the day (what it may be done to is for `take`)."""
    return verb in rights(actor, on)


def require(actor: str, verb: Verb, on: date) -> None:
    """Refused `not_yours` unless `may`."""
    if not may(actor, verb, on):
        raise _forbidden()


def _forbidden() -> Refused:
    return Refused(
        "not_yours",
        gettext_noop(
            "Bạn không có quyền làm việc này. Quyền đến từ quyết định bổ nhiệm; xin hỏi cơ quan nội vụ của bạn."
        ),
        CONTROL,
    )


def ministry_for(actor: str, owner: str, on: date) -> str:
    """The ministry an officer drafts for: the owner of the procedure, or theirs when nobody owns it yet.

    Refused `not_yours`: another ministry's procedure.
    """
    mine = ministries_of(actor, on)
    if not mine or (owner and owner not in mine):
        raise _forbidden()
    return owner or min(mine)


def may_name(posts: Iterable[units.Held], owners: Iterable[str]) -> bool:
    """Whether officers in these posts say which power a procedure exercises.

    owners  ministry of the procedure, then that of the power: the first one known counts; any ministry where neither is.
    The keepers of the register of powers may always.
    """
    mine = _ministries(posts, leading=False)
    owner = next((o for o in owners if o), "")
    return bool(mine) and (not owner or owner in mine or bool(mine & set(KEEPERS)))


def take_procedure(code: str, owner_of_power: str, *, actor: str, at: datetime) -> Procedure:
    """The locked procedure, if the officer may say which power it exercises. Refused `not_found`, `not_yours`."""
    posts = units.held(actor, today(at))
    row = Procedure.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise Refused(
            "not_found", gettext_noop("Danh mục không có thủ tục mã %(code)s."), params={"code": code[:20]}
        )
    if not may_name(posts, (row.owner, owner_of_power)):
        raise _forbidden()
    return row


def province_for(actor: str, province_uid: str, on: date) -> None:
    """Refused `not_yours` unless the officer may draft for the province."""
    if province_uid not in provinces_of(actor, on):
        raise _forbidden()


def visible_to(actor: str, on: date) -> Q:
    """Versions an officer sees: what stands is public; drafts are for their ministry (dropped ones too)."""
    return Q(state__in=list(STANDING)) | Q(ministry__in=sorted(ministries_of(actor, on)))


def instances_visible_to(actor: str, on: date) -> Q:
    """The same for local instances: drafts are for officers of the province."""
    return Q(state__in=list(STANDING)) | Q(province__uid__in=sorted(provinces_of(actor, on)))


_LEADING = (VersionVerb.PUBLISH, VersionVerb.REPEAL)


def take_version(pk: int, *, actor: str, verb: VersionVerb, at: datetime) -> ProcedureVersion:
    """The locked version, if the officer may do `verb` to it. Refused `not_found`, `not_yours`, `same_person`.

    Drafts are changed within the ministry that drafts; published and repealed by one of its leaders, who did not draft.
    """
    on = today(at)
    row = (
        ProcedureVersion.objects.select_for_update(of=("self",))
        .select_related("procedure")
        .filter(visible_to(actor, on), pk=pk)
        .first()
    )
    if row is None:
        raise Refused("not_found", gettext_noop("Không có phiên bản này."))
    mine = ministries_of(actor, on, leading=verb in _LEADING)
    owner = row.procedure.owner or row.ministry
    if not mine or (owner and owner not in mine):
        raise _forbidden()
    _another_person(row, actor, verb)
    return row


def take_instance(pk: int, *, actor: str, verb: VersionVerb, at: datetime) -> LocalInstance:
    """The locked local instance, if the officer may do `verb` to it. Refused as `take_version`."""
    on = today(at)
    row = (
        LocalInstance.objects.select_for_update(of=("self",))
        .select_related("procedure", "province")
        .filter(instances_visible_to(actor, on), pk=pk)
        .first()
    )
    if row is None:
        raise Refused("not_found", gettext_noop("Không có bản địa phương này."))
    if row.province.uid not in provinces_of(actor, on, leading=verb in _LEADING):
        raise _forbidden()
    _another_person(row, actor, verb)
    return row


def _another_person(row: R, actor: str, verb: VersionVerb) -> None:
    if verb is VersionVerb.PUBLISH and row.drafted_by == actor:
        raise Refused(
            "same_person",
            gettext_noop("Người lập dự thảo không tự công bố. Xin một lãnh đạo khác kiểm tra."),
            CONTROL,
        )
