"""`haicap law`: legal documents shown on a day, entered, exported; what changed, what is owed.

Exit status 0: answered or entered; 2: it could not be, and nothing was.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from haicap.base.dates import read_date
from haicap.base.refused import Refused
from haicap.config.cli import entering, law_files, registers
from haicap.config.cli.law_files import found, ready

if TYPE_CHECKING:
    from haicap.domain.law.queries import Doc


@click.group()
def law() -> None:
    """Legal documents: what is in force on a day, and why."""


law.add_command(law_files.import_)
law.add_command(law_files.export)


def uid_of(code: str, on: date) -> str:
    """The identity of who holds a code on the day; "" for none. Refused `unknown_code`."""
    from haicap.domain.units import queries as units

    if not code:
        return ""
    version = units.register().at(code, on)
    if version is None:
        raise Refused(
            "unknown_code", "Không đơn vị nào mang mã %(code)s vào ngày %(on)s.",
            params={"code": code, "on": on.isoformat()},
        )  # fmt: skip
    return version.uid


@law.command()
@click.argument("number")
@click.option("--on", "day", metavar="DATE", help="Day that is asked for (default: today).")
@click.option("--place", default="", help="“điều 5 khoản 1” or art_5__para_1 (default: the whole document).")
@click.option(
    "--unit", "code", default="", metavar="CODE", help="Whether it counts in this commune or province."
)
@entering.JSON
def show(number: str, day: str | None, place: str, code: str, as_json: bool) -> None:
    """A document, or a place in it, on a day: whether it is in force, since when, until when, and why."""
    with entering.told(as_json):
        on = read_date(day) if day else registers.day_today()
        ready()
        document = _shown(found(number), place.strip(), on, code)
    if as_json:
        entering.printed(document)
        return
    facts = document["document"]
    click.echo(f"{facts['number']}  {facts['title']}  [{facts['evidence']}]")
    click.echo(
        f"  {document['place'] or 'cả văn bản'}, ngày {document['on']}: {document['effect']['standing']}"
    )
    for step in document["effect"]["chain"]:
        click.echo(f"    {step['on']}  {step['why']}  {_named(step['by'])}")
    for span in document["spans"]:
        click.echo(f"  [{span['since'] or '…'} – {span['until'] or '…'})  {span['standing']}")


def _shown(doc: Doc, place: str, on: date, code: str) -> dict[str, Any]:
    from haicap.domain.law import places, queries
    from haicap.domain.law.queries import telling

    path = place if not place or places.valid(place) else places.read(place)
    uid = uid_of(code, on)
    return {
        "on": on.isoformat(),
        "document": telling.document_told(doc, queries.state_of(doc, on)),
        "path": path,
        "place": places.written(path),
        "counts_in": queries.counts_in(doc, uid, on) if uid else None,
        "effect": telling.span_told(queries.effect(doc, path, on, unit=uid)),
        "spans": [telling.span_told(span) for span in queries.spans(doc, path)],
    }


def _named(what: Mapping[str, Any]) -> str:
    return ", ".join(part for part in (what["number"], what["place"]) if part)


@law.command()
@click.option("--from", "first", required=True, metavar="DATE", help="First day.")
@click.option("--to", "last", metavar="DATE", help="Last day, counted too (default: today).")
@entering.JSON
def changes(first: str, last: str | None, as_json: bool) -> None:
    """What began, ended, was suspended or came back on the days from --from to --to."""
    with entering.told(as_json):
        days = sorted((read_date(first), read_date(last) if last else registers.day_today()))
        ready()
        from haicap.domain.law import queries
        from haicap.domain.law.queries import telling

        told = [telling.change_told(change) for change in queries.changes(days[0], days[1])]
    if as_json:
        entering.printed({"from": days[0].isoformat(), "to": days[1].isoformat(), "changes": told})
        return
    for change in told:
        by = f"  ({change['step']['why']}, {_named(change['step']['by'])})" if change["step"] else ""
        click.echo(f"{change['on']}  {_named(change['what'])}: {change['before']} → {change['after']}{by}")
    registers.say(f"{len(told)} changes")


@law.command()
@click.option("--on", "day", metavar="DATE", help="Day lateness is counted to (default: today).")
@click.option("--holder", default="", help="Only what this organ must issue.")
@click.option(
    "--state", type=click.Choice(["open", "issued", "withdrawn", "all"]), default="open", show_default=True
)
@entering.JSON
def owed(day: str | None, holder: str, state: str, as_json: bool) -> None:
    """Documents that acts call for and that are still to come, with the days they are late."""
    with entering.told(as_json):
        on = read_date(day) if day else registers.day_today()
        ready()
        from haicap.domain.law import queries
        from haicap.domain.law.queries import telling

        lines = queries.owed(on, holder=holder, state="" if state == "all" else state)
        told = [telling.owed_told(line) for line in lines]
    if as_json:
        entering.printed({"on": on.isoformat(), "owed": told})
        return
    for line in told:
        late = f"  quá hạn {line['late']} ngày" if line["late"] else ""
        click.echo(
            f"{line['due_on'] or '–':10}  {line['holder']}: {line['subject']}  ({_named(line['called_for_by'])}){late}"
        )
    registers.say(f"{len(told)} documents")
