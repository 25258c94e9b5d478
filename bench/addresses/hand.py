"""Viết tay: the hand-written addresses. Each line also names its parts, so that the oracle can prove the expected columns.

`python -m bench.addresses.hand` proves them; `--fill` writes the expected columns of new lines, to be read by a person before
they are committed.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from .maker import FORMER_RIVAL, ON, Row
from .truth import Address, Answer, Oracle, mention

FILE = Path(__file__).with_name("handwritten.csv")
COLUMNS = (
    "part", "kind", "address", "commune", "district", "province", "marks", "status", "code", "candidates", "population_code",
    "legacy_code",
)  # fmt: skip


def lines() -> list[dict[str, str]]:
    """The file as it is."""
    with FILE.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def expected(oracle: Oracle, line: dict[str, str]) -> Answer:
    """What the contract says about the parts named on a line. `marks` "0": written without marks."""
    return _settled(oracle, line)[0]


def _settled(oracle: Oracle, line: dict[str, str]) -> tuple[Answer, bool]:
    commune, district, province = (
        mention(line[level]) if line[level] else None for level in ("commune", "district", "province")
    )
    a = Address(commune, district, province, line["marks"] != "0")
    return oracle.settled(a) if commune else (oracle.answer(a), False)


def columns(answer: Answer) -> dict[str, str]:
    """The expected cells of an answer."""
    return {
        "status": "silent" if answer.silent else answer.status,
        "code": "" if answer.silent else answer.code,
        "candidates": "|".join(answer.candidates),
        "population_code": answer.population_code,
        "legacy_code": answer.plain_legacy,
    }


def corpus() -> list[Row]:
    """The lines as rows. A line with the status "not_unique" was decided by hand."""
    oracle, out = Oracle(ON), []
    for line in lines():
        style = "old" if line["district"] else "new"
        kind = FORMER_RIVAL if _settled(oracle, line)[1] else line["kind"]
        legacy = line["legacy_code"] if line["district"] else ""
        out.append(
            Row(
                line["part"], kind, line["address"], line["status"], line["code"], line["candidates"],
                line["population_code"], legacy, style,
            )
        )  # fmt: skip
    return out


def disagreements(oracle: Oracle | None = None) -> list[str]:
    """Lines whose expected cells are not what the oracle says of their parts."""
    oracle, out = oracle or Oracle(ON), []
    for number, line in enumerate(lines(), 2):
        want = columns(expected(oracle, line))
        if line["status"] != "not_unique" and any(line[c] != v for c, v in want.items()):
            out.append(
                f"line {number}: {line['address']!r}: file {[line[c] for c in want]}, oracle {list(want.values())}"
            )
    return out


def fill() -> None:
    """Write the expected cells of lines that have none."""
    oracle, table = Oracle(ON), lines()
    for line in table:
        if not line["status"]:
            line.update(columns(expected(oracle, line)))
    with FILE.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    if "--fill" in sys.argv:
        fill()
    wrong = disagreements()
    print("\n".join(wrong) or f"{len(lines())} lines agree with the oracle")
    sys.exit(bool(wrong))
