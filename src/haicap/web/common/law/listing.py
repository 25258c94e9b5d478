"""Danh sách văn bản: filters of the address bar, what is found, and what changed between two days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext

from haicap.base.text import sort_key
from haicap.domain.law import queries
from haicap.domain.law.queries import Change, Corpus, Doc, Hit
from haicap.domain.law.states import DocumentKind, DocumentState
from haicap.web.common import clock, paging
from haicap.web.common.law import links, words
from haicap.web.common.law.told import Told, told

ROWS = 50
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """The question in the address."""

    text: str
    kind: str
    issuer: str
    owner: str
    state: str

    @property
    def filtered(self) -> bool:
        """Whether a filter is on."""
        return bool(self.kind or self.issuer or self.owner or self.state)


@dataclass(frozen=True, slots=True)
class Line:
    """A document that was found; `excerpt`: words of the text, marked or not."""

    doc: Doc
    name: str
    href: str
    place: str
    state: str
    tone: str
    excerpt: Sequence[tuple[bool, str]]


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of standing as a row."""

    on: date
    doc: Doc
    name: str
    href: str
    before: str
    after: str
    tone: str
    why: Sequence[Told]


def word(request: HttpRequest, name: str, most: int = LONGEST) -> str:
    """A word of the question, no longer than it may be, without characters no text has."""
    return request.GET.get(name, "").replace("\0", "").strip()[:most]


def asked(request: HttpRequest) -> Asked:
    """The filters; values nobody knows count as not asked about."""
    kind, state = word(request, "loai"), word(request, "hieu-luc")
    return Asked(
        word(request, "tim"), kind if kind in set(DocumentKind) else "", word(request, "co-quan", 40),
        word(request, "bo", 40), state if state in set(DocumentState) else "",
    )  # fmt: skip


def hits(request: HttpRequest, on: date) -> list[Hit]:
    """What is found. One statement, more only for words."""
    a = asked(request)
    return queries.search(a.text, on=on, kind=a.kind, issuer=a.issuer, owner=a.owner, state=a.state)


def values(request: HttpRequest, on: date, page: str) -> dict[str, object]:
    """Values of a list's page."""
    found, today = hits(request, on), clock.today()
    shown = paging.page(request, found, ROWS)
    lines = [_line(hit, page, on, today) for hit in shown.rows]
    return {
        "asked": asked(request), "choices": _choices(asked(request)), "on": on,
        "found": paging.Page(lines, shown.number, shown.count, shown.total, shown.first, shown.last),
    }  # fmt: skip


def _line(hit: Hit, page: str, on: date, today: date) -> Line:
    return Line(
        hit.doc, words.named(hit.doc), links.href(hit.doc, hit.path, page=page, on=on, today=today),
        words.clause(hit.path), words.said(words.STATES, hit.state), words.TONES[hit.state], _excerpt(hit.excerpt),
    )  # fmt: skip


def _excerpt(text: str) -> list[tuple[bool, str]]:
    """ "a ⟦b⟧ c" → [(False, "a "), (True, "b"), (False, " c")]."""
    found: list[tuple[bool, str]] = []
    for n, part in enumerate(text.split("⟦")):
        marked, sign, rest = part.partition("⟧")
        found += [(n > 0 and bool(sign), marked), (False, rest)]
    return [pair for pair in found if pair[1]]


def _choices(a: Asked) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    docs = queries.corpus().docs.values()
    return [
        ("loai", gettext("Loại văn bản"), _of({d.kind: words.kind_of(d) for d in docs}, a.kind)),
        ("hieu-luc", gettext("Hiệu lực"), _of({s.value: words.said(words.STATES, s) for s in DocumentState}, a.state)),
        ("co-quan", gettext("Cơ quan ban hành"), _of({d.issuer: words.issuer(d.issuer) for d in docs}, a.issuer)),
        ("bo", gettext("Cơ quan trả lời"), _of({d.owner: words.organ(d.owner) for d in docs if d.owner}, a.owner)),
    ]  # fmt: skip


def _of(known: Mapping[str, str], chosen: str) -> list[tuple[str, str, bool]]:
    pairs = sorted(known.items(), key=lambda pair: sort_key(pair[1]))
    return [(value, said, value == chosen) for value, said in pairs]


# --- what changed ------------------------------------------------------------------------------------------------
def days(request: HttpRequest) -> tuple[date, date]:
    """`?tu=&den=`: a year up to today when nothing is asked; in the order of time. Refused `bad_date`."""
    end = clock.asked_day(request, "den")
    year = min(timedelta(days=365), end - date.min)  # the calendar begins with year 1
    start = clock.asked_day(request, "tu") if word(request, "tu") else end - year
    first, last = sorted((start, end))
    return first, last


def changed(found: Iterable[Change], page: str, then: Corpus | None = None) -> list[Changed]:
    """Changes of standing as rows; `then`: the register they are of, when it is not the one of today."""
    known = then or queries.corpus()
    return [
        Changed(
            c.on, c.doc, words.placed(c.doc, c.path), links.href(c.doc, c.path, page=page),
            words.said(words.STANDINGS, c.before), words.said(words.STANDINGS, c.after), words.TONES[c.after],
            told(known, [c.step], page) if c.step else (),
        )
        for c in found
    ]  # fmt: skip
