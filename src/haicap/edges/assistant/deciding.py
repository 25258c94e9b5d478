"""Quyết định: answer, ask back, or refuse; the thresholds were set on the tuned part of the evaluation set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from haicap.edges.assistant.cards import Card
from haicap.edges.assistant.concepts import LEVELS, SPECIAL
from haicap.edges.assistant.intents import chatter
from haicap.edges.assistant.knowledge import Knowledge
from haicap.edges.assistant.ranking import Ranked
from haicap.edges.assistant.reply import Behaviour
from haicap.edges.assistant.understanding import Question
from haicap.edges.assistant.weighing import Weighed

REFUSED = 0.7  # chance of "none of these" from which nothing is answered
DOUBTED = 0.1  # the same where phrases point elsewhere
DOUBT = 0.42  # share of the first below which it is asked back
FAINT = 0.15  # chance of the first below which asking back would only be guessing
OUTRIGHT = 0.9  # what a phrase of the table names so surely is not doubted
LEAST = 0.0005  # chance of another procedure that is still named beside the answer
CLOSE = 0.65  # of the first: a sister with such a chance is asked about
LIKELY = 0.05  # chance of what is offered beside sisters when they are asked about
WHOLE = 0.9  # share of a question that a name answers as good as all
UNTOLD = 0.3  # the same where no word of the question tells the two apart
TWIN = 0.05  # of the first: an old and a new code of one matter
OPEN = 0.9  # of the first's fit: the other meanings of a phrase that names several
NAMED_TOO = 0.03  # of the first: what such a meaning must have at least
BARE = 0.1  # of the first: sisters of a thing that was only named, with no word of what is to be done
SAME_MATTER = 0.8
FAMILY = 0.5
MATTER = 0.3  # worth of words below which nothing was said
MOST = 5
# What is done with things; a question without any of these only names one.
DOING = frozenset(
    "cap ki doi mat lam xin mo thi hoc nop nhan huong chuyen xoa huy tach nhap sua thay lap mua ban dang get apply register "
    "open application registration renew lost change extend cham ghi nuoi giam tra cong phe bao chung dieu tham tiep thue".split()
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with a question about procedures; `chosen`: first the one meant, or the sisters."""

    behaviour: Behaviour
    chosen: tuple[Ranked, ...] = ()
    doubtful: bool = False  # asked back only because nothing stands out


def decide(
    question: Question, weighed: Weighed, known: Knowledge, on: date, *, refused: float = REFUSED
) -> Decision:
    """Judge what was weighed on a day; `refused`: the chance of "none of these" from which nothing is answered."""
    ranked = weighed.ranked
    if not ranked or weighed.nothing > refused:
        return Decision(Behaviour.REFUSE)
    first = ranked[0]
    if question.codes:
        return Decision(Behaviour.ANSWER if len(ranked) == 1 else Behaviour.CLARIFY, tuple(ranked[:MOST]))
    rivals = _rivals(question, ranked, known, on)
    if rivals:
        asked = {r.card.entry.code for r in (first, *rivals)}
        more = [r for r in ranked if r.chance >= LIKELY and r.card.entry.code not in asked]
        return Decision(Behaviour.CLARIFY, (first, *rivals, *more)[:MOST])
    if first.chance < DOUBT * (1 - weighed.nothing) and not first.direct >= OUTRIGHT:
        if first.chance < FAINT:
            return Decision(Behaviour.REFUSE)
        return Decision(Behaviour.CLARIFY, tuple(ranked[:MOST]), doubtful=True)
    return Decision(Behaviour.ANSWER, tuple(r for r in ranked[:MOST] if r.chance >= LEAST))


def _rivals(question: Question, ranked: Sequence[Ranked], known: Knowledge, on: date) -> list[Ranked]:
    first, others = ranked[0], ranked[1:14]
    shared = _shared(question, first, known)
    only_named = not any(w.key in DOING and w.weight > 0.2 for w in question.words) and not _all_named(
        question, first, known
    )
    found = [
        r for r in others
        if _rival(question, first, r, known)
        or (r.card.entry.code in shared and _open(first, r) and not _elsewhere(question, first, r))
        or (only_named and r.chance >= BARE * first.chance and _sister(first, r, known))
    ]  # fmt: skip
    there = {r.card.entry.code for r in (first, *found)}
    near = [c for c in known.sisters(first.card) if on in c.entry.span and c.entry.code not in there]
    twins = [c for c in near if _twin(first.card, c, known)]
    return [
        Ranked(c, first.score * 0.9, first.covered, first.named, 0.0, first.chance * 0.9) for c in twins[:2]
    ] + found


def _open(first: Ranked, other: Ranked) -> bool:
    """Whether another meaning of the phrase that names the first may be meant as well."""
    return other.score >= OPEN * first.score and other.chance >= NAMED_TOO * first.chance


def _all_named(question: Question, first: Ranked, known: Knowledge) -> bool:
    """Whether one phrase of the table is the whole question, and names the first."""
    talk = sum(w.key not in chatter() for w in question.words)
    return any(
        said.size >= talk and first.card.entry.code in {c for m in said.meanings for c in known.codes_of(m)}
        for said in question.said
    )  # fmt: skip


def _elsewhere(question: Question, first: Ranked, other: Ranked) -> bool:
    """Whether the question names the level of the first, which the other has not."""
    levels = question.concepts & frozenset(LEVELS)
    return bool(levels & first.card.concepts) and not levels & other.card.concepts


def _shared(question: Question, first: Ranked, known: Knowledge) -> frozenset[str]:
    """Other procedures that the phrase which names the first names as well."""
    for said in question.said:
        codes = frozenset(code for meaning in said.meanings for code in known.codes_of(meaning))
        if first.card.entry.code in codes:
            return codes
    return frozenset()


def _sister(first: Ranked, other: Ranked, known: Knowledge) -> bool:
    """The same thing, with another thing done to it."""
    same = first.card.entry.field == other.card.entry.field
    return same and known.likeness(first.card, other.card) >= SAME_MATTER


def _rival(question: Question, first: Ranked, other: Ranked, known: Knowledge) -> bool:
    """Whether the question leaves open which of two sisters is meant."""
    if _old_and_new(first, other, known):
        return other.chance >= TWIN * first.chance
    close = UNTOLD if _untold(question, first, other, known) else CLOSE
    if other.chance < close * first.chance or _lacks(question, first, other):
        return False
    special = (other.card.concepts - first.card.concepts) & SPECIAL
    if special and not (first.card.concepts - other.card.concepts) & SPECIAL and first.named >= other.named:
        return False  # the plain one is what people mean when they say no more
    both = bool(first.direct and other.direct)
    return (
        both
        or first.card.entry.field == other.card.entry.field
        or known.likeness(first.card, other.card) >= FAMILY
    )


def _untold(question: Question, first: Ranked, other: Ranked, known: Knowledge) -> bool:
    """Whether the question has no word in which two names of one matter differ."""
    if known.likeness(first.card, other.card) < FAMILY or min(first.covered, other.covered) < WHOLE:
        return False
    differ = first.card.words.keys() ^ other.card.words.keys()
    return differ.isdisjoint(w.key for w in question.words if w.key not in chatter())


def _lacks(question: Question, first: Ranked, other: Ranked) -> bool:
    """Whether the question names something special that the first has and the other has not."""
    asked = question.concepts & SPECIAL
    return bool((asked & first.card.concepts) - other.card.concepts)


def _old_and_new(first: Ranked, other: Ranked, known: Knowledge) -> bool:
    """Two codes of one matter, given out at different times, both in force."""
    return _twin(first.card, other.card, known)


def _twin(one: Card, other: Card, known: Knowledge) -> bool:
    a, b = one.entry, other.entry
    if (
        a.span.start == b.span.start
        or a.span.end is not None
        or b.span.end is not None
        or not set(a.levels) & set(b.levels)
    ):
        return False
    return a.field == b.field and known.likeness(one, other) >= SAME_MATTER
