"""Tệp quy định thẩm quyền: rows of a table → claims for the detectors (docs/contracts.md, Powers).

Every row is read before anything is refused, so that all that is wrong is told at once; half a file is never checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from haicap.base.dates import read_date
from haicap.base.refused import Refused
from haicap.base.tables import Limits, Row, Table
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.powers.conditions import EVERY_CASE, Choice, Condition, parse
from haicap.domain.powers.detectors import Claim, Ground
from haicap.domain.powers.formats.grounds import Communes
from haicap.domain.powers.formats.instruments import instrument
from haicap.domain.powers.formats.parents import resolve
from haicap.domain.powers.formats.problems import BadRows, Problem
from haicap.domain.powers.formats.words import LEVELS, MODES, ROLES, Word, choices, word
from haicap.domain.powers.states import Level, Mode, Role

COLUMNS = (
    "id", "power", "role", "organ", "level", "units", "condition", "from", "to", "mode", "parent", "citation",
)  # fmt: skip
NEEDED = ("power", "role", "organ", "level")
LIMITS = Limits(rows=100_000)
MOST_LETTERS = 1000

NO_COLUMN = gettext_noop("Tệp thiếu cột %(names)s. Các cột: %(all)s.")
TWICE = gettext_noop("Tệp có hai cột “%(names)s”; xin giữ một.")
EMPTY = gettext_noop("Ô trống; dòng nào cũng phải ghi.")
LONG = gettext_noop("Ô dài quá %(most)s chữ.")
NOT_A_WORD = gettext_noop("“%(text)s” không phải một trong: %(words)s.")
UNKNOWN_UNITS = gettext_noop(
    "Không có xã, phường, đặc khu mang mã %(codes)s; xin kiểm tra mã (5 chữ số, ngăn bằng dấu |)."
)
BACKWARDS = gettext_noop(
    "Ngày bắt đầu %(since)s không trước ngày kết thúc %(until)s (ngày kết thúc không tính)."
)
SAME_ID = gettext_noop("Mã dòng “%(id)s” đã dùng ở dòng %(line)s cho cùng thẩm quyền; xin đặt mã khác.")
MIXED = gettext_noop(
    "“%(name)s” ở đây là %(sort)s, nhưng ở dòng %(line)s của cùng thẩm quyền là %(other)s; xin viết cùng một cách."
)
NUMBERS, VALUES = gettext_noop("số"), gettext_noop("giá trị kể tên")

T = TypeVar("T")


@dataclass(slots=True)
class Line:
    """One row read so far; `claim` is made when all of it could be."""

    line: int
    id: str
    power: str
    role: Role
    organ: str
    level: Level
    units: frozenset[str]
    condition: Condition
    since: date | None
    until: date | None
    mode: Mode
    parent: str
    citation: str


@dataclass(frozen=True, slots=True)
class Assertions:
    """A file that could be read: claims over a ground, and columns that were not used."""

    claims: tuple[Claim, ...]
    ground: Ground
    unused: tuple[str, ...]


def read(table: Table, communes: Communes) -> Assertions:
    """Claims of all rows. Refused `bad_rows` (BadRows) with everything that is wrong, `no_column`, `two_columns`."""
    places = _places(table.columns)
    reader = _Reader(communes)
    lines = []
    for number, row in enumerate((row for row in table.rows if not _blank(row)), 1):
        if found := reader.line(row, number, places):
            lines.append(found)
    problems = [*reader.problems, *_mixed(lines), *_same_ids(lines)]
    parents, wrong = resolve(lines)
    if problems or wrong:
        raise BadRows([*problems, *wrong])
    ground = communes.ground(code for line in lines for code in line.units)
    everywhere = ground.mask(communes.present)
    masks: dict[frozenset[str], int] = {frozenset(): everywhere}
    claims = []
    for line in lines:
        if line.units not in masks:
            masks[line.units] = ground.mask(line.units)
        claims.append(_claim(line, masks[line.units], parents.get(line.line, "")))
    unused = (name.strip() for name in table.columns if _plain(name) not in COLUMNS and name.strip())
    return Assertions(tuple(claims), ground, tuple(unused))


def _claim(line: Line, units: int, parent: str) -> Claim:
    return Claim(
        line.id, line.power, line.role, line.organ, line.level, units, line.condition, line.since, line.until,
        line.mode, parent, line.citation, instrument(line.citation),
    )  # fmt: skip


def _plain(name: str) -> str:
    return name.strip().lower()


def _blank(row: Row) -> bool:
    return not row.problem and not any(cell.strip() for cell in row.cells)


def _places(columns: Iterable[str]) -> Mapping[str, int]:
    names = [_plain(column) for column in columns]
    if missing := [name for name in NEEDED if name not in names]:
        raise Refused("no_column", NO_COLUMN, params={"names": ", ".join(missing), "all": ", ".join(COLUMNS)})
    if double := [name for name in COLUMNS if names.count(name) > 1]:
        raise Refused("two_columns", TWICE, params={"names": ", ".join(double)})
    return {name: names.index(name) for name in COLUMNS if name in names}


@dataclass(slots=True)
class _Reader:
    """Reads rows one by one and keeps what is wrong with them."""

    communes: Communes
    problems: list[Problem] = field(default_factory=list)
    _conditions: dict[str, Condition] = field(default_factory=dict)
    _units: dict[str, frozenset[str]] = field(default_factory=dict)

    def line(self, row: Row, number: int, places: Mapping[str, int]) -> Line | None:
        """The row as values; None when something is wrong, which is then in `problems`."""
        if row.problem:
            self.problems.append(Problem(row.line, "", row.problem))
            return None
        before = len(self.problems)
        cells = {name: nfc(row.cells[place]).strip() for name, place in places.items()}
        said = _Cells(row.line, cells, self.problems)
        since, until = (said.read(name, "", _day, None) for name in ("from", "to"))
        found = Line(
            row.line, cells.get("id") or str(number), said.text("power"),
            said.word("role", ROLES, Role.DECIDE), said.text("organ"), said.word("level", LEVELS, Level.COMMUNE),
            said.read("units", "", self._codes, frozenset()), said.read("condition", "", self._case, EVERY_CASE),
            since, until, said.word("mode", MODES, Mode.ORIGINAL, empty=True), cells.get("parent", ""),
            " ".join(cells.get("citation", "").split()),
        )  # fmt: skip
        if since and until and since >= until:
            params = {"since": since.isoformat(), "until": until.isoformat()}
            self.problems.append(Problem(row.line, "to", BACKWARDS, params))
        return found if len(self.problems) == before else None

    def _codes(self, text: str) -> frozenset[str]:
        found = self._units.get(text)
        if found is None:
            found = frozenset(code for part in text.split("|") if (code := part.strip()))
            if unknown := sorted(found - self.communes.lives.keys()):
                shown = ", ".join(code[:20] for code in unknown[:10]) + (" …" if len(unknown) > 10 else "")
                raise Refused("unknown_units", UNKNOWN_UNITS, params={"codes": shown})
            self._units[text] = found
        return found

    def _case(self, text: str) -> Condition:
        if text not in self._conditions:
            self._conditions[text] = parse(text)
        return self._conditions[text]


def _day(text: str) -> date | None:
    return read_date(text) if text else None


@dataclass(frozen=True, slots=True)
class _Cells:
    """Cells of one row by column."""

    line: int
    cells: Mapping[str, str]
    problems: list[Problem]

    def read(self, name: str, empty: str, how: Callable[[str], T], otherwise: T) -> T:
        """A cell as a value; what is wrong with it becomes a problem."""
        try:
            return how(self.cells.get(name, empty))
        except Refused as refused:
            self.problems.append(Problem(self.line, name, refused.template, refused.params))
            return otherwise

    def text(self, name: str) -> str:
        """A cell that must say something."""
        return self.read(name, "", _said, "")

    def word(self, name: str, table: Mapping[str, Word], otherwise: Word, *, empty: bool = False) -> Word:
        """One word of a closed list; `empty`: an empty cell says `otherwise`."""

        def how(text: str) -> Word:
            if not text and empty:
                return otherwise
            if found := word(table, _said(text)):
                return found
            raise Refused("not_a_word", NOT_A_WORD, params={"text": text[:60], "words": choices(table)})

        return self.read(name, "", how, otherwise)


def _said(text: str) -> str:
    if not text:
        raise Refused("empty", EMPTY)
    if len(text) > MOST_LETTERS:
        raise Refused("long", LONG, params={"most": MOST_LETTERS})
    return " ".join(text.split())


def _same_ids(lines: Iterable[Line]) -> list[Problem]:
    first: dict[tuple[str, str], int] = {}
    found = []
    for line in lines:
        before = first.setdefault((line.power, line.id), line.line)
        if before != line.line:
            found.append(Problem(line.line, "id", SAME_ID, {"id": line.id[:60], "line": before}))
    return found


def _mixed(lines: Iterable[Line]) -> list[Problem]:
    """An attribute is of numbers or of named values throughout one power."""
    first: dict[tuple[str, str], tuple[bool, int]] = {}
    found = []
    for line in lines:
        for term in line.condition.terms:
            named = isinstance(term.of, Choice)
            before = first.setdefault((line.power, term.attribute), (named, line.line))
            if before[0] != named:
                sorts = (VALUES, NUMBERS) if named else (NUMBERS, VALUES)
                params = {"name": term.attribute, "sort": sorts[0], "other": sorts[1], "line": before[1]}
                found.append(Problem(line.line, "condition", MIXED, params))
    return found
