"""`haicap search` and `haicap ask`: the assistant on the command line (docs/contracts.md, § Search and assistant).

Exit status 0: it was answered, a refusal of the assistant included; 2: it could not be.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from haicap.base.dates import read_date
from haicap.base.refused import Refused
from haicap.config.cli import registers
from haicap.config.cli.units_files import new_file, told

if TYPE_CHECKING:
    from haicap.edges.assistant.reply import Reply

LONGEST_LINE = 1_000_000


def ready(register: str) -> None:
    """The assistant has its facts: the database's, or the packaged ones where there is none. CouldNot with the reason."""
    if register == registers.PACKAGED or (register == registers.AUTO and not registers.there_is_a_database()):
        if register == registers.AUTO:
            registers.say("no database here: answering from the packaged facts")
        _packaged()
        return
    from django.db import Error

    from haicap.config.launcher.trouble import Trouble

    try:
        if _database() or register == registers.DATABASE:
            return
    except (Error, Trouble) as error:
        reason = str(error).strip().splitlines()[0]
        raise registers.CouldNot(
            f"the database does not answer: {reason} (--register packaged needs none)"
        ) from error
    registers.say("the database holds no catalogue yet: answering from the packaged facts")
    _packaged()


def _packaged() -> None:
    from haicap.config.cli import house
    from haicap.config.packaged_facts import Packaged
    from haicap.edges.assistant import facts

    house.django_ready()
    facts.wire(Packaged())


def _database() -> bool:
    from haicap.config.cli import house

    house.with_database()
    from django.db import ProgrammingError

    from haicap.domain.procedures import queries

    try:
        return queries.loaded()
    except ProgrammingError:  # not migrated yet
        return False


def _day(text: str | None) -> date:
    return read_date(text) if text else registers.day_today()


@click.command()
@click.argument("text", metavar="QUESTION")
@click.option(
    "-k", "most", type=click.IntRange(1, 100), default=5, show_default=True, help="How many procedures."
)
@click.option("--on", "day", metavar="DATE", help="Procedures in force on this day (default: today).")
@click.option("--json", "as_json", is_flag=True, help="One JSON document: [{code, name, score}].")
@registers.asking
def search(text: str, most: int, day: str | None, as_json: bool, register: str) -> None:
    """Find procedures by everyday words, best first."""
    on = _day(day)
    ready(register)
    from haicap.edges.assistant import asking

    ranked = asking.search(text, on=on, most=most)
    found = [(r.card.entry.code, r.card.entry.name, round(r.chance, 4)) for r in ranked]
    if as_json:
        click.echo(
            json.dumps(
                [dict(zip(("code", "name", "score"), f, strict=True)) for f in found], ensure_ascii=False
            )
        )
        return
    for code, name, score in found:
        click.echo(f"{code}  {score:.2f}  {name}")
    if not found:
        registers.say("nothing found")


@click.command()
@click.argument("text", metavar="[QUESTION]", required=False)
@click.option("--address", default="", help="Where the asker lives, an old or a new address.")
@click.option("--on", "day", metavar="DATE", help="Answer as of this day (default: today).")
@click.option("--context", default="", help="Context of the reply before, for a follow-up.")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option(
    "--in",
    "source",
    type=click.Path(path_type=Path),
    help='JSONL with {"q": …} on each line; address, on, context at will.',
)
@click.option(
    "--out",
    "target",
    type=click.Path(path_type=Path),
    help="JSONL to write: the same with the answer's keys.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@registers.asking
def ask(
    text: str | None, address: str, day: str | None, context: str, language: str,
    source: Path | None, target: Path | None, as_json: bool, register: str,
) -> None:  # fmt: skip
    """Ask the assistant: it answers from records in force, asks back, or refuses."""
    if bool(source) != bool(target) or (text is None) == (source is None):
        raise click.UsageError("give a question, or --in and --out")
    on = _day(day)
    ready(register)
    if source and target:
        with told():
            _file(source, target, {"address": address, "on": on, "context": context, "language": language})
        return
    from haicap.edges.assistant.asking import ask as answer

    reply = answer(text or "", on=on, address=address, context=context, language=language)
    if as_json:
        click.echo(json.dumps(document(reply), ensure_ascii=False))
        return
    _show(reply)


def document(reply: Reply) -> dict[str, Any]:
    """A reply as machines read it."""
    return {
        "behaviour": reply.behaviour.value,
        "procedures": [{"code": p.code, "name": p.name, "score": p.score} for p in reply.procedures],
        "question_back": reply.question_back,
        "text": reply.text,
        "citations": [str(c) for c in reply.citations],
        "topic": reply.topic.value,
        "options": [{"label": o.label, "value": o.value} for o in reply.options],
        "context": reply.context,
    }


def _show(reply: Reply) -> None:
    for sentence in reply.sentences:
        click.echo(f"{sentence.text}  {sentence.link}".rstrip())
    for option in reply.options:
        click.echo(f"  - {option.label}  ({option.value})")
    for other in reply.procedures[1:] if not reply.options else ():
        click.echo(f"  {other.code}  {other.score:.2f}  {other.name}")


def _file(source: Path, target: Path, given: dict[str, Any]) -> None:
    """One line out for each line in, in its place."""
    with (
        source.open("rb") as lines,
        new_file(target) as path,
        path.open("x", encoding="utf-8", newline="\n") as out,
    ):
        for row in _rows(lines):
            out.write(json.dumps(_answered(row, given), ensure_ascii=False) + "\n")


def _rows(lines: Any) -> Iterator[dict[str, Any]]:
    """Rows of a file; what cannot be read keeps its place with the reason in `error`."""
    for n, raw in enumerate(lines):
        try:
            text = raw[:LONGEST_LINE].decode("utf-8-sig" if n == 0 else "utf-8").strip()
        except UnicodeDecodeError:
            yield {"error": "Dòng này không phải UTF-8."}
            continue
        if not text:
            continue
        try:
            row = json.loads(text)
        except (ValueError, RecursionError):
            yield {"error": "Dòng này không phải JSON."}
            continue
        yield row if isinstance(row, dict) else {"error": "Dòng này không phải một đối tượng JSON."}


def _answered(row: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    from haicap.edges.assistant.asking import ask as answer

    if "error" in row and "q" not in row:
        return row
    asked = row.get("q")
    if not isinstance(asked, str):
        return {**row, "error": "Thiếu “q”, câu hỏi."}
    try:
        on = read_date(row["on"]) if isinstance(row.get("on"), str) and row["on"] else given["on"]
        told_of = {
            key: row[key] if isinstance(row.get(key), str) else given[key]
            for key in ("address", "context", "language")
        }
        return {**row, **document(answer(asked, on=on, **told_of))}
    except Refused as refused:
        return {**row, "error": refused.sentence}


@click.command()
@click.option(
    "--part", "parts", multiple=True, type=click.Choice(["tuned", "untouched"]), help="Default: both."
)
@click.option(
    "--store", type=click.Path(path_type=Path), help="Write the result here too, as the public page reads it."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@registers.asking
def evaluate(parts: tuple[str, ...], store: Path | None, as_json: bool, register: str) -> None:
    """Measure the assistant by its own evaluation set: accuracy by kind, no question is shown."""
    ready(register)
    from haicap.edges.assistant import evaluating
    from haicap.edges.assistant.asking import ask as answer

    reports = [
        evaluating.evaluate(part, answer) for part in parts or (evaluating.TUNED, evaluating.UNTOUCHED)
    ]
    if store:
        evaluating.write(store, reports, registers.day_today())
    if as_json:
        click.echo(json.dumps(evaluating.document(reports, registers.day_today()), ensure_ascii=False))
        return
    for report in reports:
        click.echo(f"{report.part}: p50 {report.p50:.1f} ms, p95 {report.p95:.1f} ms a question")
        for name, tally in (*sorted(report.kinds.items()), ("all", report.whole)):
            click.echo(
                f"  {name:16} {tally.rows:4}  first {tally.share('first', 'procedures'):.2f}  "
                f"within 5 {tally.share('within_5', 'procedures'):.2f}  behaviour {tally.share('behaviour'):.2f}  "
                f"wrong {tally.wrong}, of these without a doubt {tally.wrong_but_confident}"
            )
