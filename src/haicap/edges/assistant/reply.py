"""Câu trả lời: what the assistant gives back, the same for pages, calls and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from haicap.base.citation import Citation


class Behaviour(StrEnum):
    """What the assistant did with a question."""

    ANSWER = (
        "answer"  # the first procedure is meant; or a power, unit or piece of guidance, without procedures
    )
    CLARIFY = "clarify"  # several sister procedures fit: one question back
    REFUSE = "refuse"  # nothing fits; the hotline is offered


class Topic(StrEnum):
    """What a question is about."""

    PROCEDURE = "procedure"
    POWER = "power"
    UNIT = "unit"
    GUIDANCE = "guidance"
    NONE = "none"


SURE = 0.95  # chance of a procedure from which an answer is given without "perhaps"


@dataclass(frozen=True, slots=True)
class Found:
    """A procedure that fits: `score` in [0, 1]."""

    code: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Option:
    """A button under a question back: `value` is sent as the next question, with the context."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer, from one record: `link` a path of the portal, "" when there is no page for it."""

    text: str
    link: str = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, a question back, or a refusal.

    procedures     answer: the first is meant, at most 5; clarify: the sisters; refuse and other topics: none
    question_back  empty unless behaviour is clarify
    sentences      of the answer or refusal; `text` is the same as one text
    citations      what the sentences rest on, each once
    fit            of another topic than a procedure: how well the record fits; 1 where the question names its kind
    context        opaque; sent back with a follow-up ("còn lệ phí?"); no personal text, at most 400 characters
    """

    behaviour: Behaviour
    topic: Topic
    procedures: tuple[Found, ...] = ()
    question_back: str = ""
    options: tuple[Option, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    text: str = ""
    citations: tuple[Citation, ...] = ()
    context: str = ""
    fit: float = 1.0

    @property
    def sure(self) -> bool:
        """Whether it is said without "perhaps": a procedure whose chance, another record whose fit is at least SURE."""
        return (self.procedures[0].score if self.procedures else self.fit) >= SURE
