"""Những việc làm được: every form of a ticket in the order a desk does them; the first offered is the next action."""

from __future__ import annotations

from haicap.web.desk.feedback import acts, moving
from haicap.web.desk.feedback.acts import Act
from haicap.web.desk.feedback.case import Case

ACTS: tuple[type[Act], ...] = (
    acts.Accept, acts.Approve, acts.Publish, acts.Submit, acts.AskMore, acts.Assign, acts.SendBack, moving.Reuse,
    moving.Transfer, moving.Sort, moving.Link, acts.Note, moving.Refuse, acts.KeepPrivate, acts.Erase,
)  # fmt: skip
BY_SLUG = {act.slug: act for act in ACTS}


def offered(case: Case) -> list[type[Act]]:
    """What can be done now, the next action first."""
    return [act for act in ACTS if act.offered(case)]
