"""Diễn tập: a table judged row by row as it would be entered, then reckoned with; and the register as such a table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.domain.law import queries as law
from haicap.domain.law.formats.cells import reference
from haicap.domain.powers import policy, rules
from haicap.domain.powers.conditions import parse, written
from haicap.domain.powers.formats.cells import ASSERTIONS, POWERS
from haicap.domain.powers.formats.problems import Problem
from haicap.domain.powers.formats.rows import AssertionLine, PowerLine
from haicap.domain.powers.queries import judging
from haicap.domain.powers.queries.drafting import DryRun, dry_run
from haicap.domain.powers.queries.register import AssertionRow, PowerRow, Register, register
from haicap.domain.powers.states import Level, Mode
from haicap.domain.units import queries as units

Numbered = Sequence[tuple[int, AssertionLine]]
NumberedPowers = Sequence[tuple[int, PowerLine]]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What entering a table would do: every row that would be refused, or what would change.

    rows  assertions as they would stand; those without a code of their own bear "#" and their line
    """

    problems: tuple[Problem, ...]
    new_powers: int
    rows: tuple[AssertionRow, ...]
    run: DryRun | None

    @property
    def new_assertions(self) -> int:
        """How many assertions the table has."""
        return len(self.rows)


def rehearse(
    powers: NumberedPowers, assertions: Numbered, *, actor: str = "", at: datetime, correcting: bool = False
) -> Rehearsal:
    """Judge all rows (with their lines in the file) as `actions.enter` would, and reckon when none is refused.

    actor       whose right to enter each row is judged too; "" for nobody in particular
    correcting  a row with the code of a believed assertion takes its place
    """
    judge = _Judge(actor, at, correcting)
    judge.take_powers(powers)
    rows = judge.take(assertions)
    if not judge.problems:
        judge.check_chains(rows)
    run = None
    if not judge.problems:
        run = dry_run([row for _, row in rows], judge.fresh)
    return Rehearsal(tuple(judge.problems), len(judge.fresh), tuple(row for _, row in rows), run)


class _Judge:
    """Rows judged one by one; what is refused is kept, not raised."""

    def __init__(self, actor: str, at: datetime, correcting: bool) -> None:
        self.at, self.on, self.correcting = at, today(at), correcting
        self.known: Register = register()
        self.posts = policy.require(actor, policy.Verb.ENTER, self.on) if actor else None
        self.lines = {code: power_line(row) for code, row in self.known.powers.items()}
        self.levels = {code: row.level for code, row in self.known.assertions.items()}
        self.fresh: list[PowerRow] = []
        self.problems: list[Problem] = []

    def _keep(self, refused: Refused, line: int, sheet: str) -> None:
        self.problems.append(Problem(line, "", refused.template, refused.params, sheet))

    def take_powers(self, powers: NumberedPowers) -> None:
        for n, line in powers:
            try:
                self._power(n, line)
            except Refused as refused:
                self._keep(refused, n, POWERS)

    def _power(self, n: int, line: PowerLine) -> None:
        known = self.lines.get(line.code)
        if known is None:
            rules.check_power(n, line)
            self._may(line.owner, Mode.ORIGINAL, ())
            self.lines[line.code] = line
            self.fresh.append(_power_row(line))
        elif known.name != line.name or _domains(known) != _domains(line):
            raise judging.bad("differs", judging.DIFFERS, n, line.code)

    def _may(self, owner: str, mode: Mode, areas: Collection[str], by: Level = Level.NATION) -> None:
        if self.posts is not None and not policy.may_enter(self.posts, owner, mode, areas, self.on, by):
            raise policy.forbidden()

    def take(self, assertions: Numbered) -> list[tuple[int, AssertionRow]]:
        rows: list[tuple[int, AssertionRow]] = []
        taken = set() if self.correcting else set(self.known.assertions)
        self.levels |= {line.id: line.level for _, line in assertions if line.id}
        for n, line in assertions:
            try:
                row = self._assertion(n, line, taken)
            except Refused as refused:
                self._keep(refused, n, ASSERTIONS)
            else:
                taken.add(row.code)
                rows.append((n, row))
        return rows

    def _assertion(self, n: int, line: AssertionLine, taken: Collection[str]) -> AssertionRow:
        power = self.lines.get(line.power)
        if power is None:
            raise judging.bad("unknown_power", judging.UNKNOWN_POWER, n, line.power)
        judging.check_line(n, line, power)
        if line.id and line.id in taken:
            raise judging.bad("code_taken", judging.CODE_TAKEN, n, line.id)
        for uid in (line.unit, *line.units):
            if uid and not units.register().versions(uid):
                raise judging.bad("unknown_unit", judging.UNKNOWN_UNIT, n, uid)
        by = policy.giver(line.mode, line.level, self.levels.get(line.parent))
        self._may(power.owner, line.mode, {*line.units, line.unit} - {""}, by)
        return _assertion_row(n, line, self.at)

    def check_chains(self, rows: Sequence[tuple[int, AssertionRow]]) -> None:
        """Parents are there, of the same power and role, and no chain returns to itself."""
        every = {**self.known.assertions, **{row.code: row for _, row in rows}}
        for n, row in rows:
            above = every.get(row.parent)
            if row.parent and (above is None or (above.power, above.role) != (row.power, row.role)):
                refused = judging.bad("unknown_parent", judging.UNKNOWN_PARENT, n, row.parent)
                self._keep(refused, n, ASSERTIONS)
        try:
            rules.check_cycles({code: row.parent for code, row in every.items()})
        except Refused as refused:
            self._keep(refused, 0, ASSERTIONS)


def _domains(line: PowerLine) -> dict[str, list[object]]:
    return {name: list(values) for name, values in line.attributes.items()}


def _power_row(line: PowerLine) -> PowerRow:
    return PowerRow(
        0, line.code, line.sort, line.name, line.name_en, line.field, line.attributes, line.level, line.owner,
        line.evidence, line.source, line.note, 0,
    )  # fmt: skip


def _assertion_row(n: int, line: AssertionLine, at: datetime) -> AssertionRow:
    return AssertionRow(
        code=line.id or f"#{n}", power=line.power, role=line.role, organ=line.organ, unit=line.unit, level=line.level,
        units=line.units, condition=parse(line.condition), since=line.since, until=line.until, mode=line.mode,
        parent=line.parent, document=judging.cited(n, line), path=line.place, written=line.citation,
        reading=line.reading, no_fallback=line.no_fallback, added_days=line.added_days,
        added_papers=line.added_papers, evidence=line.evidence, source=line.source, note=line.note, recorded_at=at,
        superseded_at=None, superseded_why="",
    )  # fmt: skip


def power_line(row: PowerRow) -> PowerLine:
    """A power as a line of a table."""
    return PowerLine(
        row.code, row.name, row.level, row.sort, row.name_en, row.field, row.attributes, row.owner, row.evidence,
        row.source, row.note,
    )  # fmt: skip


def assertion_line(row: AssertionRow) -> AssertionLine:
    """An assertion as a line of a table: entered again it would say the same."""
    doc = row.document
    return AssertionLine(
        power=row.power, role=row.role, organ=row.organ, level=row.level, id=row.code, unit=row.unit, units=row.units,
        condition=written(row.condition), since=row.since, until=row.until, mode=row.mode, parent=row.parent,
        document=reference(doc.number, law.issuer_of(doc), doc.issued_on) if doc else "", place=row.path,
        citation=row.written, reading=row.reading, no_fallback=row.no_fallback, added_days=row.added_days,
        added_papers=row.added_papers, evidence=row.evidence, source=row.source, note=row.note,
    )  # fmt: skip


def lines(powers: Iterable[PowerRow]) -> tuple[list[PowerLine], list[AssertionLine]]:
    """These powers and their believed assertions as lines, for an export."""
    found = list(powers)
    return [power_line(p) for p in found], list(_lines_of(found))


def _lines_of(powers: Iterable[PowerRow]) -> Iterator[AssertionLine]:
    for power in powers:
        yield from (assertion_line(row) for row in sorted(register().of(power.code), key=lambda r: r.code))
