"""Hình của văn bản: its places over time as bars, its relations as a flow from what acts on it to what it acts on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext

from haicap.base.dates import show_date
from haicap.domain.law.effect import Span
from haicap.domain.law.queries import Corpus, Doc, Tie
from haicap.domain.law.states import ACTING, RelationKind
from haicap.web.common.drawings import Arrow, Bars, Box, Flow, Lane, Stretch, draw_bars, draw_flow
from haicap.web.common.law import links, words

MOST_LANES, MOST_BOXES = 40, 12
_STRONG = (*ACTING, RelationKind.AMENDS, RelationKind.CORRECTS)


def timeline(lanes: Sequence[tuple[str, str, Sequence[Span]]], on: date, today: date) -> Bars:
    """Bars of (name, address, spans); a line for today and one for the asked day."""
    drawn = [
        Lane(name, tuple(_stretch(span) for span in _joined(spans)), href)
        for name, href, spans in lanes[:MOST_LANES]
    ]
    marks = [(today, "today", gettext("hôm nay %(day)s") % {"day": show_date(today)})]
    if on != today:
        marks.append((on, "asked", show_date(on)))
    return draw_bars(drawn, marks)


def _stretch(span: Span) -> Stretch:
    return Stretch(span.since, span.until, span.standing.value, words.said(words.STANDINGS, span.standing))


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Neighbours of one standing as one stretch: the reasons stand in the table."""
    found: list[Span] = []
    for span in spans:
        if found and found[-1].standing == span.standing:
            found[-1] = Span(found[-1].since, span.until, span.standing, span.chain)
        else:
            found.append(span)
    return found


def graph(known: Corpus, doc: Doc, page: str) -> tuple[Flow | None, int]:
    """The drawing, and how many neighbours it leaves out; None when nothing is related."""
    before = _neighbours(known, known.suffering(doc.pk), source=True)
    after = _neighbours(known, known.acting(doc.pk), source=False)
    if not before and not after:
        return None, 0
    column = 1 if before else 0
    boxes = [Box("this", column, words.named(doc), "", "", True)]
    arrows, heads = [], [""]
    for side, at, head in (
        (before, 0, gettext("Tác động, dẫn chiếu tới")),
        (after, column + 1, gettext("Tới các văn bản")),
    ):
        if not side:
            continue
        heads = [head, *heads] if at == 0 and side is before else [*heads, head]
        for other, ties in side[:MOST_BOXES]:
            key = f"{at}-{other.pk}"
            said = ", ".join(dict.fromkeys(words.said(words.RELATIONS, t.kind) for t in ties))
            boxes.append(Box(key, at, words.named(other), said, links.href(other, page=page)))
            style = "whole" if any(t.kind in _STRONG for t in ties) else "part"
            arrows.append(Arrow(key, "this", style) if side is before else Arrow("this", key, style))
    left_out = max(0, len(before) - MOST_BOXES) + max(0, len(after) - MOST_BOXES)
    return draw_flow(boxes, arrows, heads), left_out


def _neighbours(known: Corpus, ties: Sequence[Tie], *, source: bool) -> list[tuple[Doc, list[Tie]]]:
    """Other documents with what ties them, those that change effect first."""
    found: dict[int, list[Tie]] = {}
    for tie in ties:
        other = tie.source if source else tie.target
        found.setdefault(other, []).append(tie)
    rows = [(known.docs[pk], held) for pk, held in found.items()]
    rows.sort(key=lambda row: (not any(t.kind in _STRONG for t in row[1]), row[0].number))
    return rows
