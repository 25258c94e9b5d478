"""Đọc Akoma Ntoso: XML of ours and of others → rows, every problem by its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.law.formats.addresses import Address, place_of
from haicap.domain.law.formats.akn import words
from haicap.domain.law.formats.akn.places import Found, Reader
from haicap.domain.law.formats.akn.tree import Node, read_tree
from haicap.domain.law.formats.akn.uris import read_path, without_place
from haicap.domain.law.formats.cells import reference
from haicap.domain.law.formats.problems import Problem, of_refused
from haicap.domain.law.formats.rows import Cells, Lists
from haicap.domain.law.formats.tables import Outcome, drawn
from haicap.domain.law.numbers import repaired
from haicap.domain.law.states import RelationKind

_ROOTS = ("act", "doc", "bill", "statement")
_EFFECTIVE = ("ev_effective", "inforce", "entryintoforce", "commencement")
_SUNSET = ("ev_sunset", "endofforce", "expiry")


def read_akn(file: BinaryIO) -> Outcome:
    """The rows of one document: itself, its places, texts and modifications made and undergone.

    Refused for what is no such file: `bad_xml`, `xml_doctype`, `xml_too_large`, `not_akn`. Everything else that is
    wrong is a problem at its line (of the XML file). A place whose content is of status "unknown" has no text.
    """
    root = read_tree(file)
    document = next(root.children(*_ROOTS), None) if root.name == "akomaNtoso" else None
    if document is None or document.space != words.SPACE or document.first("meta") is None:
        raise Refused(
            "not_akn",
            gettext_noop(
                "Tệp XML không phải Akoma Ntoso 1.0 với một văn bản (act, doc, bill hoặc statement)."
            ),
        )
    return _Reading(document).outcome()


@dataclass(slots=True)
class _End:
    """One end of a modification: how its document is named ("" = this one), and the place."""

    named: str
    place: str


class _Reading:
    def __init__(self, document: Node) -> None:
        self._document = document
        self._meta = document.first("meta") or document
        self._problems: list[Problem] = []
        self._ours = next((n for n in self._meta.walk("document") if n.space == words.OURS), None)
        self._days = {e.get("eId"): e.get("date")[:10] for e in self._meta.walk("eventRef")}
        self._spans = dict(self._all_spans())
        self._shown = {
            r.get("href"): r.get("showAs") for r in self._meta.walk("activeRef", "passiveRef", "original")
        }
        self._me = ""
        self._mine = self._address()

    def outcome(self) -> Outcome:
        row, line = self._row()
        lists: Lists = {"documents": [(line, row)]}
        self._me = self._name(row)
        found = Reader(self._document, self._spans).read()
        self._problems += found.problems
        rows: Lists = {
            "provisions": list(self._provisions(found)),
            "texts": list(self._texts(found)),
            "relations": list(self._relations()),
        }
        if repaired(row["number"]):  # else every row of it would say the same once more
            lists |= rows
        return drawn(lists, self._problems)

    # --- the document ---------------------------------------------------------------------------------------
    def _row(self) -> tuple[Cells, int]:
        work = self._meta.first("identification", "FRBRWork")
        number = self._number(work)
        row = {
            "number": number,
            "issued_on": self._issued_on(work),
            "effective_on": self._event(_EFFECTIVE),
            "sunset_on": self._event(_SUNSET),
            "title": self._title(work),
        }
        if self._ours:
            row |= {name: value for name, value in self._ours.attributes.items() if name != "number"}
        else:
            row["issuer"] = self._issuer(number)
        return row, work.line if work else self._document.line

    def _number(self, work: Node | None) -> str:
        """The number printed in FRBRnumber, or the one the address of the work leads to."""
        if not work:
            return ""
        printed = next((nfc(n.get("value")) for n in work.children("FRBRnumber")), "")
        if repaired(printed):
            return repaired(printed)
        for uri in work.children("FRBRuri", "FRBRthis"):
            try:
                return read_path(uri.get("value")).number
            except Refused:
                continue
        return printed

    def _issuer(self, number: str) -> str:
        """The issuer that the address names besides the number."""
        return self._mine.issuer if self._mine and self._mine.number == number else ""

    def _issued_on(self, work: Node | None) -> str:
        dates = [d for d in (work.children("FRBRdate") if work else ()) if d.get("name") != "unknown"]
        dates.sort(key=lambda d: d.get("name").casefold() not in ("generation", "enactment"))
        return dates[0].get("date")[:10] if dates else ""

    def _title(self, work: Node | None) -> str:
        title = next(self._document.walk("docTitle"), None)
        if title:
            return nfc(title.text())
        return next((n.get("value") for n in work.children("FRBRname")), "") if work else ""

    def _event(self, names: tuple[str, ...]) -> str:
        for event in self._meta.walk("eventRef"):
            if {event.get("eId").casefold(), event.get("refersTo").lstrip("#").casefold()} & set(names):
                return event.get("date")[:10]
        return ""

    def _name(self, row: Cells) -> str:
        """How rows refer to this document: by number, with issuer and date when the issuer is of a unit."""
        issuer = row.get("issuer", "")
        if ":" not in issuer:
            return row["number"]
        named = reference(row["number"], issuer, None)
        return f"{named} | {row['issued_on']}" if row["issued_on"] else named

    def _all_spans(self) -> Iterator[tuple[str, tuple[str, str]]]:
        for group in self._meta.walk("temporalGroup"):
            interval = group.first("timeInterval")
            if interval:
                ends = (self._days.get(interval.get(name).lstrip("#"), "") for name in ("start", "end"))
                yield group.get("eId"), (next(ends), next(ends))

    # --- places and texts -----------------------------------------------------------------------------------
    def _facts(self, name: str) -> dict[tuple[str, str], Node]:
        return {
            (fact.get("of"), fact.get("period")): fact
            for proprietary in self._meta.children("proprietary")
            for fact in proprietary.children(name)
            if fact.space == words.OURS
        }

    def _provisions(self, found: Found) -> Iterator[tuple[int, Cells]]:
        """Ours name the places that are rows; of others every place with a heading or days is one."""
        facts = self._facts("provision")
        for place in found.places:
            fact = facts.get((place.path, ""))
            if fact or (not self._ours and (place.heading or place.since or place.until)):
                yield place.line, {
                    "document": self._me, "place": place.path, "heading": place.heading, "since": place.since,
                    "until": place.until, **_told(fact),
                }  # fmt: skip

    def _texts(self, found: Found) -> Iterator[tuple[int, Cells]]:
        facts = self._facts("text")
        for text in found.texts:
            fact = facts.get((text.path or "whole", text.period))
            yield text.line, {
                "document": self._me, "place": text.path, "since": text.since, "until": text.until, "text": text.text,
                **_told(fact),
            }  # fmt: skip

    # --- modifications --------------------------------------------------------------------------------------
    def _relations(self) -> Iterator[tuple[int, Cells]]:
        facts = self._facts("relation")
        for analysis in self._meta.children("analysis"):
            for block in analysis.children("activeModifications", "passiveModifications"):
                for change in block.children():
                    fact = facts.get((change.get("eId"), ""))
                    yield from self._change(change, fact)

    def _change(self, change: Node, fact: Node | None) -> Iterator[tuple[int, Cells]]:
        kind = fact.get("kind") if fact else self._kind(change)
        if not kind:
            return
        force = change.first("force")
        since, until = self._spans.get(force.get("period").lstrip("#"), ("", "")) if force else ("", "")
        for source in change.children("source"):
            for destination in change.children("destination"):
                ends = self._end(source), self._end(destination)
                if ends[0] and ends[1]:
                    yield change.line, {
                        "document": ends[0].named or self._me, "place": ends[0].place, "kind": kind,
                        "target": ends[1].named or self._me, "target_place": ends[1].place, "since": since,
                        "until": until, **_told(fact),
                    }  # fmt: skip

    def _kind(self, change: Node) -> RelationKind | None:
        kind = words.RELATIONS.get((change.name, change.get("type")))
        if kind is None:
            self._problems.append(
                Problem(
                    "relations", change.line, "kind",
                    gettext_noop("Thay đổi “%(name)s/%(type)s” không có loại quan hệ tương ứng."),
                    {"name": change.name[:40], "type": change.get("type")[:40]},
                    gettext_noop("Ghi loại khác, hoặc nhập quan hệ này bằng bảng."),
                )
            )  # fmt: skip
        return kind

    def _end(self, node: Node) -> _End | None:
        href = node.get("href")
        try:
            if href.startswith("#"):
                return _End("", place_of(href[1:], href) if href != "#whole" else "")
            address = read_path(href)
        except Refused as refused:
            column = "target" if node.name == "destination" else "document"
            self._problems.append(of_refused("relations", node.line, column, refused))
            return None
        own = self._mine
        if own and (own.number, own.issuer) == (address.number, address.issuer):
            return _End("", address.place)
        named = self._shown.get(without_place(href)) or reference(address.number, address.issuer, None)
        return _End(named, address.place)

    def _address(self) -> Address | None:
        uri = self._meta.first("identification", "FRBRWork", "FRBRuri")
        try:
            return read_path(uri.get("value")) if uri else None
        except Refused:
            return None


def _told(fact: Node | None) -> dict[str, str]:
    """What stands beside a row in ours."""
    known = ("territory", "evidence", "source", "note")
    return {name: fact.get(name) for name in known if fact.get(name)} if fact else {}
