"""Hỏi lại: the one question that tells sister procedures apart, with a button for each."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language, gettext

from haicap.edges.assistant.answers.building import found, reply
from haicap.edges.assistant.cards import bare
from haicap.edges.assistant.concepts import LEVELS, SPECIAL, label
from haicap.edges.assistant.ranking import Ranked
from haicap.edges.assistant.reply import Behaviour, Option, Reply, Sentence, Topic

LONGEST = 110


def ask_back(chosen: Sequence[Ranked]) -> Reply:
    """A question back over sisters: by level, by age of the code, by what is to be done, or by name."""
    question = _question(chosen)
    options = tuple(Option(_label(r, chosen), r.card.entry.code) for r in chosen)
    return reply(
        Behaviour.CLARIFY, Topic.PROCEDURE, [Sentence(question)], procedures=found(chosen), question_back=question, options=options
    )  # fmt: skip


def _question(chosen: Sequence[Ranked]) -> str:
    names = {r.card.plain for r in chosen}
    if len(names) == 1 and len({_level(r) for r in chosen}) == len(chosen):
        return gettext("Thủ tục này có ở nhiều cấp: anh, chị muốn làm ở cấp nào?")
    if len({r.card.entry.span.start for r in chosen}) > 1 and len(chosen) == 2:
        return gettext("Việc này đang có cả mã cũ và mã mới còn hiệu lực: anh, chị cần thủ tục nào?")
    if any(r.card.concepts & SPECIAL for r in chosen):
        return gettext("Có nhiều trường hợp gần nhau: anh, chị thuộc trường hợp nào?")
    return gettext("Có nhiều thủ tục gần nhau: anh, chị cần thủ tục nào?")


def _label(ranked: Ranked, chosen: Sequence[Ranked]) -> str:
    name = bare(ranked.card.entry.name)
    short = name if len(name) <= LONGEST else name[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
    short = short[:1].upper() + short[1:]
    twins = sum(bare(r.card.entry.name) == name for r in chosen) > 1
    level = label(_level(ranked), get_language() or "vi")
    if twins and level:
        short = f"{short} ({level})"
    return f"{short} – {ranked.card.entry.code}" if twins or len(chosen) == 2 else short


def _level(ranked: Ranked) -> str:
    return next((level for level in LEVELS if level in ranked.card.concepts), "")
