"""Sổ ghi thành câu: events as sentences in the language of the page, with who did it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from haicap.base.words import gettext_noop
from haicap.kernel.accounts import queries as accounts
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.kinds import kind
from haicap.kernel.ledger.queries import Recorded
from haicap.web.common.powers import words as powers
from haicap.web.console.templatetags.console import ROLES

SYSTEM = gettext_noop("hệ thống")
PARTS = {
    "facts": gettext_noop("thông tin chung"),
    "table": gettext_noop("cả bảng"),
}
ACCOUNTS = {
    "officer": gettext_noop("cán bộ"),
    "citizen": gettext_noop("công dân"),
    "password": gettext_noop("mật khẩu"),
    "totp": gettext_noop("mật khẩu và mã dùng một lần"),
    "recovery": gettext_noop("mật khẩu và mã dự phòng"),
    "identity": gettext_noop("định danh ngoài"),
}

ROOMS: Mapping[str, Mapping[str, str]] = {
    "accounts.": ACCOUNTS,
    "powers.": powers.STATES | powers.KINDS | powers.ANSWERS,
}


@dataclass(frozen=True, slots=True)
class Told:
    """An event as people read it. `who` is a name, or the opaque id of somebody who is no longer known."""

    stream: str
    seq: int
    kind: str
    at: datetime
    recorded_at: datetime
    who: str
    sentence: str
    hash: str


def sentence(name: str, data: Mapping[str, Any]) -> str:
    """What happened; the bare name of the kind when it is not known to this release."""
    try:
        known = kind(name)
    except KeyError:
        return name
    words = next((w for room, w in ROOMS.items() if name.startswith(room)), ROLES | PARTS)
    return gettext(known.sentence) % {key: _said(value, words) for key, value in data.items()}


def _said(value: object, known: Mapping[str, str]) -> object:
    if isinstance(value, bool):
        return gettext("có") if value else gettext("không")
    if isinstance(value, list):
        return len(value)
    if not isinstance(value, str):
        return value
    if value in known:
        return gettext(known[value])
    words = value.split()
    if words[:1] == ["line"] and len(words) > 1:
        template = gettext("bỏ dòng %(n)s") if words[-1] == "removed" else gettext("dòng %(n)s")
        return template % {"n": words[1]}
    return value


def told(events: Iterable[Recorded]) -> list[Told]:
    """Events with their sentences, in the given order."""
    found = list(events)
    names = accounts.display_names({e.actor for e in found})
    return [
        Told(
            e.stream, e.seq, e.kind, e.at, e.recorded_at, names.get(e.actor) or _nobody(e.actor),
            sentence(e.kind, e.data), e.hash.hex(),
        )
        for e in found
    ]  # fmt: skip


def _nobody(actor: str) -> str:
    return gettext(SYSTEM) if actor == "system" else actor


def story(stream: str) -> list[Told]:
    """The history of one stream, newest first."""
    return told(reversed(ledger.history(stream)))
