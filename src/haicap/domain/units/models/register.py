"""Sổ đăng ký: units, their versions over time, lineage, other spellings.

Rows are never edited: a fact that no longer holds is marked superseded, once, and a new row says what holds.
So both times stay answerable: `valid` (when it holds) and recorded_at/superseded_at (when it was believed).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from haicap.domain.units.models.acts import Act
from haicap.domain.units.models.ranges import Same, SameText
from haicap.domain.units.timeline import CONFIRMED, TIERS, UNCONFIRMED

BELIEVED = Q(superseded_at__isnull=True)
EVIDENCE = Q(evidence__in=[CONFIRMED, UNCONFIRMED])


class Unit(models.Model):
    """Đơn vị hành chính: the stable identity. A code without a date is not an identity."""

    id = models.BigAutoField(primary_key=True)
    uid = models.TextField(unique=True)

    def __str__(self) -> str:
        return self.uid


class UnitVersion(models.Model):
    """Phiên bản: name, code, kind and parent of a unit on the days of `valid`."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    tier = models.TextField()
    kind = models.TextField()
    name = models.TextField()
    short_name = models.TextField()
    sort_key = models.TextField()
    code = models.TextField(blank=True)  # 2, 3 or 5 digits; empty only for an area that is no unit
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    valid = DateRangeField()
    act = models.ForeignKey(
        Act, on_delete=models.PROTECT, related_name="+", null=True
    )  # the law that started it
    clause = models.TextField(blank=True)
    evidence = models.TextField()
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(
        Act, on_delete=models.PROTECT, related_name="+", null=True
    )  # null: initial load
    recorded_at = models.DateTimeField()
    superseded_by = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+", null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="unit_one_version_a_day",
                expressions=[(Same("unit_id"), RangeOperators.OVERLAPS), ("valid", RangeOperators.OVERLAPS)],
                condition=BELIEVED,
            ),
            ExclusionConstraint(
                name="unit_one_holder_of_a_code",
                expressions=[(SameText("code"), RangeOperators.OVERLAPS), ("valid", RangeOperators.OVERLAPS)],
                condition=BELIEVED & ~Q(code=""),
            ),
            models.CheckConstraint(condition=Q(tier__in=TIERS), name="unit_tier"),
            models.CheckConstraint(
                condition=Q(tier="nation", code="VN", parent__isnull=True)
                | Q(tier="province", code__regex=r"^\d{2}$", parent__isnull=False)
                | Q(tier="district", code__regex=r"^\d{3}$", parent__isnull=False)
                | Q(tier="commune", code__regex=r"^\d{5}$", parent__isnull=False)
                | Q(tier="area", code="", parent__isnull=False),
                name="unit_code_fits_tier",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(short_name="") & ~Q(kind=""), name="unit_named"
            ),
            models.CheckConstraint(condition=EVIDENCE, name="unit_evidence"),
            models.CheckConstraint(  # a fact without its act says so, with its source
                condition=Q(act__isnull=False) | ~Q(note=""), name="unit_act_or_source"
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="unit_valid_not_empty"),
        ]
        indexes: ClassVar = [models.Index(fields=["parent"], name="unit_children", condition=BELIEVED)]

    def __str__(self) -> str:
        return f"{self.name} {self.valid}"


class Lineage(models.Model):
    """Quan hệ kế thừa: what of one unit went to another, on a day, by a clause."""

    id = models.BigAutoField(primary_key=True)
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="leaving")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="arriving")
    effective_on = models.DateField()
    relation = models.TextField()
    area_share = models.TextField()
    people_share = models.TextField()
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+", null=True)
    clause = models.TextField(blank=True)
    evidence = models.TextField()
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField()
    superseded_by = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+", null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["from_unit", "to_unit", "effective_on"], condition=BELIEVED, name="lineage_once"
            ),
            models.CheckConstraint(
                condition=Q(relation__in=["whole", "part", "rest"]) & ~Q(from_unit=models.F("to_unit"))
                | Q(relation__in=["kept", "renamed", "kind_changed"]) & Q(from_unit=models.F("to_unit")),
                name="lineage_relation",
            ),
            models.CheckConstraint(condition=Q(area_share__in=["all", "part", "none"]), name="lineage_area"),
            models.CheckConstraint(
                condition=Q(people_share__in=["all", "part", "none", "unknown"]), name="lineage_people"
            ),
            models.CheckConstraint(condition=EVIDENCE, name="lineage_evidence"),
            models.CheckConstraint(  # the reform itself is cited clause by clause
                condition=~Q(effective_on="2025-07-01") | (Q(act__isnull=False) & ~Q(clause="")),
                name="lineage_reform_cited",
            ),
            models.CheckConstraint(
                condition=Q(act__isnull=False) | ~Q(note=""), name="lineage_act_or_source"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["act"], name="lineage_of_act")]

    def __str__(self) -> str:
        return f"{self.from_unit_id} → {self.to_unit_id} {self.effective_on}"


class Alias(models.Model):
    """Tên khác: former name, abbreviation or variant spelling of a unit; helps to read addresses."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="aliases")
    alias = models.TextField()
    kind = models.TextField()
    valid_hint = models.TextField(blank=True)  # "đến DATE" when the end is known
    evidence = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "alias", "kind"], name="alias_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["former_name", "abbreviation", "variant"]), name="alias_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alias} = {self.unit_id}"


class RegisterHead(models.Model):
    """Đầu sổ: one row. Whoever changes the register locks it; `generation` tells readers that it changed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    generation = models.PositiveBigIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="register_one_head")]

    def __str__(self) -> str:
        return f"generation {self.generation}"
