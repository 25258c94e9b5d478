"""Câu trả lời công khai: searched, one on its page, as a feed; how organs handle what they receive; open data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import read_date, show_date
from haicap.base.kept import Notes
from haicap.base.refused import Refused
from haicap.base.text import sort_key
from haicap.base.words import gettext_noop
from haicap.domain.feedback import queries
from haicap.domain.feedback.queries import OPEN_COLUMNS, AnswerRow, OrganFigures
from haicap.domain.units import queries as units
from haicap.web.common import clock, exports, paging, refusals
from haicap.web.common.feedback import words
from haicap.web.portal.feedback import telling

SIZE, OF_FEED, MOST_ORGANS = 20, 30, 60
QUARTER, LONGEST = timedelta(days=90), timedelta(days=400)
_NONE = gettext_noop("Không có câu trả lời công khai mang mã này.")


# --- answers -----------------------------------------------------------------------------------------------------
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Published answers by words (`?tim=`, marks or not), kind of matter (`?loai=`), organ (`?co-quan=`)."""
    text = request.GET.get("tim", "").replace("\0", "").strip()[:200]
    kind = request.GET.get("loai", "")
    kind = kind if kind in words.KINDS else ""
    organ = _organ(request.GET.get("co-quan", ""))
    page = _page(request, text, kind, organ)
    names, options = _answering(clock.today())
    new = {a.organ_id for a in page.rows} - names.keys()
    shown = {pk: row.name for pk, row in units.organs_named(new, clock.today()).items()} if new else names
    values = {
        "page": page,
        "rows": [(a, names.get(a.organ_id) or shown[a.organ_id]) for a in page.rows],
        "text": text,
        "kind": kind,
        "organ": organ,
        "kinds": words.choices(words.KINDS),
        "organ_named": names.get(organ, "") if organ else "",
        "organs": options,
        "asked": bool(text or kind or organ),
    }
    return render(request, "portal/feedback/answers.html", values)


# Thousands of organs answer: their names are put together once a minute, not for each reader.
_offered: Notes[dict[date, tuple[dict[int, str], SafeString]]] = Notes(dict, seconds=60)


def _answering(on: date) -> tuple[dict[int, str], SafeString]:
    """Names of the organs that published an answer, and the same as options to choose from, in their order."""
    noted = _offered()
    if on not in noted:
        names = {pk: row.name for pk, row in units.organs_named(queries.answering_organs(), on).items()}
        ordered = sorted(names.items(), key=lambda one: sort_key(one[1]))
        noted[on] = names, format_html_join("", '<option value="{}">{}</option>', ordered)
    return noted[on]


def _page(request: HttpRequest, text: str, kind: str, organ: int | None) -> paging.Page[AnswerRow]:
    """The asked page; beyond the last one the last."""
    asked = request.GET.get("trang", "1")
    number = max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
    while True:
        start = (number - 1) * SIZE
        found = queries.public_answers(text=text, kind=kind, organ=organ, start=start, size=SIZE)
        count, rows = max(1, -(-found.total // SIZE)), found.items
        if rows or number == 1:
            return paging.Page(rows, number, count, found.total, start + 1 if rows else 0, start + len(rows))
        number = min(count, number - 1)


def _organ(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@require_safe
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """One answer with its citations. Refused `not_found`."""
    found = queries.public_answer(code)
    if found is None:
        raise Refused("not_found", _NONE)
    values = {
        "answer": found,
        "organ": units.organ(found.organ_id, clock.today()).name,
        "grounds": telling.grounds(found.citations),
    }
    return render(request, "portal/feedback/answer.html", values)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The latest answers as an Atom feed."""
    here = request.build_absolute_uri(reverse("portal:public-answers"))
    made = Atom1Feed(
        title=gettext("Câu trả lời công khai · Hai Cấp"),
        link=here,
        description=gettext("Phản ánh, kiến nghị đã được trả lời, không có dữ liệu cá nhân."),
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for one in queries.public_answers(size=OF_FEED).items:
        link = request.build_absolute_uri(reverse("portal:public-answer", args=[one.code]))
        made.add_item(
            title=one.public_question[:200],
            link=link,
            description=one.public_text,
            unique_id=link,
            pubdate=one.published_at,
            updateddate=one.published_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


# --- figures -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: class of its look, x and width in per cent, its words."""

    css: str
    x: str
    width: str
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """An organ: its figures, the bar of what it received, shares in per cent (None without any answer)."""

    name: str
    figures: OrganFigures
    parts: tuple[Part, ...]
    width: str
    in_time: int | None
    dissatisfied: int | None


_figures: Notes[dict[tuple[date, date, str], list[OrganFigures]]] = Notes(
    dict, seconds=60, full=lambda noted: len(noted) > 50
)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """By organ, of what came on `?tu=` to `?den=` (both counted), in a province (`?tinh=`): drawn, then in numbers."""
    today = clock.today()
    since, until, error = _days(request, today)
    register = units.register()
    provinces = sorted(register.provinces(today), key=lambda v: sort_key(v.short_name))
    chosen = next((v for v in provinces if v.code == request.GET.get("tinh", "")), None)
    rows = [] if error else _by_organ(since, until, chosen.uid if chosen else "")
    names = units.organs_named([r.organ for r in rows], today)
    most = max((r.received for r in rows), default=1)
    values = {
        "lines": [_line(names[r.organ].name, r, most) for r in rows if r.organ in names],
        "total": _total(rows),
        "since": since,
        "until": until - timedelta(days=1),
        "error": error,
        "typed_since": request.GET.get("tu", "")[:20] or show_date(since),
        "typed_until": request.GET.get("den", "")[:20] or show_date(until - timedelta(days=1)),
        "provinces": [(v.code, v.name) for v in provinces],
        "chosen": chosen,
        "most": MOST_ORGANS,
        "at": clock.now(),
        "query": f"?tu={since.isoformat()}&den={(until - timedelta(days=1)).isoformat()}",
    }
    return render(request, "portal/feedback/figures.html", values, status=400 if error else 200)


def _days(request: HttpRequest, today: date) -> tuple[date, date, str]:
    """[since, until) asked for, a quarter of a year by default, and what was wrong with it."""
    usual = (today - QUARTER, today + timedelta(days=1))
    try:
        since = read_date(request.GET["tu"]) if request.GET.get("tu") else usual[0]
        until = read_date(request.GET["den"]) + timedelta(days=1) if request.GET.get("den") else usual[1]
    except Refused as refused:
        return (*usual, refusals.sentence(refused))
    except OverflowError:  # the last day there is has no day after it
        return (*usual, gettext("Xin hỏi nhiều nhất 400 ngày một lần."))
    if since >= until:
        return (*usual, gettext("Ngày đầu phải trước ngày cuối."))
    if until - since > LONGEST:
        return (*usual, gettext("Xin hỏi nhiều nhất 400 ngày một lần."))
    return since, until, ""


def _by_organ(since: date, until: date, province: str) -> list[OrganFigures]:
    """Counted at most once a minute: everybody may ask, and it reads every ticket of the days."""
    noted, key = _figures(), (since, until, province)
    if key not in noted:
        noted[key] = queries.by_organ(since, until, clock.now(), province=province, most=MOST_ORGANS)
    return noted[key]


def _total(rows: list[OrganFigures]) -> dict[str, int]:
    names = ("received", "answered", "in_time", "overdue", "dissatisfied", "refused")
    return {name: sum(getattr(r, name) for r in rows) for name in names}


def _line(name: str, f: OrganFigures, most: int) -> Line:
    pieces = (
        ("in-time", f.in_time, gettext("trả lời đúng hạn: %(n)s")),
        ("answered-late", f.answered - f.in_time, gettext("trả lời trễ: %(n)s")),
        ("open", f.open - f.overdue, gettext("đang xử lý, còn hạn: %(n)s")),
        ("overdue", f.overdue, gettext("quá hạn chưa trả lời: %(n)s")),
    )
    x, parts = 0.0, []
    for css, n, said in pieces:
        share = 100 * n / max(f.received, 1)
        if n > 0:
            parts.append(Part(css, f"{x:.2f}", f"{share:.2f}", said % {"n": n}))
        x += share
    share_of = (lambda n: round(100 * n / f.answered)) if f.answered else (lambda n: None)
    return Line(
        name,
        f,
        tuple(parts),
        f"{max(2.0, 100 * f.received / most):.2f}",
        share_of(f.in_time),
        share_of(f.dissatisfied),
    )


@require_safe
def open_data(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Every ticket received on the days as a line: no names, no texts, no telephone numbers, no codes that open it."""
    since, until, error = _days(request, clock.today())
    if error:
        raise Refused("bad_days", error)
    name = f"phan-anh-{since.isoformat()}-{(until - timedelta(days=1)).isoformat()}"
    return exports.csv_response(name, OPEN_COLUMNS, queries.open_data(since, until))
