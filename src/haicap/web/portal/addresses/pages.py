"""Từ câu trả lời tới trang: what the page says about an answer of the address engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from haicap.domain.units.addresses import Answer, Candidate, Reading, Status
from haicap.domain.units.timeline import HORIZON, Register, Version
from haicap.web.common.drawings import Map
from haicap.web.common.maps import BEFORE_REFORM, province_map
from haicap.web.portal.addresses.nearest import nearest
from haicap.web.portal.links import unit_href, version_href

FEW = 4  # former names shown on a card; the rest is on the unit's page


@dataclass(frozen=True, slots=True)
class Place:
    """One unit an address may lead to."""

    candidate: Candidate
    version: Version
    href: str
    before: tuple[str, ...]
    more_before: int


@dataclass(frozen=True, slots=True)
class Group:
    """Places of one reading: the unit of today of that name (`old` empty), or what an old unit became."""

    old: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A name that looks like what was typed."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the page needs about one answer."""

    answer: Answer
    status: str
    places: tuple[Place, ...]
    groups: tuple[Group, ...]
    map: Map | None
    near: tuple[Near, ...]
    reason: str

    @property
    def corrected(self) -> tuple[Reading, ...]:
        """Words that were not the official spelling."""
        return tuple(reading for reading in self.answer.readings if reading.corrected)


def _place(
    register: Register, candidate: Candidate, on: date, today: date, legacy: dict[str, str]
) -> Place | None:
    version = register.version(candidate.uid, on)
    if version is None:
        return None
    read = [legacy[uid] for uid in candidate.from_uids if uid in legacy and uid != candidate.uid]
    names = read or _former(register, candidate.uid, on)
    return Place(
        candidate, version, unit_href(version.code, on, today), tuple(names[:FEW]), max(0, len(names) - FEW)
    )


def _former(register: Register, uid: str, on: date) -> list[str]:
    """Names before the reform of 1 July 2025 of a unit of after it."""
    if on <= BEFORE_REFORM:
        return []
    return [register.title(fate.version.uid, BEFORE_REFORM) for fate in register.origins(uid, BEFORE_REFORM)]


def _last_title(register: Register, uid: str, on: date) -> str:
    """The full name of a unit on the day, or on its last day when it has ended."""
    if register.version(uid, on):
        return register.title(uid, on)
    ends = [v.span.end for v in register.versions(uid) if v.span.end is not None]
    return register.title(uid, max(ends) - timedelta(days=1)) if ends else ""


def _groups(answer: Answer, places: Sequence[Place], legacy: dict[str, str]) -> tuple[Group, ...]:
    groups = [Group("", tuple(p for p in places if p.candidate.current))]
    for uid, title in legacy.items():
        # A unit that merely goes on is already shown as today's.
        mine = tuple(p for p in places if uid in p.candidate.from_uids and uid != p.candidate.uid)
        groups.append(Group(title, mine))
    return tuple(group for group in groups if group.places)


def _near(register: Register, text: str, on: date, today: date) -> tuple[Near, ...]:
    if on < HORIZON:
        return ()
    found = []
    for version in nearest(register, text, on):
        day = on if on in version.span else BEFORE_REFORM
        found.append(Near(register.title(version.uid, day), version_href(version, today)))
    return tuple(found)


def shown(register: Register, text: str, answer: Answer, on: date, today: date) -> Shown:
    """The answer with names, links and the map."""
    legacy = {uid: _last_title(register, uid, min(on, BEFORE_REFORM)) for uid in answer.legacy_uids}
    made = (_place(register, c, on, today, legacy) for c in answer.for_page)
    places = tuple(p for p in made if p is not None)
    provinces = {p.uid for place in places if (p := register.province_of(place.version.uid, on))}
    lost = answer.status is Status.NOT_FOUND
    reason = gettext(answer.reason) % answer.reason_params if answer.reason else ""
    return Shown(
        answer=answer,
        status=answer.status.value,
        places=places,
        groups=_groups(answer, places, legacy),
        map=province_map(register, on, here=provinces) if places else None,
        near=_near(register, text, on, today) if lost else (),
        reason=reason,
    )
