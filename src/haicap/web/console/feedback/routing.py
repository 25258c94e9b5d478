"""Bảng phân luồng: who answers what, where and when; tried before anybody relies on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from haicap.base.dates import Span
from haicap.base.text import fold
from haicap.domain.feedback import actions, policy, queries
from haicap.domain.feedback.queries import RouteRow
from haicap.domain.feedback.states import Kind
from haicap.domain.units import queries as units
from haicap.web.common import exports
from haicap.web.common.feedback import words
from haicap.web.console import frame, record
from haicap.web.console.feedback import trying
from haicap.web.console.feedback.forms import EndForm, RouteForm, provinces_of
from haicap.web.console.gate import Officer, gate

READ_WRITE = ("GET", "HEAD", "POST")
STREAM = "feedback.routes:all"
HEAD = (
    "code", "province", "kind", "level", "procedure", "field", "organs", "from", "until", "citation", "evidence", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the page shows it; `standing` now | later | ended; `may`: the officer keeps it."""

    row: RouteRow
    span: Span
    province: str
    kind: str
    level: str
    organs: Sequence[str]
    standing: str
    may: bool


def _line(row: RouteRow, officer: Officer) -> Line:
    span = queries.span_of(row.valid)
    later = span.start is not None and span.start > officer.on
    uid = row.province.uid if row.province else ""
    version = units.register().version(uid, officer.on) if uid else None
    return Line(
        row, span, version.name if version else uid, words.said(words.KINDS, row.kind),
        words.said(words.LEVELS, row.level), [words.receiver(organ) for organ in row.organs],
        "now" if officer.on in span else "later" if later else "ended", policy.may_route(officer.posts, uid),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked for: `province` a uid, "vn" the nation's own lines; `ended` shows those that count no more."""

    text: str
    province: str
    kind: str
    ended: bool

    def fits(self, line: Line) -> bool:
        """Whether a line is wanted."""
        row = line.row
        uid = row.province.uid if row.province else "vn"
        said = " ".join(
            (
                row.code,
                line.province,
                line.kind,
                row.procedure,
                row.field,
                *line.organs,
                row.note,
                row.citation,
            )
        )
        return (
            (self.ended or line.standing != "ended")
            and (not self.province or uid == self.province)
            and (not self.kind or row.kind == self.kind)
            and fold(self.text) in fold(said)
        )


def _asked(request: HttpRequest) -> Asked:
    kind = frame.word(request, "loai", 20)
    return Asked(
        frame.word(request, "tim", 100), frame.word(request, "tinh", 40), kind if kind in set(Kind) else "",
        frame.word(request, "het", 1) == "1",
    )  # fmt: skip


@require_safe
@gate()
def listing(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Lines (`?tim=`, `tinh`, `loai`, `het=1`), as they are tried: a province's own first, the special before the general."""
    asked = _asked(request)
    every = [_line(row, officer) for row in queries.routes()]
    own = {line.row.province.uid: line.province for line in every if line.row.province}
    values = {
        "lines": [line for line in every if asked.fits(line)], "asked": asked, "total": len(every),
        "provinces": sorted(own.items(), key=lambda pair: pair[1]), "kinds": words.choices(words.KINDS),
        "may_add": bool(provinces_of(officer.posts, officer.on)), "query": request.GET.urlencode(),
        "story": record.story(STREAM),
    }  # fmt: skip
    return frame.show(request, officer, "feedback/routes", values)


@require_safe
@gate()
def listing_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The same lines as CSV, in codes."""
    asked = _asked(request)
    lines = [line for row in queries.routes() if asked.fits(line := _line(row, officer))]
    return exports.csv_response("phan-luong", HEAD, _cells(lines))


def _cells(lines: Iterable[Line]) -> Iterable[Sequence[object]]:
    for line in lines:
        row = line.row
        yield (
            row.code, row.province.uid if row.province else "", row.kind, row.level, row.procedure, row.field,
            "|".join(row.organs), line.span.start, line.span.end, row.citation, row.evidence, row.note,
        )  # fmt: skip


@require_safe
@gate()
def trial(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Where a ticket would go (`?loai=`, `noi`, `ngay`, `thu-tuc`, `van-ban`, `linh-vuc`, `he-thong`), why, and what was tried."""
    tried = trying.tried(request)
    row = queries.routes().filter(code=tried.rule).first() if tried.rule else None
    values = {
        "tried": tried, "place": tried.place, "kinds": words.choices(words.KINDS),
        "systems": [(s.code, s.name) for s in trying.systems_of(officer.on)],
        "line": _line(row, officer) if row else None,
    }  # fmt: skip
    return frame.show(request, officer, "feedback/trial", values, 400 if tried.errors else 200)


@require_http_methods(READ_WRITE)
@gate()
def add(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """A new line, of the nation (Government Office) or of a province (its focal office)."""
    provinces = provinces_of(officer.posts, officer.on)
    if not provinces:
        raise policy.not_yours()
    form = RouteForm(request.POST or None, provinces=provinces, initial={"since": officer.on})
    if request.method == "POST" and form.is_valid():
        row = frame.attempt(form, lambda: _add(form, officer))
        if row is not None:
            return frame.done(request, gettext("Đã thêm dòng %(code)s.") % {"code": row.code}, "routes")
    return frame.show(request, officer, "feedback/route_add", {"form": form}, 400 if form.errors else 200)


def _add(form: RouteForm, officer: Officer) -> RouteRow:
    given = form.cleaned_data
    same = ("province", "kind", "level", "procedure", "field", "since", "until", "citation", "note")
    return actions.set_route(
        organs=form.organs(), **{name: given[name] for name in same}, actor=officer.actor, at=officer.at
    )


@require_http_methods(READ_WRITE)
@gate()
def end(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """A line counts no more from a day on; what it routed before stays where it is."""
    row = queries.routes().filter(code=code).first()
    if row is None:
        raise Http404
    line = _line(row, officer)
    if not line.may:
        raise policy.not_yours()
    form = EndForm(request.POST or None, initial={"seen": row.version, "until": _earliest(line, officer.on)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        ended = frame.attempt(
            form,
            lambda: actions.end_route(
                code=code, until=given["until"], seen=given["seen"], actor=officer.actor, at=officer.at
            ),
        )
        if ended is not None:
            return frame.done(request, gettext("Đã kết thúc dòng %(code)s.") % {"code": code}, "routes")
    values = {"form": form, "line": line, "story": record.story(row.stream)}
    return frame.show(request, officer, "feedback/route_end", values, 400 if form.errors else 200)


def _earliest(line: Line, on: date) -> date:
    """Today, or the end that was planned."""
    return line.span.end or on
