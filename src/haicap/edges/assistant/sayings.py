"""Cách người ta nói: other words for a procedure than its official name, written by hand; packaged beside the engine.

What an operator adds goes into the synonyms of the catalogue, which are rows; these lines are where that begins.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def sayings() -> Mapping[str, tuple[str, ...]]:
    """Code → what people say for it. ValueError naming file and line for what cannot be read."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(
        (files("haicap.edges.assistant") / "data" / "sayings").iterdir(), key=lambda p: p.name
    ):
        if not path.name.endswith(".csv"):
            continue
        for n, row in enumerate(csv.DictReader(path.read_text(encoding="utf-8").splitlines()), 2):
            said = tuple(part.strip() for part in (row.get("sayings") or "").split("|"))
            if not row.get("code") or not all(said) or row["code"] in found:
                raise ValueError(f"{path.name}, line {n}: {row}")
            found[row["code"]] = said
    return found
