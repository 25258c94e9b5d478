"""Những việc làm được: every form of a dossier in the order a desk does them; the first offered is the next action."""

from __future__ import annotations

from haicap.domain.dossiers.states import State
from haicap.web.desk.dossier import asking, ending, forms, results
from haicap.web.desk.dossier.case import Case
from haicap.web.desk.dossier.forms import Act
from haicap.web.desk.money import forms as money

ACTS: tuple[type[Act], ...] = (
    forms.TakeOver, asking.Receive, asking.Supply, money.TakePayment, ending.HandOut, forms.TakeUp, results.Sign, ending.Finish,
    forms.Forward, forms.Advance, ending.Decide, asking.RequestSupplement, money.RequestPayment, ending.Consult, forms.Assign,
    forms.Back, ending.Extend, results.Copy, money.Waive, ending.Correct, ending.Withdraw, ending.Stop, ending.Refuse,
    results.Revoke,
)  # fmt: skip
BY_SLUG = {act.slug: act for act in ACTS}
# At the step that signs, who may decide decides; before it the work goes on.
DECIDING = ("sign",)


def offered(case: Case) -> list[type[Act]]:
    """What can be done now, the next action first."""
    found = [act for act in ACTS if act.offered(case)]
    if case.row.state != State.PROCESSING or case.row.decided_at is not None:
        return found
    step = case.pinned.step(case.row.step).kind.value
    first = ending.Decide if step in DECIDING else forms.Advance
    places = {act: n for n, act in enumerate(found)}  # handing on what one works on is rare: after the rest
    return sorted(found, key=lambda act: (act is not first, act is forms.Forward, places[act]))
