"""Cơ quan và người: organs of a unit on a day, posts, who holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.units.models import Appointment, Organ, Post
from haicap.domain.units.organs import KINDS, Role
from haicap.domain.units.organs import organs_of as by_rule
from haicap.domain.units.queries.register import register

AppointmentRow = Appointment  # the names doors know these rows by
PostRow = Post
CENTRES = ("commune_centre", "centre_branch", "province_centre")


@dataclass(frozen=True, slots=True)
class OrganRow:
    """Cơ quan vào một ngày: name as of the day, basis as printed, evidence with its note."""

    pk: int
    kind: str
    level: str
    name: str
    unit_uid: str
    basis: str
    evidence: str
    note: str


def _rows(organs: Iterable[Organ], on: date) -> list[OrganRow]:
    """Organs with the name they bear on the day."""
    known = register()
    names: dict[str, dict[str, str]] = {}
    found = []
    order = {code: n for n, code in enumerate(KINDS)}
    for organ in organs:
        uid = organ.unit.uid
        if uid not in names:
            version, province = known.version(uid, on), known.province_of(uid, on)
            specs = by_rule(version, province.code if province else "") if version else ()
            names[uid] = {s.kind.code: s.name for s in specs}
        kind = KINDS[organ.kind]
        name = organ.own_name or names[uid].get(organ.kind, kind.name.format(unit="").strip())
        found.append(
            OrganRow(organ.pk, organ.kind, kind.level, name, uid, kind.basis, kind.evidence, kind.note)
        )
    return sorted(found, key=lambda row: order[row.kind])


def organs_of(uid: str, on: date) -> tuple[OrganRow, ...]:
    """Organs of a unit on the day, in the order of the law; none before 1 July 2025."""
    organs = Organ.objects.filter(unit__uid=uid, valid__contains=on).select_related("unit")
    return tuple(_rows(organs, on))


def every_organ(on: date) -> dict[str, list[OrganRow]]:
    """All organs of the country on the day, by the uid of their unit. One statement: for loads."""
    found: dict[str, list[OrganRow]] = {}
    for row in _rows(Organ.objects.filter(valid__contains=on).select_related("unit"), on):
        found.setdefault(row.unit_uid, []).append(row)
    return found


def ministries(on: date) -> tuple[OrganRow, ...]:
    """Ministries and ministry-level agencies on the day."""
    return organs_of("vn", on)


def service_centre(uid: str, on: date) -> OrganRow | None:
    """The public-service centre (or branch point) of a unit on the day."""
    return next((row for row in organs_of(uid, on) if row.kind in CENTRES), None)


def organ(pk: int, on: date) -> OrganRow:
    """One organ under its name on the day; Refused `not_found`."""
    found = Organ.objects.filter(pk=pk).select_related("unit").first()
    if found is None:
        raise Refused("not_found", gettext_noop("Không có cơ quan này."))
    return _rows([found], on)[0]


def organs_named(pks: Iterable[int], on: date) -> dict[int, OrganRow]:
    """Organs by their keys, under their names on the day, also those that are no more. One statement."""
    rows = Organ.objects.filter(pk__in=list(pks)).select_related("unit")
    return {row.pk: row for row in _rows(rows, on)}


def posts_of(organ_pk: int) -> QuerySet[Post]:
    """Posts of an organ."""
    return Post.objects.filter(organ_id=organ_pk).order_by("pk")


def held_by(organ_pk: int, on: date | None = None) -> QuerySet[Appointment]:
    """Appointments to posts of an organ, newest first; with `on` only those of the day."""
    found = Appointment.objects.filter(post__organ_id=organ_pk).select_related("post", "officer")
    if on is not None:
        found = found.filter(valid__contains=on)
    return found.order_by("-valid", "pk")


def holders_of(post_pk: int) -> QuerySet[Appointment]:
    """Everybody who holds, held or will hold a post, newest first."""
    found = Appointment.objects.filter(post_id=post_pk).select_related("post", "officer")
    return found.order_by("-valid", "pk")


def appointments_of(user_id: int, on: date | None = None) -> QuerySet[Appointment]:
    """Posts a person holds or held."""
    found = Appointment.objects.filter(officer_id=user_id).select_related("post__organ__unit")
    if on is not None:
        found = found.filter(valid__contains=on)
    return found.order_by("-valid", "pk")


def appointment(pk: int) -> Appointment:
    """One appointment; Refused `not_found`."""
    found = Appointment.objects.filter(pk=pk).select_related("post__organ__unit", "officer").first()
    if found is None:
        raise Refused("not_found", gettext_noop("Không có quyết định bổ nhiệm này."))
    return found


def organs_in_units(uids: Iterable[str], on: date) -> int:
    """How many organs units have on the day: what ends with them."""
    return Organ.objects.filter(unit__uid__in=list(uids), valid__contains=on).count()


def appointments_in_units(uids: Iterable[str], since: date) -> QuerySet[Appointment]:
    """Appointments in organs of units that last beyond the day before `since`: what to settle before they end."""
    found = Appointment.objects.filter(post__organ__unit__uid__in=list(uids), valid__endswith__isnull=True)
    found |= Appointment.objects.filter(post__organ__unit__uid__in=list(uids), valid__endswith__gt=since)
    return found.select_related("post__organ__unit", "officer").order_by("post__organ_id", "post_id", "pk")


def without_head(on: date) -> list[tuple[str, str]]:
    """(kind of organ, uid of its unit) of organs in being on the day whose leading post nobody holds. One statement.

    Only organs with a leading post: where none was ever made nothing is known.
    """
    led = Appointment.objects.filter(
        post__organ=OuterRef("organ"), post__role__in=[Role.LEADER, Role.DEPUTY], valid__contains=on
    )
    rows = Post.objects.filter(role=Role.LEADER, organ__valid__contains=on).exclude(Exists(led))
    return sorted(set(rows.values_list("organ__kind", "organ__unit__uid")))
