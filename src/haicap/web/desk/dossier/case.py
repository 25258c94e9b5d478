"""Vụ việc: one dossier as an officer has it open: everything about it, and what may be done now."""

from __future__ import annotations

from dataclasses import dataclass

from haicap.domain.dossiers import policy, queries, states
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.queries import DossierRow, HandoverRow, Pinned, Place, Whole
from haicap.domain.dossiers.states import Verb
from haicap.web.desk.gate import Officer


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier in an officer's hands; `verbs` are those that rights and state both allow."""

    officer: Officer
    taken: Taken
    whole: Whole
    pinned: Pinned
    place: Place
    verbs: frozenset[Verb]

    @property
    def row(self) -> DossierRow:
        """The dossier."""
        return self.whole.row

    @property
    def code(self) -> str:
        """Its code."""
        return self.row.code

    @property
    def on_the_way(self) -> HandoverRow | None:
        """The hand-over nobody has confirmed yet."""
        return next((h for h in self.whole.handovers if h.taken_at is None), None)

    @property
    def to_take_over(self) -> bool:
        """Whether it is this officer who confirms it."""
        under_way = self.on_the_way
        if under_way is None:
            return False
        to = under_way.to_organ_id
        mine = any(post.organ_id == to for post in self.officer.posts)
        working = policy.allows(Verb.TAKE_UP, self.officer.posts, self.taken)
        return mine or (to == self.row.organ_id and working)


def opened(code: str, officer: Officer) -> Case:
    """A dossier for whoever may see it whole. Refused `not_found`."""
    taken = queries.look(code, actor=officer.actor, on=officer.on)
    row = queries.by_public_id(taken.public_id)
    if row is None:
        raise policy.not_found()
    pinned = queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    decided = row.decided_at is not None
    verbs = policy.rights(officer.posts, taken) & states.possible(row.state, decided=decided)
    place = queries.place(queries.uid_of(row.unit_id), officer.on)
    return Case(officer, taken, queries.whole(row), pinned, place, verbs)
