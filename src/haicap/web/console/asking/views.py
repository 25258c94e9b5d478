"""Thử trợ lý: what it would answer, with what it weighed; questions tried here are not counted."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import show_date
from haicap.domain.guidance import queries as guidance
from haicap.domain.procedures import queries as procedures
from haicap.edges.assistant import asking
from haicap.edges.assistant.reply import Reply
from haicap.web.common import asking as words
from haicap.web.common import clock
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate

LONGEST = 1_000
FAILED = 10


@require_safe
@gate()
def trial(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """A question (`?hoi=`, `dia-chi`, `ngay`, `tiep` the context of the answer before) and the reply, piece by piece."""
    text, address = frame.word(request, "hoi", LONGEST), frame.word(request, "dia-chi", 500)
    on, context = clock.asked_day(request), frame.word(request, "tiep", 400)
    reply = _reply(text, address, context, request) if text else None
    known = procedures.catalogue()
    values = {
        "text": text, "address": address, "day": show_date(on), "reply": reply, "context": context,
        "behaviour": gettext(words.BEHAVIOURS[reply.behaviour]) if reply else "",
        "tone": words.TONES[reply.behaviour] if reply else "", "topic": gettext(words.TOPICS[reply.topic]) if reply else "",
        "options": _options(reply, address, request) if reply else [],
        "synonyms": len(known.synonyms), "events": len(known.life_events),
        "failed": guidance.questions()[:FAILED], "failing": guidance.questions().count(),
    }  # fmt: skip
    return frame.show(request, officer, "asking/trial", values)


def _reply(text: str, address: str, context: str, request: HttpRequest) -> Reply:
    return asking.ask(
        text, on=clock.asked_day(request), address=address, context=context, language=get_language() or "vi"
    )


def _options(reply: Reply, address: str, request: HttpRequest) -> list[tuple[str, str]]:
    """Label and address of what may be chosen under a question back."""
    rest = {"dia-chi": address, "ngay": frame.word(request, "ngay", 20), "tiep": reply.context}
    return [
        (option.label, "?" + urlencode({"hoi": option.value} | {k: v for k, v in rest.items() if v}))
        for option in reply.options
    ]
