"""Mẫu giấy là dữ liệu: form sets read once from `data/*.toml` (see data/README.md), and what each form needs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from haicap.domain.dossiers.documents.values import TYPES

TT03 = "tt03-2025"  # Circular 03/2025/TT-VPCP, Annex I
OURS = "haicap"  # sheets of the platform itself

DATA = Path(__file__).parent / "data"
HOLE = re.compile(r"\{(?P<key>[a-z_]+)(?::(?P<type>[a-z_]+))?\}")
PAPERS = ("a5", "a4", "a4-landscape")
HEAD_NEEDED = ("agency", "issued_at")
HEAD_OPTIONAL = ("parent", "number", "place", "agency_id", "tracking_url")


@dataclass(frozen=True, slots=True)
class Column:
    """Một cột: width as a share of the line (`fr`), alignment left, center or right."""

    key: str
    label: str
    type: str = "text"
    fr: float = 1
    align: str = "left"
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Một bên ký: `title` unless the data have another under `title_key`; the name under `name`."""

    title: str
    hint: str
    name: str
    title_key: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Một khối của mẫu; which attributes count follows from `kind` (data/README.md)."""

    kind: str
    key: str = ""
    label: str = ""
    type: str = "text"
    text: str = ""
    style: str = "plain"
    when: str = ""
    unit: str = ""
    empty: str = ""
    number: str = ""
    count: str = ""
    strong: bool = False
    half: bool = False
    small: bool = False
    optional: bool = False
    columns: tuple[Column, ...] = ()
    parties: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """Một mẫu của một bộ mẫu."""

    set: FormSet
    number: str
    title: str
    subtitle: str
    paper: str
    qr: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class FormSet:
    """Bộ mẫu: numbers differ between sets, so a paper is named by set, version and number.

    layout  unconfirmed: printed as such on the paper; ours: no official layout is claimed; none: names only
    """

    key: str
    version: int
    name: str
    evidence: str
    layout: str
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Needs:
    """Dữ liệu một mẫu cần: `needed` must be there and say something, `may_be_empty` must be there.

    rows  the same for the objects of its lists: key of the list → needs of each
    """

    needed: frozenset[str]
    may_be_empty: frozenset[str]
    optional: frozenset[str]
    rows: Mapping[str, Needs]


def form_sets() -> tuple[FormSet, ...]:
    """Every set there is, by key."""
    return tuple(form_set(path.stem) for path in sorted(DATA.glob("*.toml")))


def form_set(key: str) -> FormSet:
    """A set by its key. ValueError when there is none."""
    return _read(key)[0]


def form(number: str, of: str) -> Form:
    """A form of a set. ValueError when there is none, or when only its name is known."""
    forms = _read(of)[1]
    if number not in forms:
        raise ValueError(f"form set {of!r} has no form {number!r} that can be printed")
    return forms[number]


@cache
def _read(key: str) -> tuple[FormSet, dict[str, Form]]:
    path = DATA / f"{key}.toml"
    if not re.fullmatch(r"[a-z0-9-]+", key) or not path.is_file():
        raise ValueError(f"there is no form set {key!r}")
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    titles = {each["number"]: each["title"] for each in raw["forms"]}
    of = FormSet(raw["key"], raw["version"], raw["name"], raw["evidence"], raw["layout"], titles)
    return of, {each["number"]: _form(of, each) for each in raw["forms"] if "blocks" in each}


def _form(of: FormSet, raw: Mapping[str, Any]) -> Form:
    if raw["paper"] not in PAPERS:
        raise ValueError(f"{of.key} {raw['number']}: paper {raw['paper']!r} is none of {PAPERS}")
    blocks = tuple(_block(each) for each in raw["blocks"])
    qr = tuple(raw.get("qr", ()))
    return Form(of, raw["number"], raw["title"], raw.get("subtitle", ""), raw["paper"], qr, blocks)


def _block(raw: Mapping[str, Any]) -> Block:
    columns = tuple(Column(**each) for each in raw.get("columns", ()))
    parties = tuple(Party(**each) for each in raw.get("parties", ()))
    block = Block(**{**raw, "columns": columns, "parties": parties})
    for kind in (block.type, *(column.type for column in columns)):
        if kind not in TYPES:
            raise ValueError(f"{kind!r} is not a type of values")
    return block


@cache
def needs(number: str, of: str) -> Needs:
    """Which keys `render_slip` wants for a form. ValueError for a form there is not."""
    found = form(number, of)
    needed, may_be_empty, optional = set(HEAD_NEEDED), set[str](), set(HEAD_OPTIONAL)
    rows: dict[str, Needs] = {}
    for block in found.blocks:
        for key, place in _keys(block):
            {"needed": needed, "empty": may_be_empty, "optional": optional}[place].add(key)
        if block.kind == "table":
            rows[block.key] = _row_needs(block)
    optional |= set(found.qr)
    may_be_empty -= needed
    return Needs(
        frozenset(needed),
        frozenset(may_be_empty),
        frozenset(optional - needed - may_be_empty),
        rows,
    )


@cache
def known(of: str) -> frozenset[str]:
    """Keys that some form of a set takes: the others of the set may be given them too, so that what is said of a
    dossier is said once."""
    every = [needs(number, of) for number in _read(of)[1]]
    return frozenset().union(*(each.needed | each.may_be_empty | each.optional for each in every))


def _row_needs(block: Block) -> Needs:
    optional = frozenset(column.key for column in block.columns if column.optional)
    return Needs(frozenset(c.key for c in block.columns) - optional, frozenset(), optional, {})


def _keys(block: Block) -> Iterator[tuple[str, str]]:
    """(key, needed | empty | optional) of a block."""
    if block.kind == "text":
        yield from (
            (hole["key"], "optional" if block.when else "needed") for hole in HOLE.finditer(block.text)
        )
        if block.when:
            yield block.when, "optional"
    elif block.kind == "signatures":
        for party in block.parties:
            yield party.name, "empty"
            if party.title_key:
                yield party.title_key, "optional"
    else:
        yield block.key, "optional" if block.optional else "empty" if block.empty else "needed"
