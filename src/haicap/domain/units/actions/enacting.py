"""Ghi kết quả của văn bản: rows superseded and opened. Part of enact_act; joins its transaction and event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.units.actions import rows
from haicap.domain.units.actions.loading import organ_days
from haicap.domain.units.models import Act, Lineage, Organ, Post, UnitVersion
from haicap.domain.units.rearrangement import Plan
from haicap.domain.units.timeline import Register, Version

_FACTS = "unit_id, tier, kind, name, short_name, sort_key, code, parent_id"
_SOURCE = "act_id, clause, evidence, note"
# What is cut: the open row is no longer believed, and a copy says it holds until the day of effect.
_CUT = f"""
WITH cut AS (
  UPDATE units_unitversion SET superseded_by_id = %(act)s, superseded_at = %(at)s
  WHERE unit_id = ANY(%(units)s) AND superseded_at IS NULL AND upper_inf(valid) RETURNING *
)
INSERT INTO units_unitversion ({_FACTS}, valid, {_SOURCE}, made_by_id, recorded_at)
SELECT {_FACTS}, daterange(lower(valid), %(day)s), {_SOURCE}, %(act)s, %(at)s FROM cut
"""
# What comes back when an act is corrected: the rows it had superseded hold again, as new beliefs.
_REOPEN = f"""
INSERT INTO units_unitversion ({_FACTS}, valid, {_SOURCE}, made_by_id, recorded_at)
SELECT {_FACTS}, valid, {_SOURCE}, made_by_id, %(at)s FROM units_unitversion WHERE superseded_by_id = %(act)s
"""


def _run(sql: str, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def write_plan(result: Plan, *, act: Act, register: Register, at: datetime) -> None:
    """Supersede what is cut, write what holds instead and what is new, with organs."""
    opened = result.opened
    uids = {v.uid for v in opened} | {v.parent_uid for v in opened} | {v.uid for v, _ in result.closed}
    units = rows.unit_ids(uids)
    acts = {act.number: act.pk}
    _run(_CUT, act=act.pk, at=at, day=act.effective_on, units=[units[v.uid] for v, _ in result.closed])
    rows.insert_versions(opened, units=units, acts=acts, made_by=act.pk, at=at)
    rows.insert_edges(result.edges, units=units, acts=acts, made_by=act.pk, at=at)
    _end_organs(result.ended, act=act, units=units)
    _open_organs(opened, act=act, register=register, units=units)


def _end_organs(ended: Iterable[Version], *, act: Act, units: rows.UnitIds) -> None:
    _run(
        "UPDATE units_organ SET valid = daterange(lower(valid), %(day)s), ended_by_id = %(act)s "
        "WHERE unit_id = ANY(%(units)s) AND upper_inf(valid)",
        day=act.effective_on, act=act.pk, units=[units[v.uid] for v in ended],
    )  # fmt: skip


def _open_organs(opened: Iterable[Version], *, act: Act, register: Register, units: rows.UnitIds) -> None:
    """Organs by rule for what is new; an organ the unit already has goes on."""
    after = Register([*register.every(), *opened], ())
    wanted = organ_days(opened, after)
    has = set(Organ.objects.filter(unit_id__in=units.values()).values_list("unit__uid", "kind"))
    rows.insert_organs([o for o in wanted if o[:2] not in has], units=units, made_by=act.pk)


def retract(wrong: Act, *, by: Act, at: datetime) -> None:
    """Take back everything an act did. Refused `built_upon` when later acts or posts rest on it."""
    made = UnitVersion.objects.filter(made_by=wrong)
    later = made.filter(superseded_at__isnull=False).exclude(superseded_by=wrong).first()
    if later is not None:
        raise Refused(
            "built_upon",
            gettext_noop("%(name)s đã được văn bản khác thay đổi tiếp. Xin đính chính văn bản sau trước."),
            params={"name": later.name},
        )
    if Post.objects.filter(organ__made_by=wrong).exists():
        raise Refused(
            "built_upon",
            gettext_noop(
                "Cơ quan của đơn vị mới đã có vị trí. Xin chuyển các vị trí này trước khi đính chính."
            ),
        )
    rows.supersede("units_unitversion", list(made.values_list("pk", flat=True)), by=by.pk, at=at)
    edges = Lineage.objects.filter(made_by=wrong, superseded_at__isnull=True)
    rows.supersede("units_lineage", list(edges.values_list("pk", flat=True)), by=by.pk, at=at)
    _run(_REOPEN, act=wrong.pk, at=at)
    Organ.objects.filter(made_by=wrong).delete()
    _run("UPDATE units_organ SET valid = daterange(lower(valid), NULL), ended_by_id = NULL WHERE ended_by_id = %(act)s",
         act=wrong.pk)  # fmt: skip
