"""Dàn trang: plain values → PDF/A-2b by typst. The layout is a constant; values go in as JSON and come out as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import typst

from haicap.domain.dossiers.documents.glyphs import FONTS, clean

LAYOUT = Path(__file__).parent / "layout"
_HANOI = timezone(timedelta(hours=7))  # PDF wants a fixed offset


def pdf(layout: str, values: Mapping[str, Any], at: datetime) -> bytes:
    """The paper `layout/<layout>.typ` makes of values (texts, numbers, lists of them); `at` is its moment of making.

    The same values give the same bytes. Letters the font cannot draw become □.
    """
    made = typst.compile(
        str(LAYOUT / f"{layout}.typ"), root=str(LAYOUT), format="pdf", font_paths=_fonts(), ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(_clean(values), ensure_ascii=False)}, pdf_standards=["a-2b"],
        timestamp=at.astimezone(_HANOI).replace(microsecond=0),
    )  # fmt: skip
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single file")
    return made


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: _clean(inner) for key, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list | tuple) else value


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
