"""`haicap powers`: who holds what, checked on the command line (docs/contracts.md, Powers).

Exit status 0: it was checked, whatever was found; 2: it could not be, and nothing was.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from haicap.base.dates import read_date
from haicap.base.refused import Refused
from haicap.base.tables import open_table
from haicap.config.cli import powers_register, registers
from haicap.domain.powers.detectors import Finding, alive, window
from haicap.domain.powers.detectors import check as detect
from haicap.domain.powers.formats.assertions import LIMITS, read
from haicap.domain.powers.formats.findings import documents
from haicap.domain.powers.formats.grounds import Communes
from haicap.domain.powers.formats.problems import SHOWN, BadRows

COULD_NOT = 2


@click.group()
def powers() -> None:
    """Who holds which power: overlaps, omissions, faults of delegation."""


for _command in (
    powers_register.holder,
    powers_register.load,
    powers_register.dry_run,
    powers_register.export,
):
    powers.add_command(_command)


@powers.command()
@click.option(
    "--on", "day", metavar="DATE", help="Findings of this day, with their whole interval (default: today)."
)
@click.option("--from", "first", metavar="DATE", help="Findings from this day on, clipped to the window.")
@click.option("--to", "last", metavar="DATE", help="Findings before this day, clipped to the window.")
@click.option(
    "--in",
    "source",
    type=click.Path(path_type=Path),
    help="CSV or XLSX file of assertions instead of the register.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def check(day: str | None, first: str | None, last: str | None, source: Path | None, as_json: bool) -> None:
    """Check powers: who collides, where nobody holds, which chains are broken.

    Without --in the register of the platform, after precedence and by what is in force. Columns of FILE: id (may be
    empty), power, role, organ, level, units (codes of communes joined by |, empty for all), condition, from, to, mode,
    parent, citation.
    """
    try:
        asked = _Asked(day, first, last)
        found = _of_file(source) if source else powers_register.of_register(registers.day_today())
        _tell(asked.of(found), as_json)
    except BadRows as bad:
        _tell_problems(bad, as_json)
    except Refused as refused:
        _refuse(refused.code, refused.sentence, as_json)
    except OSError as error:
        _refuse("no_file", f"{error.filename or source}: {error.strerror or error}", as_json)


class _Asked:
    """The days asked for."""

    def __init__(self, day: str | None, first: str | None, last: str | None) -> None:
        self.on = read_date(day) if day else registers.day_today()
        self.since = read_date(first) if first else None
        self.until = read_date(last) if last else None
        if self.since and self.until and self.since >= self.until:
            raise Refused("empty_window", "--from phải trước --to; ngày --to không tính.")

    def of(self, findings: Sequence[Finding]) -> list[Finding]:
        """A window when one is given; else what is so on the day."""
        if self.since or self.until:
            return window(findings, self.since, self.until)
        return alive(findings, self.on)


def _of_file(source: Path) -> list[Finding]:
    """Findings of a file, taken literally; the packaged units tell which codes there are."""
    from haicap.domain.units.timeline.packaged import packaged_register

    with open_table(source, limits=LIMITS) as table:
        found = read(table, Communes.of(packaged_register()))
    if found.unused:
        registers.say(f"columns not used: {', '.join(found.unused)}")
    return detect(found.claims, found.ground)


def _tell(findings: Sequence[Finding], as_json: bool) -> None:
    if as_json:
        told = (json.dumps(document, ensure_ascii=False) for document in documents(findings))
        click.echo("[" + ",\n".join(told) + "]")
        return
    for f in findings:
        days = f"[{_day(f.since)} – {_day(f.until)})"
        units = ", ".join(sorted(f.units)[:5]) + (f" … ({len(f.units)})" if len(f.units) > 5 else "")
        reason = f" ({f.reason})" if f.reason else ""
        click.echo(f"{f.kind}{reason}  {f.power}, {f.role}  {days}  {units}")
        if f.case:
            click.echo(f"  {f.case}")
        for citation in f.citations:
            click.echo(f"  {citation}")
    registers.say(f"{len(findings)} findings")


def _day(day: date | None) -> str:
    return day.isoformat() if day else "…"


def _tell_problems(bad: BadRows, as_json: bool) -> None:
    """Every problem with its row, column and repair."""
    if as_json:
        told = [{"line": p.line, "column": p.column, "message": p.sentence} for p in bad.problems]
        document = {"error": bad.code, "message": bad.sentence, "problems": told}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    for p in bad.problems[:SHOWN]:
        where = f"dòng {p.line}" + (f", cột {p.column}" if p.column else "")
        registers.say(f"{where}: {p.sentence}")
    if len(bad.problems) > SHOWN:
        registers.say(f"… ({len(bad.problems) - SHOWN})")
    _refuse(bad.code, bad.sentence, as_json=False)


def _refuse(code: str, sentence: str, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"error": code, "message": sentence}, ensure_ascii=False, indent=2))
    registers.say(sentence)
    raise SystemExit(COULD_NOT)
