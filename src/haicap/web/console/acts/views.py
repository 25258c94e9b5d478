"""Danh sách văn bản và trang của một văn bản."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import show_date
from haicap.domain.units import policy, queries
from haicap.domain.units.policy import Verb
from haicap.domain.units.queries import ActRow
from haicap.domain.units.states import ActState
from haicap.web.common import exports, paging, vocabulary
from haicap.web.console import frame, record
from haicap.web.console.acts import pages, words
from haicap.web.console.acts.lines import holder, shown
from haicap.web.console.gate import Officer, gate

ROWS = 50


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and text > "1900" else None


def _asked(request: HttpRequest) -> dict[str, str]:
    state = frame.word(request, "trang-thai", 300)
    return {
        "text": frame.word(request, "tim", 100),
        "state": state if state in set(ActState) else "",
        "province": frame.word(request, "tinh", 2),
        "year": frame.word(request, "nam", 4),
    }


def _found(officer: Officer, asked: dict[str, str]) -> QuerySet[ActRow]:
    province = holder(queries.register(), asked["province"], officer.on) if asked["province"] else None
    return queries.acts(
        visible=policy.visible_to(officer.actor, officer.on),
        text=asked["text"],
        state=asked["state"],
        year=_year(asked["year"]),
        province=(province.uid, province.code) if province else None,
    )


@require_safe
@gate(Verb.SEE_ACTS)
def listing(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Acts, newest effect first (`?tim=` text, `?trang-thai=` state, `?tinh=` province code, `?nam=` year)."""
    asked = _asked(request)
    register = queries.register()
    page = paging.page(request, list(_found(officer, asked)), ROWS)
    values = {
        "asked": asked,
        "page": page,
        "places": pages.places_of(page.rows, register),
        "states": [(s.value, words.STATES[s]) for s in ActState],
        "provinces": register.provinces(officer.on),
        "query": request.GET.urlencode(),
    }
    return frame.show(request, officer, "acts/list", values)


@require_safe
@gate(Verb.SEE_ACTS)
def listing_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The same list as a file."""
    head = [
        gettext("Số văn bản"), gettext("Cơ quan ban hành"), gettext("Trích yếu"), gettext("Ngày ký"),
        gettext("Ngày hiệu lực"), gettext("Trạng thái"),
    ]  # fmt: skip
    rows = (
        (a.number, a.issuer, a.title, show_date(a.signed_on), show_date(a.effective_on), words.state(a.state))
        for a in _found(officer, _asked(request))
    )
    return exports.csv_response("van-ban", head, rows)


@require_safe
@gate(Verb.SEE_ACTS)
def act(request: HttpRequest, officer: Officer, pk: int) -> HttpResponse:
    """One act: facts, lines, what it changed, its story (`?don-vi=` the unit whose lineage is drawn)."""
    found = queries.act(pk, visible=policy.visible_to(officer.actor, officer.on))
    register = queries.register()
    lines = queries.lines_of(pk)
    values: dict[str, object] = {
        "act": found,
        "lines": paging.page(request, shown(lines, register, found.effective_on), ROWS),
        "correction": queries.open_correction(pk),
        "corrected_by": queries.corrected_by(pk),
        "story": record.story(found.stream),
        "may": _may(officer, found.state, found.drafted_by, found.packaged),
    }
    if found.state == ActState.ENACTED:
        edges, versions = queries.act_changes(found)
        made = pages.changes_recorded(edges, versions, register)
        values |= drawing(request, made, found.effective_on)
        values["outline"] = outline(made)
    return frame.show(request, officer, "acts/act", values)


def _may(officer: Officer, state: str, drafted_by: str, packaged: bool) -> dict[str, bool]:
    """What the page offers; the verbs judge again."""
    draft = state == ActState.DRAFT
    drafts, enacts = Verb.DRAFT in officer.rights, Verb.ENACT in officer.rights
    return {
        "change": draft and drafts,
        "check": draft and drafts,
        "enact": draft and enacts and drafted_by != officer.actor,
        "own": draft and enacts and drafted_by == officer.actor,
        "correct": state == ActState.ENACTED and drafts and not packaged,
    }


def drawing(request: HttpRequest, made: list[pages.Change], day: date) -> dict[str, object]:
    """The changes in pages, and the lineage of the asked one (the first otherwise)."""
    drawable = [c for c in made if c.sources]
    wanted = frame.word(request, "don-vi", 300)
    chosen = next((c for c in drawable if c.after.uid == wanted), drawable[0] if drawable else None)
    return {
        "changes": paging.page(request, made, ROWS),
        "chosen": chosen,
        "flow": pages.drawn(chosen, drawable, chosen.sources[0][1].effective_on) if chosen else None,
    }


def outline(made: list[pages.Change]) -> dict[str, int]:
    """How many units are new, go on under other facts, follow, or ended."""
    sources = {was.uid for c in made for was, _ in c.sources}
    after = {c.after.uid for c in made}
    return {
        "born": sum(bool(c.sources) and c.after.uid not in sources for c in made),
        "changed": sum(c.after.uid in sources for c in made),
        "followers": sum(not c.sources for c in made),
        "ended": len(sources - after),
    }


@require_safe
@gate(Verb.SEE_ACTS)
def act_csv(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Before and after of an act, one movement a row; of a draft its lines, in the columns of the import."""
    found = queries.act(pk, visible=policy.visible_to(officer.actor, officer.on))
    if found.state != ActState.ENACTED:
        rows = ([getattr(line, name) for name in words.COLUMNS] for line in queries.lines_of(pk))
        return exports.csv_response(f"van-ban-{pk}", list(words.COLUMNS.values()), rows)
    register = queries.register()
    edges, versions = queries.act_changes(found)
    made = pages.changes_recorded(edges, versions, register)
    head = [
        gettext("Mã cũ"), gettext("Đơn vị cũ"), gettext("Quan hệ"), gettext("Phần diện tích"),
        gettext("Phần dân số"), gettext("Mã mới"), gettext("Đơn vị mới"), gettext("Căn cứ"),
    ]  # fmt: skip
    moves = (
        (was.code, was.name, vocabulary.relation(e.relation), vocabulary.share(e.area_share),
         vocabulary.share(e.people_share), c.after.code, c.after.name, e.citation)
        for c in made for was, e in c.sources
    )  # fmt: skip
    return exports.csv_response(f"van-ban-{pk}", head, moves)
