"""Một phiếu: a ticket as an officer has it open: everything about it, and what may be done now."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from haicap.domain.feedback import policy, queries, states
from haicap.domain.feedback.queries import LikelyAnswer, TicketRow, Whole
from haicap.domain.feedback.states import Verb
from haicap.web.desk.feedback.keeper import Keeper


@dataclass
class Case:
    """A ticket in an officer's hands; `verbs` are those that rights and state both allow."""

    keeper: Keeper
    whole: Whole
    verbs: frozenset[Verb] = field(default_factory=frozenset)

    @property
    def row(self) -> TicketRow:
        """The ticket."""
        return self.whole.ticket

    @property
    def code(self) -> str:
        """Its code."""
        return self.row.code

    @cached_property
    def likely(self) -> list[LikelyAnswer]:
        """Published answers near to what is asked."""
        return queries.likely_answers(f"{self.row.subject} {self.row.text}")


def opened(code: str, keeper: Keeper) -> Case:
    """A ticket for whoever may see it whole. Refused `not_found`."""
    whole = queries.whole(code, actor=keeper.actor, on=keeper.officer.on)
    verbs = policy.rights(keeper.posts, whole.ticket) & states.possible(whole.ticket.state)
    return Case(keeper, whole, verbs)
