"""Người: colleagues an officer assigns to or asks for approval, names by opaque ids."""

from __future__ import annotations

from datetime import date

from haicap.domain.dossiers.queries.colleagues import Colleague, at_work, leading
from haicap.kernel.accounts import queries as accounts

__all__ = ["Colleague", "at_work", "leaders", "names"]


def leaders(
    organ_kind: str, unit_id: int, organ_id: int | None, centre: int | None, on: date
) -> list[Colleague]:
    """Who may approve: leaders of the competent house and of the centre that received it."""
    both = [c for c in at_work(organ_kind, unit_id, organ_id, on) if c.leads] + (
        leading(centre, on) if centre else []
    )
    return list({c.actor: c for c in both}.values())


def names(actors: set[str]) -> dict[str, str]:
    """Names by opaque id; strangers are missing."""
    wanted = {a for a in actors if a}
    return accounts.display_names(wanted) if wanted else {}
