"""Giấy tờ gửi kèm: the checklist of a procedure, and one file a form for each of its papers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.queries import ComponentRow
from haicap.domain.procedures.content import Paper, PaperKind
from haicap.web.common import clock, refusals
from haicap.web.common.procedures import words
from haicap.web.portal.dossiers import access, attaching
from haicap.web.portal.dossiers.questions import AFTER, Filling, filling

OTHER = "khac"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper of the checklist with what was attached. needed: required now, and no data stand in for it."""

    code: str
    name: str
    template: str
    note: str
    needed: bool
    by_data: bool
    files: tuple[ComponentRow, ...]

    @property
    def missing(self) -> bool:
        """Needed, and not there."""
        return self.needed and not self.files


def checklist(now: Filling) -> list[Wanted]:
    """Papers that count for the answers given, then any other that was attached."""
    held = queries.components_of(now.draft)
    content = now.found.content
    tells = any(paper.required for paper in content.papers)
    asked = [p for p in content.papers if p.kind is PaperKind.DOCUMENT and p.condition.holds(now.answers)]
    found = [_wanted(p, held, tells=tells) for p in asked]
    other = tuple(c for c in held if c.paper == OTHER)
    name = gettext("Giấy tờ khác")
    return [*found, Wanted(OTHER, name, "", gettext("Nếu bạn muốn gửi thêm."), False, False, other)]


def _wanted(paper: Paper, held: list[ComponentRow], *, tells: bool) -> Wanted:
    files = tuple(c for c in held if c.paper == paper.code)
    needed = tells and paper.required and not paper.by_data
    return Wanted(
        paper.code, words.text(paper.name), paper.template, paper.note, needed, paper.by_data, files
    )


def _step(now: Filling, place: int) -> dict[str, object]:
    pages = now.pages
    last = pages[-1].key if pages else ""
    return {"number": len(pages) + place, "total": len(pages) + len(AFTER), "last": last}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The checklist; a paper may still be missing when one goes on."""
    now = filling(request, public_id)
    wanted = checklist(now)
    if request.method == "POST":
        actions.save_draft(
            draft=public_id, answers={}, page="nguoi-nop", actor=access.actor(request), at=clock.now()
        )
        later = "de-sau" in request.POST
        return redirect("portal:draft-later" if later else "portal:draft-applicant", public_id)
    missing = [w for w in wanted if w.missing]
    values = now.head | _step(now, 1) | {"wanted": wanted, "missing": missing}
    return render(request, "portal/dossiers/papers.html", values)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, public_id: UUID, code: str) -> HttpResponse:
    """One paper: its files, and a form that takes one more."""
    now = filling(request, public_id)
    wanted = next((w for w in checklist(now) if w.code == code), None)
    if wanted is None:
        raise Refused("not_found", gettext_noop("Thủ tục này không có giấy tờ ấy."))
    error = ""
    if request.method == "POST":
        error = _take(request, now, wanted)
        if not error:
            messages.success(request, gettext("Đã nhận tệp."))
            return redirect("portal:draft-paper", public_id, code)
    values = now.head | {
        "paper": wanted,
        "error": error,
        "accept": attaching.ACCEPT,
        "other": code == OTHER,
        "name": request.POST.get("ten", "")[:300],
    }
    return render(request, "portal/dossiers/paper.html", values, status=400 if error else 200)


def _take(request: HttpRequest, now: Filling, wanted: Wanted) -> str:
    """Attach the file that was sent; what is wrong with it, in words."""
    upload = request.FILES.get("tep")
    if upload is None:
        return gettext("Xin chọn một tệp hoặc chụp một ảnh.")
    name = request.POST.get("ten", "") if wanted.code == OTHER else ""
    if wanted.code == OTHER and not name.strip():
        return gettext("Xin ghi đây là giấy tờ gì.")
    try:
        attaching.attach(request, now.draft, wanted.code, upload, name[:300])
    except Refused as refused:
        return refusals.sentence(refused)
    return ""


def _mine(request: HttpRequest, public_id: UUID, component: UUID) -> tuple[Filling, ComponentRow]:
    now = filling(request, public_id)
    found = next((c for c in queries.components_of(now.draft) if c.public_id == component), None)
    if found is None:
        raise Refused("not_found", gettext_noop("Không có tệp đính kèm này."))
    return now, found


@never_cache
@require_safe
def download(request: HttpRequest, public_id: UUID, component: UUID) -> StreamingHttpResponse:
    """One's own file back."""
    _now, found = _mine(request, public_id, component)
    return attaching.sent(found)


@never_cache
@require_POST
def remove(request: HttpRequest, public_id: UUID, component: UUID) -> HttpResponse:
    """Take a file off again; it is erased."""
    _now, found = _mine(request, public_id, component)
    actions.detach(draft=public_id, component=component, actor=access.actor(request), at=clock.now())
    messages.success(request, gettext("Đã bỏ tệp."))
    return redirect("portal:draft-paper", public_id, found.paper)
