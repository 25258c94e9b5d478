"""Vị trí và chữ: the body of an Akoma Ntoso document as places and texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.law.formats.akn import words
from haicap.domain.law.formats.akn.tree import Node
from haicap.domain.law.formats.problems import Problem
from haicap.domain.law.places import Level
from haicap.domain.law.places.paths import joined
from haicap.domain.law.places.reading import label_of

_BODIES = ("body", "mainBody")
_BLOCKS = ("p", "heading", "li", "listIntroduction", "listWrapUp", "td", "th")
_OWN = ("content", "intro", "wrapUp")
_BREAK = re.compile(r"\s*\n\s*")
_WORD = re.compile(r"^(?:phần|chương|mục|điều|khoản|điểm|tiết|phụ lục)(?:\s+(?:thứ\s+)?|$)", re.I)
_Pairs = tuple[tuple[Level, str], ...]


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place with what stands at its head; days as ISO texts, "" when not told."""

    line: int
    path: str
    heading: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class TextFound:
    """One version of the text of a place."""

    line: int
    path: str
    period: str
    since: str
    until: str
    text: str


@dataclass(slots=True)
class Found:
    """What a body holds, in its order."""

    places: list[PlaceFound] = field(default_factory=list)
    texts: list[TextFound] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Reader:
    """Walks through a body once."""

    def __init__(self, document: Node, spans: Mapping[str, tuple[str, str]]) -> None:
        self._document = document
        self._spans = spans
        self._found = Found()
        self._told: dict[tuple[str, str], tuple[int, list[str]]] = {}

    def read(self) -> Found:
        """Places and texts of the body and of attachments."""
        for body in self._document.children(*_BODIES):
            self._inside(body, ())
        for attached in self._document.children("attachments"):
            self._found.problems.append(
                Problem(
                    "provisions", attached.line, "place",
                    gettext_noop("Phụ lục nằm trong “attachments” không đọc được."), {},
                    gettext_noop("Đưa phụ lục vào body: hcontainer name=\"annex\"."),
                )
            )  # fmt: skip
        for (path, period), (line, told) in self._told.items():
            text = "\n".join(told)
            if text.strip():
                self._found.texts.append(TextFound(line, path, period, *self._span(period), text))
        return self._found

    def _inside(self, node: Node, around: _Pairs) -> None:
        for child in node.children():
            level = _level(child)
            if level:
                self._place(child, level, around)
            elif child.name not in (*_OWN, "num", "heading"):
                self._text(child, around)
                self._inside(child, around)

    def _place(self, node: Node, level: Level, around: _Pairs) -> None:
        label = self._label(node, level)
        if label is None:
            return
        outer = tuple(pair for pair in around if _encloses(pair[0], level))
        pairs = (*outer, (level, label))
        try:
            path = joined(list(pairs))
        except ValueError:
            self._bad(node)
            return
        heading = node.first("heading")
        since, until = self._span(node.get("period"))
        self._found.places.append(
            PlaceFound(node.line, path, nfc(heading.text()) if heading else "", since, until)
        )
        self._text(node, pairs)
        self._inside(node, pairs)

    def _label(self, node: Node, level: Level) -> str | None:
        """The label out of the eId's last segment, or out of the number printed."""
        last = node.get("eId").rpartition("__")[2]
        num = node.first("num")
        printed = _WORD.sub("", nfc(num.text())).strip(" .)(:") if num else ""
        candidates = [last.partition("_")[2], printed] if last else [printed]
        if level is Level.ANNEX and not any(candidates):
            return ""
        for candidate in candidates:
            try:
                if candidate:
                    return label_of(level, candidate)
            except (ValueError, Refused):
                continue
        self._bad(node)
        return None

    def _bad(self, node: Node) -> None:
        self._found.problems.append(
            Problem(
                "provisions", node.line, "place",
                gettext_noop("Phần tử %(name)s “%(eid)s” không cho biết vị trí."),
                {"name": node.name, "eid": node.get("eId")[:60]},
                gettext_noop("Ghi eId như art_5__para_1, hoặc num như “Điều 5.”."),
            )
        )  # fmt: skip

    def _span(self, period: str) -> tuple[str, str]:
        return self._spans.get(period.lstrip("#"), ("", ""))

    def _text(self, node: Node, around: _Pairs) -> None:
        """The own text of a place, a text for each period in it."""
        lines: dict[str, list[str]] = {}
        for part in node.children(*_OWN):
            if part.get("status") == "unknown":
                continue
            for period, line in _lines(part):
                lines.setdefault(period or part.get("period"), []).append(line)
        path = joined(list(around)) if around else ""
        for period, told in lines.items():
            self._told.setdefault((path, period), (node.line, []))[1].extend(told)


def _level(node: Node) -> Level | None:
    if node.name == "hcontainer":
        return words.NAMED.get(node.get("name"))
    return words.LEVELS.get(node.name)


def _encloses(outer: Level, level: Level) -> bool:
    """Whether the path of a level goes on from an outer one: an article begins anew, except in an annex."""
    if level is Level.ANNEX:
        return False
    return outer is Level.ANNEX or (outer < level and (level < Level.ARTICLE or outer >= Level.ARTICLE))


def _lines(node: Node) -> Iterator[tuple[str, str]]:
    """(period, text) of each block inside; a node without blocks is one itself. The number of an item stays with it."""
    if node.name in _BLOCKS or not any(True for _ in node.walk(*_BLOCKS)):
        yield node.get("period"), _BREAK.sub(" ", node.text())
        return
    number = ""
    for child in node.children():
        if child.name == "num":
            number = f"{nfc(child.text())} "
            continue
        for period, line in _lines(child):
            yield period, number + line
            number = ""
