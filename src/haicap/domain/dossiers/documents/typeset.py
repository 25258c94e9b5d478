"""Dàn trang: a tree → PDF/A bytes, by typst, with a warm compiler in every thread.

The tree goes in as JSON through `sys.inputs`; the layout (layout/paper.typ) is a constant. So nothing a person
wrote is ever read as markup. Fonts are ours only, so the same tree gives the same bytes everywhere.
"""

from __future__ import annotations

import json
import threading
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from haicap.domain.dossiers.documents.glyphs import FONTS

LAYOUT = Path(__file__).parent / "layout"
STANDARD: Final = "a-2b"
_HANOI = timezone(timedelta(hours=7))  # PDF wants a fixed offset
_warm = threading.local()


def pdf(tree: dict[str, Any], at: datetime) -> bytes:
    """The paper as PDF/A-2b; `at` (aware) is its moment of making in the metadata.

    Tagged for screen readers, except for the book, whose tags would be ten times the book.
    """
    made = _compiler().compile(
        sys_inputs=_inputs(tree),
        format="pdf",
        pdf_standards=[STANDARD],
        pdf_tags=tree["paper"] != "a4-landscape",
        timestamp=at.astimezone(_HANOI).replace(microsecond=0),
    )
    return _whole(made)


def png(tree: dict[str, Any], ppi: float = 110) -> list[bytes]:
    """The pages as pictures, for looking at."""
    made = _compiler().compile(sys_inputs=_inputs(tree), format="png", ppi=ppi)
    return made if isinstance(made, list) else [_whole(made)]


def _inputs(tree: dict[str, Any]) -> dict[str, str]:
    return {"paper": json.dumps(tree, ensure_ascii=False)}


def _whole(made: bytes | list[bytes] | None) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single file")
    return made


def _compiler() -> typst.Compiler:
    found = getattr(_warm, "compiler", None)
    if found is None:
        found = _warm.compiler = typst.Compiler(
            str(LAYOUT / "paper.typ"), root=str(LAYOUT), font_paths=_fonts(), ignore_system_fonts=True
        )
    return found


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
