"""Phần thân: places as nested elements, texts as their paragraphs, each version with its period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from haicap.domain.law.formats.akn import words
from haicap.domain.law.formats.akn.markup import element, escaped
from haicap.domain.law.formats.akn.times import Times
from haicap.domain.law.formats.rows import ProvisionRow, TextRow
from haicap.domain.law.places import Level, order, parent, segments
from haicap.domain.law.states import Evidence

WHOLE = "whole"  # eId of the text of a document that is not taken apart
_PRINTED = {
    Level.PART: "Phần {}",
    Level.CHAPTER: "Chương {}",
    Level.SECTION: "Mục {}",
    Level.ARTICLE: "Điều {}.",
    Level.PARAGRAPH: "{}.",
    Level.POINT: "{})",
    Level.ITEM: "{})",
    Level.ANNEX: "Phụ lục {}",
}


def body(provisions: Iterable[ProvisionRow], texts: Iterable[TextRow], times: Times) -> tuple[str, list[str]]:
    """The inside of the body and what the standard has no words for, as markup."""
    return _Body(provisions, texts, times).written()


class _Body:
    def __init__(self, provisions: Iterable[ProvisionRow], texts: Iterable[TextRow], times: Times) -> None:
        self._times = times
        self._rows = {row.place: row for row in provisions}
        self._texts: dict[str, list[TextRow]] = defaultdict(list)
        for text in texts:
            self._texts[text.place].append(text)
        self._inner: dict[str, list[str]] = defaultdict(list)
        for place in sorted(self._all(), key=order):
            self._inner[parent(place)].append(place)

    def _all(self) -> set[str]:
        found: set[str] = set()
        for named in (*self._rows, *self._texts):
            place = named
            while place:
                found.add(place)
                place = parent(place)
        return found

    def written(self) -> tuple[str, list[str]]:
        parts = [self._place(place) for place in self._inner[""]]
        if "" in self._texts or not parts:
            parts.insert(0, element("hcontainer", self._content("", "content"), eId=WHOLE, name=WHOLE))
        return "".join(parts), self._facts()

    def _place(self, place: str) -> str:
        level, label = segments(place)[-1]
        row = self._rows.get(place)
        num = element("num", escaped(_PRINTED[level].format(label).rstrip()))
        heading = element("heading", escaped(row.heading)) if row and row.heading else ""
        inner = "".join(self._place(child) for child in self._inner[place])
        if inner:
            content = self._content(place, "intro") + inner if self._texts.get(place) else inner
        else:
            content = self._content(place, "content")
        name = words.ELEMENTS.get(level, "hcontainer")
        period = self._times.period(row.since, row.until) if row else ""
        return element(
            name, num, heading, content, eId=place, name=words.CONTAINERS.get(level, ""), period=period
        )

    def _content(self, place: str, name: str) -> str:
        lines = [
            element("p", escaped(line), period=self._times.period(text.since, text.until))
            for text in self._texts.get(place, ())
            for line in text.text.split("\n")
        ]
        return element(name, *lines) if lines else element(name, element("p"), status="unknown")

    def _facts(self) -> list[str]:
        facts = [
            element("h:provision", of=row.place, **_told(row), note=row.note) for row in self._rows.values()
        ]
        for place in sorted(self._texts, key=order):
            for text in self._texts[place]:
                if told := _told(text):
                    period = self._times.period(text.since, text.until)
                    facts.append(element("h:text", of=place or WHOLE, period=period, **told))
        return facts


def _told(row: ProvisionRow | TextRow) -> dict[str, str]:
    evidence = "" if row.evidence is Evidence.UNCONFIRMED else row.evidence.value
    return {name: value for name, value in (("evidence", evidence), ("source", row.source)) if value}
