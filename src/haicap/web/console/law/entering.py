"""Nhập một văn bản bằng biểu mẫu: the document, its places, what it does to others, what it calls for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from haicap.domain.law import actions, queries
from haicap.domain.law.formats import Outcome, drawn
from haicap.domain.law.policy import Verb
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.law.forms import DocumentForm, OwedRows, PlaceRows, RelationRows, document_of
from haicap.web.console.law.trying import Preview, preview

MORE = 3
if TYPE_CHECKING:
    Rows = forms.BaseFormSet[forms.Form]
else:
    Rows = forms.BaseFormSet


@require_http_methods(("GET", "HEAD", "POST"))
@gate(Verb.ENTER)
def one(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """`viec=them`: more empty rows. `viec=xem`: what it would do. `viec=nhap`: entered whole."""
    work, data = request.POST.get("viec", ""), _with_more(request)
    form = DocumentForm(data, initial={"number": frame.word(request, "so", 120)})
    sets: dict[str, Rows] = {
        "places": PlaceRows(data, prefix="vi-tri"),
        "relations": RelationRows(data, prefix="quan-he"),
        "owed": OwedRows(data, prefix="con-no"),
    }
    values: dict[str, object] = {"form": form, **sets}
    bad = False
    if (
        request.method == "POST"
        and work != "them"
        and form.is_valid()
        and all(s.is_valid() for s in sets.values())
    ):
        outcome = drawn(_cells(form.cleaned_data, sets))
        found = frame.attempt(form, lambda: preview(outcome))
        if found is not None and work == "nhap" and not found.faults:
            made = frame.attempt(form, lambda: _enter(officer, outcome))
            if made is not None:
                queries.corpus.now()
                doc = document_of(form.cleaned_data["number"])
                told = gettext("Đã nhập; hiệu lực được tính lại.")
                return frame.done(request, told, *(("law-document", doc.slug) if doc else ("law",)))
        values["preview"] = found
        bad = isinstance(found, Preview) and bool(found.faults)
    if work == "them":
        form = values["form"] = DocumentForm(initial=_typed(form))
    sets_bad = work not in ("", "them") and any(s.is_bound and s.total_error_count() for s in sets.values())
    return frame.show(request, officer, "law/enter", values, 400 if bad or sets_bad or form.errors else 200)


def _enter(officer: Officer, outcome: Outcome) -> int:
    tables = outcome.whole()
    return actions.enter(tables=tables, source=gettext("biểu mẫu"), actor=officer.actor, at=officer.at)


def _with_more(request: HttpRequest) -> Any:
    """What was posted; with more rows where they are asked for."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if data.get("viec") == "them":
        for prefix in ("vi-tri", "quan-he", "con-no"):
            total = data.get(f"{prefix}-TOTAL_FORMS", "0")
            if total.isascii() and total.isdigit() and int(total) < 190:
                data[f"{prefix}-TOTAL_FORMS"] = str(int(total) + MORE)
    return data


def _typed(form: DocumentForm) -> dict[str, Any]:
    return {name: form.data.get(name, "") for name in form.fields}


def _cells(
    document: Mapping[str, Any], sets: Mapping[str, Rows]
) -> dict[str, list[tuple[int, dict[str, str]]]]:
    """The form as rows of cells, each with the number of its line in the form."""
    number, told = document["number"], {name: str(document[name]) for name in ("evidence", "source")}
    places = [(n, row) for n, row in _filled(sets["places"]) if row.get("place")]
    return {
        "documents": [] if _known(document) else [(1, _texts(document))],
        "provisions": [(n, {**_without(row, "text"), "document": number, **told}) for n, row in places],
        "texts": [
            (
                n,
                {
                    "document": number,
                    "place": row["place"],
                    "since": row.get("since", ""),
                    "text": row["text"],
                    **told,
                },
            )
            for n, row in places
            if row.get("text")
        ],
        "relations": [(n, {**row, "document": number, **told}) for n, row in _filled(sets["relations"])],
        "owed": [(n, {**row, "document": number, **told}) for n, row in _filled(sets["owed"])],
    }


def _known(document: Mapping[str, Any]) -> bool:
    """Whether only the number of a document of the register was given: it gets places and relations, nothing else."""
    facts = [v for name, v in document.items() if name not in ("number", "evidence", "source") and v]
    return not facts and document_of(document["number"]) is not None


def _filled(rows: Rows) -> list[tuple[int, dict[str, str]]]:
    found = [(n, _texts(row.cleaned_data)) for n, row in enumerate(rows.forms, 1) if row.has_changed()]
    return [(n, row) for n, row in found if any(row.values())]


def _without(row: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in row.items() if key != name}


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {k: v.isoformat() if isinstance(v, date) else str(v or "") for k, v in values.items()}
