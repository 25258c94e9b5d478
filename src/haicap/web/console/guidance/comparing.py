"""So hai bản: which lines of which field are gone, which are new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext

from haicap.base.dates import show_date
from haicap.base.words import gettext_noop
from haicap.domain.guidance.queries import VersionLine
from haicap.web.common.guidance import words

FIELDS = {
    "title": gettext_noop("Tên bài"),
    "summary": gettext_noop("Tóm tắt"),
    "body": gettext_noop("Nội dung"),
    "citations": gettext_noop("Căn cứ"),
    "audiences": gettext_noop("Dành cho"),
    "evidence": gettext_noop("Độ chắc chắn"),
    "note": gettext_noop("Điều chưa chắc"),
    "source": gettext_noop("Nguồn"),
    "review_by": gettext_noop("Rà soát lại trước ngày"),
    "title_en": gettext_noop("Tên tiếng Anh"),
    "summary_en": gettext_noop("Tóm tắt tiếng Anh"),
    "body_en": gettext_noop("Nội dung tiếng Anh"),
}
MOST = 4000  # lines of a field that are compared; beyond, whole fields stand beside each other


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of lines that differs; empty on the side where there is none."""

    field: str
    before: list[str]
    after: list[str]


def compared(before: VersionLine, after: VersionLine) -> list[Difference]:
    """Differences by field, in the order of the form."""
    return [d for name, label in FIELDS.items() for d in _field(name, gettext(label), before, after)]


def _field(name: str, label: str, before: VersionLine, after: VersionLine) -> Iterator[Difference]:
    old, new = _lines(name, before), _lines(name, after)
    if old == new:
        return
    if len(old) + len(new) > MOST:
        yield Difference(label, old, new)
        return
    for change, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change != "equal":
            yield Difference(label, old[a:b], new[c:d])


def _lines(name: str, line: VersionLine) -> list[str]:
    draft = line.draft
    if name == "citations":
        return [str(citation) for citation in draft.citations]
    if name == "audiences":
        return [words.said(words.AUDIENCES, audience) for audience in draft.audiences]
    if name == "review_by":
        return [show_date(draft.review_by)] if draft.review_by else []
    return [part for part in str(getattr(draft, name)).splitlines() if part.strip()]
