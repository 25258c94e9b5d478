"""Tin gửi đi: for operators. Receivers are masked and no text is shown: whom it concerns is not their business."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from haicap.edges.notices import outbox, queries
from haicap.edges.notices.queries import Seen
from haicap.edges.notices.states import Channel, State
from haicap.web.common import paging
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.notices import words

ROWS = 50
T = TypeVar("T", State, Channel)


@require_http_methods(("GET", "HEAD", "POST"))
@gate(operator=True)
def notices(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Messages (`?trang-thai=`, `?kenh=`); posting tries the marked ones again, or all that failed (`tat-ca`)."""
    if request.method == "POST":
        return _retry(request, officer)
    state = _asked(request, "trang-thai", State)
    channel = _asked(request, "kenh", Channel)
    page = paging.page(request, queries.messages(state=state, channel=channel), ROWS)
    counts = queries.counts()
    values = {
        "page": page,
        "rows": [_told(row) for row in page.rows],
        "ways": [(way, gettext(words.CHANNELS[way.channel])) for way in queries.ways()],
        "states": [(s.value, gettext(word), counts[s], s is state) for s, (_, word) in words.STATES.items()],
        "channels": [(c.value, gettext(word), c is channel) for c, word in words.CHANNELS.items()],
        "failed": counts[State.FAILED],
        "total": sum(counts.values()),
        "asked": {"state": state, "channel": channel},
        "any_failed": any(row.state is State.FAILED and not row.erased for row in page.rows),
    }
    return frame.show(request, officer, "notices/list", values)


def _retry(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    everything = "tat-ca" in request.POST
    number = outbox.retry(at=officer.at, ids=None if everything else request.POST.getlist("tin")[:1000])
    said = gettext("Số tin sẽ được gửi lại ngay: %(n)s.") % {"n": number}
    return frame.done(request, said, "notices")


def _asked(request: HttpRequest, name: str, words_of: type[T]) -> T | None:
    text = frame.word(request, name, 20)
    return words_of(text) if text in set(words_of) else None


def _told(row: Seen) -> tuple[Seen, str, str, str, str]:
    """The row, tone and word of its state, its channel and what it tells in words."""
    tone, word = words.STATES[row.state]
    tells = gettext(words.TEMPLATES.get(row.template, row.template))
    return row, tone, gettext(word), gettext(words.CHANNELS[row.channel]), tells
