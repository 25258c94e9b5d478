"""Cổng nhắn tin: reading what the operator says of a gateway for SMS or Zalo."""

from __future__ import annotations

import json
import os
from typing import Any

from haicap.config import environment as env

_BODY = '{"to": "{to}", "text": "{plain}", "id": "{id}"}'


def described(
    *, url: str, token: str, body: str, ok: str, refused: str, templates: str
) -> dict[str, Any] | None:
    """The gateway whose settings have these names, as edges/notices makes it; None when its address is empty."""
    where = env.address(url)
    if not where:
        return None
    answer = os.environ.get(ok, "")
    if answer and "=" not in answer:
        raise env.BadSetting(ok, answer, "field=value, such as error=0")
    return {
        "url": where,
        "token": os.environ.get(token, ""),
        "body": _document(body, _BODY),
        "ok": answer,
        "refused": frozenset(word.strip() for word in os.environ.get(refused, "").split(",") if word.strip()),
        "templates": {str(k): str(v) for k, v in _document(templates, "{}").items()},
    }


def _document(name: str, default: str) -> dict[str, Any]:
    text = os.environ.get(name) or default
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise env.BadSetting(name, text[:80], f"a JSON document such as {default}")
    return found
