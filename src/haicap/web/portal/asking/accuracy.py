"""Sai bao nhiêu: the measured error rate of this release, by kind of question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from haicap.base.words import gettext_noop
from haicap.edges.assistant import evaluating
from haicap.edges.assistant.evaluating import Report, Tally

KINDS: Mapping[str, str] = {
    "plain": gettext_noop("lời thường, đủ dấu"),
    "no_marks": gettext_noop("không dấu"),
    "typo": gettext_noop("gõ sai"),
    "telex": gettext_noop("còn phím Telex"),
    "abbreviation": gettext_noop("viết tắt"),
    "regional": gettext_noop("tiếng địa phương"),
    "english": gettext_noop("tiếng Anh"),
    "long_story": gettext_noop("kể dài"),
    "life_event": gettext_noop("chuyện trong đời, không nêu thủ tục"),
    "sisters_clear": gettext_noop("thủ tục gần nhau, hỏi rõ"),
    "sisters_unclear": gettext_noop("thủ tục gần nhau, hỏi chưa rõ"),
    "old_new_code": gettext_noop("mã cũ và mã mới"),
    "business": gettext_noop("kinh doanh"),
    "land": gettext_noop("đất đai"),
    "rare_field": gettext_noop("lĩnh vực ít người hỏi"),
    "paper": gettext_noop("hỏi giấy tờ"),
    "fee": gettext_noop("hỏi phí, lệ phí"),
    "time": gettext_noop("hỏi thời hạn"),
    "where": gettext_noop("hỏi nơi làm"),
    "power": gettext_noop("hỏi thẩm quyền"),
    "unit": gettext_noop("hỏi đơn vị hành chính"),
    "guidance": gettext_noop("hỏi cẩm nang"),
    "off_topic": gettext_noop("ngoài phạm vi"),
    "not_existing": gettext_noop("thủ tục không có"),
    "hostile": gettext_noop("câu cài bẫy"),
    "gibberish": gettext_noop("vô nghĩa"),
    "follow_up": gettext_noop("hỏi tiếp"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of question: how many, and per cent right; None where no row of it names a procedure."""

    name: str
    rows: int
    behaviour: float
    first: float | None
    within_5: float | None
    wrong: float  # without a "perhaps"
    astray: float  # with it


def values() -> dict[str, object]:
    """The part nobody tuned on, whole and by kind, the worst first; empty when this release was never measured."""
    stored = evaluating.report()
    part = stored.part(evaluating.UNTOUCHED) if stored else None
    if stored is None or part is None:
        return {"whole": None}
    return {
        "whole": _line(gettext("cả bộ câu hỏi"), part.whole),
        "lines": _kinds(part),
        "measured_on": stored.measured_on,
    }


def _kinds(part: Report) -> list[Line]:
    lines = [
        _line(gettext(KINDS[kind]) if kind in KINDS else kind, tally) for kind, tally in part.kinds.items()
    ]
    return sorted(lines, key=lambda line: (line.behaviour, line.name))


def _line(name: str, tally: Tally) -> Line:
    asked = tally.procedures > 0
    return Line(
        name,
        tally.rows,
        100 * tally.share("behaviour"),
        100 * tally.share("first", "procedures") if asked else None,
        100 * tally.share("within_5", "procedures") if asked else None,
        100 * tally.share("wrong_but_confident"),
        100 * tally.share("wrong"),
    )
