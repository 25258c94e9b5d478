"""`haicap dossier`: one dossier shown or exported, and the identifier that codes of a unit begin with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from haicap.base.dates import HANOI, today
from haicap.config.cli import house
from haicap.config.cli.units_files import new_file
from haicap.config.cli.upkeep import now, say
from haicap.config.launcher.trouble import Trouble


@click.group()
def dossier() -> None:
    """One dossier by its code: show, export; identifiers of agencies."""


@dossier.command()
@click.argument("code")
def show(code: str) -> None:
    """Where a dossier stands and what happened to it; no personal text."""
    house.with_database()
    from haicap.domain.dossiers.queries import handed, hops
    from haicap.domain.dossiers.rules import STATE_WORDS
    from haicap.domain.dossiers.states import State

    found = handed.held(code)
    row = found.row
    due = f"{row.due_at.astimezone(HANOI):%Y-%m-%d %H:%M}" if row.due_at else "-"
    click.echo(f"{row.code}: {row.state} {STATE_WORDS[State(row.state)]}; due {due}; version {row.version}")
    for hop in hops.hops_of(found):
        when = f"{hop.at.astimezone(HANOI):%Y-%m-%d %H:%M}"
        click.echo(f"{when}  {hop.giver} → {hop.taker}: {hop.what}")


@dossier.command()
@click.argument("code")
@click.option("--form", type=click.Choice(["sync", "bundle"]), default="bundle", show_default=True)
@click.option("--out", "target", type=click.Path(path_type=Path), required=True, help="File to write.")
def export(code: str, form: str, target: Path) -> None:
    """Write a dossier as the national sync message (JSON) or whole, with files, ledger and slips (ZIP)."""
    house.with_database()
    from haicap.domain.dossiers.queries import handed

    found, at = handed.held(code), now()
    pieces: Iterator[bytes]
    if form == "sync":
        written = handed.sync_of(found).written()
        pieces = iter([json.dumps(written, ensure_ascii=False, indent=1).encode()])
    else:
        pieces = handed.bundle_of(found, at)
    try:
        with new_file(target) as path, path.open("xb") as file:
            for piece in pieces:
                file.write(piece)
    except OSError as reason:
        raise Trouble(f"{target} cannot be written: {reason.strerror}") from None
    say(f"{found.row.code} written to {target}; it holds personal data")


@dossier.command()
@click.argument("unit")
@click.argument("identifier")
@click.option("--source", required=True, help="The document that gives the identifier.")
def agency(unit: str, identifier: str, source: str) -> None:
    """Give a unit (its code today) the IDENTIFIER that its dossier codes begin with from now on."""
    house.with_database()
    from haicap.domain.dossiers import actions
    from haicap.domain.units import queries as units

    at = now()
    held = units.register().at(unit, today(at))
    if held is None:
        raise Trouble(f"no unit has the code {unit} today")
    row = actions.name_agency(unit=held.uid, identifier=identifier, source=source, actor="system", at=at)
    say(f"codes of {unit} begin with {row.identifier}")
