"""Câu hỏi trong địa chỉ: the address of a list says everything it shows, so that it can be sent to a colleague."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from django.http import HttpRequest

from haicap.domain.dossiers.queries.worklists import Asked, Cursor, Stage, TimeLeft
from haicap.web.desk import frame
from haicap.web.desk.gate import Officer

E = TypeVar("E", bound=StrEnum)


def _one(kinds: type[E], text: str) -> E | None:
    return next((kind for kind in kinds if kind.value == text), None)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def asked_of(request: HttpRequest, officer: Officer) -> Asked:
    """chang, han, thu-tuc, can-bo ("toi": oneself, "-": nobody), kenh, don-vi, loc; what is not understood is left out."""
    who = frame.word(request, "can-bo", 40)
    return Asked(
        _one(Stage, frame.word(request, "chang", 20)) or Stage.ALL,
        _one(TimeLeft, frame.word(request, "han", 20)),
        frame.word(request, "thu-tuc", 20)[:8],
        officer.actor if who == "toi" else who,
        _number(frame.word(request, "kenh", 2)),
        frame.word(request, "don-vi", 60),
        frame.word(request, "loc", 100),
    )


def cursor_of(request: HttpRequest) -> Cursor | None:
    """Where the page begins (`?sau=`)."""
    due, _, key = frame.word(request, "sau", 60).partition("_")
    pk = _number(key)
    if pk is None:
        return None
    try:
        return Cursor(datetime.fromisoformat(due) if due else None, pk)
    except ValueError:
        return None


def written(cursor: Cursor) -> str:
    """A cursor as the address carries it."""
    return f"{cursor.due_at.isoformat() if cursor.due_at else ''}_{cursor.pk}"


def without(request: HttpRequest, *names: str) -> str:
    """The question of this page without some names, ready to be gone on with."""
    rest = request.GET.copy()
    for name in names:
        rest.pop(name, None)
    return rest.urlencode() + "&" if rest else ""
