"""Phiếu đang viết: what was typed so far lies in the session, saved before it is judged, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict

from haicap.base.ids import uuid7
from haicap.domain.feedback import rules
from haicap.domain.feedback.states import Kind

_KEPT, _SENT = "portal_ticket_draft", "portal_ticket_sent"
KINDS = (Kind.PROCEDURE, Kind.OFFICER, Kind.RULE, Kind.INCIDENT, Kind.RECOMMENDATION)
# Fields of the two pages, by their names in the address and the form, with the most letters kept of each (one more than
# the rule allows, so that what is too long is seen as such).
ABOUT = {
    "loai": 20, "noi-dung": rules.LONGEST_TEXT + 1, "dia-chi": 500, "don-vi": 10, "thu-tuc": 300, "ma-thu-tuc": 20,
    "ho-so": 80, "van-ban": 300, "ma-van-ban": 200, "vi-tri": 200, "he-thong": 60, "ngay": 20, "ve-ai": 301,
}  # fmt: skip
WHO = {"ho_ten": 121, "dien_thoai": 30, "thu": 254, "khong_ten": 2}


@dataclass(frozen=True, slots=True)
class File:
    """A file sent with it: opaque id and its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A ticket being written; `number` keeps one that is sent twice a single ticket."""

    number: str
    said: Mapping[str, str] = field(default_factory=dict)
    files: tuple[File, ...] = ()

    def get(self, name: str) -> str:
        """What was typed in a field."""
        return self.said.get(name, "")

    @property
    def kind(self) -> Kind | None:
        """What it is about, once chosen."""
        value = self.get("loai")
        return Kind(value) if value in set(KINDS) else None


def load(request: HttpRequest) -> Draft:
    """The one this browser is writing, or an empty one."""
    kept: dict[str, Any] | None = request.session.get(_KEPT)
    if kept is None:
        return Draft(str(uuid7()))
    return Draft(kept["number"], dict(kept["said"]), tuple(File(*one) for one in kept["files"]))


def typed(request: HttpRequest, draft: Draft, names: Mapping[str, int]) -> Draft:
    """The draft with what this request says in these fields; fields it does not name stay."""
    data: QueryDict = request.POST if request.method == "POST" else request.GET
    said = {
        n: str(data[n]).replace("\0", "").replace("\r\n", "\n").strip()[:most]
        for n, most in names.items()
        if n in data
    }
    if request.method == "POST" and "khong_ten" in names:
        said.setdefault("khong_ten", "")  # a box that is not ticked is not sent
    return replace(draft, said={**draft.said, **said})


def hold(request: HttpRequest, draft: Draft) -> Draft:
    """Keep it for the next page."""
    request.session[_KEPT] = {
        "number": draft.number,
        "said": {k: v for k, v in draft.said.items() if v},
        "files": [(f.id, f.name) for f in draft.files],
    }
    return draft


def drop(request: HttpRequest) -> None:
    """Forget it; files nothing holds go by themselves."""
    request.session.pop(_KEPT, None)


def files(draft: Draft) -> list[UUID]:
    """Ids of the files sent with it."""
    return [UUID(f.id) for f in draft.files]


# --- after it was sent --------------------------------------------------------------------------------------------
def keep_sent(request: HttpRequest, code: str, sealed: str) -> None:
    """What the confirmation shows once."""
    request.session[_SENT] = [code, sealed]


def sent(request: HttpRequest) -> tuple[str, str] | None:
    """Code and sealed key of the ticket just sent, until the sender has noted them down."""
    found: list[str] | None = request.session.get(_SENT)
    return (found[0], found[1]) if found else None


def noted(request: HttpRequest) -> None:
    """The sender wrote them down."""
    request.session.pop(_SENT, None)
