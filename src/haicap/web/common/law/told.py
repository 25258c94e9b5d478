"""Vì sao: each step of a chain as a sentence with links to what caused it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from haicap.base.citation import Citation
from haicap.base.dates import show_date
from haicap.base.words import gettext_noop
from haicap.domain.law.effect import Step
from haicap.domain.law.queries import Corpus, Tie
from haicap.domain.law.states import BRIDGE, CASCADE, RelationKind, Why
from haicap.web.common.law import links

SENTENCES = {
    Why.COMMENCED: gettext_noop("%(act)s có hiệu lực từ ngày %(day)s."),
    Why.SUNSET: gettext_noop("Theo %(act)s, hiệu lực kết thúc từ ngày %(day)s."),
    Why.REPLACED: gettext_noop("Từ ngày %(day)s, %(act)s thay thế %(target)s."),
    Why.REPEALED: gettext_noop("Từ ngày %(day)s, %(act)s bãi bỏ %(target)s."),
    Why.SUSPENDED: gettext_noop("Từ ngày %(day)s, %(act)s ngưng hiệu lực của %(target)s."),
    Why.RESUMED: gettext_noop("Từ ngày %(day)s, %(act)s cho %(target)s có hiệu lực trở lại."),
    Why.EXTENDED: gettext_noop("Từ ngày %(day)s, %(act)s gia hạn hiệu lực của %(target)s."),
    Why.PARENT_ENDED: gettext_noop(
        "Từ ngày %(day)s, %(target)s hết hiệu lực; %(act)s quy định chi tiết văn bản đó nên hết hiệu lực theo."
    ),
    Why.CONTINUED: gettext_noop("%(act)s công bố %(target)s tiếp tục có hiệu lực (tính đến ngày %(day)s)."),
    Why.FORMER_AREA: gettext_noop(
        "%(act)s do cơ quan của địa bàn đã sắp xếp ban hành: áp dụng trong địa bàn cũ đến trước ngày %(day)s."
    ),
}
PAUSE_OVER = gettext_noop("Ngày %(day)s, hết thời gian ngưng hiệu lực theo %(act)s.")
CITATIONS = {Why.PARENT_ENDED: CASCADE, Why.FORMER_AREA: BRIDGE}


@dataclass(frozen=True, slots=True)
class Told:
    """A step as people read it: the sentence with its links, its day and the general rule it rests on."""

    on: date
    sentence: SafeString
    citation: Citation | None


def told(known: Corpus, steps: Iterable[Step], page: str) -> list[Told]:
    """Steps in words; `page` names the address of documents at this door."""
    return [Told(step.on, _sentence(known, step, page), CITATIONS.get(step.why)) for step in steps]


def _sentence(known: Corpus, step: Step, page: str) -> SafeString:
    tie = known.ties.get(step.link) if step.link is not None else None
    template = SENTENCES[step.why]
    if step.why is Why.RESUMED and tie is not None and tie.kind is RelationKind.SUSPENDS:
        template = PAUSE_OVER
    act, target = _ends(known, step, tie, page)
    values = {"day": conditional_escape(show_date(step.on)), "act": act, "target": target}
    return mark_safe(conditional_escape(gettext(template)) % values)  # noqa: S308  all of it escaped


def _ends(known: Corpus, step: Step, tie: Tie | None, page: str) -> tuple[SafeString, SafeString]:
    if tie is not None:
        source = links.link(known.docs[tie.source], tie.source_path, page=page)
        return source, links.link(known.docs[tie.target], tie.target_path, page=page)
    own = links.link(known.docs[step.work], step.path, page=page) if step.work is not None else SafeString("")
    return own, own
