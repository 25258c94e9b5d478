"""Sổ thẩm quyền: the register searched and filtered, one power with its holders over time, one assertion's history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import HANOI, Span, read_date, show_date
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.powers import policy, queries
from haicap.domain.powers.formats import workbooks
from haicap.domain.powers.queries import PowerRow
from haicap.domain.powers.states import CLIFF, REFORM, CaseState, Level, Reading, Role, Sort
from haicap.kernel.accounts import queries as accounts
from haicap.web.common import clock, paging
from haicap.web.common.citations import written
from haicap.web.common.drawings import Bars, Lane, Stretch, draw_bars
from haicap.web.common.powers import deciding, words
from haicap.web.console import frame, record
from haicap.web.console.gate import Officer, gate
from haicap.web.console.powers import answers, asking, shown

ROWS = 50
BAD_INSTANT = gettext_noop("“%(text)s” không phải là một lúc. Xin viết như 22/11/2026 hoặc 22/11/2026 15:30.")


@dataclass(frozen=True, slots=True)
class Item:
    """A power in the list, with who decides it on the day (in the first commune) and its open findings."""

    power: PowerRow
    owner: str
    level: str
    holders: tuple[tuple[str, str], ...]
    local: bool
    findings: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked for."""

    text: str
    field: str
    owner: str
    level: str
    sort: str
    on: date

    def found(self) -> list[PowerRow]:
        """The powers."""
        return queries.search(
            self.text,
            sort=Sort(self.sort) if self.sort else None,
            field=self.field,
            owner=self.owner,
            level=self.level,
        )


def _asked(request: HttpRequest) -> Asked:
    sort, level = frame.word(request, "loai", 10), frame.word(request, "cap", 10)
    return Asked(
        frame.word(request, "tim", 100), frame.word(request, "linh-vuc", 100), frame.word(request, "bo", 40),
        level if level in set(Level) else "", sort if sort in set(Sort) else "", clock.asked_day(request),
    )  # fmt: skip


@require_safe
@gate()
def listing(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Powers (`?tim=`, `linh-vuc`, `bo`, `cap`, `loai`), each with who holds it on the day (`?ngay=`)."""
    asked = _asked(request)
    page = paging.page(request, asked.found(), ROWS)
    counts = Counter(code for code in queries.cases().values_list("power__code", flat=True))
    every = queries.register().powers.values()
    values = {
        "asked": asked,
        "page": page,
        "items": [_item(p, asked.on, counts) for p in page.rows],
        "filtered": any((asked.text, asked.field, asked.owner, asked.level, asked.sort)),
        "fields": sorted({p.field for p in every if p.field}),
        "owners": sorted(
            ((o, shown.ministry(o)) for o in {p.owner for p in every if p.owner}), key=lambda o: o[1]
        ),
        "levels": words.choices(words.LEVELS),
        "sorts": words.choices(words.SORTS),
        "loaded": queries.loaded(),
        "query": request.GET.urlencode(),
    }
    return frame.show(request, officer, "powers/list", values)


def _item(power: PowerRow, on: date, counts: Mapping[str, int]) -> Item:
    held = queries.current()
    named: list[tuple[str, str]] = []
    local = False
    for (_, role), claims in held.of(power.code):
        alive = [
            c for c in claims if (c.since is None or c.since <= on) and (c.until is None or on < c.until)
        ]
        local = local or any(c.units != held.ground.everywhere for c in alive)
        for h in queries.holder(power.code, "vn", on, role=role):
            named.append((words.said(words.ROLES, role), deciding.organ_said(h.organ, h.assertion.unit, on)))
    owner = shown.ministry(power.owner) if power.owner else ""
    return Item(
        power, owner, words.said(words.LEVELS, power.level), tuple(dict.fromkeys(named)), local, counts.get(power.code, 0)
    )  # fmt: skip


@require_safe
@gate()
def listing_xlsx(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The powers asked for with their assertions, as the workbook that can be entered again."""
    return shown.xlsx("so-tham-quyen", workbooks.workbook(*queries.lines(_asked(request).found())))


# --- one power -------------------------------------------------------------------------------------------------------
@require_safe
@gate()
def power(request: HttpRequest, officer: Officer, code: str) -> HttpResponse:
    """One power: holders over time (`?luc=` as believed at an instant), who holds it in a case, findings, survey."""
    row = queries.power(code)
    on = clock.asked_day(request)
    believed = _instant(frame.word(request, "luc", 20))
    lines = shown.lines(queries.stretches(code, believed_at=believed), officer.on)
    values = {
        "power": row,
        "name": deciding.power_name(row),
        "owner": shown.ministry(row.owner),
        "level": words.said(words.LEVELS, row.level),
        "sort": words.said(words.SORTS, row.sort),
        "lines": lines,
        "bars": _drawn(lines, on, officer.on),
        "believed": believed,
        "idle": _idle(row, lines) if believed is None else [],
        "holding": asking.answer(request, officer, row, on, believed),
        "cases": [(case, shown.of_case(case)) for case in queries.cases(power=code)],
        "gone": queries.cases(power=code, state_=CaseState.GONE).count(),
        "survey": answers.of_power(code),
        "procedures": asking.procedures_of(row, officer.on),
        "story": record.story(f"powers.power:{code}"),
        "may_enter": policy.Verb.ENTER in officer.rights,
    }
    return frame.show(request, officer, "powers/power", values)


def _idle(row: PowerRow, lines: list[shown.Line]) -> list[shown.Line]:
    """Believed assertions that count on no day: their provision was never in force."""
    counting = {line.row.code for line in lines}
    return [
        shown.line(a, a.since, a.until, date.max)
        for a in queries.register().of(row.code)
        if a.code not in counting
    ]


def _instant(text: str) -> datetime | None:
    """ "22/11/2026 15:30": the instant; a day alone means its end. None for no text. Refused `bad_date`."""
    if not text:
        return None
    day, _, clock_ = text.replace("T", " ").partition(" ")
    try:
        on = read_date(day)
        if not clock_.strip():
            return datetime.combine(on + timedelta(days=1), time(), HANOI)
        return datetime.combine(on, time.fromisoformat(clock_.strip()), HANOI)
    except (ValueError, OverflowError, Refused) as reason:
        raise Refused("bad_date", BAD_INSTANT, params={"text": text[:40]}) from reason


def _drawn(lines: list[shown.Line], on: date, today: date) -> Bars:
    """Lanes of organs in a role; what overlaps gets a lane of its own. Lines for the day and for 1 March 2027."""
    lanes: list[tuple[str, list[Stretch]]] = []
    for found in lines:
        name = found.organ if found.row.role is Role.DECIDE else f"{found.organ}: {found.role}"
        if found.row.reading is Reading.GUIDED:
            name = f"{name} ({words.said(words.READINGS, found.row.reading)})"
        bar = Stretch(
            found.since, found.until, f"mode-{found.row.mode}", f"{found.mode}, {found.clause.text}"
        )
        lane = next(
            (bars for other, bars in lanes if other == name and not any(_overlap(bar, b) for b in bars)), None
        )
        if lane is None:
            lanes.append((name, [bar]))
        else:
            lane.append(bar)
    marks = [(today, "today", gettext("hôm nay")), (CLIFF, "asked", show_date(CLIFF))]
    if on not in (today, CLIFF):
        marks.append((on, "asked", show_date(on)))
    return draw_bars([Lane(name, tuple(bars)) for name, bars in lanes], marks)


def _overlap(one: Stretch, other: Stretch) -> bool:
    return Span(one.since, one.until).overlaps(Span(other.since, other.until))


@require_safe
@gate()
def history(request: HttpRequest, officer: Officer, code: str) -> HttpResponse:
    """Every row of an assertion: what was believed from when until when, by whom it was entered, why it was replaced."""
    rows = queries.history(code)
    if not rows:
        queries.assertion(code)
    names = accounts.display_names({row.entered_by for row in rows})
    believed = rows[-1].superseded_at is None
    told = [
        (
            shown.line(row, row.since, row.until, officer.on),
            names.get(row.entered_by) or gettext(record.SYSTEM),
        )
        for row in rows
    ]
    power_ = queries.power(rows[-1].power)
    values = {
        "code": code,
        "power": power_,
        "name": deciding.power_name(power_),
        "rows": told,
        "believed": believed,
        "children": queries.register().derived_from(code),
        "chain": _chain(code),
        "story": record.story(f"powers.power:{power_.code}"),
        "may_enter": policy.Verb.ENTER in officer.rights,
    }
    return frame.show(request, officer, "powers/assertion", values)


def _chain(code: str) -> list[tuple[str, str]]:
    """From the origin down to this one: code, organ and clause."""
    known = queries.register().assertions
    found: list[tuple[str, str]] = []
    at = known.get(code)
    while at is not None and len(found) < 12:
        found.append((at.code, f"{deciding.organ_said(at.organ, at.unit, REFORM)} ({written(at.citation)})"))
        at = known.get(at.parent)
    return found[::-1]
