"""Bảng phát hiện ra giấy: the findings asked for, by ministry, for a meeting."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language, gettext, ngettext

from haicap.base.dates import show_date, today
from haicap.domain.powers import queries
from haicap.domain.powers.queries import CaseRow
from haicap.domain.units import queries as units
from haicap.web.common import citations, papers
from haicap.web.common.powers import deciding, words
from haicap.web.console.gate import Officer
from haicap.web.console.powers import shown

MOST = 500  # findings on one paper; a longer board is printed by ministry


def question(kind: str, owner: str, state: str, unit: str, on: date | None) -> str:
    """What the board was asked for, in words; "" for everything."""
    said = [words.said(words.KINDS, kind)] if kind else []
    said += [shown.ministry(owner)] if owner else []
    said += [words.said(words.STATES, state)] if state else []
    version = units.register().versions(unit)[-1:] if unit else ()
    said += [v.name for v in version]
    said += [gettext("còn vào ngày %(day)s") % {"day": show_date(on)}] if on else []
    return "; ".join(said)


def printed(cases: Sequence[CaseRow], asked: str, officer: Officer) -> bytes:
    """The paper as PDF/A; numbers of findings run through."""
    grouped: dict[str, list[CaseRow]] = defaultdict(list)
    for case in cases[:MOST]:
        grouped[case.owner].append(case)
    names = sorted((shown.ministry(owner), owner) for owner in grouped)
    checked = queries.checked_at()
    n, groups = 0, []
    for name, owner in names:
        items = []
        for case in grouped[owner]:
            n += 1
            items.append(_item(n, case, officer))
        groups.append({"name": f"{name} ({len(items)})", "items": items})
    day = show_date(officer.on)
    count = ngettext("%(n)s phát hiện", "%(n)s phát hiện", len(cases)) % {"n": len(cases)}
    values = {
        "lang": "en" if get_language() == "en" else "vi",
        "author": "Hai Cấp",
        "agency": officer.posts[0].title if officer.posts else "",
        "title": gettext("Phát hiện về thẩm quyền"),
        "subtitle": "; ".join(part for part in (asked, count, gettext("lập ngày %(day)s") % {"day": day}) if part),
        "kind": gettext("Loại"),
        "states": [words.said(words.STATES, s) for s in words.STATES if s != "gone"],
        "figures": _figures(cases),
        "groups": groups,
        "empty": gettext("Không có phát hiện nào khớp."),
        "page": gettext("Trang"),
        "foot": gettext("Sổ thẩm quyền, rà soát lần cuối ngày %(day)s") % {"day": show_date(today(checked)) if checked else "…"},
        "note": _note(cases),
    }  # fmt: skip
    return papers.pdf("findings", values, officer.at)


def _note(cases: Sequence[CaseRow]) -> str:
    left = len(cases) - MOST
    if left <= 0:
        return gettext("Các ngày tính theo nửa khoảng: “đến trước ngày” là ngày đầu tiên không còn.")
    return gettext("Còn %(n)s phát hiện không in; xin lọc theo bộ rồi in từng phần.") % {"n": left}


def _figures(cases: Sequence[CaseRow]) -> list[dict[str, object]]:
    counts = Counter((case.kind, case.state) for case in cases)
    kinds = [kind for kind in words.KINDS if any(k == kind for k, _ in counts)]
    return [
        {
            "name": words.said(words.KINDS, kind),
            "counts": [str(counts[kind, s]) for s in words.STATES if s != "gone"],
        }
        for kind in kinds
    ]


def _item(n: int, case: CaseRow, officer: Officer) -> dict[str, object]:
    told = shown.of_case(case)
    places, more = shown.places_of(case.units, officer.on)
    where = ", ".join(p.name for p in places) + (f" (+{more})" if more else "")
    cases = shown.case_in_words(case.condition)
    facts = [
        (gettext("Căn cứ"), citations.written("; ".join(case.citations)) or "…"),
        (gettext("Thời gian"), told.when),
        (gettext("Địa bàn"), where or gettext("cả nước")),
        (gettext("Trường hợp"), cases or gettext("mọi trường hợp")),
        (gettext("Cần làm"), told.todo),
        (gettext("Nguyên tắc"), citations.written(told.basis)),
        (gettext("Trạng thái"), words.said(words.STATES, case.state) + (f": {case.decision}" if case.decision else "")),
    ]  # fmt: skip
    kind = told.kind[:1].upper() + told.kind[1:]
    return {
        "number": str(n),
        "power": deciding.power_name(queries.register().powers[case.power.code]),
        "kind": f"{kind} ({told.reason})" if told.reason else kind,
        "wrong": told.wrong,
        "facts": facts,
    }
