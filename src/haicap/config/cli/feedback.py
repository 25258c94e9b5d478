"""`haicap feedback`: tickets listed and shown without personal text, routing tried, figures, open data.

Exit status 0: answered; 2: it could not be.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from haicap.base.dates import HANOI, read_date
from haicap.config.cli import entering, registers
from haicap.config.cli.law import uid_of
from haicap.config.cli.law_files import ready
from haicap.config.cli.units_files import new_file
from haicap.config.cli.upkeep import now
from haicap.config.launcher.trouble import Trouble

SINCE = click.option("--since", metavar="DATE", help="Received from this day (default: this year).")
UNTIL = click.option("--until", metavar="DATE", help="Received before this day (default: today counted too).")


@click.group()
def feedback() -> None:
    """Tickets of feedback: what is open, where one stands, where one would go, figures, open data."""


def _when(at: Any) -> str:
    return f"{at.astimezone(HANOI):%Y-%m-%d %H:%M}" if at else "-"


@feedback.command("list")
@click.option(
    "--stage",
    default="open",
    show_default=True,
    help="open, late, soon, nobody, escalated, all, or a state.",
)
@click.option("--kind", default="", help="Only of this kind.")
@click.option("--most", default=100, show_default=True, type=click.IntRange(1, 100_000))
@entering.JSON
def listed(stage: str, kind: str, most: int, as_json: bool) -> None:
    """Tickets of the whole queue by what is due first, without what tells who sent them."""
    with entering.told(as_json):
        ready()
        from django.db.models import Q

        from haicap.domain.feedback import policy, queries
        from haicap.domain.units import queries as units

        at = now()
        page = queries.page(policy.Scope(Q(), "nation"), queries.Asked(stage, kind), at, size=most)
        names = units.organs_named({t.organ_id for t in page.items}, registers.day_today())
        told = [
            {
                "code": t.code, "kind": t.kind, "state": t.state, "due_at": t.due_at.isoformat() if t.due_at else None,
                "late": bool(t.due_at and t.due_at < at), "organ": names[t.organ_id].name,
            }
            for t in page.items
        ]  # fmt: skip
    if as_json:
        entering.printed(told)
        return
    for row, ticket in zip(told, page.items, strict=True):
        late = "  quá hạn" if row["late"] else ""
        click.echo(
            f"{row['code']}  {row['kind']:14} {row['state']:20} {_when(ticket.due_at):16} {row['organ']}{late}"
        )
    registers.say(f"{len(told)} tickets")


@feedback.command()
@click.argument("code")
@entering.JSON
def show(code: str, as_json: bool) -> None:
    """Where a ticket stands and what happened to it; no personal text."""
    with entering.told(as_json):
        ready()
        from haicap.domain.feedback import queries
        from haicap.domain.units import queries as units
        from haicap.kernel.ledger import queries as ledger
        from haicap.kernel.ledger.kinds import kind

        row = queries.bare(code.strip().upper())
        organ = units.organs_named([row.organ_id], registers.day_today())[row.organ_id].name
        events = ledger.history(row.stream)
        steps = [
            {"seq": e.seq, "at": e.at.isoformat(), "kind": e.kind, "sentence": kind(e.kind).sentence % e.data}
            for e in events
        ]
        told = {
            "code": row.code, "kind": row.kind, "channel": row.channel, "state": row.state, "version": row.version,
            "organ": organ, "due_at": row.due_at.isoformat() if row.due_at else None, "late": row.late, "events": steps,
        }  # fmt: skip
    if as_json:
        entering.printed(told)
        return
    click.echo(
        f"{row.code}: {row.kind}, {row.state}; {organ}; due {_when(row.due_at)}; version {row.version}"
    )
    for event, step in zip(events, steps, strict=True):
        click.echo(f"{_when(event.at)}  {step['sentence']}")


@feedback.command()
@click.argument("kind")
@click.option("--unit", "code", default="", metavar="CODE", help="Commune or province it is about.")
@click.option("--procedure", default="", help="Code of a procedure.")
@click.option("--document", default="", help="Number of a document in the register.")
@click.option("--field", default="", help="Field of the matter.")
@click.option("--on", "day", metavar="DATE", help="Day of receipt (default: today).")
@entering.JSON
def route(
    kind: str, code: str, procedure: str, document: str, field: str, day: str | None, as_json: bool
) -> None:
    """Which organ a ticket of KIND would go to on a day, by which line, and what was tried before."""
    with entering.told(as_json):
        on = read_date(day) if day else registers.day_today()
        ready()
        from haicap.config.cli.law_files import found
        from haicap.domain.feedback import queries
        from haicap.domain.feedback.states import Kind

        if kind not in set(Kind):
            raise Trouble(f"no kind {kind}; there are {', '.join(Kind)}")
        slug = found(document).slug if document else ""
        routed = queries.routed(queries.Subject(Kind(kind), uid_of(code, on), procedure, slug, field), on)
        tried = [{"rule": t.rule, "organ": t.kind} for t in routed.tried]
        told = {"on": on.isoformat(), "organ": routed.desk.name, "kind": routed.desk.kind, "rule": routed.rule, "tried": tried}  # fmt: skip
    if as_json:
        entering.printed(told)
        return
    click.echo(f"{routed.desk.name}  (dòng {routed.rule})")
    for one in tried:
        click.echo(f"  không có vào ngày này: {one['organ']}  (dòng {one['rule']})")


def _days(since: str | None, until: str | None) -> tuple[date, date]:
    today = registers.day_today()
    first = read_date(since) if since else today.replace(month=1, day=1)
    last = read_date(until) if until else today + timedelta(days=1)
    return min(first, last), max(first, last)


@feedback.command()
@SINCE
@UNTIL
@click.option("--province", default="", metavar="CODE", help="Only tickets about this province.")
@entering.JSON
def figures(since: str | None, until: str | None, province: str, as_json: bool) -> None:
    """What each organ received and what became of it."""
    with entering.told(as_json):
        days = _days(since, until)
        ready()
        from haicap.domain.feedback import queries
        from haicap.domain.units import queries as units

        today = registers.day_today()
        found = queries.by_organ(*days, now(), province=uid_of(province, today), most=5_000)
        names = units.organs_named([n.organ for n in found], today)
        told = [
            {
                "organ": names[n.organ].name, "received": n.received, "open": n.open, "answered": n.answered,
                "in_time": n.in_time, "overdue": n.overdue, "refused": n.refused, "liked": n.liked,
                "dissatisfied": n.dissatisfied, "median_days": None if n.days is None else round(n.days, 2),
            }
            for n in found
        ]  # fmt: skip
    if as_json:
        entering.printed(told)
        return
    for row in told:
        click.echo(
            f"{row['received']:7} nhận  {row['open']:6} mở  {row['in_time']:6}/{row['answered']} đúng hạn  "
            f"{row['overdue']:5} quá hạn  {row['dissatisfied']:5} chưa hài lòng  {row['organ']}"
        )
    registers.say(f"{len(told)} organs")


@feedback.command()
@SINCE
@UNTIL
@click.option(
    "--out", "target", type=click.Path(path_type=Path), help="File to write (default: standard output)."
)
def export(since: str | None, until: str | None, target: Path | None) -> None:
    """The open data as CSV: every ticket as codes and days; no names, no texts, no telephone numbers."""
    with entering.told(False):
        days = _days(since, until)
        ready()
        from haicap.domain.feedback import queries

        rows = queries.open_data(*days)
        with _target(target) as file:
            count = _written(file, queries.OPEN_COLUMNS, rows)
    registers.say(f"{count} tickets")


@contextmanager
def _target(target: Path | None) -> Iterator[Any]:
    if target is None:
        yield sys.stdout
        return
    try:
        with new_file(target) as path, path.open("x", encoding="utf-8", newline="") as file:
            yield file
    except OSError as reason:
        raise Trouble(f"{target} cannot be written: {reason.strerror}") from None


def _written(file: Any, head: Sequence[str], rows: Iterator[Sequence[Any]]) -> int:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(head)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return count
