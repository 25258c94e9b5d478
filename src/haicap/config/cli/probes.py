"""`haicap probes`: systems that are probed, and a round of questions right now."""

from __future__ import annotations

import json
import sys

import click

from haicap.config.cli import house
from haicap.config.cli.upkeep import now, say


@click.group()
def probes() -> None:
    """How systems stand: list them, or ask them now."""


@probes.command(name="list")
@click.option("--all", "everything", is_flag=True, help="Also systems that are not probed.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(everything: bool, as_json: bool) -> None:
    """Systems with their state, since when, and the share of good checks of 90 days."""
    house.with_database()
    from haicap.web.common.systems import shown

    lines = [line for line in shown.board(now()) if everything or line.watched]
    rows = [
        {
            "code": line.system.code, "name": line.system.name, "state": line.word, "probed": line.system.probe_on,
            "since": line.since.isoformat() if line.since else None, "share": line.share,
        }
        for line in lines
    ]  # fmt: skip
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo("  ".join(str(value) for value in row.values() if value not in (None, "")))
    say(f"{len(rows)} systems")


@probes.command()
@click.argument("codes", nargs=-1)
def run(codes: tuple[str, ...]) -> None:
    """Ask the systems named, or all whose probe is on, once and write the answers down. Exit status 1 when one failed.

    Other systems are asked only where HAICAP_PROBES is on.
    """
    house.with_database()
    from haicap.base.dates import today
    from haicap.domain.feedback.queries import systems
    from haicap.edges.probes import jobs

    at = now()
    jobs.load_packaged(at)
    lines = [systems.system(code) for code in codes] or systems.plans(today(at))
    found = jobs.run_now(lines, at=at)
    for result in found:
        click.echo(
            f"{result.system}  {'ok' if result.ok else result.why}  {result.ms} ms  {result.detail}".rstrip()
        )
    if len(found) < len(lines):
        say("other systems are not asked: HAICAP_PROBES is off, or they have no address")
    sys.exit(0 if all(result.ok for result in found) else 1)
