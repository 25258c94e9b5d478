"""Từng câu hỏi một: a page of the form at a time, saved before anything is judged; then papers, applicant, check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.queries import DraftRow, Pinned, Place
from haicap.domain.procedures.content import Field, Group, Page, pages_asked
from haicap.web.common import clock, refusals
from haicap.web.portal.dossiers import access, asking, attaching, shapes
from haicap.web.portal.dossiers.asking import Wrong

AFTER = (
    "giay-to",
    "nguoi-nop",
    "xem-lai",
)  # the pages behind the questions, as a draft names where it stopped


@dataclass(frozen=True, slots=True)
class Filling:
    """A draft being filled in: what it is filed under today, where, and the pages its answers lead through."""

    draft: DraftRow
    found: Pinned
    place: Place
    on: date

    @property
    def answers(self) -> dict[str, Any]:
        """All that was typed so far."""
        return dict(self.draft.answers)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that are asked, as of now."""
        return pages_asked(self.found.content.form, self.answers)

    @property
    def head(self) -> dict[str, object]:
        """What every page of a draft shows."""
        return {"draft": self.draft, "found": self.found, "place": self.place}


def filling(request: HttpRequest, public_id: UUID) -> Filling:
    """One's own open draft. Refused `not_found`, `not_in_force` (the procedure ended meanwhile), `already_filed`."""
    draft, on = access.draft(request, public_id), clock.today()
    if draft.filed_as_id is not None:
        raise Refused("already_filed", gettext_noop("Hồ sơ này đã được nộp rồi; không nộp lần nữa."))
    if draft.unit_id is None:
        raise Refused("no_unit", gettext_noop("Bản nháp này chưa có nơi nộp. Xin bắt đầu lại."))
    place = queries.place(queries.uid_of(draft.unit_id), on)
    return Filling(draft, queries.to_file(draft.procedure_code, place.province_uid, on), place, on)


@never_cache
@require_safe
def go_on(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where the person stopped; the confirmation once it is filed."""
    draft = access.draft(request, public_id)
    if draft.filed_as_id is not None:
        return redirect("portal:draft-filed", public_id)
    return _to(filling(request, public_id), draft.page)


def _to(now: Filling, key: str) -> HttpResponse:
    """The page of this name, or the first one."""
    if key in AFTER:
        return redirect(_NAMES[key], now.draft.public_id)
    keys = [page.key for page in now.pages]
    if not keys:
        return redirect("portal:draft-papers", now.draft.public_id)
    return redirect("portal:draft-page", now.draft.public_id, key if key in keys else keys[0])


_NAMES = {
    "giay-to": "portal:draft-papers",
    "nguoi-nop": "portal:draft-applicant",
    "xem-lai": "portal:draft-check",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, public_id: UUID, key: str) -> HttpResponse:
    """One page of questions (`?sua=1`: back to the check afterwards)."""
    now = filling(request, public_id)
    asked = next((p for p in now.pages if p.key == key), None)
    if asked is None:
        return _to(now, now.draft.page)
    if request.method != "POST":
        shown_wrong = _wrong_on(now, asked) if request.GET.get("xem") else ()
        return _drawn(request, now, asked, now.answers, shown_wrong)
    typed = asking.read_page(asked, request.POST, now.answers, now.on)
    _repeat(asked, typed.answers, request.POST)
    try:
        attaching.take_files(request, now.draft, asked, typed.answers, now.answers)
        now = _saved(request, now, asked, typed.answers)
    except Refused as refused:
        problem = Wrong(_first(asked), asked, refusals.sentence(refused))
        answers = {**now.answers, **typed.answers}
        return _drawn(request, now, asked, answers, (problem,), refusals.status(refused.code))
    return _next(request, now, asked)


def _first(asked: Page) -> str:
    return asked.questions[0].key


def _repeat(asked: Page, answers: dict[str, Any], data: QueryDict) -> None:
    """One more thing in a group, or one less."""
    for group in asked.questions:
        if not isinstance(group, Group) or group.key not in answers:
            continue
        items = answers[group.key]
        gone = data.get(f"bo-{group.key}", "")
        if gone.isascii() and gone.isdigit() and int(gone[:4]) < len(items):
            del items[int(gone[:4])]
        if f"them-{group.key}" in data and len(items) < group.most:
            items.append({})


def _saved(request: HttpRequest, now: Filling, asked: Page, answers: Mapping[str, Any]) -> Filling:
    draft = actions.save_draft(
        draft=now.draft.public_id,
        answers=answers,
        page=asked.key,
        actor=access.actor(request),
        at=clock.now(),
    )
    return Filling(draft, now.found, now.place, now.on)


def _next(request: HttpRequest, now: Filling, asked: Page) -> HttpResponse:
    """Where the button leads: saved for later, back, the same page with one thing more, or on."""
    data, again = request.POST, "?sua=1" if request.GET.get("sua") else ""
    if "de-sau" in data:
        return redirect("portal:draft-later", now.draft.public_id)
    if "lui" in data:
        return _back(now, asked)
    for group in asked.questions:
        if f"them-{group.key}" in data or f"bo-{group.key}" in data:
            here = redirect("portal:draft-page", now.draft.public_id, asked.key)
            here["Location"] += f"{again}#c-{group.key}"
            return here
    wrong = _wrong_on(now, asked)
    if asking.newly_asked(asked, now.answers, data) and not _seen(wrong, data):
        messages.info(request, gettext("Theo câu trả lời của bạn, trang này hỏi thêm."))
        here = redirect("portal:draft-page", now.draft.public_id, asked.key)
        here["Location"] += again
        return here
    if wrong:
        return _drawn(request, now, asked, now.answers, wrong, 400)
    return on_from(request, now, asked.key, editing=bool(again))


def _seen(wrong: tuple[Wrong, ...], data: QueryDict) -> bool:
    """Whether something is wrong with a question that was shown."""
    return any({f"h-{w.place}", f"n-{w.place.split('[')[0]}"} & set(data) for w in wrong)


def on_from(request: HttpRequest, now: Filling, key: str, *, editing: bool) -> HttpResponse:
    """After a page: the next one; when editing, what is still wrong, else the check."""
    if editing:
        wrong = asking.wrongs(now.found.content.form, now.answers, now.on)
        if not wrong:
            return redirect("portal:draft-check", now.draft.public_id)
        here = redirect("portal:draft-page", now.draft.public_id, wrong[0].page.key)
        here["Location"] += "?sua=1"
        return here
    keys = [page.key for page in now.pages]
    place = keys.index(key) + 1 if key in keys else 0
    if place < len(keys):
        return redirect("portal:draft-page", now.draft.public_id, keys[place])
    return redirect("portal:draft-papers", now.draft.public_id)


def _back(now: Filling, asked: Page) -> HttpResponse:
    keys = [page.key for page in now.pages]
    place = keys.index(asked.key) if asked.key in keys else 0
    if place == 0:
        return redirect("portal:file-start", now.draft.procedure_code)
    return redirect("portal:draft-page", now.draft.public_id, keys[place - 1])


def _wrong_on(now: Filling, asked: Page) -> tuple[Wrong, ...]:
    wrong = asking.wrongs(now.found.content.form, now.answers, now.on)
    return tuple(w for w in wrong if w.page.key == asked.key)


def _drawn(
    request: HttpRequest, now: Filling, asked: Page, answers: Mapping[str, Any], wrong: tuple[Wrong, ...], status: int = 200
) -> HttpResponse:  # fmt: skip
    keys = [p.key for p in now.pages]
    values = now.head | {
        "page": shapes.drawn(asked, answers, wrong, known(request, now), now.on),
        "number": keys.index(asked.key) + 1 if asked.key in keys else 1,
        "total": len(keys) + len(AFTER),
        "components": {c.paper: c for c in queries.components_of(now.draft)},
        "editing": bool(request.GET.get("sua")),
    }
    return render(request, "portal/dossiers/page.html", values, status=status)


def known(request: HttpRequest, now: Filling) -> dict[str, str]:
    """What need not be typed again: from the account, from the start, from what was answered."""
    user = access.user_of(request)
    found = {"phone": now.draft.phone}
    if now.place.uid != now.place.province_uid:
        found["residence"] = now.place.title
    if user is not None:
        found |= {"full_name": user.display_name, "email": user.email}
    form, answers = now.found.content.form, now.answers
    for _page, asked in form.questions():
        given = answers.get(asked.key)
        if isinstance(asked, Field) and asked.prefill is not None and isinstance(given, str) and given:
            found[asked.prefill.value] = given
    return {name: value for name, value in found.items() if value}


@never_cache
@require_safe
def later(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is saved: the code to come back with, and until when."""
    now = filling(request, public_id)
    until = today(now.draft.saved_at + actions.KEPT)
    values = now.head | {"until": until, "mine": bool(now.draft.user)}
    return render(request, "portal/dossiers/later.html", values)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a draft up: its answers and files go."""
    now = filling(request, public_id)
    if request.method != "POST":
        return render(request, "portal/dossiers/drop.html", now.head)
    actions.drop_draft(draft=public_id, actor=access.actor(request), at=clock.now())
    access.forget_draft(request, now.draft)
    messages.success(request, gettext("Đã xóa bản nháp cùng các tệp đính kèm."))
    return redirect("portal:file-start", now.draft.procedure_code)
