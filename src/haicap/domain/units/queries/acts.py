"""Văn bản: lists, one act, its lines, what it would change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from django.db.models import Case, Q, QuerySet, When

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.units.models import Act, ActLine, UnitVersion
from haicap.domain.units.queries.register import read_edges, read_versions, register
from haicap.domain.units.rearrangement import Finding, Line, Order, Plan, check, plan
from haicap.domain.units.states import ActState
from haicap.domain.units.timeline import Edge, Register, Version

ActRow = Act  # the name doors know a row by
_LINE = "n from_code relation area_share people_share to_code to_kind to_name to_parent_code clause".split()
# The map as if an act had never been: what it made is left out, what it superseded is believed again.
_WITHOUT = "((v.superseded_at IS NULL AND v.made_by_id IS DISTINCT FROM %s) OR v.superseded_by_id = %s)"
_EDGES_WITHOUT = "(l.superseded_at IS NULL AND l.made_by_id IS DISTINCT FROM %s)"


def acts(
    *,
    visible: Q,
    text: str = "",
    state: str = "",
    year: int | None = None,
    province: tuple[str, str] | None = None,
) -> QuerySet[Act]:
    """Acts an officer sees (`visible` from policy.visible_to), newest effect first.

    province: (uid, code) of a province; only acts that made facts in it, and drafts with lines that lead into it.
    """
    found = Act.objects.filter(visible)
    if text:
        found = found.filter(Q(number__icontains=text) | Q(title__icontains=text) | Q(issuer__icontains=text))
    if state:
        found = found.filter(state=state)
    if year:
        found = found.filter(effective_on__year=year)
    if province:
        uid, code = province
        facts = UnitVersion.objects.filter(Q(unit__uid=uid) | Q(parent__uid=uid), act__isnull=False)
        lines = ActLine.objects.filter(Q(to_parent_code=code) | Q(to_code=code))
        found = found.filter(Q(pk__in=facts.values("act")) | Q(pk__in=lines.values("act")))
    return found.order_by("-effective_on", "number", "pk")


def parents_touched(pks: Sequence[int]) -> dict[int, frozenset[str]]:
    """Act → uids of provinces it made facts of, and of the units above such communes (districts until June 2025)."""
    facts = UnitVersion.objects.filter(
        act__in=pks, tier__in=["commune", "province"], superseded_at__isnull=True
    )
    above = Case(When(tier="province", then="unit__uid"), default="parent__uid")
    found: dict[int, set[str]] = defaultdict(set)
    for act_id, uid in facts.values_list("act_id", above).distinct():
        found[act_id].add(uid)
    return {act_id: frozenset(uids) for act_id, uids in found.items()}


def act(pk: int, *, visible: Q) -> Act:
    """One act; Refused `not_found` when there is none the officer sees."""
    found = Act.objects.filter(visible, pk=pk).select_related("corrects").first()
    if found is None:
        raise Refused("not_found", gettext_noop("Không có văn bản này."))
    return found


def lines_of(pk: int) -> tuple[Line, ...]:
    """Lines of an act in order."""
    return tuple(Line(*row) for row in ActLine.objects.filter(act_id=pk).order_by("n").values_list(*_LINE))


def open_correction(pk: int) -> Act | None:
    """The draft that corrects an act, when there is one."""
    return Act.objects.filter(corrects_id=pk, state=ActState.DRAFT).first()


def corrected_by(pk: int) -> Act | None:
    """The act that corrected this one, when it is recorded."""
    return Act.objects.filter(corrects_id=pk, state=ActState.ENACTED).first()


def order_of(found: Act) -> Order:
    """The act as a value with its lines."""
    return Order(found.number, found.effective_on, lines_of(found.pk))


def register_before(found: Act) -> Register:
    """The map an act changes: today's belief, without the act it corrects."""
    if found.corrects_id is None:
        return register_now()
    wrong = found.corrects_id
    return Register(read_versions(_WITHOUT, [wrong, wrong]), read_edges(_EDGES_WITHOUT, [wrong]))


def map_before(found: Act) -> Register:
    """The same for pages: the register in memory (at most a second old). Verbs ask `register_before`."""
    known = register()
    return known if found.corrects_id is None else _without(int(found.corrects_id), known.generation)


@lru_cache(maxsize=2)
def _without(wrong: int, generation: int) -> Register:
    """The map without an act; `generation` makes it new whenever the register changes."""
    return Register(read_versions(_WITHOUT, [wrong, wrong]), read_edges(_EDGES_WITHOUT, [wrong]), generation)


def register_now() -> Register:
    """The register read afresh, for a verb that holds its lock."""
    return Register(read_versions(), read_edges())


def check_of(found: Act) -> tuple[tuple[Finding, ...], Plan | None]:
    """(findings, plan) of a draft: the plan only when there is nothing to mend."""
    order, before = order_of(found), map_before(found)
    if not order.lines and found.corrects_id is not None:
        return (), plan(order, before)
    findings = check(order, before)
    return findings, None if findings else plan(order, before)


def act_changes(found: Act) -> tuple[tuple[Edge, ...], tuple[Version, ...]]:
    """(edges, versions) that rest on an act in today's register, also for acts of the initial load."""
    edges = tuple(read_edges("l.superseded_at IS NULL AND l.act_id = %s", [found.pk]))
    versions = tuple(read_versions("v.superseded_at IS NULL AND v.act_id = %s", [found.pk]))
    return edges, versions
