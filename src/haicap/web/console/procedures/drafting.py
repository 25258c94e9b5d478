"""Lập và sửa dự thảo: the whole record as JSON, or its lists row by row."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from haicap.base.refused import Refused
from haicap.domain.procedures import actions, queries
from haicap.domain.procedures.content import Problem, examine
from haicap.domain.procedures.policy import Verb
from haicap.domain.procedures.queries import VersionRow
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.procedures.forms import NewForm, RowForm, WholeForm
from haicap.web.console.procedures.sections import SECTIONS, Document, Section, filled, rows_of, with_rows
from haicap.web.console.procedures.views import version_of

READ_WRITE = ("GET", "HEAD", "POST")
LARGEST = 1_000_000


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT)
def new(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """A new draft: for a code in force it begins with the record of today."""
    form = NewForm(request.POST or None, initial={"code": frame.word(request, "ma", 20)})
    if request.method == "POST" and form.is_valid():
        made = frame.attempt(form, lambda: _begin(officer, **form.cleaned_data))
        if made is not None:
            return frame.done(request, gettext("Đã lập dự thảo."), "procedure", made.pk)
    return frame.show(request, officer, "procedures/new", {"form": form}, 400 if form.errors else 200)


def _begin(officer: Officer, code: str, name: str) -> VersionRow:
    field, content = "", {}
    try:
        now = queries.record(code.strip(), officer.on)
        name, field, content = name or now.entry.name, now.entry.field, dict(now.document)
    except Refused as refused:
        if refused.code not in ("not_found", "not_in_force"):
            raise
    return actions.draft_version(
        code=code, name=name, field=field, content=content, actor=officer.actor, at=officer.at
    )


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT)
def whole(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Name, field and the whole content; every problem with its path, and nothing written while there is one."""
    row = version_of(officer, pk)
    text = json.dumps(row.content, ensure_ascii=False, indent=2)
    start = {"seen": row.version, "name": row.name, "field": row.field, "content": text}
    form = WholeForm(request.POST or None, request.FILES or None, initial=start)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        document = _document(form)
        if document is not None:
            problems = _change(request, officer, row, form, document)
            if not problems and not form.errors:
                return frame.done(request, gettext("Đã ghi thay đổi."), "procedure", pk)
    bad = bool(form.errors or problems)
    values = {"row": row, "form": form, "problems": problems}
    return frame.show(request, officer, "procedures/whole", values, 400 if bad else 200)


def _document(form: WholeForm) -> Any:
    """The JSON that was sent; None with the reason on the form."""
    file, name = form.cleaned_data["file"], "content"
    text = form.cleaned_data["content"]
    try:
        if file is not None:
            name, data = "file", file.read(LARGEST + 1)
            if len(data) > LARGEST:
                raise ValueError("too large")
            text = data.decode("utf-8-sig")
        return json.loads(text)
    except (ValueError, RecursionError):
        form.add_error(name, gettext("Không phải JSON đúng cú pháp (UTF-8, không quá 1 MB)."))
        return None


def _change(
    request: HttpRequest, officer: Officer, row: VersionRow, form: WholeForm | RowForm, document: Any
) -> tuple[Problem, ...]:
    """Write the draft; the problems of its content instead when there are any."""
    problems = examine(document)[1]
    if not problems:
        given = form.cleaned_data
        frame.attempt(
            form,
            lambda: actions.change_version(
                pk=row.pk, seen=given["seen"], name=given.get("name", row.name), field=given.get("field", row.field),
                content=document, actor=officer.actor, at=officer.at,
            ),
        )  # fmt: skip
    return problems


def _number(request: HttpRequest, name: str) -> int:
    text = frame.word(request, name, 4)
    return int(text) if text.isascii() and text.isdigit() else 0


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT)
def rows(request: HttpRequest, officer: Officer, pk: int, section: str) -> HttpResponseBase:
    """A list of the content as a table; `?muc=` edits a row (0: a new one), `?trang=` is the page of the form."""
    row = version_of(officer, pk)
    if section not in SECTIONS:
        raise Http404
    known, page, n = SECTIONS[section], max(1, _number(request, "trang")), _number(request, "muc")
    held = rows_of(known, row.content, page)
    now: Document = held[n - 1] if 0 < n <= len(held) else {}
    form = RowForm(known, now, request.POST or None, initial={"seen": row.version})
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        after = _after(request.POST.get("viec", ""), known, held, n, form.cleaned_data)
        try:
            document = with_rows(known, row.content, after, page)
        except (IndexError, KeyError):
            raise Http404 from None
        problems = _change(request, officer, row, form, document)
        if not problems and not form.errors:
            return frame.done(request, gettext("Đã ghi thay đổi."), "procedure-rows", pk, section)
    pages = len(rows_of(SECTIONS["pages"], row.content))
    values = {
        "row": row, "section": known, "label": gettext(known.label), "held": _lines(known, held), "n": n,
        "page": page, "pages": range(1, pages + 1), "form": form, "problems": problems, "group": now.get("type") == "group",
    }  # fmt: skip
    bad = bool(form.errors or problems)
    return frame.show(request, officer, "procedures/rows", values, 400 if bad else 200)


def _after(
    work: str, section: Section, held: list[Document], n: int, given: dict[str, Any]
) -> list[Document]:
    """The list after the work asked for: bo (drop), len (one up), else write the row."""
    made = list(held)
    inside = 0 < n <= len(made)
    if work == "bo":
        return made[: n - 1] + made[n:] if inside else made
    if work == "len":
        if inside and n > 1:
            made[n - 2 : n] = [made[n - 1], made[n - 2]]
        return made
    if inside:
        made[n - 1] = filled(section, made[n - 1], given)
    else:
        made.append(filled(section, {}, given))
    return made


def _lines(section: Section, held: list[Document]) -> list[tuple[int, str]]:
    """Each row in a line: what its first columns say."""
    from_columns = [column.path.split(".") for column in section.columns if column.kind != "check"][:6]
    return [(n, " · ".join(_texts(row, from_columns)) or "–") for n, row in enumerate(held, 1)]


def _texts(row: Document, paths: list[list[str]]) -> list[str]:
    found = []
    for path in paths:
        value: Any = row
        for key in path:
            if isinstance(value, list):
                value = value[int(key)] if key.isdigit() and int(key) < len(value) else None
            else:
                value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, str | int) and value != "":
            found.append(str(value)[:120])
    return found
