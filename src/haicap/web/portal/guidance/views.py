"""Trang cẩm nang, hỏi đáp, thông báo."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from haicap.base.dates import show_date
from haicap.domain.guidance import queries
from haicap.domain.guidance.queries import Piece
from haicap.domain.guidance.states import Audience
from haicap.web.common import clock, paging
from haicap.web.common.guidance import shown, words, written

PAGES = {"article": "guidance-chapter", "answer": "guidance-answer", "notice": "guidance-notice"}
SIZE = 40
MOST = 200  # letters of a question


def href(piece: Piece) -> str:
    """The page of a piece."""
    return reverse(f"portal:{PAGES[piece.kind]}", args=[piece.code])


def _asked(request: HttpRequest) -> dict[str, str]:
    asked = {
        name: request.GET.get(name, "").replace("\0", "").strip()[:MOST] for name in ("tim", "cho", "chu-de")
    }
    if asked["cho"] not in {a.value for a in Audience}:
        asked["cho"] = ""
    return asked


def _day(on: date) -> dict[str, object]:
    return {"on": on, "day": show_date(on), "other_day": "" if on == clock.today() else on.isoformat()}


@require_safe
def book(request: HttpRequest) -> HttpResponse:
    """The handbook: its contents, or what was found in it (`?tim=`) on a day (`?ngay=`)."""
    on, asked = clock.asked_day(request), _asked(request)
    hits = queries.search(asked["tim"], on=on, audience=asked["cho"] or None) if asked["tim"] else []
    page = paging.page(request, hits, SIZE)
    values = {
        **_day(on), "text": asked["tim"], "audience": asked["cho"], "parts": shown.contents(on), "page": page,
        "found": [(shown.line(hit.piece), hit.excerpt, href(hit.piece)) for hit in page.rows],
        "audiences": [(a.value, words.said(words.AUDIENCES, a.value)) for a in Audience], "ready": queries.loaded(),
    }  # fmt: skip
    return render(request, "portal/guidance/book.html", values)


@require_safe
def book_on_paper(request: HttpRequest) -> HttpResponse:
    """The whole handbook on one page, for the printer of the browser."""
    on = clock.asked_day(request)
    chapters = [
        (shown.line(piece), written.html(piece.body, level=3, prefix=f"{piece.code}-"))
        for piece in queries.chapters(on)
    ]
    return render(request, "portal/guidance/paper.html", {**_day(on), "chapters": chapters})


@require_safe
def chapter(request: HttpRequest, code: str) -> HttpResponse:
    """One article, with the chapters beside it."""
    return _one(request, code, "article")


@require_safe
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """One question with its answer."""
    return _one(request, code, "answer")


@require_safe
def notice(request: HttpRequest, code: str) -> HttpResponse:
    """One notice."""
    return _one(request, code, "notice")


def _one(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    on = clock.asked_day(request)
    piece = queries.piece(code, on)
    if piece.kind != kind:
        return HttpResponseRedirect(href(piece))
    before, after = shown.neighbours(piece, on) if piece.part else (None, None)
    same = [p for p in queries.articles(on, kind="answer") if p.topic == piece.topic and p.code != code]
    values = {
        **_day(on), **shown.whole(piece, on), "before": before, "after": after,
        "topic": words.said(words.TOPICS, piece.topic) if piece.topic else "",
        "others": shown.lines(same[:8]) if piece.topic else [],
    }  # fmt: skip
    return render(request, "portal/guidance/piece.html", values)


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Questions and answers by topic, for whom, with words."""
    on, asked = clock.asked_day(request), _asked(request)
    topic = asked["chu-de"] if asked["chu-de"] in words.TOPICS else ""
    audience = asked["cho"] or None
    if asked["tim"]:
        found = [hit.piece for hit in queries.search(asked["tim"], on=on, audience=audience, kind="answer")]
    else:
        found = list(queries.articles(on, audience, "answer"))
    found = [piece for piece in found if topic in ("", piece.topic)]
    page = paging.page(request, found, SIZE)
    counts = queries.topics(on, "answer")
    values = {
        **_day(on), "text": asked["tim"], "audience": asked["cho"], "topic": topic, "page": page,
        "lines": shown.lines(page.rows), "topics": [(key, words.said(words.TOPICS, key), counts[key]) for key in words.TOPICS if counts.get(key)],
        "audiences": [(a.value, words.said(words.AUDIENCES, a.value)) for a in Audience], "ready": queries.loaded(),
    }  # fmt: skip
    return render(request, "portal/guidance/answers.html", values)


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Notices that count on the day."""
    on = clock.asked_day(request)
    page = paging.page(request, queries.articles(on, kind="notice"), SIZE)
    values = {**_day(on), "page": page, "lines": shown.lines(page.rows)}
    return render(request, "portal/guidance/notices.html", values)
