"""Gửi phản ánh: what it is for; step 1 what and where; step 2 who and check; the code with its key, told once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haicap.base.refused import Refused
from haicap.domain.feedback import actions, queries
from haicap.domain.feedback.actions import Filed, Filing, Proof
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import ANONYMOUS_ALLOWED, DAYS, Channel, Clock, Kind
from haicap.domain.units import queries as units
from haicap.kernel.accounts import sealing
from haicap.web.common import clients, clock, refusals
from haicap.web.common.feedback import words
from haicap.web.common.systems import words as systems
from haicap.web.portal.accounts import drawing
from haicap.web.portal.dossiers.access import user_of
from haicap.web.portal.feedback import access, drafting, forms, hotlines, subjects, telling, uploads
from haicap.web.portal.feedback.drafting import Draft
from haicap.web.portal.feedback.subjects import About

_FIELD = {"bad_phone": "dien_thoai", "bad_email": "thu", "name_needed": "ho_ten"}
_IDS = {"noi-dung": "ke"}  # the page itself bears that id


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What it is for, what goes another way, how long it takes, whom to call."""
    on = clock.today()
    values = {
        "kinds": telling.kinds(),
        "complaints": subjects.led(subjects.COMPLAINTS, on),
        "denunciations": subjects.led(subjects.DENUNCIATIONS, on),
        "hotline": hotlines.NATIONAL,
        "emergency": hotlines.EMERGENCY,
        "days": {clock_.value: DAYS[clock_] for clock_ in Clock},
        "draft": bool(drafting.load(request).said),
    }
    return render(request, "portal/feedback/start.html", values)


# --- step 1 -------------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest) -> HttpResponse:
    """What, where, in whose words; links may fill fields in (`?noi-dung=`). What was typed is kept, then judged."""
    draft = drafting.load(request)
    if request.method != "POST":
        filled = drafting.typed(request, draft, drafting.ABOUT)
        return _about(request, filled, About(filled.kind))
    draft = drafting.typed(request, draft, drafting.ABOUT)
    files, bad = uploads.take(request, draft.files)
    draft = drafting.hold(request, Draft(draft.number, draft.said, files))
    read = subjects.read(draft, clock.today())
    if bad:
        read.wrong["tep"] = bad
    if "tiep" not in request.POST:  # only a file came or went
        read.wrong = {k: v for k, v in read.wrong.items() if k == "tep"}
        return _about(request, draft, read, 400 if read.wrong else 200)
    if read.wrong:
        return _about(request, draft, read, 400)
    return redirect("portal:ticket-sender")


def _about(request: HttpRequest, draft: Draft, read: About, status: int = 200) -> HttpResponse:
    more = ("thu-tuc", "van-ban", "ho-so", "ngay", "ve-ai", "he-thong")
    order = ("loai", "noi-dung", "dia-chi", "don-vi", "tep", *more, "ma-thu-tuc", "ma-van-ban", "vi-tri")
    values = {
        "draft": draft,
        "said": {name.replace("-", "_"): value for name, value in draft.said.items()},
        "about": read,
        "wrong": {name.replace("-", "_"): said for name, said in read.wrong.items()},
        "errors": [(_IDS.get(name, name), read.wrong[name]) for name in order if name in read.wrong],
        "more": any(draft.get(name) for name in more),
        "kinds": telling.kinds(),
        "systems": [
            (s.code, systems.named(s.name, s.name_en)) for s in queries.systems.systems(clock.today())
        ],
        "files": list(enumerate(draft.files)),
        "accept": uploads.ACCEPT,
    }
    return render(request, "portal/feedback/about.html", values, status=status)


@never_cache
@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Forget what was typed: the computer may be shared."""
    drafting.drop(request)
    return redirect("portal:feedback")


# --- step 2 -------------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sender(request: HttpRequest) -> HttpResponse:
    """Read it once more, say who sends, send: once, whatever happens."""
    draft = drafting.load(request)
    read = subjects.read(draft, clock.today())
    if read.wrong or read.kind is None:
        return redirect(
            "portal:ticket-sent" if drafting.sent(request) and not draft.said else "portal:ticket-about"
        )
    if request.method != "POST":
        return _sender(
            request,
            draft,
            read,
            forms.Sender(initial=_known(request, draft), may=read.kind in ANONYMOUS_ALLOWED),
        )
    draft = drafting.hold(request, drafting.typed(request, draft, drafting.WHO))
    may = read.kind in ANONYMOUS_ALLOWED
    form = forms.Sender(
        request.POST, may=may, known=access.account(request) != "" or (may and draft.get("khong_ten") != "")
    )
    if not form.is_valid():
        return _sender(request, draft, read, form, 400)
    try:
        made = _file(request, draft, read, read.kind)
    except Refused as refused:
        if refused.code == "already_filed" and drafting.sent(request):
            return redirect("portal:ticket-sent")
        form.add_error(_FIELD.get(refused.code), refusals.sentence(refused))
        return _sender(request, draft, read, form, refusals.status(refused.code), refused.code)
    drafting.drop(request)
    drafting.keep_sent(request, made.code, sealing.seal(made.key).decode())
    access.keep(request, made.code, Proof(key=made.key))
    return redirect("portal:ticket-sent")


def _known(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """What was typed before; else what the account knows."""
    user = user_of(request)
    known = {"ho_ten": user.display_name, "thu": user.email} if user else {}
    return {**known, **{name: draft.get(name) for name in drafting.WHO if draft.get(name)}}


def _file(request: HttpRequest, draft: Draft, read: About, kind: Kind) -> Filed:
    unnamed = bool(draft.get("khong_ten")) and kind in ANONYMOUS_ALLOWED
    who = Sender(draft.get("ho_ten"), draft.get("dien_thoai"), draft.get("thu"), access.account(request))
    filing = Filing(
        kind=kind,
        text=draft.get("noi-dung"),
        sender=Sender() if unnamed else who,
        channel=Channel.PORTAL,
        unit=read.place.uid if read.place else "",
        place_text=draft.get("dia-chi"),
        about=draft.get("ve-ai"),
        happened_on=read.happened_on,
        procedure=read.procedure.value if read.procedure else "",
        dossier=read.dossier,
        document=read.document.slug if read.document else "",
        path=read.path,
        system=read.system.code if read.system else "",
        system_owner=read.system.owner if read.system else "",
        system_unit=read.system.unit_uid if read.system else "",
        language=get_language() or "vi",
        source=clients.network(request),
        files=drafting.files(draft),
        number=UUID(draft.number),
    )
    return actions.file_ticket(filing=filing, actor=access.actor(request), at=clock.now())


def _sender(
    request: HttpRequest, draft: Draft, read: About, form: forms.Sender, status: int = 200, code: str = ""
) -> HttpResponse:
    values = {
        "draft": draft,
        "about": read,
        "form": form,
        "kind": words.said(words.KINDS, read.kind),
        "lines": draft.get("noi-dung").splitlines(),
        "unnamed": read.kind in ANONYMOUS_ALLOWED,
        "signed_in": access.account(request) != "",
        "desk": _desk(read),
        "answers": queries.likely_answers(draft.get("noi-dung"), 3),
        "led": subjects.sounds_like(draft.get("noi-dung")),
        "hotline": hotlines.NATIONAL if code in ("too_many", "no_organ", "not_loaded") else None,
        "days": DAYS[Clock.ANSWER],
    }
    return render(request, "portal/feedback/sender.html", values, status=status)


def _desk(read: About) -> str:
    """Who will answer, as the routing table has it now; "" while nobody can be told."""
    try:
        return queries.routed(read.subject(), clock.today()).desk.name
    except Refused:
        return ""


# --- after it -----------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest) -> HttpResponse:
    """Code and key, what happens next and by when; POST: they are noted down, and the key is shown no more."""
    found = drafting.sent(request)
    if found is None:
        return redirect("portal:ticket-follow")
    code, sealed = found
    if request.method == "POST":
        drafting.noted(request)
        return redirect("portal:ticket", code)
    try:
        whole = access.seen(request, code).whole
    except Refused:
        drafting.noted(request)
        return redirect("portal:ticket-follow")
    follow = request.build_absolute_uri(f"{reverse('portal:ticket-follow')}?ma={code}")
    values = {
        "row": whole.ticket,
        "key": sealing.unseal(sealed.encode()),
        "organ": units.organ(whole.ticket.organ_id, clock.today()).name,
        "follow": follow,
        "qr": drawing.qr(follow),
        "days": {one.value: DAYS[one] for one in Clock},
        "mine": access.account(request) != "" and whole.ticket.sender_user == access.account(request),
    }
    return render(request, "portal/feedback/sent.html", values)
