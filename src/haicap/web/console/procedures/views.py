"""Danh sách phiên bản, trang của một phiên bản, biểu mẫu như người dân sẽ thấy, hai bản cạnh nhau."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import show_date
from haicap.domain.procedures import policy, queries
from haicap.domain.procedures.content import Content, examine, generic_form
from haicap.domain.procedures.policy import Verb
from haicap.domain.procedures.queries import VersionRow
from haicap.domain.procedures.states import OPEN, VersionState
from haicap.web.common import paging
from haicap.web.common.procedures import pages_shown, shown, side_by_side, words
from haicap.web.console import frame, record
from haicap.web.console.gate import Officer, gate
from haicap.web.console.procedures import powers
from haicap.web.console.procedures.sections import SECTIONS, rows_of

ROWS = 50


def version_of(officer: Officer, pk: int) -> VersionRow:
    """The version when the officer sees it. Refused `not_found`."""
    return queries.version(pk, visible=policy.visible_to(officer.actor, officer.on))


def content_of(row: VersionRow) -> Content:
    """Its content as far as it can be read."""
    return examine(row.content)[0]


@require_safe
@gate(Verb.SEE_DRAFTS)
def listing(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Versions, newest first (`?tim=` code, name or field; `?trang-thai=` state)."""
    state, text = frame.word(request, "trang-thai", 20), frame.word(request, "tim", 100)
    state = state if state in set(VersionState) else ""
    visible = policy.visible_to(officer.actor, officer.on)
    found = queries.versions(visible=visible, state=state, text=text)
    values = {
        "page": paging.page(request, list(found), ROWS),
        "state": state,
        "text": text,
        "states": words.STATES.items(),
        "drafts": list(queries.versions(visible=visible, state=VersionState.REVIEW)[:10]),
    }
    return frame.show(request, officer, "procedures/list", values)


@require_safe
@gate(Verb.SEE_DRAFTS)
def version(request: HttpRequest, officer: Officer, pk: int) -> HttpResponse:
    """One version: what it says, what may be done with it, its history."""
    row = version_of(officer, pk)
    content, problems = examine(row.content)
    history = queries.history(row.procedure.code)
    others = [entry for entry in history if entry.pk != pk]
    values = {
        "row": row,
        "open": row.state in OPEN,
        "own": row.drafted_by == officer.actor,
        "content": content,
        "sets": content.sets,
        "problems": problems,
        "shown": shown(content),
        "sections": [(s.key, gettext(s.label), len(rows_of(s, row.content))) for s in SECTIONS.values()],
        "others": [(entry, show_date(entry.span.start)) for entry in others],
        "powers": powers.shown_of(row.procedure.code, officer),
        "story": record.story(row.stream),
    }
    return frame.show(request, officer, "procedures/version", values)


@require_safe
@gate(Verb.SEE_DRAFTS)
def form(request: HttpRequest, officer: Officer, pk: int) -> HttpResponse:
    """The electronic form as a citizen will see it."""
    row = version_of(officer, pk)
    own = content_of(row).form
    values = {
        "row": row,
        "generic": not own.pages,
        "form_pages": pages_shown(own if own.pages else generic_form()),
    }
    return frame.show(request, officer, "procedures/form", values)


@require_safe
@gate(Verb.SEE_DRAFTS)
def compare(request: HttpRequest, officer: Officer, pk: int) -> HttpResponse:
    """This version beside another (`?voi=` key; the one in force when it is left out)."""
    row = version_of(officer, pk)
    history = [entry for entry in queries.history(row.procedure.code) if entry.pk != pk]
    asked = frame.word(request, "voi", 18)
    other = int(asked) if asked.isascii() and asked.isdigit() else history[-1].pk if history else pk
    visible = policy.visible_to(officer.actor, officer.on)
    before = queries.version(other, visible=visible)
    values = {
        "row": row,
        "before": before,
        "before_head": _head(before),
        "after_head": _head(row),
        "choices": [(entry.pk, show_date(entry.span.start)) for entry in history],
        "sections": side_by_side(queries.difference(other, pk, visible=visible)),
    }
    return frame.show(request, officer, "procedures/compare", values)


def _head(row: VersionRow) -> str:
    state = words.said(words.STATES, row.state)
    return f"{state}, {show_date(row.since)}" if row.since else f"{state} {row.pk}"
