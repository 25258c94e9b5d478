"""`haicap powers holder`, `load`, `dry-run`, `export`, and `check` of the register: answers from the database.

Exit status 0: answered or entered; 2: it could not be, and nothing was.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from haicap.base.dates import read_date, today
from haicap.base.refused import Refused
from haicap.config.cli import entering, house, registers
from haicap.config.cli.units_files import new_file
from haicap.config.cli.upkeep import now
from haicap.domain.powers.detectors import Finding, alive
from haicap.domain.powers.states import Role

if TYPE_CHECKING:
    from haicap.domain.powers.formats.tables import Outcome

FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))


def ready() -> None:
    """The database answers and holds powers. Refused `not_loaded`."""
    house.with_database()
    from haicap.domain.powers import queries

    if not queries.loaded():
        raise Refused("not_loaded", "Sổ thẩm quyền chưa được nạp: `haicap migrate` rồi `haicap load`.")


def of_register(on: date) -> list[Finding]:
    """Findings of the register as it stands, units by code. `on`: the day of catalogue and posts."""
    ready()
    from haicap.domain.powers import queries
    from haicap.domain.powers.queries import telling

    codes = telling.every_code()
    return [_coded(found.finding, codes) for found in queries.find(on=on)]


def _coded(finding: Finding, codes: Mapping[str, str]) -> Finding:
    return replace(finding, units=tuple(sorted(codes[u] for u in (finding.units or codes) if u in codes)))


@click.command()
@click.option("--power", required=True, help="Code of the power.")
@click.option(
    "--unit", "code", required=True, metavar="CODE", help="Commune or province, by its code on the day."
)
@click.option("--on", "day", metavar="DATE", help="Day that is asked for (default: today).")
@click.option("--case", "told", multiple=True, metavar="K=V", help="Value of an attribute; may be repeated.")
@click.option("--role", type=click.Choice([r.value for r in Role]), default="decide", show_default=True)
@click.option("--believed-at", "believed", default="", metavar="INSTANT", help="As the register stood then.")
@entering.JSON
def holder(
    power: str, code: str, day: str | None, told: tuple[str, ...], role: str, believed: str, as_json: bool
) -> None:
    """Who holds a power in a unit on a day, in a case, by which clause; with the findings that touch it."""
    with entering.told(as_json):
        on = read_date(day) if day else registers.day_today()
        ready()
        document = _held(power, code, on, told, Role(role), believed)
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    for found in document["holders"]:
        click.echo(f"{found['name']}  ({found['mode']}, {found['level']})  {found['citation']}")
    if not document["holders"]:
        click.echo("Không ai có thẩm quyền này ở đó vào ngày đó.")
    for found in document["findings"]:
        since, until = found["interval"]
        click.echo(f"! {found['kind']}  [{since or '…'} – {until or '…'})  {'; '.join(found['citations'])}")


def _held(power: str, code: str, on: date, told: Sequence[str], role: Role, believed: str) -> dict[str, Any]:
    from haicap.domain.powers import queries
    from haicap.domain.powers.queries import telling
    from haicap.domain.units import queries as units

    known = units.register()
    version = known.at(code, on)
    if version is None:
        raise Refused(
            "unknown_code", "Không đơn vị nào mang mã %(code)s vào ngày %(on)s.",
            params={"code": code, "on": on.isoformat()},
        )  # fmt: skip
    case = telling.read_case(queries.power(power), told)
    at = telling.instant(believed)
    found = queries.holder(power, version.uid, on, role=role, case=case, believed_at=at)
    touching = [] if at else telling.touching_now(power, unit=version.uid, on=on, role=role, case=case)
    codes = telling.every_code()
    return {
        "holders": [telling.holder_told(h, on) for h in found],
        "findings": [telling.finding_told(f, power, codes) for f in alive(touching, on)],
    }


@click.command()
@FILE
@entering.BEHALF
@entering.JSON
def load(file: Path, name: str, as_json: bool) -> None:
    """Enter the powers and assertions of FILE (XLSX, CSV or JSON), whole or not at all."""
    with entering.told(as_json):
        house.with_database()
        outcome = _read(file, as_json)
        powers, assertions = [p for _, p in outcome.powers], [a for _, a in outcome.assertions]
        from haicap.domain.powers import actions, queries

        if queries.loaded():
            codes = actions.enter(
                powers=powers,
                assertions=assertions,
                source=file.name,
                actor=entering.actor_of(name),
                at=now(),
            )
        else:
            actions.load_register(
                powers=powers, assertions=assertions, source=file.name, actor=entering.SYSTEM, at=now()
            )
            codes = [line.id for line in assertions]
    if as_json:
        entering.printed({"powers": len(powers), "assertions": len(codes), "codes": codes})
    registers.say(f"{len(codes)} assertions entered; the findings follow within a minute")


def _read(file: Path, as_json: bool) -> Outcome:
    """The rows of a file, all of them readable; status 2 with every one that is not."""
    from haicap.domain.powers.formats import tables
    from haicap.domain.units import queries as units

    outcome = tables.read(io.BytesIO(file.read_bytes()), units.register(), today(now()))
    if outcome.problems:
        _wrong(outcome.problems, as_json)
    if outcome.unused:
        registers.say(f"columns not used: {', '.join(outcome.unused)}")
    return outcome


def _wrong(problems: Sequence[Any], as_json: bool) -> None:
    entering.wrong_rows(
        ({"sheet": p.sheet, "line": p.line, "column": p.column, "message": p.sentence} for p in problems),
        as_json,
    )


@click.command("dry-run")
@FILE
@entering.BEHALF
@entering.JSON
def dry_run(file: Path, name: str, as_json: bool) -> None:
    """What entering FILE would change: new holders, findings that would go, findings that would come."""
    with entering.told(as_json):
        ready()
        outcome = _read(file, as_json)
        from haicap.domain.powers import queries
        from haicap.domain.powers.queries import telling

        actor = entering.actor_of(name) if name else ""
        found = queries.rehearse(outcome.powers, outcome.assertions, actor=actor, at=now())
        if found.problems or found.run is None:
            _wrong(found.problems, as_json)
            return
        run = found.run
        document: dict[str, Any] = {
            "powers": found.new_powers,
            "assertions": found.new_assertions,
            "shifts": [telling.shift_told(shift) for shift in run.shifts],
            "closed": [telling.finding_told(f, f.power) for f in run.closed],
            "opened": [telling.finding_told(f, f.power) for f in run.opened],
        }
    if as_json:
        entering.printed(document)
        return
    click.echo(f"{document['powers']} thẩm quyền, {document['assertions']} quy định mới")
    for shift in document["shifts"]:
        before, after = (", ".join(h["organ"] for h in shift[k]) or "–" for k in ("before", "after"))
        click.echo(f"{shift['on']}  {shift['power']} ({shift['role']}): {before} → {after}")
    for word, key in (("hết", "closed"), ("mới", "opened")):
        for f in document[key]:
            click.echo(f"{word}: {f['kind']}  {f['power']}, {f['role']}  {'; '.join(f['citations'])}")


@click.command()
@FILE
def export(file: Path) -> None:
    """Write the register to FILE (.xlsx or .json), in the form that `load` reads."""
    with entering.told(as_json=False):
        ready()
        from haicap.domain.powers import queries
        from haicap.domain.powers.formats.workbooks import workbook
        from haicap.domain.powers.queries import telling

        powers, assertions = queries.lines(queries.register().powers.values())
        forms = {
            ".xlsx": lambda: workbook(powers, assertions),
            ".json": lambda: telling.tables_json(powers, assertions),
        }
        if file.suffix.lower() not in forms:
            raise Refused("bad_form", "Tên tệp phải kết thúc bằng .xlsx hoặc .json.")
        with new_file(file) as path:
            path.write_bytes(forms[file.suffix.lower()]())
    registers.say(f"{len(powers)} powers, {len(assertions)} assertions written to {file}")
