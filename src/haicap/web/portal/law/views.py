"""Văn bản: search, one document, what changed between two days, files, ELI addresses."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from haicap.base.citation import Citation
from haicap.base.dates import show_date
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.law import queries
from haicap.domain.law.formats import eli
from haicap.web.common import clock
from haicap.web.common.law import changing, files, links, listing, pages

PAGE = links.PUBLIC


@require_safe
def found(request: HttpRequest) -> HttpResponse:
    """Documents by number, title and words (`?tim=`), kind, issuer, ministry, state on a day."""
    on = clock.asked_day(request)
    values = listing.values(request, on, PAGE) | {
        "day": show_date(on),
        "page": PAGE,
        "forms": files.labels(files.OF_MANY),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
    }
    return render(request, "portal/law/list.html", values)


@require_safe
def register_file(request: HttpRequest, form: str) -> HttpResponse:
    """What was found, as a file."""
    on = clock.asked_day(request)
    docs = {hit.doc.pk: hit.doc for hit in listing.hits(request, on)}
    return files.many(docs.values(), form, on=on, base=base_of(request))


@require_safe
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """One document on a day (`?ngay=`), in a unit (`?don-vi=`)."""
    return render(request, "portal/law/document.html", pages.document_values(request, slug, PAGE))


@require_safe
def document_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """One document as a file."""
    return files.one(queries.document(slug), form, on=clock.asked_day(request), base=base_of(request))


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What began, ended, was suspended or came back between `?tu=` and `?den=`."""
    values, status = changing.values(request, PAGE)
    return render(
        request, "portal/law/changes.html", values | {"csv_page": "portal:law-changes-csv"}, status=status
    )


@require_safe
def changes_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as CSV."""
    return changing.csv(request)


@require_safe
def eli_address(request: HttpRequest, rest: str) -> HttpResponseRedirect:
    """An ELI address leads to the page of its document, at its place. Refused `bad_address`, `not_found`."""
    address = eli.read_path(f"{eli.PREFIX}/{rest}")
    issuer, _, unit = address.issuer.partition(":")
    meant = queries.resolve(Citation(address.number), issued_on=address.issued_on, unit=unit)
    docs = [f.doc for f in meant if issuer in ("", f.doc.issuer)]
    if not docs:
        raise Refused("not_found", gettext_noop("Sổ văn bản không có văn bản mang địa chỉ này."))
    if len(docs) > 1:
        return HttpResponseRedirect(f"{reverse('portal:laws')}?{urlencode({'tim': address.number})}")
    target = links.href(docs[0])
    return HttpResponseRedirect(f"{target}#{quote(address.place)}" if address.place else target)


def base_of(request: HttpRequest) -> str:
    """ "https://host" of this site."""
    return f"{request.scheme}://{request.get_host()}"
