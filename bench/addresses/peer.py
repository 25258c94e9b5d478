"""Thư viện so sánh: PyPI `vietnamadminunits` behind the same answer as ours, with its network geocoder taken out.

It knows addresses of before July 2025 (`convert_address`) and new ones (`parse_address`, mode FROM_2025) but must be told which
one it reads. It is told, from the corpus, whether a district was written (our converter is not): with one it converts; without
one it reads the text as new and, if that finds nothing, converts. It has no notion of "split" or "ambiguous": for a divided ward it
takes the geocoder's word or, without one, a default. On rows of those two statuses it therefore cannot be right; they are shown
apart. It targets 2025 and does not read former names on purpose.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class PeerAnswer:
    """The peer's answer in our words; `failed` when it raised."""

    status: str
    code: str
    failed: bool = False


def load() -> Callable[[str, str], PeerAnswer] | None:
    """A function (text, "old" | "new") → answer; None when the package is not installed."""
    os.environ["PYTHONUTF8"] = "1"
    try:
        package = importlib.import_module("vietnamadminunits")
    except ImportError:
        return None
    converter = importlib.import_module("vietnamadminunits.converter.converter_2025")
    converter.get_geo_location = lambda address: None  # type: ignore[attr-defined]  # no network in a bench

    def ask(text: str, style: str) -> PeerAnswer:
        try:
            if style == "new":
                unit = package.parse_address(text, mode="FROM_2025", keep_street=True, level=2)
                if unit.ward_code:
                    return PeerAnswer("unique", unit.ward_code)
            unit = package.convert_address(text)
        except Exception:  # it raises KeyError, TypeError and others on texts it cannot read
            return PeerAnswer("not_found", "", failed=True)
        return PeerAnswer("unique", unit.ward_code) if unit.ward_code else PeerAnswer("not_found", "")

    return ask
