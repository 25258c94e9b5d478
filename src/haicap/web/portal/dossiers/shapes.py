"""Trang câu hỏi: a page of a form as it is drawn, with answers, errors, and what an address was understood as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from haicap.base.text import fold
from haicap.domain.procedures.content import Field, FieldType, Form, Group, Page
from haicap.web.common.procedures import pages_shown, words
from haicap.web.common.procedures.forms import FieldShown, GroupShown
from haicap.web.portal.dossiers import asking, places
from haicap.web.portal.dossiers.asking import KEEP, UNITS, Wrong, name_of
from haicap.web.portal.dossiers.places import Choice

_MODES = {FieldType.NUMBER: "decimal", FieldType.MONEY: "numeric", FieldType.PHONE: "tel", FieldType.EMAIL: "email",
          FieldType.PERSON_ID: "numeric"}  # fmt: skip
_COMPLETE = {"full_name": "name", "phone": "tel", "email": "email", "residence_detail": "street-address"}
_SIZES = {
    FieldType.NUMBER: "short",
    FieldType.MONEY: "short",
    FieldType.PHONE: "short",
    FieldType.PERSON_ID: "short",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to tick."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Control:
    """One question as it is drawn. day: day, month, year as typed; choices: what an address may be."""

    asked: FieldShown
    kind: str  # line, area, radio, check, day, unit, file
    name: str
    value: str
    error: str
    quiet: bool  # the heading already says the label
    inputmode: str = ""
    autocomplete: str = "off"
    css: str = ""
    options: tuple[Option, ...] = ()
    day: tuple[str, str, str] = ("", "", "")
    choices: tuple[Choice, ...] = ()
    understood: str = ""
    kept: bool = False
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a group."""

    n: int
    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True)
class Things:
    """A group as it is drawn."""

    asked: GroupShown
    key: str
    error: str
    items: tuple[Item, ...]
    more: bool
    fewer: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as it is drawn."""

    title: str
    help: str
    parts: tuple[Control | Things, ...]
    wrong: tuple[Wrong, ...]
    files: bool


@dataclass(frozen=True, slots=True)
class _Scene:
    answers: Mapping[str, Any]
    errors: Mapping[str, str]
    known: Mapping[str, str]
    on: date
    title: str


def drawn(
    page: Page, answers: Mapping[str, Any], wrong: Sequence[Wrong], known: Mapping[str, str], on: date
) -> Drawn:
    """`known`: what is filled in by itself, by the name of the profile's field."""
    shown = pages_shown(Form((page,)))[0]
    scene = _Scene(answers, {w.place: w.sentence for w in wrong}, known, on, shown.title)
    parts: list[Control | Things] = []
    for question, told in zip(page.questions, shown.parts, strict=True):
        if not question.condition.holds(answers):
            continue
        if isinstance(question, Group):
            assert isinstance(told, GroupShown)
            parts.append(_things(question, told, scene))
        else:
            assert isinstance(told, FieldShown)
            parts.append(_control(question, told, question.key, answers, scene))
    files = any(isinstance(q, Field) and q.type is FieldType.FILE for q in _all(page))
    return Drawn(shown.title, shown.help, tuple(parts), tuple(wrong), files)


def _all(page: Page) -> list[Field]:
    return [f for q in page.questions for f in (q.fields if isinstance(q, Group) else (q,))]


def _things(group: Group, told: GroupShown, scene: _Scene) -> Things:
    items = asking.items_of(group, scene.answers)
    items += [{}] * (max(group.least, 1) - len(items))
    drawn_items = tuple(
        Item(
            n,
            tuple(
                _control(f, t, f"{group.key}[{n}].{f.key}", one, scene)
                for f, t in zip(group.fields, told.fields, strict=True)
                if f.condition.holds({**scene.answers, **one})
            ),
        )
        for n, one in enumerate(items)
    )
    error = scene.errors.get(group.key, "")
    return Things(
        told, group.key, error, drawn_items, len(items) < group.most, len(items) > max(group.least, 1)
    )


def _control(asked: Field, told: FieldShown, place: str, held: Mapping[str, Any], scene: _Scene) -> Control:
    answer = held.get(asked.key)
    if answer is None and asked.prefill is not None:
        answer = scene.known.get(asked.prefill.value)
    text = answer if isinstance(answer, str) else ""
    kind = {FieldType.DATE: "day", FieldType.UNIT: "unit"}.get(asked.type, told.control)
    more: dict[str, Any] = {}
    if kind in ("radio", "check"):
        more["options"] = _options(asked, told, answer)
    elif kind == "day":
        more["day"] = _parts(text)
    elif kind == "unit":
        text, more = _unit(asked, text, held, scene)
    return Control(
        told, kind, name_of(place), text, scene.errors.get(place, ""), fold(told.label) == fold(scene.title),
        _MODES.get(asked.type, ""), _COMPLETE.get(asked.prefill.value if asked.prefill else "", "off"),
        _SIZES.get(asked.type, ""), **more,
    )  # fmt: skip


def _options(asked: Field, told: FieldShown, answer: object) -> tuple[Option, ...]:
    keys = ("yes", "no") if asked.type is FieldType.YESNO else tuple(o.key for o in asked.options)
    chosen = set(answer) if isinstance(answer, list) else {answer}
    return tuple(Option(k, label, k in chosen) for k, label in zip(keys, told.options, strict=True))


def _parts(text: str) -> tuple[str, str, str]:
    """Day, month, year out of an ISO day or of what was typed."""
    apart = [*reversed(text.split("-"))] if "-" in text and "/" not in text else text.split("/")
    day, month, year = [*apart, "", "", ""][:3]
    return day.lstrip("0") or day, month.lstrip("0") or month, year


def _unit(asked: Field, text: str, held: Mapping[str, Any], scene: _Scene) -> tuple[str, dict[str, Any]]:
    """What was written, and what it was understood as or may be."""
    kept = held.get(UNITS, {}).get(asked.key)
    if kept is None:
        return text, {}
    written, uid = str(kept["ghi"]), str(kept["uid"])
    if uid == KEEP:
        return written, {"kept": True}
    choices = places.read(written, scene.on)
    only = choices.chosen(uid) if uid else None
    if only is not None:
        rest = choices.choices if len(choices.choices) > 1 else ()
        return written, {"understood": only.both, "choices": rest}
    return written, {"choices": choices.choices, "lost": not choices.choices}


# --- answers to be read again ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Line:
    """A question and its answer in words."""

    label: str
    answer: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of a page."""

    key: str
    title: str
    lines: tuple[Line, ...]


def answered(pages: Sequence[Page], answers: Mapping[str, Any]) -> tuple[Answered, ...]:
    """Every page that is asked with its answers, groups numbered."""
    found = []
    for page in pages:
        lines: list[Line] = []
        for q in page.questions:
            if not q.condition.holds(answers):
                continue
            if isinstance(q, Group):
                for n, one in enumerate(asking.items_of(q, answers), 1):
                    asked = [f for f in q.fields if f.condition.holds({**answers, **one})]
                    lines += [Line(f"{n}. {words.text(f.label)}", said(f, one.get(f.key))) for f in asked]
            else:
                lines.append(Line(words.text(q.label), said(q, answers.get(q.key))))
        found.append(Answered(page.key, words.text(page.title), tuple(lines)))
    return tuple(found)


def said(asked: Field, answer: object) -> str:
    """An answer as people read it; empty when there is none."""
    if answer in (None, "", []):
        return ""
    if asked.type in (FieldType.CHOICE, FieldType.MULTICHOICE):
        chosen = answer if isinstance(answer, list) else [answer]
        labels = {o.key: words.text(o.label) for o in asked.options}
        return "; ".join(labels.get(str(c), str(c)) for c in chosen)
    if asked.type is FieldType.YESNO:
        return words.said(words.YES_NO, answer)
    if asked.type is FieldType.DATE:
        return "/".join(part.zfill(2) for part in _parts(str(answer)))
    return str(answer)
