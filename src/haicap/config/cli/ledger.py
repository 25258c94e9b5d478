"""`haicap ledger`: proof that nothing was altered, and how to carry it elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import click

from haicap.config.cli import house
from haicap.config.cli.upkeep import now, say
from haicap.config.launcher.trouble import Trouble
from haicap.kernel.ledger.findings import Report


@click.group()
def ledger() -> None:
    """The record of every act: verify, export, anchor."""


@ledger.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--known",
    multiple=True,
    metavar="HASH",
    help="Hash of an anchor kept elsewhere; may be given several times.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def verify(ctx: click.Context, file: Path | None, known: tuple[str, ...], as_json: bool) -> None:
    """Verify an export FILE offline, or the database when no file is named; exit status 1 when it does not hold."""
    report = _of_database(known) if file is None else _of_file(file, known)
    click.echo(_as_json(report) if as_json else _as_text(report))
    ctx.exit(0 if report.sound else 1)


@ledger.command()
@click.argument("file", type=click.Path(path_type=Path))
def export(file: Path) -> None:
    """Write the whole ledger to FILE (JSON Lines; gzip when the name ends in .gz)."""
    house.with_database()
    from haicap.kernel.ledger.exports import export as write

    try:
        number = write(file.absolute())
    except OSError as reason:
        raise Trouble(f"{file} cannot be written: {reason.strerror}") from None
    say(f"{number:,} events written to {file}")


@ledger.command()
def anchor() -> None:
    """Anchor all streams now; print the hash, to be kept where the database's operator cannot write."""
    house.with_database()
    from haicap.kernel.ledger.actions import anchor as drop

    made = drop(actor="system", at=now())
    click.echo(bytes(made.hash).hex())
    say(f"anchor {made.seq} over {made.streams:,} streams that grew, {made.events:,} events")


def _of_database(known: tuple[str, ...]) -> Report:
    house.with_database()
    from haicap.kernel.ledger.exports import verify_database

    return verify_database(known=known)


def _of_file(file: Path, known: tuple[str, ...]) -> Report:
    from haicap.kernel.ledger.verify import verify_file

    try:
        return verify_file(file, known=known)
    except OSError as reason:
        raise Trouble(f"{file} cannot be read: {reason.strerror}") from None


def _as_text(report: Report) -> str:
    counted = f"{report.events:,} events in {report.streams:,} streams, {report.anchors:,} anchors"
    if not report.sound:
        return "\n".join(["NOT SOUND: " + counted, *(finding.sentence for finding in report.findings)])
    tail = f"; {report.unanchored:,} events after the last anchor" if report.unanchored else ""
    return f"sound: {counted}{tail}\nlast anchor: {report.last_anchor or 'none'}"


def _as_json(report: Report) -> str:
    found = [
        {"what": f.what.value, "stream": f.stream, "seq": f.seq, "sentence": f.sentence}
        for f in report.findings
    ]
    return json.dumps(
        {
            "sound": report.sound,
            "events": report.events,
            "streams": report.streams,
            "anchors": report.anchors,
            "unanchored": report.unanchored,
            "last_anchor": report.last_anchor,
            "findings": found,
        },
        ensure_ascii=False,
    )
