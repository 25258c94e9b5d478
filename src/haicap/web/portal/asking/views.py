"""Hỏi trợ lý: a question in one's own words, an answer from records, a question back, or the way to people."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from haicap.base.refused import Refused
from haicap.domain.guidance import actions
from haicap.edges.assistant import asking
from haicap.edges.assistant.reply import Behaviour, Reply
from haicap.web.common import clock, refusals
from haicap.web.portal.asking import accuracy as figures
from haicap.web.portal.feedback import access, braking, hotlines

LONGEST, ADDRESS, CONTEXT = 500, 500, 400
EXAMPLES = (
    "Làm giấy khai sinh cho con cần giấy tờ gì?",
    "sang ten so do het bao nhieu tien",
    "Ai ký giấy phép xây dựng nhà ở?",
    "Phường Bến Nghé cũ nay thuộc đâu?",
    "How do I register a household business?",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the words, where the asker lives, and the state of the talk so far."""

    text: str
    address: str
    context: str

    def reply(self) -> Reply:
        """The assistant's. Refused `not_ready`, `not_loaded`."""
        return asking.ask(
            self.text,
            on=clock.today(),
            address=self.address,
            context=self.context,
            language=get_language() or "vi",
        )


def _asked(data: QueryDict) -> Asked:
    text, address, context = (data.get(n, "").replace("\0", "").strip() for n in ("q", "dia-chi", "ngu-canh"))
    return Asked(text[:LONGEST], address[:ADDRESS], context[:CONTEXT])


@never_cache
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """The question (`?q=`), the asker's address (`?dia-chi=`), the talk so far (`?ngu-canh=`)."""
    asked = _asked(request.GET)
    values: dict[str, object] = {
        "asked": asked,
        "examples": EXAMPLES,
        "hotline": hotlines.NATIONAL,
        "thanked": "cam-on" in request.GET,
        "longest": LONGEST,
    }
    if not asked.text:
        return render(request, "portal/asking/ask.html", values)
    try:
        reply = asked.reply()
    except Refused as refused:
        values |= {"trouble": refusals.sentence(refused)}
        return render(request, "portal/asking/ask.html", values, status=refusals.status(refused.code))
    if reply.behaviour is Behaviour.REFUSE and "cam-on" not in request.GET:
        _noted(request, asked, reply)
    values |= {"reply": reply, "refused": reply.behaviour is Behaviour.REFUSE, "said": _said(reply)}
    values |= {"grounds": [c for c in reply.citations if c.act not in reply.text]}
    return render(request, "portal/asking/ask.html", values)


def _said(reply: Reply) -> list[tuple[str, str, str]]:
    """(words that link, the rest, address) of each sentence: what stands before a colon is its name.

    Grounds, one a sentence, are said in one line.
    """
    found: list[tuple[str, str, str]] = []
    for one in reply.sentences:
        name, colon, rest = one.text.partition(": ")
        short = bool(colon) and len(name) <= 60
        if short and not one.link and found and found[-1][0] == name and not found[-1][2]:
            found[-1] = (name, f"{found[-1][1].removesuffix('.')}; {rest}", "")
            continue
        found.append((name, colon + rest, one.link) if short else (one.text, "", one.link))
    return found


def _noted(request: HttpRequest, asked: Asked, reply: Reply, thumb: str = "") -> bool:
    """Keep the question for the editors, without personal data; a source that asks without end is not counted."""
    try:
        braking.note(request)
        actions.note_question(
            text=asked.text,
            behaviour=reply.behaviour.value,
            first=reply.procedures[0].code if reply.procedures else "",
            thumb=thumb,
            actor=access.actor(request),
            at=clock.now(),
        )
    except Refused:
        return False
    return True


@require_POST
def thumb(request: HttpRequest) -> HttpResponse:
    """Whether an answer helped. The answer is made again: nobody tells us what we said."""
    asked = _asked(request.POST)
    said = request.POST.get("y-kien", "")
    if not asked.text or said not in ("up", "down"):
        return redirect("portal:ask")
    _noted(request, asked, asked.reply(), said)
    query = QueryDict(mutable=True)
    query.update({"q": asked.text, "dia-chi": asked.address, "ngu-canh": asked.context, "cam-on": "1"})
    return redirect(f"{reverse('portal:ask')}?{query.urlencode()}#tra-loi")


@require_safe
def accuracy(request: HttpRequest) -> HttpResponse:
    """How often the assistant errs, by kind of question: measured on questions nobody tuned it on."""
    return render(request, "portal/asking/accuracy.html", figures.values())
