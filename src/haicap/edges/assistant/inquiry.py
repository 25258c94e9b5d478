"""Một câu hỏi: a question with everything that was read out of it; what costs something is looked up once, when needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from haicap.edges.assistant.deciding import DOUBTED, MATTER, REFUSED, Decision, decide
from haicap.edges.assistant.facts import Facts
from haicap.edges.assistant.following import Before
from haicap.edges.assistant.intents import chatter
from haicap.edges.assistant.knowledge import Knowledge
from haicap.edges.assistant.pieces import Fit
from haicap.edges.assistant.ranking import Ranked
from haicap.edges.assistant.topics import Sign
from haicap.edges.assistant.understanding import Question, found
from haicap.edges.assistant.weighing import Weighed

NOTHING_SAID = Weighed((), 1.0)
ELSEWHERE = (Sign.OFF_TOPIC, Sign.HOSTILE, Sign.NOT_HERE)
SHORT = 3  # words of a question that only adds to the one before


@dataclass(frozen=True)
class Inquiry:
    """A question with everything that was read out of it."""

    question: Question
    signs: dict[Sign, int]
    matter: float
    known: Knowledge
    facts: Facts
    on: date
    address: str
    language: str
    before: Before | None

    @property
    def short(self) -> bool:
        """Whether it says too little to be a question of its own."""
        return sum(w.weight > 0.3 and w.key not in chatter() for w in self.question.words) <= SHORT

    @property
    def names(self) -> bool:
        """Whether a phrase of several words names a procedure outright."""
        long = (said for said in self.question.said if said.size > 1)
        return any(self.known.codes_of(meaning) for said in long for meaning in said.meanings)

    @cached_property
    def sounds(self) -> Sequence[Fit]:
        """Guidance of the day that the question sounds like, the nearest first."""
        there = self.facts.guides(self.on).items
        return [fit for fit in self.known.guides.best(self.question.words) if fit.key in there]

    @property
    def sound(self) -> float:
        """How near the nearest is."""
        return self.sounds[0].score if self.sounds else 0.0

    @cached_property
    def weighed(self) -> Weighed:
        """Procedures that fit, with their chances; none when nothing was said."""
        return found(self.question, self.known, self.on) if self.matter >= MATTER else NOTHING_SAID

    @cached_property
    def decision(self) -> Decision:
        """What is to be done about procedures; where signs point elsewhere they must fit better."""
        elsewhere = any(sign in self.signs for sign in ELSEWHERE)
        return decide(
            self.question, self.weighed, self.known, self.on, refused=DOUBTED if elsewhere else REFUSED
        )

    def ranked(self) -> Sequence[Ranked]:
        """The same, the likeliest first; none where it is likelier that none is meant."""
        return self.weighed.ranked if self.weighed.nothing <= REFUSED else ()
