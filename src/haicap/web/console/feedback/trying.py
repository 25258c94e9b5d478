"""Thử phân luồng: a matter in the address of a page, and where it would go."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from haicap.base.refused import Refused
from haicap.domain.feedback import queries
from haicap.domain.feedback.queries import systems
from haicap.domain.feedback.queries.systems import SystemLine
from haicap.domain.feedback.states import Kind
from haicap.domain.law import queries as law
from haicap.domain.procedures import queries as procedures
from haicap.kernel.accounts import queries as accounts
from haicap.web.common import refusals
from haicap.web.common.feedback import words
from haicap.web.common.powers import place
from haicap.web.console import frame


@dataclasses.dataclass(frozen=True, slots=True)
class Tried:
    """A question about the table and its answer; `organ` "" while nothing was asked or it cannot be answered.

    rule     code of the line that decided, "last" when none fitted
    passed   (code of the line, kind of organ in words) that did not exist there on the day
    force    name of the standing unit on duty there, officers who would get the ticket
    """

    kind: str
    place: place.Asked
    procedure: str = ""
    document: str = ""
    field: str = ""
    system: str = ""
    errors: Mapping[str, str] = dataclasses.field(default_factory=dict)
    organ: str = ""
    rule: str = ""
    passed: Sequence[tuple[str, str]] = ()
    known_field: str = ""
    force: str = ""
    officers: Sequence[str] = ()


def systems_of(on: date) -> list[SystemLine]:
    """Systems that may be named."""
    return systems.systems(on)


def tried(request: HttpRequest) -> Tried:
    """What the address asks, answered when a kind is named."""
    asked: dict[str, Any] = {
        name: frame.word(request, key, most)
        for name, key, most in (
            ("procedure", "thu-tuc", 20), ("document", "van-ban", 120), ("field", "linh-vuc", 100), ("system", "he-thong", 60),
        )
    }  # fmt: skip
    kind = frame.word(request, "loai", 20)
    where = place.asked(request)
    if kind not in set(Kind):
        return Tried("", where, **asked)
    slug, errors = _judged(asked, where)
    if not errors and not where.options:
        try:
            return _answered(Kind(kind), where, asked, slug)
        except Refused as refused:
            errors = {"": refusals.sentence(refused)}
    return Tried(kind, where, **asked, errors=errors)


def _judged(asked: Mapping[str, str], where: place.Asked) -> tuple[str, dict[str, str]]:
    """Slug of the document meant, and what is wrong by field."""
    errors = {name: word for name, word in (("noi", where.error), ("ngay", where.day_error)) if word}
    slug = ""
    if asked["document"]:
        found = law.corpus().numbered(asked["document"])
        if len(found) == 1:
            slug = found[0].slug
        else:
            errors["document"] = gettext("Sổ không có, hoặc có nhiều hơn một văn bản mang số này.")
    if asked["procedure"] and not procedures.catalogue().history(asked["procedure"]):
        errors["procedure"] = gettext("Danh mục không có thủ tục mang mã này.")
    return slug, errors


def _answered(kind: Kind, where: place.Asked, asked: Mapping[str, Any], slug: str) -> Tried:
    system = systems.system(asked["system"]) if asked["system"] else None
    subject = queries.Subject(
        kind, where.uid, asked["procedure"], slug, asked["field"], system.owner if system else "",
        system.unit_uid if system else "",
    )  # fmt: skip
    on = where.on
    queries.tables.now()  # what the officer just changed is there
    routed = queries.routed(subject, on)
    known = asked["field"] or queries.field_of(asked["procedure"], on)
    force, here = queries.tables().on_duty(routed.desk.pk, known, on)
    names = accounts.display_names(set(here))
    return Tried(
        kind.value, where, **asked, organ=routed.desk.name, rule=routed.rule, known_field=known,
        passed=[(t.rule, words.receiver(t.kind)) for t in routed.tried], force=force.name if force else "",
        officers=[names.get(one, one) for one in here],
    )  # fmt: skip
