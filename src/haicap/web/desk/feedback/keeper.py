"""Người giữ phiếu: the officer with the posts and the list of tickets those give; the frame around their pages."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from haicap.base.kept import Notes
from haicap.base.words import gettext_noop
from haicap.domain.feedback import policy, queries
from haicap.domain.feedback.policy import Scope
from haicap.domain.feedback.states import State
from haicap.domain.units import policy as units
from haicap.domain.units.policy import LEADERS, Held
from haicap.web.desk import frame
from haicap.web.desk.frame import Section
from haicap.web.desk.gate import Needs, Officer, gate

STAGES: Mapping[str, str] = {
    "open": gettext_noop("Tất cả đang mở"),
    "mine": gettext_noop("Của tôi"),
    "nobody": gettext_noop("Chưa giao ai"),
    State.RECEIVED: gettext_noop("Mới tiếp nhận"),
    State.IN_WORK: gettext_noop("Đang xử lý"),
    State.AWAITING_MORE: gettext_noop("Chờ người gửi"),
    State.AWAITING_APPROVAL: gettext_noop("Chờ duyệt"),
    State.AWAITING_PUBLICATION: gettext_noop("Chờ công khai"),
    "soon": gettext_noop("Trong 2 ngày tới"),
    "late": gettext_noop("Quá hạn"),
    "escalated": gettext_noop("Đã báo cấp trên"),
    State.ANSWERED: gettext_noop("Đã trả lời"),
    State.REFUSED: gettext_noop("Từ chối"),
    State.WITHDRAWN: gettext_noop("Người gửi đã rút"),
    "all": gettext_noop("Mọi phiếu"),
}
RAIL = (
    "open", "mine", "nobody", State.RECEIVED, State.IN_WORK, State.AWAITING_MORE, State.AWAITING_APPROVAL,
    State.AWAITING_PUBLICATION, "soon", "late",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Keeper:
    """An officer at the tickets: posts of the day and what they let one list."""

    officer: Officer
    posts: tuple[Held, ...]
    scope: Scope

    @property
    def actor(self) -> str:
        """The opaque id events carry."""
        return self.officer.actor

    @property
    def leads(self) -> bool:
        """Whether the leader's view is theirs: leaders of an organ, and those who look over a province or the nation."""
        return self.scope.level in ("province", "nation") or any(p.role in LEADERS for p in self.posts)

    @property
    def wide(self) -> bool:
        """Whether lists show which organ holds a ticket."""
        return self.scope.level != "organ" or len(self.scope.organs) > 1

    @property
    def organs(self) -> tuple[int, ...]:
        """Keys of the organs of the posts."""
        return tuple(dict.fromkeys(p.organ_id for p in self.posts))


def keeper_of(officer: Officer) -> Keeper:
    """The posts as the feedback room reads them. One statement."""
    posts = units.held(officer.actor, officer.on)
    return Keeper(officer, posts, policy.scope_of(posts))


def door(page: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of the tickets: `gate(Needs.TICKETS)`, and the keeper as second argument."""

    @functools.wraps(page)
    def run(request: HttpRequest, officer: Officer, **values: object) -> HttpResponseBase:
        return page(request, keeper_of(officer), **values)

    return gate(Needs.TICKETS)(run)


# Counts of the nation as this process had them last: one pass over every open ticket, every few seconds at most.
_national: Notes[dict[str, dict[str, int]]] = Notes(dict, seconds=5)


def counted(keeper: Keeper) -> dict[str, int]:
    """Open tickets by stage within the scope; the nation's up to five seconds old."""
    if keeper.scope.level != "nation":
        return queries.counts(keeper.scope, keeper.actor, keeper.officer.at)
    noted = _national()
    if keeper.actor not in noted:
        noted[keeper.actor] = queries.counts(keeper.scope, keeper.actor, keeper.officer.at)
    return noted[keeper.actor]


def _rail(request: HttpRequest, counts: Mapping[str, int]) -> list[Section]:
    name = getattr(request.resolver_match, "url_name", "")
    at = request.GET.get("chang", "open") if name == "tickets" else ""
    base = reverse("desk:tickets")
    return [
        Section(f"{base}?{urlencode({'chang': str(s)})}", gettext(STAGES[s]), at == s, counts.get(s, 0))
        for s in RAIL
    ]


def _tabs(request: HttpRequest, keeper: Keeper) -> list[Section]:
    """The tabs of the desk; "n" writes down a call here, not a dossier."""
    return [replace(tab, mark=tab.mark.removeprefix("new")) for tab in frame.tabs(request, keeper.officer)]


def _pages(request: HttpRequest, keeper: Keeper) -> list[Section]:
    name = getattr(request.resolver_match, "url_name", "")
    found = [
        Section(reverse("desk:tickets"), gettext("Danh sách"), name == "tickets"),
        Section(reverse("desk:call"), gettext("Ghi cuộc gọi"), name in ("call", "called"), mark="new"),
        Section(reverse("desk:forces"), gettext("Tổ công tác, lịch trực"), name in ("forces", "force")),
    ]
    if keeper.leads:
        found.append(Section(reverse("desk:tickets-leader"), gettext("Lãnh đạo"), name == "tickets-leader"))
    return found


def show(
    request: HttpRequest, keeper: Keeper, template: str, values: Mapping[str, object], status: int = 200
) -> HttpResponse:
    """A page of the tickets with its rail; the page may have counted already (`counts`)."""
    known = values.get("counts")
    counts: Mapping[str, int] = known if isinstance(known, Mapping) else counted(keeper)
    framed = {
        "officer": keeper.officer, "keeper": keeper, "counts": counts, "rail": _rail(request, counts),
        "tabs": _tabs(request, keeper), "pages": _pages(request, keeper), "ticket_search": True,
    }  # fmt: skip
    return render(request, f"desk/feedback/{template}.html", {**framed, **values}, status=status)
