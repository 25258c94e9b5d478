"""`haicap units`: the register over time and the address converter on the command line.

`--json` prints one JSON document. Exit status 0: answered (also when nobody held the code); 2: it could not be.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import click

from haicap.base.dates import read_date
from haicap.base.refused import Refused
from haicap.config.cli import registers
from haicap.config.cli.units_files import convert, export
from haicap.domain.units.formats import (
    changes_document,
    holder_document,
    lineage_document,
    unit_document,
)
from haicap.domain.units.timeline import Register, Version

BEFORE_HORIZON = "before the horizon"
COULD_NOT = 2

Document = Mapping[str, object]
Question = Callable[[Register, Version, date], Document]


@click.group()
def units() -> None:
    """Administrative units over time, and addresses."""


units.add_command(convert)
units.add_command(export)


def printed(document: Mapping[str, Any]) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def refuse(refused: Refused, as_json: bool) -> None:
    """Say why there is no answer, and end with status 2."""
    if as_json:
        printed({"error": refused.code, "message": refused.sentence})
    else:
        registers.say(refused.sentence)
    raise SystemExit(COULD_NOT)


def answered(code: str, day: str, register: str, as_json: bool, question: Question) -> Document:
    """The document of a question about (code, day); the answer word tells found, none, before the horizon."""
    try:
        on = read_date(day)
        known = registers.choose(register).register()
        asked = {"code": code.strip(), "on": on.isoformat()}
        version = known.at(code, on)
    except Refused as refused:
        if refused.code == "before_horizon":
            return {**asked, "answer": BEFORE_HORIZON, "message": refused.sentence}
        refuse(refused, as_json)
        raise
    if version is None:
        return {**asked, "answer": "none", "held": [holder_document(v) for v in known.holders(code)]}
    return {**asked, "answer": "found", **question(known, version, on)}


def shown(
    document: Mapping[str, Any], as_json: bool, lines: Callable[[Mapping[str, Any]], list[str]]
) -> None:
    """The document as JSON, or as lines for people."""
    if as_json:
        printed(document)
    elif document["answer"] == BEFORE_HORIZON:
        click.echo(f"{BEFORE_HORIZON} (trước mốc dữ liệu): {document['message']}")
    elif document["answer"] == "none":
        click.echo(f"Không đơn vị nào mang mã {document['code']} vào ngày {document['on']}.")
        for held in document["held"]:
            click.echo(f"  {_span(held)}  {held['name']}")
    else:
        click.echo("\n".join(lines(document)))


def _span(facts: Mapping[str, Any]) -> str:
    return f"[{facts['valid_from'] or '…'} – {facts['valid_to'] or '…'})"


def _unit_lines(document: Mapping[str, Any]) -> list[str]:
    unit = document["unit"]
    lines = [
        f"{unit['code']}  {unit['title']}",
        f"  {unit['kind']}, có hiệu lực {_span(unit)}",
        f"  căn cứ: {unit['citation'] or unit['note']}",
    ]
    if unit["evidence"] != "confirmed":
        lines.append(f"  chưa được xác nhận: {unit['note']}")
    return lines


def _edge_line(edge: Mapping[str, Any], far: str) -> str:
    end = edge[far]
    return (
        f"  {edge['effective_on']}  {edge['relation']}  {end['code']} {end['name']}  "
        f"(diện tích: {edge['area_share']}, dân số: {edge['people_share']})  {edge['citation']}"
    )


def _lineage_lines(document: Mapping[str, Any]) -> list[str]:
    lines = [*_unit_lines(document), "từ:", *(_edge_line(e, "from") for e in document["predecessors"])]
    lines += ["thành:", *(_edge_line(e, "to") for e in document["successors"])]
    lines.append(f"ngày {document['became_on']} là:")
    lines += [f"  {f['code']}  {f['title']}" for f in document["became"]] or ["  (chưa có dữ liệu)"]
    return lines


@units.command()
@click.argument("code")
@click.argument("day", metavar="DATE")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@registers.asking
def at(code: str, day: str, as_json: bool, register: str) -> None:
    """Who held CODE (2, 3 or 5 digits) on DATE (2025-07-01 or 01/07/2025)."""
    found = answered(
        code, day, register, as_json, lambda known, version, on: {"unit": unit_document(known, version, on)}
    )
    shown(found, as_json, _unit_lines)


@units.command()
@click.argument("code")
@click.argument("day", metavar="DATE")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@registers.asking
def lineage(code: str, day: str, as_json: bool, register: str) -> None:
    """Where the unit that held CODE on DATE came from, and what became of it."""
    today = registers.day_today()
    found = answered(
        code, day, register, as_json, lambda known, version, on: lineage_document(known, version, on, today)
    )
    shown(found, as_json, _lineage_lines)


@units.command()
@click.argument("code")
@click.argument("day", metavar="DATE")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@registers.asking
def children(code: str, day: str, as_json: bool, register: str) -> None:
    """Units directly under CODE on DATE (VN for the whole country)."""

    def question(known: Register, version: Version, on: date) -> Document:
        below = known.children(version.uid, on)
        return {
            "unit": unit_document(known, version, on),
            "children": [unit_document(known, child, on) for child in below],
        }

    def lines(document: Mapping[str, Any]) -> list[str]:
        return [*_unit_lines(document), *(f"  {c['code']}  {c['name']}" for c in document["children"])]

    shown(answered(code, day, register, as_json, question), as_json, lines)


@units.command()
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@registers.asking
def changes(start: str, end: str, as_json: bool, register: str) -> None:
    """What differs between the map of FROM and the map of TO."""
    try:
        days = sorted((read_date(start), read_date(end)))
        found: dict[str, Any] = {
            "from": days[0].isoformat(),
            "to": days[1].isoformat(),
            "answer": "found",
            **changes_document(registers.choose(register).register().changes(*days)),
        }
    except Refused as refused:
        if refused.code != "before_horizon":
            refuse(refused, as_json)
        found = {"answer": BEFORE_HORIZON, "message": refused.sentence}
    shown(found, as_json, _changes_lines)


def _changes_lines(document: Mapping[str, Any]) -> list[str]:
    lines = []
    for key, word in (("born", "mới"), ("ended", "kết thúc")):
        lines += [f"{word}: {len(document[key])}", *(f"  {u['code']}  {u['name']}" for u in document[key])]
    for key, word in (("renamed", "đổi tên"), ("kind_changed", "đổi loại"), ("moved", "đổi cấp trên")):
        pairs = document[key]
        lines += [f"{word}: {len(pairs)}"]
        lines += [f"  {p['after']['code']}  {p['before']['name']} → {p['after']['name']}" for p in pairs]
    return lines
