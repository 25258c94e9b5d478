"""Tổng quan: matrix power × level, the cliff over time, what is inside one unit, the survey by ministry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from haicap.base.text import fold
from haicap.domain.law import queries as law
from haicap.domain.law.states import Standing
from haicap.domain.powers.conditions import Choice, Interval
from haicap.domain.powers.detectors import holders
from haicap.domain.powers.models import SurveyAnswer
from haicap.domain.powers.queries.effective import current
from haicap.domain.powers.queries.holding import Stretch
from haicap.domain.powers.queries.register import AssertionRow, PowerRow, organ_name, register
from haicap.domain.powers.states import CLIFF, Level, Role, Sort, Survey
from haicap.domain.units import queries as units
from haicap.domain.units.organs import Role as Post

LEADING = (Post.LEADER, Post.DEPUTY)


def search(
    text: str = "", *, sort: Sort | None = Sort.POWER, field: str = "", owner: str = "", level: str = ""
) -> list[PowerRow]:
    """Powers whose code, name or field has all the words, with marks or without; in order of fields."""
    wanted = fold(text).split()
    found = [
        p
        for p in register().powers.values()
        if (sort is None or p.sort is sort)
        and field in ("", p.field)
        and owner in ("", p.owner)
        and level in ("", p.level)
        and all(word in fold(f"{p.code} {p.name} {p.name_en} {p.field}") for word in wanted)
    ]
    return sorted(found, key=lambda p: (fold(p.field), fold(p.name)))


def fields() -> list[str]:
    """Fields of powers, in order of the alphabet."""
    found = {p.field for p in register().powers.values() if p.sort is Sort.POWER and p.field}
    return sorted(found, key=fold)


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the matrix: how many powers are held at each level on the day, and by nobody."""

    field: str
    levels: Mapping[str, int]
    nobody: int
    total: int


def matrix(on: date, role: Role = Role.DECIDE) -> list[Row]:
    """Fields × levels on a day, over every commune as the first one stands for it."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for power, level in levels_of_powers(on, role).items():
        counts[register().powers[power].field][level or ""] += 1
    return [
        Row(field, {level.value: counts[field][level.value] for level in Level}, counts[field][""], sum(counts[field].values()))
        for field in sorted(counts, key=fold)
    ]  # fmt: skip


def levels_of_powers(on: date, role: Role = Role.DECIDE) -> dict[str, str]:
    """The level at which each power is held on a day: "" by nobody."""
    held = current()
    found = {}
    for power in register().powers.values():
        claims = held.groups.get((power.code, role))
        if power.sort is Sort.POWER and claims is not None:
            now = holders(claims, held.ground, unit=held.ground.units[0], on=on, case={})
            found[power.code] = now[0].level.value if now else ""
    return found


@dataclass(frozen=True, slots=True)
class Lapse:
    """A day on which claims end, and how many powers somebody still holds afterwards."""

    on: date
    ending: tuple[Stretch, ...]
    left: int
    bare: int  # held by nobody from that day on


def cliff() -> list[Lapse]:
    """Every day from the reform on at which claims end, with CLIFF among them, in order."""
    held = current()
    ends: dict[date, list[Stretch]] = defaultdict(list)
    for claim in held.every():
        row = held.origin[claim.id]
        if (
            claim.until
            and row.level is not Level.DISTRICT
            and register().powers[row.power].sort is Sort.POWER
        ):
            ends[claim.until].append(Stretch(row, claim.since, claim.until))
    ends.setdefault(CLIFF, [])
    found = []
    for day in sorted(ends):
        levels = levels_of_powers(day)
        bare = sum(1 for level in levels.values() if not level)
        found.append(Lapse(day, tuple(ends[day]), len(levels) - bare, bare))
    return found


@dataclass(frozen=True, slots=True)
class OrganInside:
    """An organ of a unit with its fields and powers, and whether anybody leads it."""

    kind: str
    name: str
    functions: tuple[PowerRow, ...]
    powers: tuple[PowerRow, ...]
    heads: int


@dataclass(frozen=True, slots=True)
class Inside:
    """Rõ người, rõ việc inside one unit: organs, fields held by two, fields held by none."""

    organs: tuple[OrganInside, ...]
    twice: tuple[tuple[PowerRow, tuple[str, ...]], ...]
    nobody: tuple[PowerRow, ...]
    headless: tuple[str, ...]  # organs that hold something and whose leading seat is empty (omission kind h)


def inside(unit: str, on: date) -> Inside:
    """Who does what inside a commune, a province or the nation ("vn") on a day."""
    known = units.register()
    version = known.version(unit, on)
    level = Level(version.tier) if version and version.tier in list(Level) else Level.NATION
    who = _who_does_what(unit, level, on)
    organs = []
    leading = units.appointments_in_units([unit], on).filter(valid__contains=on, post__role__in=LEADING)
    leaders = Counter(a.post.organ_id for a in leading)
    for organ in units.organs_of(unit, on):
        mine = [p for p, kinds in who if organ.kind in kinds]
        organs.append(
            OrganInside(
                organ.kind, organ.name, tuple(p for p in mine if p.sort is Sort.FUNCTION),
                tuple(p for p in mine if p.sort is Sort.POWER), leaders[organ.pk],
            )
        )  # fmt: skip
    present = {organ.kind for organ in organs}
    bare = {kind for kind, uid in units.without_head(on) if uid == unit}
    return Inside(
        tuple(organs),
        tuple((p, tuple(organ_name(k, unit, on) for k in kinds)) for p, kinds in _clashing(unit, level, on)),
        tuple(p for p, kinds in who if not kinds or (kinds[0] not in present and _own(p, level))),
        tuple(o.name for o in organs if (o.functions or o.powers) and o.kind in bare),
    )


def exercised_at(unit: str, on: date) -> list[tuple[PowerRow, list[str]]]:
    """Powers that organs of a commune, or of a province, exercise themselves on a day, with the kinds of the organs."""
    known = units.register().version(unit, on)
    if known is None or known.tier not in list(Level):
        return []
    found = [(p, kinds) for p, kinds in _who_does_what(unit, Level(known.tier), on) if p.sort is Sort.POWER]
    return sorted(found, key=lambda pair: (fold(pair[0].field), fold(pair[0].name)))


def _own(power: PowerRow, level: Level) -> bool:
    return power.sort is Sort.FUNCTION and power.level is level


def _who_does_what(unit: str, level: Level, on: date) -> list[tuple[PowerRow, list[str]]]:
    """Powers exercised and fields worked in at the level, with the kinds of organs that hold them there."""
    found: dict[str, list[str]] = {}
    for code, rows in _holding(unit, level, on):
        power = register().powers[code]
        if rows or _own(power, level):
            kinds = found.setdefault(code, [])
            kinds += [k for k in dict.fromkeys(row.organ for row in rows) if k not in kinds]
    return [(register().powers[code], kinds) for code, kinds in found.items()]


def _holding(unit: str, level: Level, on: date) -> Iterator[tuple[str, list[AssertionRow]]]:
    """Power and assertions of organs of the level that count in the unit on the day, role by role."""
    held = current()
    bit = unit if unit in held.ground.bits else next(
        (v.uid for v in units.register().children(unit, on, "commune") if v.uid in held.ground.bits), held.ground.units[0]
    )  # fmt: skip
    for (code, _), claims in held.groups.items():
        now = holders(claims, held.ground, unit=bit, on=on, case={})
        yield code, [held.origin[c.id] for c in now if c.level is level]


def _clashing(unit: str, level: Level, on: date) -> Iterator[tuple[PowerRow, list[str]]]:
    """Powers two organs hold in one role for one case, neither of which got it from the other."""
    for code, rows in _holding(unit, level, on):
        kinds = [
            kind
            for one, other in combinations(rows, 2)
            if one.organ != other.organ and _meet(one, other) and not _related(one, other)
            for kind in (one.organ, other.organ)
        ]
        if kinds:
            yield register().powers[code], list(dict.fromkeys(kinds))


def _meet(one: AssertionRow, other: AssertionRow) -> bool:
    """Whether a case falls under both conditions."""
    known = {term.attribute: term.of for term in one.condition.terms}
    return all(_share(known[t.attribute], t.of) for t in other.condition.terms if t.attribute in known)


def _share(one: Interval | Choice, other: Interval | Choice) -> bool:
    if isinstance(one, Choice) and isinstance(other, Choice):
        return bool(set(one.values) & set(other.values))
    if isinstance(one, Choice) or isinstance(other, Choice):
        return False
    before = one.hi is not None and other.lo is not None and one.hi <= other.lo
    after = other.hi is not None and one.lo is not None and other.hi <= one.lo
    return not before and not after


def _related(one: AssertionRow, other: AssertionRow) -> bool:
    return one.code in _above(other) or other.code in _above(one)


def _above(row: AssertionRow) -> set[str]:
    """Codes of the assertions a row is derived from."""
    found: set[str] = set()
    at = register().assertions.get(row.parent)
    while at is not None and at.code not in found:
        found.add(at.code)
        at = register().assertions.get(at.parent)
    return found


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """Answers about the powers of one ministry in a round."""

    owner: str
    answers: Mapping[str, int]
    difficulties: Mapping[str, int]
    proposals: int
    units: int


AnswerRow = SurveyAnswer


def rounds() -> list[str]:
    """Rounds of the survey, the newest first."""
    rows = SurveyAnswer.objects.order_by("round").values_list("round", flat=True).distinct()
    return list(rows)[::-1]


def survey_by_ministry(round_: str) -> list[SurveyFigures]:
    """A round gathered per ministry. One statement."""
    rows = SurveyAnswer.objects.filter(round=round_).values_list(
        "power__owner", "answer", "difficulties", "proposal", "unit_id"
    )
    grouped: dict[str, list[tuple[str, Sequence[str], str, int]]] = defaultdict(list)
    for owner, answer, difficulties, proposal, unit in rows:
        grouped[owner].append((answer, difficulties, proposal, unit))
    return [
        SurveyFigures(
            owner,
            {a.value: sum(1 for r in answers if r[0] == a) for a in Survey},
            Counter(d for r in answers for d in r[1]),
            sum(1 for r in answers if r[2]),
            len({r[3] for r in answers}),
        )
        for owner, answers in sorted(grouped.items())
    ]


def survey_answers(round_: str, *, power: str = "", unit: str = "", owner: str = "") -> list[SurveyAnswer]:
    """Answers of a round, newest first; at most 2,000."""
    rows = SurveyAnswer.objects.select_related("power", "unit").filter(round=round_).order_by("-answered_at")
    for name, value in (("power__code", power), ("unit__uid", unit), ("power__owner", owner)):
        if value:
            rows = rows.filter(**{name: value})
    return list(rows[:2000])


def bridged(on: date) -> Sequence[law.Doc]:
    """Documents of former districts and provinces that only count until they are replaced or CLIFF comes."""
    known = law.corpus()
    return [
        d
        for d in known.docs.values()
        if law.bridged(d) and known.effects.standing(d.pk, "", on) is Standing.IN_FORCE
    ]
