"""Nhìn chung: the cliff over time, powers by level, what an organ gives on, who does what inside a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import show_date
from haicap.base.refused import Refused
from haicap.domain.powers import queries
from haicap.domain.powers.formats.cells import organ_names
from haicap.domain.powers.queries import Giving, Lapse, PowerRow
from haicap.domain.powers.states import CLIFF, FindingKind, Level, Role
from haicap.domain.units import queries as units
from haicap.domain.units.timeline import Version
from haicap.web.common import clock, paging
from haicap.web.common.law import links
from haicap.web.common.law import words as law_words
from haicap.web.common.powers import deciding, words
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.powers import asking, drawn, shown

ROWS = 50
LEVELS = ("nation", "province", "district", "commune")


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which claims end."""

    lapse: Lapse
    powers: Sequence[tuple[str, str, list[shown.Line]]]
    past: bool


@require_safe
@gate()
def cliff(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Days on which claims end, drawn; what nobody holds on 1 March 2027; documents that are only bridged."""
    lapses = queries.cliff()
    cases = queries.cases(kind=FindingKind.CLIFF)
    page = paging.page(request, queries.bridged(officer.on), ROWS)
    values = {
        "drawing": drawn.calendar(lapses, officer.on),
        "days": [_day(lapse, officer.on) for lapse in lapses if lapse.ending or lapse.on == CLIFF],
        "cliff": CLIFF,
        "left": (CLIFF - officer.on).days,
        "at_cliff": next(lapse for lapse in lapses if lapse.on == CLIFF),
        "cases": [_at_cliff(case) for case in cases],
        "page": page,
        "documents": [(law_words.named(d), d.title, links.href(d), law_words.issuer_of(d)) for d in page.rows],
    }  # fmt: skip
    return frame.show(request, officer, "powers/cliff", values)


def _at_cliff(case: queries.CaseRow) -> tuple[queries.CaseRow, str, str, str, str, str]:
    """The case, its power, role and ministry, its state."""
    name = deciding.power_name(queries.register().powers[case.power.code])
    role, owner = words.said(words.ROLES, case.role), shown.ministry(case.owner)
    return case, name, role, owner, words.TONES[case.state], words.said(words.STATES, case.state)


def _day(lapse: Lapse, today: date) -> Day:
    grouped: dict[str, list[shown.Line]] = {}
    for line in shown.lines(lapse.ending, today):
        grouped.setdefault(line.row.power, []).append(line)
    known = queries.register().powers
    named = [(code, deciding.power_name(known[code]), lines) for code, lines in grouped.items()]
    return Day(lapse, sorted(named, key=lambda row: row[1]), lapse.on <= today)


# --- powers by level ---------------------------------------------------------------------------------------------------
@require_safe
@gate()
def matrix(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Fields × levels on a day (`?ngay=`), shaded; `?linh-vuc=`, `?cap=` open the powers behind a figure."""
    on = clock.asked_day(request)
    asked_role = frame.word(request, "vai-tro", 12)
    role = Role(asked_role) if asked_role in set(Role) else Role.DECIDE
    rows = queries.matrix(on, role)
    field, level = request.GET.get("linh-vuc"), frame.word(request, "cap", 10)
    most = max((n for row in rows for n in (*row.levels.values(), row.nobody)), default=1)
    levels = [level for level in LEVELS if level != "district" or any(row.levels[level] for row in rows)]
    values = {
        "on": on,
        "day": show_date(on),
        "role": role.value,
        "role_word": words.said(words.ROLES, role),
        "roles": words.choices(words.ROLES),
        "levels": [(value, words.said(words.LEVELS, value)) for value in levels],
        "rows": [_matrix_row(row, levels, most) for row in rows],
        "sums": [sum(row.levels[value] for row in rows) for value in levels],
        "nobody": sum(row.nobody for row in rows),
        "total": sum(row.total for row in rows),
        "asked": field is not None or bool(level),
        "field": field or "",
        "level_word": words.said(words.LEVELS, level) if level in LEVELS else gettext("không ai"),
        "found": _behind(on, role, field, level) if field is not None or level else [],
    }
    return frame.show(request, officer, "powers/matrix", values)


def _matrix_row(
    row: queries.Row, levels: Sequence[str], most: int
) -> tuple[str, list[tuple[str, int, int]], int, int]:
    """Field, (level, count, shade 0–5) of each level, nobody, total."""
    cells = [(value, row.levels[value], _shade(row.levels[value], most)) for value in levels]
    return row.field, cells, row.nobody, row.total


def _shade(count: int, most: int) -> int:
    return 0 if not count else 1 + min(4, 4 * count // max(most, 1))


def _behind(on: date, role: Role, field: str | None, level: str) -> list[tuple[PowerRow, str]]:
    """Powers of a field (None: all) held at a level ("khong": by nobody; "": any)."""
    known = queries.register().powers
    found = [
        (known[code], deciding.power_name(known[code]))
        for code, held in queries.levels_of_powers(on, role).items()
        if (field is None or known[code].field == field) and level in ("", held or "khong")
    ]
    return sorted(found, key=lambda pair: pair[1])


# --- what an organ gives on -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Given:
    """A delegation as a row."""

    giving: Giving
    name: str
    line: shown.Line
    parent: shown.Line | None
    cases: Sequence[tuple[int, str, str]]
    over: bool


@require_safe
@gate()
def delegations(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What an organ (`?co-quan=` kind, `?don-vi=`; one's own without) delegates and authorises, and what it got."""
    on = clock.asked_day(request)
    own = [(p.organ_kind, p.unit_uid) for p in officer.posts]
    kind = frame.word(request, "co-quan", 40) or (own[0][0] if own else "")
    text = frame.word(request, "don-vi", 80)
    unit = _unit(text, on) if text else (units.register().version(own[0][1], on) if own else None)
    found = queries.givings(kind, unit.uid, on) if unit and kind in organ_names() else None
    values = {
        "on": on,
        "day": show_date(on),
        "kind": kind,
        "unit": unit,
        "name": deciding.organ_said(kind, unit.uid, on) if unit and kind in organ_names() else "",
        "organs": [(code, gettext(name)) for code, name in organ_names().items()],
        "own": [(k, u, deciding.organ_said(k, u, on)) for k, u in dict.fromkeys(own)],
        "given": [_given(g, on, officer.on) for g in found.given] if found else [],
        "received": [_given(g, on, officer.on) for g in found.received] if found else [],
        "near": [g for g in (*found.given, *found.received) if g.near] if found else [],
    }
    return frame.show(request, officer, "powers/delegations", values)


def _unit(text: str, on: date) -> Version:
    if text == "vn":
        return next(iter(units.register().versions("vn")))
    found = asking.units_named(text, on)
    if not found:
        raise Refused("unknown_unit", asking.NO_UNIT, params={"text": text})
    return found[0]


def _given(giving: Giving, on: date, today: date) -> Given:
    cases = [(c.pk, words.said(words.KINDS, c.kind), words.TONES[c.state]) for c in giving.cases]
    parent = giving.parent
    return Given(
        giving, deciding.power_name(giving.power), shown.line(giving.row, giving.since, giving.until, today),
        shown.line(parent, parent.since, parent.until, today) if parent else None, cases,
        giving.until is not None and giving.until <= on,
    )  # fmt: skip


# --- inside a unit ----------------------------------------------------------------------------------------------------------
@require_safe
@gate()
def inside(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Rõ người, rõ việc: organs of a unit (`?don-vi=`; one's own without) with fields and powers, on a day."""
    on, text = clock.asked_day(request), frame.word(request, "don-vi", 80)
    found = [] if text == "vn" else asking.units_named(text or asking.place_of(officer), on)
    uid = found[0].uid if found else "vn"
    if text not in ("", "vn") and not found:
        raise Refused("unknown_unit", asking.NO_UNIT, params={"text": text})
    told = queries.inside(uid, on)
    names = {p.code: deciding.power_name(p) for p in queries.register().powers.values()}
    values = {
        "on": on,
        "day": show_date(on),
        "text": text,
        "place": units.register().title(uid, on) if uid != "vn" else gettext("Trung ương (cả nước)"),
        "others": [(v.code, units.register().title(v.uid, on)) for v in found[1:]],
        "told": told,
        "names": names,
        "clear": not (told.twice or told.nobody or told.headless),
        "levels": [level.value for level in Level],
    }
    return frame.show(request, officer, "powers/inside", values)
