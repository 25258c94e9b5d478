"""How heavy a page is: what every page fetches, and its own text."""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "src/haicap/web/common/static/haicap"


def fixed_weight() -> int:
    """Bytes of fonts, the style sheet of all pages and icon, uncompressed."""
    files = [*STATIC.glob("fonts/*.woff2"), STATIC / "css/haicap.css", STATIC / "favicon.svg"]
    return sum(f.stat().st_size for f in files)


def without_map(page: bytes) -> bytes:
    """The page with the map taken out."""
    return re.sub(rb'<figure class="map">.*?</figure>', b"", page, flags=re.DOTALL)
