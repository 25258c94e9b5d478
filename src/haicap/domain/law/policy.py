"""Quyền: who may enter and correct documents, read from the posts of the units room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.law.models import Document, Owed, Problem, Relation
from haicap.domain.units import policy as units
from haicap.domain.units import queries as register

SYSTEM = "system"  # the actor of what nobody in particular did: loading the packaged register
JUSTICE = "btp"  # keeps the register of legal documents: may enter those of any issuer


class Verb(StrEnum):
    """Verbs of this room that need a right."""

    ENTER = "enter_law"  # documents, provisions, texts, relations, owed documents
    REPORT = "report_problem"
    ANSWER = "answer_problem"


def rights_of(posts: Sequence[units.Held]) -> frozenset[Verb]:
    """Everything an officer's posts allow at all."""
    found = set[Verb]()
    if posts:
        found.add(Verb.REPORT)
    if units.working(posts):
        found.add(Verb.ENTER)
    if any(p.level == "nation" for p in units.working(posts)):
        found.add(Verb.ANSWER)
    return frozenset(found)


def rights(actor: str, on: date) -> frozenset[Verb]:
    """The same for an actor on a day."""
    return rights_of(units.held(actor, on))


def may(actor: str, verb: Verb, on: date) -> bool:
    """Whether the officer may do `verb` at all on the day."""
    return verb in rights(actor, on)


def require(actor: str, verb: Verb, on: date) -> tuple[units.Held, ...]:
    """The posts of the officer; Refused `not_yours` unless `may`."""
    posts = units.held(actor, on)
    if verb not in rights_of(posts):
        raise forbidden()
    return posts


def forbidden() -> Refused:
    """The refusal of this room."""
    return units.forbidden()


def reaches(posts: Sequence[units.Held], unit_uid: str, on: date) -> bool:
    """Whether officers in these posts keep documents of an issuer.

    Ministries keep those of central bodies (`unit_uid` empty), the Ministry of Justice all; a province those of its
    bodies, of its former provinces and districts and of its communes; a commune its own and those of what became part of it.
    """
    working = units.working(posts)
    if any(p.organ_kind == JUSTICE for p in working):
        return True
    if not unit_uid:
        return any(p.level == "nation" for p in working)
    heirs = _heirs(unit_uid, on)
    return any(p.unit_uid in heirs for p in working if p.level != "nation")


def may_act_on(posts: Sequence[units.Held], unit_uid: str, on: date) -> bool:
    """Whether documents these officers enter may change one of this issuer: their own, or one of a body below theirs.

    Law 64/2025/QH15: a document is amended, replaced, repealed or suspended by its issuer or by a superior body.
    """
    return any(p.level == "nation" for p in units.working(posts)) or reaches(posts, unit_uid, on)


def _heirs(uid: str, on: date) -> frozenset[str]:
    """The unit and what it became by the day, with their provinces; of an abolished district the provinces of its area."""
    known = register.register()
    heirs = {uid} | {fate.version.uid for fate in known.became(uid, on)}
    area = set(heirs)
    for last in known.versions(uid)[-1:]:
        if last.tier == "district" and last.span.end is not None:
            inside = known.children(uid, last.span.end - timedelta(days=1), "commune")
            area |= {fate.version.uid for v in inside for fate in known.became(v.uid, on)}
    provinces = {known.province_of(one, on) for one in area}
    return frozenset(heirs | {province.uid for province in provinces if province is not None})


def take_document(slug: str, *, actor: str, at: datetime) -> Document:
    """The locked document, if the officer may correct it. Refused `not_found`, `not_yours`."""
    on = today(at)
    posts = require(actor, Verb.ENTER, on)
    row = (
        Document.objects.select_for_update(of=("self",))
        .select_related("issuer_unit")
        .filter(slug=slug)
        .first()
    )
    if row is None:
        raise Refused("not_found", gettext_noop("Không có văn bản này."))
    if not reaches(posts, row.issuer_unit.uid if row.issuer_unit else "", on):
        raise forbidden()
    return row


def take_relation(pk: int, *, actor: str, at: datetime) -> Relation:
    """The locked relation, if the officer may withdraw it: whoever keeps its source. Refused as above."""
    rows = Relation.objects.select_for_update(of=("self",)).select_related("source__issuer_unit", "target")
    row = rows.filter(pk=pk, withdrawn_at__isnull=True).first()
    on = today(at)
    posts = require(actor, Verb.ENTER, on)
    if row is None:
        raise Refused("not_found", gettext_noop("Không có quan hệ này."))
    if not reaches(posts, row.source.issuer_unit.uid if row.source.issuer_unit else "", on):
        raise forbidden()
    return row


def take_owed(pk: int, *, actor: str, at: datetime) -> Owed:
    """The locked owed document, for its holder's ministry and the Ministry of Justice. Refused as above."""
    posts = require(actor, Verb.ENTER, today(at))
    row = Owed.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có văn bản còn nợ này."))
    if not any(p.organ_kind in (JUSTICE, row.holder) for p in units.working(posts)):
        raise forbidden()
    return row


def take_problem(code: str, *, actor: str, verb: Verb, at: datetime) -> Problem:
    """The locked problem: its owner answers (the Ministry of Justice where none is known), its reporter withdraws.

    Refused `not_found`, `not_yours`.
    """
    posts = require(actor, verb, today(at))
    row = Problem.objects.select_for_update(of=("self",)).select_related("document").filter(code=code).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có vướng mắc này."))
    mine = (
        row.raised_by == actor
        if verb is Verb.REPORT
        else any(p.organ_kind == (row.owner or JUSTICE) for p in units.working(posts))
    )
    if not mine:
        raise forbidden()
    return row
