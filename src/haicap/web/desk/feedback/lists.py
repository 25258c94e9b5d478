"""Danh sách phiếu: one table, its question in the address; the same as CSV and XLSX."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import HANOI
from haicap.base.tables import XlsxWriter
from haicap.domain.feedback import queries
from haicap.domain.feedback.queries import Asked
from haicap.web.common import exports
from haicap.web.common.feedback import words
from haicap.web.desk import frame, people
from haicap.web.desk.feedback.keeper import STAGES, Keeper, counted, door, show
from haicap.web.desk.feedback.lines import Line, lines
from haicap.web.desk.worklist.asked import without
from haicap.web.desk.worklist.views import XLSX

MOST_IN_A_FILE = 20_000
CODE = re.compile(r"PA\d{6}-[0-9A-Z]{8}")
HEAD = (
    "code", "kind", "channel", "subject", "sender", "unit", "organ", "state", "received_at", "due_at", "time_left",
    "answer_due_at", "officer",
)  # fmt: skip


def asked_of(request: HttpRequest, keeper: Keeper) -> Asked:
    """chang, loai, kenh, can-bo ("toi": oneself, "-": nobody), loc or q; what is not understood is left out."""
    stage, who = frame.word(request, "chang", 30), frame.word(request, "can-bo", 40)
    text = frame.word(request, "loc", 100) or frame.word(request, "q", 100)
    usual = "all" if frame.word(request, "q", 100) else "open"
    kind, channel = frame.word(request, "loai", 30), frame.word(request, "kenh", 30)
    return Asked(
        stage if stage in STAGES else usual,
        kind if kind in words.KINDS else "",
        channel if channel in words.CHANNELS else "",
        text,
        actor=keeper.actor,
        assignee=keeper.actor if who == "toi" else who,
        after=_after(frame.word(request, "sau", 60)),
    )


def _after(text: str) -> tuple[datetime | None, int] | None:
    due, _, key = text.partition("_")
    if not (key.isascii() and key.isdigit() and len(key) < 18):
        return None
    try:
        at = datetime.fromisoformat(due) if due else None
    except ValueError:
        return None
    return (at, int(key)) if at is None or at.tzinfo is not None else None


def _next(after: tuple[datetime | None, int] | None) -> str:
    return f"{after[0].isoformat() if after[0] else ''}_{after[1]}" if after else ""


@require_safe
@door
def tickets(request: HttpRequest, keeper: Keeper) -> HttpResponseBase:
    """What is to be done, first due first (`?chang= loai= kenh= can-bo= loc= sau=`; `?q=` a code opens its ticket)."""
    code = CODE.fullmatch(frame.word(request, "q", 40).upper())
    if code is not None:
        return redirect("desk:ticket", code[0])
    asked = asked_of(request, keeper)
    page, counts = queries.page(keeper.scope, asked, keeper.officer.at), counted(keeper)
    mine = people.names({asked.assignee} - {"", "-"})
    values = {
        "counts": counts,
        "asked": asked,
        "title": gettext(STAGES[asked.stage]),
        "total": counts.get(asked.stage),
        "narrowed": any((asked.kind, asked.channel, asked.text, asked.assignee)),
        "lines": lines(page.items, keeper.officer),
        "kinds": words.choices(words.KINDS),
        "channels": words.choices(words.CHANNELS),
        "stages": [(stage, gettext(word)) for stage, word in STAGES.items()],
        "officer_named": mine.get(asked.assignee, ""),
        "next": _next(page.after),
        "paged": asked.after is not None,
        "query": without(request, "sau"),
        "q": frame.word(request, "q", 100),
    }
    return show(request, keeper, "list", values)


def _table(request: HttpRequest, keeper: Keeper) -> Iterator[tuple[str, ...]]:
    asked, count = asked_of(request, keeper), 0
    after = asked.after
    while count < MOST_IN_A_FILE:
        piece = replace(asked, after=after)
        page = queries.page(keeper.scope, piece, keeper.officer.at, size=500)
        yield from (_cells(line) for line in lines(page.items, keeper.officer))
        count, after = count + len(page.items), page.after
        if after is None:
            return


def _cells(line: Line) -> tuple[str, ...]:
    row = line.ticket
    received, due, promised = (
        f"{at.astimezone(HANOI):%Y-%m-%d %H:%M}" if at else ""
        for at in (row.received_at, row.due_at, row.answer_due_at)
    )
    return (
        row.code, line.kind, words.said(words.CHANNELS, row.channel), row.subject, row.sender_name, line.place, line.organ,
        line.state, received, due, line.left, promised, line.assignee,
    )  # fmt: skip


@require_safe
@door
def as_csv(request: HttpRequest, keeper: Keeper) -> HttpResponseBase:
    """The list of the question as CSV, at most 20,000 rows."""
    return exports.csv_response("phan-anh", HEAD, _table(request, keeper))


@require_safe
@door
def as_xlsx(request: HttpRequest, keeper: Keeper) -> HttpResponse:
    """The same as a workbook; cells are text, never formulas."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "phan-anh.xlsx"
        writer = XlsxWriter(path)
        for row in [HEAD, *_table(request, keeper)]:
            writer.write(row)
        writer.close()
        content = path.read_bytes()
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="phan-anh.xlsx"'
    return response
