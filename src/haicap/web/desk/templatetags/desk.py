"""Thẻ của bàn làm việc: values of dossiers in words."""

from __future__ import annotations

from datetime import datetime

from django import template

from haicap.base.dates import HANOI
from haicap.base.money import figures
from haicap.domain.dossiers import queries
from haicap.web.common import clock
from haicap.web.desk import words

register = template.Library()


@register.simple_tag
def word_of(kind: str, value: object) -> str:
    """A value in words; kind: states, stages, lefts, channels, methods, outcomes, origins, payments, alarms, forms."""
    return words.said(getattr(words, kind.upper()), value)


@register.simple_tag
def tone_of(state: int) -> str:
    """The tone of a state's tag."""
    return words.TONES.get(state, "calm")


@register.filter
def brief(value: datetime | None) -> str:
    """dd/mm HH:MM in Viet Nam's time, with the year when it is another one."""
    if value is None:
        return ""
    there = value.astimezone(HANOI)
    return f"{there:%d/%m %H:%M}" if there.year == clock.today().year else f"{there:%d/%m/%Y %H:%M}"


@register.filter
def dong(amount: int | None) -> str:
    """1.200.000 đ."""
    return f"{figures(amount or 0)} đ"


@register.filter
def organ_name(pk: int | None) -> str:
    """Name of an organ today."""
    found = queries.office(pk, clock.today())
    return found.name if found else ""
