"""Danh sách bài, một bài với các bản của nó, bài cần rà soát."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from haicap.domain.guidance import policy, queries
from haicap.domain.guidance.models import PieceVersion
from haicap.domain.guidance.policy import Verb
from haicap.domain.guidance.states import Audience, PieceKind, VersionState
from haicap.web.common import paging
from haicap.web.common.guidance import words
from haicap.web.console import frame, record
from haicap.web.console.gate import Officer, gate

SIZE = 50
AHEAD = 120  # days in which coming changes are told to editors


@require_safe
@gate(Verb.WRITE)
def listing(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Every piece by its newest version; `?tim= ?loai= ?trang-thai= ?cho= ?can-xem=1`."""
    queries.shelf.now()
    asked = {name: frame.word(request, name, 200) for name in ("tim", "loai", "trang-thai", "cho", "can-xem")}
    kind, state = _known(asked["loai"], PieceKind), _known(asked["trang-thai"], VersionState)
    audience = _known(asked["cho"], Audience)
    flagged = {p.code: p.flagged for p in queries.pieces(officer.on) if p.flagged}
    rows = queries.story(text=asked["tim"], kind=kind, state=state, audience=audience)
    if asked["can-xem"]:
        rows = rows.filter(piece__code__in=list(flagged))
    page: paging.Page[PieceVersion] = paging.page(request, cast(Sequence[PieceVersion], rows), SIZE)
    values = {
        "page": page, "asked": asked, "state_asked": state, "flagged": len(flagged),
        "rows": [(row, words.said(words.KINDS, row.piece.kind), words.said(words.STATES, row.state), flagged.get(row.piece.code, ())) for row in page.rows],
        "kinds": words.KINDS.items(), "states": words.STATES.items(), "audiences": words.AUDIENCES.items(),
    }  # fmt: skip
    return frame.show(request, officer, "guidance/list", values)


def _known(value: str, words_of: type[PieceKind] | type[VersionState] | type[Audience]) -> str:
    return value if value in {str(member) for member in words_of} else ""


@require_safe
@gate()
def piece(request: HttpRequest, officer: Officer, code: str) -> HttpResponse:
    """One piece: what counts today, all its versions, why it is flagged, its record."""
    queries.shelf.now()
    lines = queries.versions(code)
    today = queries.kept(code, officer.on)
    values = {
        "code": code, "lines": [(line, words.said(words.STATES, line.state)) for line in lines], "first": lines[0],
        "kind": words.said(words.KINDS, lines[0].kind), "today": today,
        "flags": [words.flag(flag) for flag in queries.flags(today, officer.on)] if today else [],
        "coming": [words.flag(flag) for flag in queries.upcoming(today, officer.on, AHEAD)] if today else [],
        "open": next((line for line in lines if line.state in ("draft", "submitted")), None),
        "writes": policy.Verb.WRITE in officer.rights, "story": record.story(f"guidance.piece:{code}"),
    }  # fmt: skip
    return frame.show(request, officer, "guidance/piece", values)


@require_safe
@gate(Verb.WRITE)
def reviews(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Pieces that need a look, longest waiting first; then what will change within four months."""
    counting = list(queries.shelf.now().on(officer.on))
    now = queries.review_list(counting, officer.on)
    coming = [(v, queries.upcoming(v, officer.on, AHEAD)) for v in counting]
    values = {
        "now": [(v, [words.flag(f) for f in flags]) for v, flags in now],
        "coming": [(v, [words.flag(f) for f in flags]) for v, flags in sorted(coming, key=lambda p: p[1][0].since if p[1] else officer.on) if flags],
        "days": AHEAD,
    }  # fmt: skip
    return frame.show(request, officer, "guidance/reviews", values)
