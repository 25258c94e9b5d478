"""Nạp sổ đăng ký: the packaged facts become the first state of the register, as one act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from haicap.base.dates import Span
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.units import events
from haicap.domain.units.actions import rows
from haicap.domain.units.models import Act
from haicap.domain.units.organs import organs_of, two_tier_days
from haicap.domain.units.states import ActState
from haicap.domain.units.timeline import Edge, Register, Version
from haicap.domain.units.timeline.packaged import edge_of, version_of
from haicap.domain.units.timeline.rows import AliasRow, EdgeRow, VersionRow
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.chain import Head

STREAM = "units.register:1"
_ISSUERS = (
    ("/QH", "Quốc hội"),
    ("/NQ-UBTVQH", "Ủy ban Thường vụ Quốc hội"),
    ("/UBTVQH", "Ủy ban Thường vụ Quốc hội"),
    ("/NĐ-CP", "Chính phủ"),
    ("/NQ-CP", "Chính phủ"),
)


def issuer_of(number: str) -> str:
    """The issuer a number of an act names by its letters; empty when it names none."""
    return next((issuer for letters, issuer in _ISSUERS if letters in number), "")


def _acts(facts: Iterable[tuple[str, date | None]]) -> dict[str, int]:
    """Acts named by the facts, by number; each takes effect on the first day it is named for."""
    days: dict[str, date] = {}
    for number, day in facts:
        if number and day:
            days[number] = min(day, days.get(number, day))
    made = [
        Act(number=n, issuer=issuer_of(n), effective_on=d, state=ActState.ENACTED, packaged=True, version=1)
        for n, d in sorted(days.items())
    ]
    return {act.number: act.pk for act in Act.objects.bulk_create(made)}


def organ_days(versions: Iterable[Version], register: Register) -> list[tuple[str, str, Span]]:
    """Organs of versions by rule: (uid, kind, days), an organ that lives through several versions once."""
    found: dict[tuple[str, str], Span] = {}
    for version in versions:
        days = two_tier_days(version.span)
        if days is None or days.start is None:
            continue
        province = register.province_of(version.uid, days.start)
        for spec in organs_of(version, province.code if province else ""):
            key = (version.uid, spec.kind.code)
            found[key] = Span(found[key].start if key in found else days.start, days.end)
    return [(uid, kind, span) for (uid, kind), span in found.items()]


@action
def load_register(
    *,
    actor: str,
    at: datetime,
    versions: Sequence[VersionRow],
    edges: Sequence[EdgeRow],
    aliases: Sequence[AliasRow],
    source: str,
) -> int:
    """Load an empty register whole; the number of versions. One event; about 3 s.

    Refused `already_loaded` when there is one: later changes are acts.
    """
    head = rows.lock_head()
    if head.version:
        raise Refused(
            "already_loaded", gettext_noop("Sổ đăng ký đã được nạp. Thay đổi về sau được nhập bằng văn bản.")
        )
    facts = [version_of(v) for v in versions]
    links = [edge_of(e) for e in edges]
    register = Register(facts, links)
    acts = _acts([(v.act, v.valid_from) for v in versions] + [(e.act, e.effective_on) for e in edges])
    units = rows.unit_ids(v.uid for v in facts)
    _write(facts, links, units=units, acts=acts, at=at)
    rows.copy("units_alias", ["unit_id", "alias", "kind", "valid_hint", "evidence"], _aliases(aliases, units))
    organs = rows.insert_organs(organ_days(facts, register), units=units, made_by=None)
    counted: dict[str, object] = {
        "versions": len(facts), "edges": len(links), "aliases": len(aliases), "organs": organs, "source": source,
    }  # fmt: skip
    end = record(stream=STREAM, head=Head(), kind=events.REGISTER_LOADED, at=at, actor=actor, data=counted)
    head.generation, head.version, head.head = 1, end.version, end.hash
    head.save(update_fields=["generation", "version", "head"])
    rows.analyse()
    return len(facts)


def _write(
    facts: Sequence[Version], links: Sequence[Edge], *, units: rows.UnitIds, acts: rows.ActIds, at: datetime
) -> None:
    rows.insert_versions(facts, units=units, acts=acts, made_by=None, at=at)
    rows.insert_edges(links, units=units, acts=acts, made_by=None, at=at)


def _aliases(aliases: Sequence[AliasRow], units: rows.UnitIds) -> Iterable[tuple[object, ...]]:
    once = {(a.of_uid, a.alias, a.kind): a for a in aliases if a.of_uid in units}
    return [(units[a.of_uid], a.alias, a.kind, a.valid_hint, a.evidence) for a in once.values()]
