"""`haicap guidance`: handbook, answers and notices listed, shown on a day, exported as one file, loaded.

Exit status 0: answered or done; 2: it could not be, and nothing was.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from haicap.base.dates import read_date
from haicap.base.refused import Refused
from haicap.config.cli import entering, house, registers
from haicap.config.cli.units_files import new_file
from haicap.config.cli.upkeep import now

KINDS = ("article", "answer", "notice")
AUDIENCES = ("citizen", "commune", "province", "ministry")
ON = click.option("--on", "day", metavar="DATE", help="Day that is asked for (default: today).")


@click.group()
def guidance() -> None:
    """Handbook, questions and answers, notices."""


def ready() -> None:
    """The database answers and holds guidance. Refused `not_loaded`."""
    house.with_database()
    from haicap.domain.guidance import queries

    if not queries.loaded():
        raise Refused("not_loaded", "Cẩm nang chưa được nạp: `haicap migrate` rồi `haicap guidance load`.")


def _day(text: str | None) -> date:
    return read_date(text) if text else registers.day_today()


@guidance.command("list")
@ON
@click.option("--kind", type=click.Choice(KINDS), help="Only these.")
@click.option("--audience", type=click.Choice(AUDIENCES), help="Only what is for them.")
@click.option("--find", "text", default="", help="Only what has all these words, with or without marks.")
@click.option("--flagged", is_flag=True, help="Only what an editor must look at again.")
@entering.JSON
def list_(
    day: str | None, kind: str | None, audience: str | None, text: str, flagged: bool, as_json: bool
) -> None:
    """Pieces that count on a day; chapters of the handbook first, in their order."""
    with entering.told(as_json):
        on = _day(day)
        ready()
        from haicap.domain.guidance import queries
        from haicap.domain.guidance.queries import telling

        if text.strip():
            found = [hit.piece for hit in queries.search(text, on=on, audience=audience, kind=kind)]
        else:
            found = list(queries.articles(on, audience, kind))
        told = [telling.line_told(piece) for piece in found if piece.flagged or not flagged]
    if as_json:
        entering.printed({"on": on.isoformat(), "pieces": told})
        return
    for piece in told:
        mark = "  [cần rà soát]" if piece["flagged"] else ""
        click.echo(f"{piece['kind']:8} {piece['code']}  {piece['title']}{mark}")
    registers.say(f"{len(told)} pieces")


@guidance.command()
@click.argument("code")
@ON
@entering.JSON
def show(code: str, day: str | None, as_json: bool) -> None:
    """What a piece said on a day, with what it cites and why it is being looked at."""
    with entering.told(as_json):
        on = _day(day)
        ready()
        from haicap.domain.guidance import queries
        from haicap.domain.guidance.queries import telling

        piece = telling.whole_told(queries.piece(code, on))
    if as_json:
        entering.printed({"on": on.isoformat(), "piece": piece})
        return
    click.echo(f"{piece['title']}\n\n{piece['body']}\n")
    for ground in piece["citations"]:
        click.echo(f"  {ground['number']}{', ' if ground['place'] else ''}{ground['place']}")
    for flag in piece["flagged"]:
        click.echo(f"  [cần rà soát] {flag['kind']} {flag['since']}  {flag['citation']}")


@guidance.command()
@click.option("--pdf", type=click.Path(path_type=Path), help="The whole book as one PDF/A.")
@click.option(
    "--html", type=click.Path(path_type=Path), help="The whole book as one HTML file that needs no network."
)
@ON
def export(pdf: Path | None, html: Path | None, day: str | None) -> None:
    """Handbook, answers and notices as files to read without a network."""
    if pdf is None and html is None:
        raise click.UsageError("say --pdf FILE, --html FILE, or both")
    with entering.told(False):
        on = _day(day)
        ready()
        from django.conf import settings

        from haicap.web.common.guidance import book

        if html is not None:
            with new_file(html) as beside:
                beside.write_text(book.as_html(on, settings.SITE_URL), encoding="utf-8")
        if pdf is not None:
            with new_file(pdf) as beside:
                beside.write_bytes(book.as_pdf(on, now()))
    registers.say(", ".join(str(path) for path in (pdf, html) if path is not None))


@guidance.command()
def load() -> None:
    """Load the pieces that come with this release, unless there are some; the documents they cite come first."""
    with entering.told(False):
        house.with_database()
        from haicap.domain.guidance import jobs, queries
        from haicap.domain.law import queries as law

        if not law.loaded():
            raise Refused("not_loaded", "Sổ văn bản chưa được nạp: `haicap load`.")
        number = jobs.load_packaged(now())
    registers.say(f"{number} pieces loaded" if number or not queries.loaded() else "loaded already")
