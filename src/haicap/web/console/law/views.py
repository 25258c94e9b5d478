"""Sổ văn bản và trang của một văn bản, nhìn từ bàn của cán bộ."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from haicap.base.dates import show_date
from haicap.domain.law import policy, queries
from haicap.domain.law.policy import Verb
from haicap.web.common import clock
from haicap.web.common.law import changing, files, listing, pages
from haicap.web.console import frame, record
from haicap.web.console.gate import Officer, gate

PAGE = "console:law-document"


@require_safe
@gate()
def register(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Documents by number, title and words, kind, issuer, ministry, state on a day."""
    on = clock.asked_day(request)
    queries.corpus.now()
    values = listing.values(request, on, PAGE) | {
        "day": show_date(on),
        "forms": files.labels(files.OF_MANY),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
    }
    return frame.show(request, officer, "law/list", values)


@require_safe
@gate()
def register_file(request: HttpRequest, officer: Officer, form: str) -> HttpResponse:
    """What was found, as a file."""
    on = clock.asked_day(request)
    docs = {hit.doc.pk: hit.doc for hit in listing.hits(request, on)}
    return files.many(docs.values(), form, on=on, base=_base(request))


@require_safe
@gate()
def document(request: HttpRequest, officer: Officer, slug: str) -> HttpResponse:
    """One document on a day, in a unit; what the officer may do with it; its history."""
    queries.corpus.now()  # what the officer just did is there
    values = pages.document_values(request, slug, PAGE)
    doc = queries.document(slug)
    keeps = Verb.ENTER in officer.rights and policy.reaches(officer.posts, doc.issuer_uid, officer.on)
    values |= {
        "keeps": keeps,
        "withdraw": "console:law-relation-withdraw" if keeps else "",
        "report": "console:law-report" if Verb.REPORT in officer.rights else "",
        "story": record.story(f"law.document:{slug}"),
    }
    return frame.show(request, officer, "law/document", values)


@require_safe
@gate()
def document_file(request: HttpRequest, officer: Officer, slug: str, form: str) -> HttpResponse:
    """One document as a file."""
    return files.one(queries.document(slug), form, on=clock.asked_day(request), base=_base(request))


@require_safe
@gate()
def changes(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What began, ended, was suspended or came back between two days."""
    values, status = changing.values(request, PAGE)
    return frame.show(
        request, officer, "law/changes", values | {"csv_page": "console:law-changes-csv"}, status
    )


@require_safe
@gate()
def changes_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The same as CSV."""
    return changing.csv(request)


def _base(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
