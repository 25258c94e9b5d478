"""Bộ địa chỉ: rows of both parts, made anew (same seeds, same rows) at every run. `python -m bench.addresses.make_corpus OUT.csv` writes them."""

from __future__ import annotations

import csv
import sys
from dataclasses import astuple, fields
from pathlib import Path

from . import special
from .maker import ON, Maker, Row
from .scope import Scopes
from .truth import Oracle


def corpus(parts: tuple[str, ...] = ("tuned", "untouched"), oracle: Oracle | None = None) -> list[Row]:
    """Rows of the asked parts."""
    oracle = oracle or Oracle(ON)
    scopes = Scopes(oracle)
    rows: list[Row] = []
    for part in parts:
        maker, seen = Maker(oracle, scopes, part), set[str]()
        rows += [*maker.rows(seen), *special.rows(maker, seen)]
    return rows


def main() -> None:
    """Write the corpus for whoever wants to look at it."""
    with Path(sys.argv[1]).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow([f.name for f in fields(Row)])
        writer.writerows(astuple(row) for row in corpus())


if __name__ == "__main__":
    main()
