"""`haicap law import` and `export`: whole files of documents, in and out."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from haicap.base.refused import Refused
from haicap.config.cli import entering, house, registers
from haicap.config.cli.units_files import new_file
from haicap.config.cli.upkeep import now

if TYPE_CHECKING:
    from haicap.domain.law.formats import Outcome, Tables
    from haicap.domain.law.queries import Doc

FORMS = ("xlsx", "json", "akn", "eli")


def ready() -> None:
    """The database answers and holds documents. Refused `not_loaded`."""
    house.with_database()
    from haicap.domain.law import queries

    if not queries.loaded():
        raise Refused("not_loaded", "Sổ văn bản chưa được nạp: `haicap migrate` rồi `haicap load`.")


def found(name: str) -> Doc:
    """The document of a number in any spelling, or of the name of its page. Refused `not_found`, `many_documents`."""
    from haicap.domain.law import queries

    known = queries.corpus()
    if name in known.by_slug:
        return known.by_slug[name]
    same = known.numbered(name)
    if not same:
        raise Refused("not_found", "Sổ không có văn bản %(name)s.", params={"name": name[:80]})
    if len(same) > 1:
        raise Refused(
            "many_documents", "Có nhiều văn bản số %(name)s; xin ghi một trong: %(slugs)s.",
            params={"name": name[:80], "slugs": ", ".join(d.slug for d in same)},
        )  # fmt: skip
    return same[0]


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--dry-run", "dry", is_flag=True, help="Only tell what would be new and what would change in effect."
)
@entering.BEHALF
@entering.JSON
def import_(file: Path, dry: bool, name: str, as_json: bool) -> None:
    """Enter the documents of FILE (XLSX, JSON or Akoma Ntoso XML), whole or not at all."""
    with entering.told(as_json):
        house.with_database()
        tables = _looked_through(file, as_json)
        document = _trial(tables)
        if not dry:
            _enter(tables, file.name, name)
    if as_json:
        entering.printed({"dry_run": dry, **document})
        return
    click.echo(", ".join(f"{sheet}: {n}" for sheet, n in document["counts"].items()))
    for word, key in (("sẽ thêm" if dry else "thêm", "gained"), ("sẽ mất" if dry else "mất", "lost")):
        for change in document[key]:
            what = ", ".join(p for p in (change["what"]["number"], change["what"]["place"]) if p)
            click.echo(f"{word}: {change['on']}  {what}: {change['before']} → {change['after']}")


def _looked_through(file: Path, as_json: bool) -> Tables:
    """The rows of a file; status 2 with every one that is wrong."""
    from haicap.domain.law import queries
    from haicap.domain.law.formats.problems import filled

    outcome = _read(file.read_bytes())
    problems = queries.look_through(outcome)
    if problems:
        entering.wrong_rows(
            (
                {
                    "sheet": p.sheet, "line": p.row, "column": p.column,
                    "message": f"{filled(p.sentence, p.params)} {filled(p.repair, p.params)}".strip(),
                }
                for p in problems
            ),
            as_json,
        )  # fmt: skip
    return outcome.tables


def _read(data: bytes) -> Outcome:
    from haicap.base.tables import COMMAND_LINE
    from haicap.domain.law.formats import read_tables
    from haicap.domain.law.formats.akn import read_akn

    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return read_akn(io.BytesIO(data))
    return read_tables(io.BytesIO(data), limits=COMMAND_LINE)


def _trial(tables: Tables) -> dict[str, Any]:
    from haicap.domain.law import queries
    from haicap.domain.law.queries import telling

    trial = queries.would(tables)
    return {
        "counts": dict(trial.counts),
        "new": [row.number for row in trial.new],
        "gained": [telling.change_told(c) for c in trial.gained],
        "lost": [telling.change_told(c) for c in trial.lost],
    }


def _enter(tables: Tables, source: str, name: str) -> None:
    from haicap.domain.law import actions, queries

    if queries.loaded():
        actions.enter(tables=tables, source=source, actor=entering.actor_of(name), at=now())
    else:
        actions.load_register(tables=tables, source=source, actor=entering.SYSTEM, at=now())


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--form", type=click.Choice(FORMS), required=True, help="akn of all documents is a ZIP of XML files."
)
@click.option("--document", "number", default="", help="Only this document, by its number (default: all).")
def export(file: Path, form: str, number: str) -> None:
    """Write documents with all that hangs on them to FILE."""
    with entering.told(as_json=False):
        ready()
        from haicap.domain.law import queries

        docs = [found(number)] if number else list(queries.corpus().docs.values())
        with new_file(file) as path:
            path.write_bytes(_WRITERS[form](docs, bool(number), registers.day_today()))
    registers.say(f"{len(docs)} documents written to {file}")


def _tables(docs: Collection[Doc], one: bool, on: date) -> Tables:
    from haicap.domain.law import queries

    return queries.tables_of({d.slug for d in docs} if one else None)


def _xlsx(docs: Collection[Doc], one: bool, on: date) -> bytes:
    from haicap.domain.law.formats import write_workbook

    out = io.BytesIO()
    write_workbook(out, _tables(docs, one, on))
    return out.getvalue()


def _json(docs: Collection[Doc], one: bool, on: date) -> bytes:
    from haicap.domain.law.formats import write_json

    out = io.BytesIO()
    write_json(out, _tables(docs, one, on))
    return out.getvalue()


def _akn(docs: Collection[Doc], one: bool, on: date) -> bytes:
    files = {doc.slug: _akn_of(doc, on) for doc in docs}
    if one:
        return next(iter(files.values()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for slug, data in files.items():
            archive.writestr(f"{slug}.xml", data)
    return out.getvalue()


def _akn_of(doc: Doc, on: date) -> bytes:
    from haicap.domain.law import queries
    from haicap.domain.law.formats.akn import write_akn
    from haicap.domain.law.queries import telling

    out = io.BytesIO()
    write_akn(out, telling.rows_about(doc)[0], queries.tables_of(telling.around(doc)), made_on=on)
    return out.getvalue()


def _eli(docs: Collection[Doc], one: bool, on: date) -> bytes:
    from haicap.domain.law.queries import telling

    told = [telling.eli_told(doc, on) for doc in docs]
    document: Mapping[str, Any] = told[0] if one else {"@graph": told}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


_WRITERS: Mapping[str, Callable[[Collection[Doc], bool, date], bytes]] = {
    "xlsx": _xlsx, "json": _json, "akn": _akn, "eli": _eli,
}  # fmt: skip
