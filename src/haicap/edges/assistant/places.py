"""Hỏi về đơn vị: the unit in a question, or how many there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext

from haicap.base.text import fold
from haicap.domain.units.addresses import Answer
from haicap.domain.units.timeline import Version
from haicap.edges.assistant import links
from haicap.edges.assistant.answers import others
from haicap.edges.assistant.facts import Facts
from haicap.edges.assistant.normal import words_in
from haicap.edges.assistant.reply import Reply
from haicap.edges.assistant.topics import KIND_WORDS, Sign, without

_COUNTING = re.compile(
    r"\b(?:bao nhieu|may)(?: don vi| cai)? (?:tinh|thanh pho|xa|phuong|dac khu|don vi|quan|huyen)\b|\bhow many (?:provinces|communes|wards)\b"
)
_OF_TWO = frozenset({("thi", "tran"), ("thi", "xa"), ("dac", "khu"), ("thanh", "pho")})  # kinds of two words
_TWO_TIERS, _BEFORE = date(2025, 7, 1), date(2025, 6, 30)
_DROPPED = frozenset(
    "hien bay gio cu truoc day hoi nay thi dia chi co la o va hoi cho minh toi em nao gi vao chia moi".split()
)


def about_units(text: str, facts: Facts, on: date) -> Reply | None:
    """An answer about units; None when no unit is named and nothing is counted."""
    folded = fold(text)
    provinces = named_provinces(folded, facts, on)
    if _COUNTING.search(folded):
        return _counted(provinces, facts, on)
    answer = _commune(text, facts, on)
    if answer is not None and answer.candidates:
        return others.unit(answer, on)
    district = _district(text, facts, on)
    if district is not None:
        return district
    return _province(provinces, facts, on) if provinces else None


def named_provinces(folded: str, facts: Facts, on: date) -> list[Version]:
    """Provinces of the day or of the map before that a text names, the longest names first."""
    register = facts.register()
    every = {v.uid + v.name: v for day in (on, _BEFORE) for v in register.provinces(day)}
    padded = f" {' '.join(w.key for w in words_in(folded))} "
    found = [
        v
        for v in every.values()
        if f" {' '.join(w.key for w in words_in(v.short_name or v.name))} " in padded
    ]
    return sorted(found, key=lambda v: -len(v.short_name or v.name))


def _counted(provinces: Sequence[Version], facts: Facts, on: date) -> Reply | None:
    register = facts.register()
    if not provinces:
        number = len(register.provinces(on))
        text = gettext("Vào ngày %(day)s cả nước có %(n)s tỉnh, thành phố.")
        return others.stated(text % {"day": f"{on:%d/%m/%Y}", "n": number}, links.to("units"))
    for province in provinces:
        inside = register.children(province.uid, on, "commune")
        if inside:
            name = (register.version(province.uid, on) or province).name
            text = gettext("Vào ngày %(day)s %(province)s có %(n)s xã, phường, đặc khu.")
            values = {"day": f"{on:%d/%m/%Y}", "province": name, "n": len(inside)}
            return others.stated(text % values, links.to("unit", province.code))
    return None


def _commune(text: str, facts: Facts, on: date) -> Answer | None:
    """The commune named, read by the address engine from the place words on."""
    words = text.split()
    keys = [w[0].key if (w := words_in(word)) else "" for word in words]
    starts = [n for n, key in enumerate(keys) if key in KIND_WORDS or tuple(keys[n : n + 2]) in _OF_TWO]
    for start in starts[:2] or [0]:
        kept = [words[n] for n in _place(keys, start)]
        answer = facts.gazetteer().convert(" ".join(kept), on=on)
        if answer.candidates:
            return answer
    return None


def _place(keys: Sequence[str], start: int) -> list[int]:
    """Positions of the words of a place: those of asking are left out."""
    marked = words_in(" ".join(keys))
    kept = {id(w) for w in without(Sign.UNIT, marked)}
    asked = {n for n, w in enumerate(marked) if id(w) not in kept} if len(marked) == len(keys) else set()
    two = {start, start + 1} if tuple(keys[start : start + 2]) in _OF_TWO else {start}
    first_asked = min((n for n in asked if n > max(two)), default=len(keys))
    return [n for n in range(start, min(first_asked, len(keys))) if n in two or keys[n] not in _DROPPED]


def _district(text: str, facts: Facts, on: date) -> Reply | None:
    """A former district: the communes that took its land."""
    folded = f" {' '.join(w.key for w in words_in(text))} "
    register = facts.register()
    for district in register.state(_BEFORE, "district"):
        name = " ".join(w.key for w in words_in(district.name))
        if f" {name} " in folded and on >= _TWO_TIERS:
            communes = [c.uid for c in register.children(district.uid, _BEFORE, "commune")]
            heirs = {f.version.uid: f.version for uid in communes for f in register.became(uid, on)}
            names = sorted(heirs.values(), key=lambda v: v.sort_key)
            text = gettext(
                "%(district)s không còn là đơn vị hành chính; các xã cũ của nơi này nay thuộc: %(units)s."
            )
            listed = ", ".join(v.name for v in names[:40])
            return others.stated(
                text % {"district": district.name, "units": listed}, links.to("unit", district.code)
            )
    return None


def _province(provinces: Sequence[Version], facts: Facts, on: date) -> Reply | None:
    register = facts.register()
    for province in provinces:
        ended = register.version(province.uid, on) is None
        fates = [f.version for f in register.became(province.uid, on)]
        if ended and fates:
            names = ", ".join(v.name for v in fates)
            text = gettext("%(old)s nay thuộc %(new)s.") % {"old": province.name, "new": names}
            return others.stated(text, links.to("unit", fates[0].code))
        origins = [
            f.version.name for f in register.origins(province.uid, _BEFORE) if f.version.uid != province.uid
        ]
        name = (register.version(province.uid, on) or province).name
        if origins:
            text = gettext("%(new)s gồm cả %(old)s trước đây.") % {
                "new": name,
                "old": ", ".join(dict.fromkeys(origins)),
            }
            return others.stated(text, links.to("unit", province.code))
        return others.stated(
            gettext("%(unit)s vẫn là đơn vị hành chính vào ngày này.") % {"unit": name},
            links.to("unit", province.code),
        )
    return None
