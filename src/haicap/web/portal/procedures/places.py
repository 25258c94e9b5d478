"""Nộp ở đâu: from my address, old or new, to the centres that receive the dossier and the organ that decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from haicap.domain.procedures import queries
from haicap.domain.procedures.queries import CompetentOrgan, Record
from haicap.domain.units import queries as units
from haicap.domain.units.addresses import Answer, Candidate
from haicap.domain.units.queries import OrganRow
from haicap.domain.units.timeline import Version

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """A unit the address may mean, with the centre that receives there."""

    uid: str
    unit: str
    province: str
    code: str
    centre: OrganRow | None
    competent: tuple[CompetentOrgan, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """The answer. status: unique | split | ambiguous | not_found."""

    status: str
    places: tuple[Place, ...]
    province_centre: OrganRow | None
    reason: str
    local: bool  # the province has rules of its own for this procedure


def record_and_answer(code: str, address: str, on: date) -> tuple[Record, Where | None]:
    """The record (as in the province of the address when that is certain) and where to go; None without an address.

    Refused as `queries.record`.
    """
    if not address:
        return queries.record(code, on), None
    answer = units.convert_address(address, on=on)
    candidates = answer.for_page
    province = _province(candidates, on)
    record = queries.record(code, on, province=province.uid if province else "")
    return record, _where(record, answer, candidates, province, on)


def _province(candidates: tuple[Candidate, ...], on: date) -> Version | None:
    """The province all candidates lie in; None when they lie in several."""
    register = units.register()
    found = {p.uid: p for c in candidates if (p := register.province_of(c.uid, on)) is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def _where(
    record: Record, answer: Answer, candidates: tuple[Candidate, ...], province: Version | None, on: date
) -> Where:
    centre = units.service_centre(province.uid, on) if province else None
    reason = gettext(answer.reason) % answer.reason_params if answer.reason else ""
    few = candidates[:8]  # a wider question is asked on the front page
    places = tuple(_place(record, candidate, len(few) == 1, on) for candidate in few)
    return Where(answer.status.value, places, centre, reason, record.instance is not None)


def _place(record: Record, candidate: Candidate, only: bool, on: date) -> Place:
    competent = queries.competent_organs(record, candidate.uid, on) if only else ()
    version = units.register().version(candidate.uid, on)
    code = version.code if version else ""
    return Place(
        candidate.uid,
        candidate.name,
        candidate.province,
        code,
        units.service_centre(candidate.uid, on),
        competent,
    )
