"""Đọc bài kèm theo, strictly: what cannot be read is a fault of the file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources

from haicap.base.citation import Citation
from haicap.base.text import nfc
from haicap.domain.guidance.states import PARTS, Audience, Evidence, PieceKind

SINCE = date(2026, 10, 1)  # from when the packaged texts say what counts; before, this register says nothing
REVIEW_BY = date(2027, 2, 1)  # a month before the decrees of June 2025 end
REVIEWED_ON = date(2026, 11, 22)  # day the facts were last compared with their sources
END, BODY, ENGLISH = "===", "---", "--- en"
KEYS = frozenset(
    "code kind part place topic audience title title_en summary summary_en cites evidence note sources review_by since until".split()
)


@dataclass(frozen=True, slots=True)
class Packaged:
    """A piece of the package; part and place 0 for what is no chapter."""

    code: str
    kind: PieceKind
    part: int
    place: int
    topic: str
    audiences: tuple[Audience, ...]
    title: str
    title_en: str
    summary: str
    summary_en: str
    body: str
    body_en: str
    citations: tuple[Citation, ...]
    evidence: str
    note: str
    source: str
    review_by: date | None
    since: date
    until: date | None
    reviewed_on: date


def read() -> tuple[Packaged, ...]:
    """Every packaged piece. ValueError naming file and piece for what cannot be read, or a code used twice."""
    folder = resources.files("haicap.domain.guidance") / "data"
    sources = _sources((folder / "sources.csv").read_text(encoding="utf-8"))
    found: list[Packaged] = []
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".md") and path.name != "README.md":
            found += read_text(path.read_text(encoding="utf-8"), path.name, sources)
    codes = [p.code for p in found]
    if len(codes) != len(set(codes)):
        raise ValueError(f"used twice: {sorted({c for c in codes if codes.count(c) > 1})}")
    return tuple(found)


def _sources(text: str) -> dict[str, str]:
    return {row["key"]: row["address"] for row in csv.DictReader(text.splitlines())}


def read_text(text: str, name: str, sources: Mapping[str, str]) -> list[Packaged]:
    """The pieces of one file."""
    return [_piece(lines, name, sources) for lines in _parted(text.splitlines())]


def _parted(lines: list[str]) -> Iterator[list[str]]:
    piece: list[str] = []
    for line in [*lines, END]:
        if line.strip() == END:
            if any(part.strip() for part in piece):
                yield piece
            piece = []
        else:
            piece.append(line)


def _piece(lines: list[str], name: str, sources: Mapping[str, str]) -> Packaged:
    head, body, english = _split(lines)
    facts: dict[str, str] = {}
    for line in head:
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in KEYS or key.strip() in facts:
            raise ValueError(f"{name}: {line!r} is no line of a head")
        facts[key.strip()] = nfc(value)
    try:
        return _made(facts, body, english, sources)
    except (KeyError, ValueError) as problem:
        raise ValueError(f"{name}, {facts.get('code', '?')}: {problem!r}") from problem


def _split(lines: list[str]) -> tuple[list[str], str, str]:
    bare = [line.strip() for line in lines]
    at = bare.index(BODY)
    cut = bare.index(ENGLISH) if ENGLISH in bare else len(lines)
    head = [line for line in lines[:at] if line.strip()]
    return head, "\n".join(lines[at + 1 : cut]).strip("\n"), "\n".join(lines[cut + 1 :]).strip("\n")


def _made(facts: Mapping[str, str], body: str, english: str, sources: Mapping[str, str]) -> Packaged:
    part = int(facts.get("part", "0"))
    if part and part not in PARTS:
        raise ValueError(f"part {part}")
    return Packaged(
        code=facts["code"], kind=PieceKind(facts["kind"]), part=part, place=int(facts.get("place", "0")),
        topic=facts.get("topic", ""), audiences=tuple(Audience(a.strip()) for a in facts["audience"].split(",")),
        title=facts["title"], title_en=facts["title_en"], summary=facts["summary"], summary_en=facts["summary_en"],
        body=body, body_en=english, citations=tuple(_cited(facts.get("cites", ""))),
        evidence=Evidence(facts.get("evidence", "confirmed")).value, note=facts.get("note", ""),
        source="; ".join(sources[key] for key in facts["sources"].split()), review_by=_day(facts.get("review_by", "")) or REVIEW_BY,
        since=_day(facts.get("since", "")) or SINCE, until=_day(facts.get("until", "")), reviewed_on=REVIEWED_ON,
    )  # fmt: skip


def _cited(cell: str) -> Iterator[Citation]:
    """Citations are parted by ";": "118/2025/NĐ-CP, điều 17; 03/2025/TT-VPCP"."""
    for part in cell.split(";"):
        if part.strip():
            act, _, clause = part.partition(",")
            yield Citation(nfc(act), nfc(clause))


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
