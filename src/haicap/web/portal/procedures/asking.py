"""Câu hỏi trong địa chỉ: filters of the catalogue read from the address bar, and the links that change one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language, gettext

from haicap.base.text import sort_key
from haicap.base.words import gettext_noop
from haicap.domain.procedures.catalogue import Asked, Catalogue, Found, LifeEventEntry
from haicap.domain.procedures.content import Level, Online, Subject
from haicap.web.common.procedures import words

LONGEST = 200
COMPLETE = gettext_noop("có biểu mẫu, giấy tờ, phí và các bước đầy đủ")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter; `count` None = not counted."""

    value: str
    label: str
    chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    href: str


def word(query: QueryDict, name: str) -> str:
    """A word of the question, no longer than it may be, without characters no text has."""
    return query.get(name, "").replace("\0", "").strip()[:LONGEST]


def asked(request: HttpRequest, catalogue: Catalogue) -> Asked:
    """The filters; values nobody knows count as not asked about."""
    query = request.GET
    events = {event.key for event in catalogue.life_events}
    event = word(query, "su-kien")
    return Asked(
        text=word(query, "tim"),
        field=word(query, "linh-vuc"),
        level=_known(query, "cap", Level),
        life_event=event if event in events else "",
        subject=_known(query, "doi-tuong", Subject),
        online=_known(query, "truc-tuyen", Online),
        complete=True if word(query, "du") == "1" else None,
    )


def _known(query: QueryDict, name: str, kinds: type[Level] | type[Subject] | type[Online]) -> str:
    value = word(query, name)
    return value if value in kinds._value2member_map_ else ""


def any_asked(asked_for: Asked) -> bool:
    """Whether there is a question at all."""
    return asked_for != Asked()


def event_name(event: LifeEventEntry) -> str:
    """Name of a life event in the language of the page."""
    return event.name_en if get_language() == "en" and event.name_en else event.name


def choices(asked_for: Asked, found: Found, catalogue: Catalogue) -> dict[str, list[Choice]]:
    """Values to choose from, with how many of what was found they hold."""
    return {
        "fields": _fields(asked_for, found),
        "levels": _of(words.LEVELS, asked_for.level, found.levels),
        "subjects": _of(words.SUBJECTS, asked_for.subject),
        "onlines": _of(words.ONLINE, asked_for.online),
        "events": [
            Choice(e.key, event_name(e), e.key == asked_for.life_event) for e in catalogue.life_events
        ],
    }


def _fields(asked_for: Asked, found: Found) -> list[Choice]:
    names = sorted({*found.fields, *([asked_for.field] if asked_for.field else [])}, key=sort_key)
    return [Choice(name, name, name == asked_for.field, found.fields.get(name, 0)) for name in names]


def _of(known: Mapping[str, str], chosen: str, counts: Mapping[str, int] | None = None) -> list[Choice]:
    return [
        Choice(key, gettext(label), key == chosen, None if counts is None else counts.get(key, 0))
        for key, label in known.items()
        if counts is None or counts.get(key) or key == chosen
    ]


def chips(request: HttpRequest, asked_for: Asked, catalogue: Catalogue) -> list[Chip]:
    """The filters that are on, each with the address without it."""
    events = {event.key: event_name(event) for event in catalogue.life_events}
    on = (
        ("linh-vuc", asked_for.field, asked_for.field),
        ("cap", asked_for.level, words.said(words.LEVELS, asked_for.level)),
        ("su-kien", asked_for.life_event, events.get(asked_for.life_event, "")),
        ("doi-tuong", asked_for.subject, words.said(words.SUBJECTS, asked_for.subject)),
        ("truc-tuyen", asked_for.online, words.said(words.ONLINE, asked_for.online)),
        ("du", asked_for.complete, gettext(COMPLETE)),
    )
    return [Chip(label, _without(request.GET, name)) for name, value, label in on if value]


def _without(query: QueryDict, name: str) -> str:
    rest = query.copy()
    for gone in (name, "trang"):
        rest.pop(gone, None)
    return f"?{rest.urlencode()}"
