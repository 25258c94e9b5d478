"""Ai quyết định: holders of a power at a place, on a day, for a case, in words with their clauses; for every door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext

from haicap.base.dates import today
from haicap.base.text import fold
from haicap.domain.powers import queries
from haicap.domain.powers.conditions import Choice, Condition, Term
from haicap.domain.powers.formats.sentences import Facts, told
from haicap.domain.powers.queries import AssertionRow, CaseRow, Holder, PowerRow
from haicap.domain.powers.states import FindingKind, Role, Sort
from haicap.domain.procedures import queries as procedures
from haicap.domain.procedures.catalogue import Asked, Entry
from haicap.web.common.law import links
from haicap.web.common.law.words import placed
from haicap.web.common.powers import words

MOST = 12
LEAST = 0.5  # of the words of a question that a power must have to be offered


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision as a page shows it; no `href` where the register does not have the document."""

    text: str
    href: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Line:
    """One holder: its name, how it has the power, by which clause, from when until when (`until` the first day without)."""

    name: str
    role: str
    mode: str
    clause: Clause
    since: date | None
    until: date | None
    chain: Sequence[tuple[str, str, Clause]]  # whom it derives from: name, mode, clause; the origin last
    case: str  # for which cases, in words; "" for every one
    assertion: AssertionRow


@dataclass(frozen=True, slots=True)
class Trouble:
    """A finding that touches the answer, in words."""

    pk: int
    kind: str
    tone: str
    wrong: str
    when: str
    todo: str
    state: str


@dataclass(frozen=True, slots=True)
class Choosable:
    """An attribute the answer hangs on: its name, its values with what was chosen; no values: a number is asked."""

    name: str
    label: str
    values: Sequence[tuple[str, str]]
    chosen: str
    lo: int = 0
    hi: int = 0


def power_name(power: PowerRow) -> str:
    """The name in the language of the page."""
    return power.name_en if get_language() == "en" and power.name_en else power.name


def clause_of(row: AssertionRow, on: date, today: date) -> Clause:
    """The clause an assertion rests on, linked for the day."""
    if row.document is None:
        return Clause(row.written, "", row.evidence.value)
    address = links.href(row.document, row.path, on=on, today=today)
    return Clause(placed(row.document, row.path), address, row.evidence.value)


def lines(found: Sequence[Holder], on: date, today: date) -> list[Line]:
    """Holders as lines."""
    return [_line(h, on, today) for h in found]


def _line(h: Holder, on: date, today: date) -> Line:
    row = h.assertion
    return Line(
        organ_said(h.organ, h.unit, on), words.said(words.ROLES, h.role), words.said(words.MODES, row.mode),
        clause_of(row, on, today), h.since, h.until, _chain(row, h.unit, on, today),
        said_case(row.condition), row,
    )  # fmt: skip


def organ_said(kind: str, unit: str, on: date) -> str:
    """Name of an organ in the language of the page: of a unit where one is named."""
    name = queries.organ_name(kind, unit, on)
    return name if unit else gettext(name)


def _chain(row: AssertionRow, unit: str, on: date, today: date) -> list[tuple[str, str, Clause]]:
    known = queries.register().assertions
    found: list[tuple[str, str, Clause]] = []
    above = known.get(row.parent)
    while above is not None and len(found) < 9:
        name = organ_said(above.organ, above.unit, on)
        found.append((name, words.said(words.MODES, above.mode), clause_of(above, on, today)))
        above = known.get(above.parent)
    return found


def first_role(power: str) -> Role:
    """Deciding; for powers of which the register tells no decision, the first role it does tell."""
    told = {role for (code, role) in queries.current().groups if code == power}
    return next((role for role in Role if role in told), Role.DECIDE)


def names(power: str, unit: str, on: date) -> list[str]:
    """Who has a power, in a line of a list; with the role where it is not deciding."""
    role = first_role(power)
    held = queries.holder(power, unit or "vn", on, role=role)
    found = [organ_said(h.organ, h.unit, on) for h in held]
    return found if role is Role.DECIDE else [f"{n} ({words.said(words.ROLES, role)})" for n in found]


# --- what is asked -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Match:
    """A power that fits the question, and the procedure through which it was found (None: by its own words)."""

    power: PowerRow
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Matches:
    """Powers in order; procedures that fit but name no power."""

    powers: Sequence[Match]
    unnamed: Sequence[Entry]


def find(text: str, on: date) -> Matches:
    """Powers for everyday words (with marks or without) or for a code of a procedure or power."""
    if not text.strip():
        return Matches((), ())
    known = queries.register().powers
    found: dict[str, Match] = {p.code: Match(p, None) for p in queries.search(text)}
    unnamed = []
    for hit in procedures.search(Asked(text=text), on).hits[:MOST]:
        exercised = procedures.power_of(hit.entry.code)
        for row in exercised:
            if row.power in known:
                found.setdefault(row.power, Match(known[row.power], hit.entry))
        if not exercised:
            unnamed.append(hit.entry)
    for power in _partly(text):
        found.setdefault(power.code, Match(power, None))
    return Matches(list(found.values())[:MOST], unnamed[:5])


def _partly(text: str) -> list[PowerRow]:
    """Powers that have at least half of the words, the more the better."""
    asked = set(fold(text).split())
    scored = []
    for p in queries.register().powers.values():
        if p.sort is Sort.POWER and asked:
            share = len(asked & set(fold(f"{p.name} {p.name_en} {p.field}").split())) / len(asked)
            scored.append((share, p))
    return [p for share, p in sorted(scored, key=lambda s: (-s[0], len(s[1].name))) if share > LEAST][:MOST]


def choosable(power: PowerRow, case: dict[str, int | str]) -> list[Choosable]:
    """The attributes of a power with what was told of the case."""
    found = []
    for name, declared in power.attributes.items():
        chosen, label = str(case.get(name, "")), attribute(name)
        if len(declared) == 2 and all(isinstance(v, int) for v in declared):
            found.append(Choosable(name, label, (), chosen, int(declared[0]), int(declared[1]) - 1))
        else:
            found.append(Choosable(name, label, [(str(v), value(str(v))) for v in declared], chosen))
    return found


def attribute(name: str) -> str:
    """An attribute of cases in words."""
    return words.said(words.ATTRIBUTES, name) if name in words.ATTRIBUTES else name.replace("_", " ")


def value(name: str) -> str:
    """A value of an attribute in words."""
    return words.said(words.VALUES, name) if name in words.VALUES else name.replace("_", " ")


def said_case(condition: Condition) -> str:
    """For which cases, in words: "khoản: 2 hoặc 3; nhà đầu tư: trong nước"; "" for every case."""
    return "; ".join(f"{attribute(t.attribute)}: {_values(t)}" for t in condition.terms)


def _values(term: Term) -> str:
    if isinstance(term.of, Choice):
        return gettext(" hoặc ").join(value(v) for v in term.of.values)
    lo, hi = term.of.lo, term.of.hi
    if lo is None:
        return gettext("dưới %(hi)s") % {"hi": hi}
    if hi is None:
        return gettext("từ %(lo)s") % {"lo": lo}
    return gettext("từ %(lo)s đến dưới %(hi)s") % {"lo": lo, "hi": hi}


def case_of(power: PowerRow, given: dict[str, str]) -> dict[str, int | str]:
    """What was told of the case, as far as the power declares it; anything else is not told."""
    found: dict[str, int | str] = {}
    for one in choosable(power, {}):
        text = given.get(one.name, "").strip()
        if one.values and text in dict(one.values):
            found[one.name] = text
        elif not one.values and text.isascii() and text.isdigit() and one.lo <= int(text[:9]) <= one.hi:
            found[one.name] = int(text[:9])
    return found


# --- what stands against it ------------------------------------------------------------------------------------------
def troubles(power: str, unit: str, on: date, role: Role | None = None) -> list[Trouble]:
    """Findings of a power that touch the unit on the day or will. One statement."""
    rows = [
        c
        for c in queries.cases(power=power)
        if (not c.units or not unit or unit in c.units)
        and (c.until is None or c.until > on)
        and role in (None, c.role)
    ]
    return [_trouble(c) for c in rows[:20]]


def _trouble(c: CaseRow) -> Trouble:
    known = queries.register()
    organs = [
        organ_said(known.assertions[a].organ, "", today(c.found_at))
        for a in c.assertions
        if a in known.assertions
    ]
    said = told(
        Facts(
            FindingKind(c.kind), power_name(known.powers[c.power.code]), words.said(words.ROLES, c.role),
            ", ".join(dict.fromkeys(organs)), c.reason, c.since, c.until, c.note,
        )
    )  # fmt: skip
    wrong, when, todo = (gettext(p.template) % p.params for p in (said.wrong, said.when, said.todo))
    return Trouble(
        c.pk, words.said(words.KINDS, c.kind), words.TONES.get(c.state, "calm"), wrong, when, todo,
        words.said(words.STATES, c.state),
    )  # fmt: skip


def by_law(procedure: str, unit: str, on: date, today: date) -> list[tuple[str, str, list[Line]]]:
    """Powers a procedure exercises: code, name, who holds them in a unit ("" anywhere) on the day."""
    found = []
    for row in procedures.power_of(procedure):
        power = queries.register().powers.get(row.power)
        if power is not None:
            held = queries.holder(row.power, unit or "vn", on, role=row.role, case=row.case)
            found.append((power.code, power_name(power), lines(held, on, today)))
    return found
