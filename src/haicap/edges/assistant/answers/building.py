"""Ghép câu: sentences into a reply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from haicap.base.citation import Citation
from haicap.edges.assistant.following import written
from haicap.edges.assistant.ranking import Ranked
from haicap.edges.assistant.reply import Behaviour, Found, Option, Reply, Sentence, Topic


def found(ranked: Iterable[Ranked]) -> tuple[Found, ...]:
    """Procedures as a reply lists them; the score is the chance that it was meant."""
    return tuple(Found(r.card.entry.code, r.card.entry.name, round(r.chance, 4)) for r in ranked)


def reply(
    behaviour: Behaviour,
    topic: Topic,
    sentences: Sequence[Sentence],
    *,
    procedures: tuple[Found, ...] = (),
    question_back: str = "",
    options: tuple[Option, ...] = (),
) -> Reply:
    """A reply with its text, its citations, each once, and what a follow-up needs."""
    citations: dict[Citation, None] = {s.citation: None for s in sentences if s.citation}
    text = " ".join(s.text for s in sentences) or question_back
    return Reply(
        behaviour, topic, procedures, question_back, options, tuple(sentences), text, tuple(citations),
        written(behaviour, [p.code for p in procedures]),
    )  # fmt: skip
