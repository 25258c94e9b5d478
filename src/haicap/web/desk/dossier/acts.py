"""Những việc làm được: every form of a dossier in the order a desk does them; the first offered is the next action."""

from __future__ import annotations

from haicap.domain.dossiers.states import State
from haicap.web.desk.dossier import asking, ending, forms
from haicap.web.desk.dossier.case import Case
from haicap.web.desk.dossier.forms import Act

ACTS: tuple[type[Act], ...] = (
    forms.TakeOver, asking.Receive, asking.Supply, asking.TakePayment, ending.HandOut, forms.TakeUp, forms.Forward, ending.Sign,
    ending.Finish, forms.Advance, ending.Decide, asking.RequestSupplement, asking.RequestPayment, ending.Consult, forms.Assign,
    forms.Back, ending.Extend, ending.Copy, asking.Waive, ending.Correct, ending.Withdraw, ending.Stop, ending.Refuse,
    ending.Revoke,
)  # fmt: skip
BY_SLUG = {act.slug: act for act in ACTS}
# At the step that signs, who may decide decides; before it the work goes on.
DECIDING = ("sign",)


def offered(case: Case) -> list[type[Act]]:
    """What can be done now, the next action first."""
    found = [act for act in ACTS if act.offered(case)]
    step = case.pinned.step(case.row.step)
    if case.row.state == State.PROCESSING and step.kind.value in DECIDING and ending.Decide in found:
        found = [ending.Decide, *(act for act in found if act is not ending.Decide)]
    return found
