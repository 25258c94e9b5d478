"""Thủ tục thực hiện thẩm quyền nào: in memory beside the catalogue; who the catalogue publishes as its holder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from haicap.base.kept import Kept
from haicap.base.text import fold
from haicap.domain.law.states import Evidence
from haicap.domain.powers.conditions import Choice, Interval, parse
from haicap.domain.powers.queries import Published
from haicap.domain.powers.states import Role
from haicap.domain.procedures.catalogue import Entry
from haicap.domain.procedures.models import CatalogueHead, Procedure
from haicap.domain.procedures.queries.catalogue import catalogue, loaded

_EXERCISES = """
SELECT p.code, w.code, e.role, e.condition, e.evidence, e.source, e.note
FROM procedures_exercise e JOIN procedures_procedure p ON p.id = e.procedure_id JOIN powers_power w ON w.id = e.power_id
WHERE %s = '' OR p.code = %s
ORDER BY p.code, e.role, w.code, e.condition
"""
_COMPETENT = """
SELECT v.id, coalesce(o.value->>'organ', '')
FROM procedures_procedureversion v CROSS JOIN LATERAL jsonb_array_elements(v.content->'competent') AS o(value)
WHERE v.id = ANY(%s) AND jsonb_typeof(v.content->'competent') = 'array'
"""


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """A procedure (code) exercises a power (code) in a role, in the cases of `condition` ("" every case)."""

    code: str
    power: str
    role: Role
    condition: str
    evidence: Evidence
    source: str
    note: str

    @property
    def case(self) -> dict[str, int | str]:
        """What the condition settles of the case: attributes it leaves one value."""
        found: dict[str, int | str] = {}
        for term in parse(self.condition).terms:
            if isinstance(term.of, Choice) and len(term.of.values) == 1:
                found[term.attribute] = term.of.values[0]
            elif isinstance(term.of, Interval) and term.of.lo is not None and term.of.hi == term.of.lo + 1:
                found[term.attribute] = term.of.lo
        return found


@dataclass(frozen=True, slots=True)
class Exercises:
    """Every line, by procedure and by power."""

    by_code: Mapping[str, Sequence[ExerciseRow]]
    by_power: Mapping[str, Sequence[ExerciseRow]]


def _rows(code: str = "") -> Iterator[ExerciseRow]:
    with connection.cursor() as cursor:
        cursor.execute(_EXERCISES, [code, code])
        for r in cursor.fetchall():
            yield ExerciseRow(r[0], r[1], Role(r[2]), r[3], Evidence(r[4]), r[5], r[6])


def _read(_: Hashable) -> Exercises:
    by_code: dict[str, list[ExerciseRow]] = defaultdict(list)
    by_power: dict[str, list[ExerciseRow]] = defaultdict(list)
    for row in _rows():
        by_code[row.code].append(row)
        by_power[row.power].append(row)
    return Exercises(dict(by_code), dict(by_power))


_held: Kept[Exercises] = Kept(lambda: catalogue().generation, _read, always=True)


def powers_loaded() -> bool:
    """Whether the packaged list came in once. One small statement."""
    return CatalogueHead.objects.filter(powers_loaded=True).exists()


def power_of(code: str) -> Sequence[ExerciseRow]:
    """Powers a procedure exercises (national code); who decides first. Memory, no statement."""
    return _in_order(_held().by_code.get(code[:8], ()))


def powers_said(code: str) -> Sequence[ExerciseRow]:
    """The same as the database has it at this instant, for the page on which it is said. One statement."""
    return _in_order(_rows(code[:8]))


def _in_order(rows: Iterable[ExerciseRow]) -> list[ExerciseRow]:
    return sorted(rows, key=lambda r: list(Role).index(r.role))


def exercising(power: str) -> Sequence[ExerciseRow]:
    """Procedures that exercise a power. Memory, no statement."""
    return _held().by_power.get(power, ())


def owner_of(code: str) -> str:
    """The ministry a procedure belongs to; "" while nobody published it here. One small statement."""
    return Procedure.objects.filter(code=code[:8]).values_list("owner", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class Without:
    """Procedures in force on the day that name no power, and how many are in force at all."""

    entries: Sequence[Entry]
    in_force: int


def without_power(on: date, *, text: str = "", field: str = "", level: str = "") -> Without:
    """Procedures that say nothing of the power they exercise, by field and name; words with marks or without."""
    named, words = _held().by_code, fold(text).split()
    here = catalogue().in_force(on)
    found = [
        e
        for e in here
        if e.code not in named
        and field in ("", e.field)
        and (not level or level in [v.value for v in e.levels])
        and all(word in fold(f"{e.code} {e.name} {e.field}") for word in words)
    ]
    return Without(sorted(found, key=lambda e: (fold(e.field), e.sort_key, e.code)), len(here))


def published(on: date) -> Iterator[Published]:
    """What the catalogue publishes of the holders of powers on a day, for the detectors. One statement.

    A procedure with an organ the platform does not know among its own says nothing: it may be the one of the law.
    """
    if not loaded():
        return
    known = catalogue()
    entries = {code: e for code in _held().by_code if (e := known.at(code, on))}
    organs = _organs(e.pk for e in entries.values())
    for code, entry in entries.items():
        kinds = organs.get(entry.pk, ())
        for row in _held().by_code[code]:
            yield Published(
                code, entry.name, row.power, row.role, () if "" in kinds else tuple(kinds), row.case
            )


def _organs(pks: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_COMPETENT, [list(pks)])
        for pk, kind in cursor.fetchall():
            found[pk].append(kind)
    return found
