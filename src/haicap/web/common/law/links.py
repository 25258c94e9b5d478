"""Đường dẫn tới văn bản, và dẫn chiếu trong câu thành đường dẫn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from urllib.parse import quote, urlencode

from django.db import DatabaseError
from django.urls import get_script_prefix, reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from haicap.base.citation import Citation
from haicap.domain.law import queries
from haicap.domain.law.numbers import find_citations
from haicap.domain.law.queries import Doc
from haicap.web.common import citations
from haicap.web.common.law import words

PUBLIC = "portal:law-document"
LONGEST = 20_000  # of a text whose citations are looked for


@lru_cache(maxsize=16)
def _page(name: str, language: str | None, prefix: str) -> tuple[str, str]:
    """What stands before and after the name of a document in the address of its page."""
    before, _, after = reverse(name, args=["SLUG"]).partition("SLUG")
    return before, after


def href(
    doc: Doc, path: str = "", *, page: str = PUBLIC, on: date | None = None, today: date | None = None
) -> str:
    """The page of a document at a place; with the day when it is not today."""
    before, after = _page(page, get_language(), get_script_prefix())
    query = f"?{urlencode({'ngay': on.isoformat()})}" if on and on != today else ""
    return f"{before}{quote(doc.slug)}{after}{query}" + (f"#{quote(path)}" if path else "")


def link(doc: Doc, path: str = "", *, page: str = PUBLIC) -> SafeString:
    """ "<a>Nghị định 140/2025/NĐ-CP, điều 5</a>"."""
    return format_html('<a href="{}">{}</a>', href(doc, path, page=page), words.placed(doc, path))


def cited(value: Citation | str | None) -> SafeString:
    """A citation or a text with the documents it names linked to their pages, as far as the register knows them.

    Text is escaped; what is safe already stays as it is and gets no links.
    """
    if not value:
        return mark_safe("")
    if isinstance(value, Citation):
        return _citation(value)
    if isinstance(value, SafeString) or len(value) > LONGEST:
        return mark_safe(conditional_escape(value))  # noqa: S308  escaped here, or safe before
    return _text(value)


def written(value: Citation | str | None) -> SafeString:
    """The same, said as `citations.written` says it: a joined text is read as citations first."""
    if not value:
        return mark_safe("")
    if isinstance(value, Citation):
        return _citation(value)
    parts = [part.partition(", ") for part in value.split("; ") if part]
    return format_html_join("; ", "{}", ((_citation(Citation(act, clause)),) for act, _, clause in parts))


def _citation(value: Citation) -> SafeString:
    """Each act is a link to the place; the place is said once, behind the last."""
    acts = [act.strip() for act in value.act.split("|") if act.strip()]
    shown = []
    for n, act in enumerate(acts):
        clause = value.clause if n == len(acts) - 1 else ""
        text = ", ".join(part for part in (citations.act(act), citations.clause(clause)) if part)
        shown.append((_linked(text, Citation(act, value.clause)),))
    return format_html_join("; ", "{}", shown)


def _text(text: str) -> SafeString:
    pieces, at = [], 0
    for start, end, citation in find_citations(text):
        pieces += [(text[at:start],), (_linked(text[start:end], citation),)]
        at = end
    return format_html_join("", "{}", [*pieces, (text[at:],)])


def _linked(text: str, citation: Citation) -> SafeString | str:
    found = _found(citation)
    if len({doc.pk for doc, _ in found}) != 1:  # nobody knows it, or several provinces share the number
        return text
    doc, path = found[0]
    return format_html('<a href="{}">{}</a>', href(doc, path), text)


def _found(citation: Citation) -> Sequence[tuple[Doc, str]]:
    try:
        return [(found.doc, found.path) for found in queries.resolve(citation)]
    except DatabaseError:  # a page that tells of trouble must not fail for want of a link
        return []
