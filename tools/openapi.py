"""Writes docs/openapi.json, the committed copy of the API's description. `make docs` runs it."""

from __future__ import annotations

import json
import os
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "docs" / "openapi.json"


def main() -> None:
    """Write the document; no database is needed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haicap.config.settings")
    import django

    django.setup()
    from haicap.web.api import reference, urls

    assert urls.urlpatterns  # the calls are registered where their addresses are
    text = json.dumps(reference.document(), ensure_ascii=False, indent=1, sort_keys=True)
    TARGET.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
