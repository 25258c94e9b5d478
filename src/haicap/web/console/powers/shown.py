"""Quy định và phát hiện để xem: rows of the register and findings in words, with links, in the language of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from haicap.base.citation import Citation
from haicap.domain.powers import queries
from haicap.domain.powers.conditions import parse
from haicap.domain.powers.detectors import Finding
from haicap.domain.powers.formats.sentences import Facts, Phrase, told
from haicap.domain.powers.queries import AssertionRow, CaseRow, Stretch
from haicap.domain.powers.states import REFORM, FindingKind, Mode
from haicap.domain.units import queries as units
from haicap.domain.units.timeline import Version
from haicap.web.common.citations import written
from haicap.web.common.powers import deciding, words

MOST_PLACES = 12
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Place:
    """A unit a rule or a finding is about; `count` of its communes when it stands for several."""

    name: str
    href: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """An assertion with the days it counts, as a row of a table."""

    row: AssertionRow
    since: date | None
    until: date | None
    organ: str
    role: str
    mode: str
    level: str
    case: str
    places: Sequence[Place]
    more: int
    clause: deciding.Clause
    derived: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words: what is wrong, its days, what to do, its principle."""

    kind: str
    reason: str
    wrong: str
    when: str
    todo: str
    basis: Citation


def filled(phrase: Phrase) -> str:
    """A phrase of the domain in the language of the page."""
    template = gettext(phrase.template)
    return template % phrase.params if phrase.params else template


def ministry(kind: str) -> str:
    """The ministry that answers for a power."""
    return gettext(queries.organ_name(kind)) if kind else gettext("chưa rõ bộ chủ trì")


def line(row: AssertionRow, since: date | None, until: date | None, on: date) -> Line:
    """An assertion as the pages show it."""
    places, more = places_of(row.units or ((row.unit,) if row.unit else ()), on)
    return Line(
        row, since, until, deciding.organ_said(row.organ, row.unit, on), words.said(words.ROLES, row.role),
        words.said(words.MODES, row.mode), words.said(words.LEVELS, row.level), deciding.said_case(row.condition),
        places, more, deciding.clause_of(row, on, on), row.mode not in (Mode.ORIGINAL, Mode.DELIMITATION),
    )  # fmt: skip


def lines(found: Iterable[Stretch], on: date) -> list[Line]:
    """Stretches as lines."""
    return [line(s.row, s.since, s.until, on) for s in found]


def places_of(uids: Sequence[str], on: date) -> tuple[list[Place], int]:
    """Units by name: a whole province as one, the first twelve, and how many are left out. () is everywhere."""
    known, on = units.register(), max(on, REFORM)
    found = [v for uid in uids if (v := known.version(uid, on) or next(iter(known.versions(uid)[-1:]), None))]
    above = Counter(p.uid for v in found if v.tier == "commune" and (p := known.province_of(v.uid, on)))
    whole = {u for u, n in above.items() if n > MOST_PLACES or n == len(known.children(u, on, "commune"))}
    places = [_place(p, on, above[p.uid]) for uid in whole if (p := known.version(uid, on))]
    for v in found:
        province = known.province_of(v.uid, on) if v.tier == "commune" else None
        if province is None or province.uid not in whole:
            places.append(_place(v, on))
    return places[:MOST_PLACES], max(0, len(places) - MOST_PLACES)


def _place(v: Version, on: date, count: int = 0) -> Place:
    return Place(v.name, f"{reverse('portal:unit', args=[v.code])}?ngay={on.isoformat()}", count)


# --- findings ------------------------------------------------------------------------------------------------------
def of_case(case: CaseRow) -> Told:
    """A case in words."""
    power = queries.register().powers[case.power.code]
    facts = Facts(
        FindingKind(case.kind), deciding.power_name(power), words.said(words.ROLES, case.role),
        _organs(case.assertions, case.citations), case.reason, case.since, case.until, _noted(case.kind, case.note),
    )  # fmt: skip
    return _told(facts)


def of_finding(
    found: Finding, names: Mapping[str, str], fresh: Mapping[str, AssertionRow] | None = None
) -> Told:
    """A finding of a dry run in words; `names`, `fresh`: powers and assertions the register may not have yet."""
    known = queries.register().powers.get(found.power)
    name = deciding.power_name(known) if known else names.get(found.power, found.power)
    facts = Facts(
        found.kind, name, words.said(words.ROLES, found.role), _organs(found.claims, found.citations, fresh),
        str(found.reason), found.since, found.until, found.note,
    )  # fmt: skip
    return _told(facts)


def _told(facts: Facts) -> Told:
    said = told(facts)
    return Told(
        words.said(words.KINDS, facts.kind), words.said(words.REASONS, facts.reason) if facts.reason else "",
        filled(said.wrong), filled(said.when), filled(said.todo), said.basis,
    )  # fmt: skip


def _noted(kind: str, note: str) -> str:
    return note if kind in (FindingKind.OVERLAP, FindingKind.CATALOGUE_DIFFERS) else ""


def _organs(
    codes: Iterable[str], citations: Iterable[str], fresh: Mapping[str, AssertionRow] | None = None
) -> str:
    """Organs of the assertions a finding is about, each with its clause; the clauses alone when they are gone."""
    known = {**queries.register().assertions, **(fresh or {})}
    rows = [known[code] for code in codes if code in known]
    if not rows:
        return "; ".join(written(text) for text in dict.fromkeys(citations))
    named = dict.fromkeys(
        f"{deciding.organ_said(r.organ, r.unit, REFORM)} ({written(r.citation)})" for r in rows
    )
    return "; ".join(named)


def case_in_words(condition: str) -> str:
    """The cases of a finding in words; "" for every case."""
    return deciding.said_case(parse(condition))


def xlsx(name: str, content: bytes) -> HttpResponse:
    """A workbook to download; `name` is an ASCII file name without its ending."""
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
