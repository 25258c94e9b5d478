"""Chữ trong câu trả lời: times, fees and papers of a record in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language, gettext

from haicap.base.money import figures
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.reckoning import Limit, LimitUnit
from haicap.domain.procedures.content import (
    Content,
    Evidence,
    Fee,
    FeeKind,
    Paper,
    PaperKind,
    Words,
    limit_value,
)

CHANNELS = {
    "direct": gettext_noop("trực tiếp"),
    "online": gettext_noop("trực tuyến"),
    "post": gettext_noop("bưu chính công ích"),
}
ONLINE = {
    "full": gettext_noop("Nộp được trực tuyến toàn trình."),
    "partial": gettext_noop("Nộp được trực tuyến một phần."),
    "none": gettext_noop("Bản ghi nói thủ tục này không nộp trực tuyến."),
    "unknown": gettext_noop("Chưa rõ thủ tục này có nộp trực tuyến được không."),
}
_ONE = {
    LimitUnit.WORKING_DAYS: gettext_noop("1 ngày làm việc"),
    LimitUnit.WORKING_HOURS: gettext_noop("1 giờ làm việc"),
    LimitUnit.DAYS: gettext_noop("1 ngày"),
    LimitUnit.MONTHS: gettext_noop("1 tháng"),
}
_UNITS = {
    LimitUnit.WORKING_DAYS: gettext_noop("%(n)s ngày làm việc"),
    LimitUnit.WORKING_HOURS: gettext_noop("%(n)s giờ làm việc"),
    LimitUnit.DAYS: gettext_noop("%(n)s ngày"),
    LimitUnit.MONTHS: gettext_noop("%(n)s tháng"),
}
MOST_PAPERS = 8


def number(text: str) -> str:
    """A figure in the writing of the language."""
    return text if get_language() == "en" else text.replace(".", ",")


def said(words: Words) -> str:
    """A bilingual text in the language that is on."""
    return words.shown(get_language() or "vi")


def limit(part: Limit) -> str:
    """ "5 ngày làm việc", "trong ngày"."""
    if part.unit is LimitUnit.SAME_DAY:
        return gettext("trong ngày")
    value = limit_value(part)
    return gettext(_ONE[part.unit]) if value == "1" else gettext(_UNITS[part.unit]) % {"n": number(value)}


def limits(content: Content) -> list[tuple[str, bool]]:
    """Known limits in words, each with whether it is confirmed; equal ones once."""
    found: dict[str, bool] = {}
    for one in content.limits:
        if one.parts:
            text = gettext(", rồi ").join(limit(part) for part in one.parts)
            where = "; ".join(filter(None, (one.case, gettext(CHANNELS[one.channel]) if one.channel else "")))
            text = f"{text} ({where})" if where else text
            found.setdefault(text, one.evidence is Evidence.CONFIRMED)
    return list(found.items())[:4]


def dong(amount: int) -> str:
    """ "50.000 đồng"."""
    return gettext("%(n)s đồng") % {"n": f"{amount:,}" if get_language() == "en" else figures(amount)}


def fee(one: Fee) -> str:
    """What is owed; "" when no source says."""
    if one.kind is FeeKind.UNKNOWN:
        return ""
    name = said(one.name)
    if one.kind is FeeKind.FREE:
        return gettext("%(name)s: không thu") % {"name": name}
    if one.amount is None:
        return gettext("%(name)s: do Hội đồng nhân dân cấp tỉnh quy định") % {"name": name}
    each = {
        FeeKind.PER_COPY: gettext_noop("%(name)s: %(amount)s một bản"),
        FeeKind.PER_PAGE: gettext_noop("%(name)s: %(amount)s một trang"),
        FeeKind.CAPPED: gettext_noop("%(name)s: %(amount)s một trang"),
    }.get(one.kind, "%(name)s: %(amount)s")
    text = gettext(each) % {"name": name, "amount": dong(one.amount)}
    return f"{text} ({gettext(CHANNELS[one.channel])})" if one.channel else text


def fees(content: Content) -> list[tuple[str, bool]]:
    """Fees that are known, each with whether it is confirmed."""
    found = [(fee(one), one.evidence is Evidence.CONFIRMED) for one in content.fees]
    return [(text, sure) for text, sure in dict.fromkeys(found) if text][:6]


def papers(content: Content) -> list[str]:
    """Papers to hand in, at most MOST_PAPERS, and how many more there are."""
    every = [_paper(p) for p in content.papers if p.kind is PaperKind.DOCUMENT]
    shown = every[:MOST_PAPERS]
    if len(every) > MOST_PAPERS:
        shown.append(gettext("và %(n)s giấy tờ khác theo từng trường hợp") % {"n": len(every) - MOST_PAPERS})
    return shown


def _paper(one: Paper) -> str:
    text = said(one.name)
    return gettext("%(paper)s (nếu thuộc trường hợp này)") % {"paper": text} if one.condition else text


def listed(texts: Iterable[str]) -> str:
    """Texts in one line."""
    return "; ".join(texts)


def marked(text: str, sure: bool) -> str:
    """What is not confirmed says so."""
    if sure:
        return text
    end = "." if text.endswith(".") else ""  # the mark belongs to the sentence, not after it
    return gettext("%(text)s (chưa xác minh)") % {"text": text.removesuffix(end)} + end
