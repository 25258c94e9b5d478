"""Thẻ của hệ thiết kế: the components every template may use without loading anything.

Values in, small templates of `common/parts/` out. How to use them: web/common/README.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from django import template
from django.forms import BoundField, Form, RadioSelect
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from haicap.base.citation import Citation
from haicap.base.dates import HANOI, show_date
from haicap.web.common import citations, vocabulary
from haicap.web.common.drawings import Bars, Flow, Life, Map, Strip
from haicap.web.common.fields import complaint
from haicap.web.common.law import links
from haicap.web.common.law import words as law
from haicap.web.common.paging import Page
from haicap.web.common.procedures import words as procedures
from haicap.web.common.sorting import Sorting
from haicap.web.common.systems import words as systems

register = template.Library()


@cache
def _icons() -> Mapping[str, str]:
    path = resources.files("haicap.web.common") / "data" / "icons.json"
    icons: Mapping[str, str] = json.loads(path.read_text(encoding="utf-8"))["icons"]
    return icons


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside a word; hidden from screen readers."""
    return format_html(
        '<svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(_icons()[name]),  # noqa: S308  packaged constant
    )


@register.simple_tag
def tag(tone: str, word: object) -> SafeString:
    """A status: colour + shape + word. tone: ok | warn | late | calm."""
    return format_html('<span class="tag {}">{}</span>', tone, word)


# --- values ------------------------------------------------------------------------------------------------------
@register.filter
def day(value: date | datetime | None) -> str:
    """dd/mm/yyyy, in Viet Nam's time."""
    if isinstance(value, datetime):
        value = value.astimezone(HANOI).date()
    return show_date(value)


@register.filter
def moment(value: datetime | None) -> str:
    """dd/mm/yyyy HH:MM in Viet Nam's time."""
    return f"{value.astimezone(HANOI):%d/%m/%Y %H:%M}" if value else ""


@register.filter
def number(value: float | None) -> str:
    """10.035 (Vietnamese) or 10,035 (English); one decimal place for fractions."""
    if value is None:
        return ""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
    return text if get_language() == "en" else text.replace(",", " ").replace(".", ",").replace(" ", ".")


@register.filter
def in_days(value: float | None) -> str:
    """ "2,1 ngày", "dưới nửa ngày" for less, "–" when nothing was counted."""
    if value is None:
        return "–"
    if value < 0.5:
        return gettext("dưới nửa ngày")
    text = number(value)
    return gettext("1 ngày") if text in ("1,0", "1.0", "1") else gettext("%(n)s ngày") % {"n": text}


@register.filter
def unlocalized(value: float) -> str:
    """A coordinate: a point as the decimal mark in every language."""
    return f"{value:g}"


@register.filter
def translated(sentence: str | None) -> str:
    """A sentence the domain marked, in the language of the page."""
    return gettext(sentence) if sentence else ""


@register.filter
def capital(text: object) -> str:
    """First letter large, the rest untouched."""
    words = str(text)
    return words[:1].upper() + words[1:]


@register.filter
def written(citation: Citation | str | None) -> str:
    """ "Nghị quyết 1685/NQ-UBTVQH15, điều 1 khoản 9" in the language of the page."""
    return citations.written(citation) if citation else ""


register.filter("relation", vocabulary.relation)
register.filter("share", vocabulary.share)
register.filter("tier", vocabulary.tier)
register.filter("kind", vocabulary.kind)


register.filter("cited", links.cited)
register.filter("cited_law", links.written)
register.filter("law_kind", law.kind_of)
register.filter("law_issuer", law.issuer_of)
register.filter("law_area", law.area_of)
register.filter("law_name", law.named)
register.filter("law_unit", law.unit_name)
register.filter("law_organ", law.organ)
register.filter("law_clause", law.clause)
register.simple_tag(law.word, name="law_word")
register.simple_tag(systems.named, name="system_name")


@register.simple_tag
def procedure_word(words: str, value: object) -> str:
    """A value of the catalogue in words; `words`: levels, subjects, online, channels, states, decisions, standings."""
    return procedures.said(getattr(procedures, words.upper()), value)


@register.inclusion_tag("common/parts/citation.html")
def cite(citation: Citation | str | None, since: date | None = None) -> dict[str, object]:
    """The legal basis under an answer: act, clause and the day it took effect; nothing for an empty one."""
    return {"text": links.written(citation), "since": since}


@register.simple_tag
def unconfirmed(evidence: str, note: str = "") -> SafeString:
    """The mark "chưa xác minh" or "nguồn không thống nhất" for facts whose act was not read; nothing for confirmed ones."""
    word = {"unconfirmed": gettext("chưa xác minh"), "doubtful": gettext("nguồn không thống nhất")}.get(
        evidence
    )
    if word is None:
        return mark_safe("")
    return format_html('<span class="unsure" title="{}">{}</span>', gettext(note) if note else "", word)


# --- forms -------------------------------------------------------------------------------------------------------
@register.inclusion_tag("common/parts/field.html")
def field(bound: BoundField, css: str = "") -> dict[str, object]:
    """Label, why it is asked (help_text), error, control; optional ones say so in words."""
    described = [f"{bound.id_for_label}-hint"] if bound.help_text else []
    if bound.errors:
        described.append(f"{bound.id_for_label}-err")
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if css:
        attrs["class"] = css
    kind = getattr(bound.field.widget, "input_type", "")
    many = isinstance(bound.field.widget, RadioSelect)  # boxes to tick are radio buttons' kin
    shown = {"bound": bound, "control": bound.as_widget(attrs=attrs), "wrong": complaint(bound)}
    return {**shown, "check": kind == "checkbox", "many": many}


@register.inclusion_tag("common/parts/error_summary.html")
def error_summary(form: Form) -> dict[str, object]:
    """Everything that is wrong, on top, linked to its field."""
    return {"form": form, "fields": [(f, complaint(f)) for f in form if f.errors], "wrong": bool(form.errors)}


# --- pieces ------------------------------------------------------------------------------------------------------
@register.inclusion_tag("common/parts/crumbs.html")
def crumbs(*parts: str) -> dict[str, object]:
    """Breadcrumbs: name, address, name, address, …; the last name (without address) is this page."""
    steps = list(zip(parts[::2], [*parts[1::2], ""], strict=False))
    return {"steps": steps}


@register.inclusion_tag("common/parts/pages.html")
def pages(page: Page[Any], query: QueryDict) -> dict[str, object]:
    """Pages of a list; the question in the address is kept."""
    return {"page": page, "base": _without(query, "trang")}


@register.inclusion_tag("common/parts/sort_head.html")
def sort_head(sorting: Sorting, key: str, label: str, query: QueryDict, css: str = "") -> dict[str, object]:
    """A table head that sorts by link; says its order to screen readers."""
    state = "" if sorting.key != key else "descending" if sorting.descending else "ascending"
    value = f"-{key}" if state == "ascending" else key
    return {
        "state": state,
        "href": f"?{_without(query, 'xep', 'trang')}xep={value}",
        "label": label,
        "css": css,
    }


def _without(query: QueryDict, *names: str) -> str:
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest.urlencode() + "&" if rest else ""


@register.inclusion_tag("common/parts/note.html")
def note(tone: str, text: object) -> dict[str, object]:
    """A sentence in a frame. tone: calm | warn | bad | good (or a level of Django's messages)."""
    tone = {"success": "good", "warning": "warn", "error": "bad", "info": "calm"}.get(tone, tone)
    icons = {"warn": "triangle-alert", "bad": "circle-x", "good": "circle-check"}
    return {"tone": tone, "text": text, "icon": icons.get(tone, "info")}


@register.inclusion_tag("common/parts/progress.html")
def progress(value: int, most: int, label: str) -> dict[str, object]:
    """A bar with its figures in words."""
    return {"value": value, "most": max(most, 1), "label": label, "percent": 100 * value // max(most, 1)}


@register.inclusion_tag("common/parts/empty.html")
def empty(title: str, text: str, action: str = "", href: str = "") -> dict[str, object]:
    """An empty list: what will appear here, and the first thing to do."""
    return {"title": title, "text": text, "action": action, "href": href}


# --- drawings ----------------------------------------------------------------------------------------------------
@register.simple_tag
def province_map(drawn: Map, label: str, caption: str = "") -> SafeString:
    """The map of provinces; a table with the same content belongs beneath it."""
    return _written_map(drawn, str(label), str(caption), get_language())


@lru_cache(maxsize=32)
def _written_map(drawn: Map, label: str, caption: str, language: str | None) -> SafeString:
    """The same map is asked for again and again, and is the longest piece of its pages (about 40 kB)."""
    return render_to_string("common/parts/map.html", {"map": drawn, "label": label, "caption": caption})


@register.inclusion_tag("common/parts/flow.html")
def lineage_flow(drawn: Flow, label: str) -> dict[str, object]:
    """Old units to new ones; a table with the same content belongs beneath it."""
    return {"flow": drawn, "label": label}


@register.inclusion_tag("common/parts/life.html")
def life(drawn: Life, label: str) -> dict[str, object]:
    """The life of one unit."""
    return {"life": drawn, "label": label}


@register.inclusion_tag("common/parts/strip.html")
def strip(drawn: Strip, label: str) -> dict[str, object]:
    """The days of a deadline; a table with the same content belongs beneath it."""
    return {"strip": drawn, "label": label}


@register.inclusion_tag("common/parts/bars.html")
def time_bars(drawn: Bars, label: str) -> dict[str, object]:
    """Lanes of stretches over time; a table with the same content belongs beneath it."""
    return {"bars": drawn, "label": label}


@register.simple_tag
def bar(value: float, most: float) -> SafeString:
    """A bar beside the figure it draws (the figure is the text alternative)."""
    share = 0 if most <= 0 else min(100, round(100 * value / most, 2))
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="ground" width="100" height="10"/><rect class="k3" width="{}" height="10"/></svg>',
        f"{share:g}",
    )


@register.inclusion_tag("common/parts/stacked.html")
def stacked(parts: Iterable[tuple[str, int]], most: int, label: str) -> dict[str, object]:
    """One bar of several parts (name, value) on a scale of `most`, with its legend."""
    drawn, x, rows = [], 0.0, list(parts)
    for shade, (name, value) in zip((5, 3, 2, 4, 1), rows, strict=False):
        share = 100 * value / max(most, 1)
        drawn.append((f"k{shade}", f"{x:.2f}", f"{share:.2f}", name, value))
        x += share
    return {"parts": drawn, "label": label}
