"""What entering commands share: on whose behalf, answers as JSON, refusals and wrong rows told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click

from haicap.base.refused import Refused
from haicap.config.cli import registers

COULD_NOT = 2
SHOWN = 20  # wrong rows told to people; a program gets all of them
SYSTEM = "system"
BEHALF = click.option(
    "--as", "name", default="", help="Account whose posts give the right to enter; the first load needs none."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


def printed(document: object) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def refuse(code: str, sentence: str, as_json: bool, **more: object) -> None:
    """Say why there is no answer, and end with status 2."""
    if as_json:
        printed({"error": code, "message": sentence, **more})
    registers.say(sentence)
    raise SystemExit(COULD_NOT)


@contextmanager
def told(as_json: bool) -> Iterator[None]:
    """What a person can mend is said in one sentence, with status 2."""
    try:
        yield
    except Refused as refused:
        refuse(refused.code, refused.sentence, as_json)
    except OSError as error:
        refuse("no_file", f"{error.filename or ''}: {error.strerror or error}".removeprefix(": "), as_json)


def wrong_rows(rows: Iterable[Mapping[str, Any]], as_json: bool) -> None:
    """Every wrong row with its table, line, column and repair; status 2, nothing entered."""
    found = [dict(row) for row in rows]
    for row in found[:SHOWN]:
        where = "/".join(str(row[part]) for part in ("sheet", "line", "column") if row[part])
        registers.say(f"{where}: {row['message']}")
    if len(found) > SHOWN:
        registers.say(f"… ({len(found) - SHOWN})")
    refuse("bad_rows", f"Tệp có {len(found)} lỗi; chưa dòng nào được nhập.", as_json, problems=found)


def actor_of(name: str) -> str:
    """The actor of an account. Refused `no_account`, `no_name`."""
    from haicap.kernel.accounts import queries

    if not name:
        raise Refused("no_name", "Sổ đã được nạp; xin ghi --as TÊN của người có quyền nhập.")
    found = queries.user_named(name.strip().casefold())
    if found is None:
        raise Refused("no_account", "Không có tài khoản %(name)s.", params={"name": name[:60]})
    return found.actor
