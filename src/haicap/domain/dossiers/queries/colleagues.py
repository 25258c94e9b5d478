"""Đồng nghiệp: who holds a post in the house that works on a dossier, on a day. One statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from haicap.domain.dossiers.policy import CENTRES, COMMUNE_WORK, LEADERS, PROVINCE_WORK

MOST = 300
_HOLDERS = """
SELECT w.public_id::text, w.display_name, p.title, p.role FROM units_organ o
JOIN units_post p ON p.organ_id = o.id JOIN units_appointment a ON a.post_id = p.id JOIN accounts_user w ON w.id = a.officer_id
WHERE {organs} AND p.role <> 'reception' AND o.valid @> %s::date AND a.valid @> %s::date AND w.is_active
ORDER BY p.role IN ('leader', 'deputy'), w.display_name, p.id LIMIT %s
"""
_OF_HOUSE = _HOLDERS.format(organs="(o.unit_id = %s AND o.kind = ANY(%s) OR o.id = %s)")
_OF_ORGAN = _HOLDERS.format(organs="o.id = %s")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who holds a post on the day: opaque id, name, title, whether they lead."""

    actor: str
    name: str
    title: str
    leads: bool


def at_work(organ_kind: str, unit_id: int, organ_id: int | None, on: date) -> list[Colleague]:
    """Who may work on a dossier of an organ: those of its house, receptions not; leaders last.

    organ_id None: an organ unknown to the platform, whose people sit at the centre of the unit.
    """
    house = next((h for h in (COMMUNE_WORK, PROVINCE_WORK) if organ_kind in h), ())
    kinds = list(house if organ_id is not None or house else CENTRES)
    return _read(_OF_HOUSE, [unit_id, kinds, organ_id, on, on, MOST])


def leading(organ: int, on: date) -> list[Colleague]:
    """Leaders and deputies of one organ."""
    return [c for c in _read(_OF_ORGAN, [organ, on, on, MOST]) if c.leads]


def _read(sql: str, values: Sequence[Any]) -> list[Colleague]:
    found: dict[str, Colleague] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        for actor, name, title, role in cursor.fetchall():
            found.setdefault(actor, Colleague(actor, name, title, role in LEADERS))
    return list(found.values())
