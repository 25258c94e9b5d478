"""Quyền: who sees a ticket and who may do what with it. The only way to a row one may change.

Rights come from posts on the day: people of the organ that holds the ticket (and of its house: a committee, its chairman
and its office are one) work on it, its leaders approve; the province's focal office sees what concerns the province; the
Government Office the whole queue. Senders reach their own by account, or by code and key or the last digits of a phone.
"""

from haicap.domain.feedback.policy.rights import (
    FOCAL,
    SYSTEM,
    allows,
    holds,
    inside,
    may_roster,
    may_route,
    may_take_down,
    not_found,
    not_yours,
    require_roster,
    require_route,
    rights,
    sees,
    took_down,
)
from haicap.domain.feedback.policy.scopes import Scope, scope_of, visible_to
from haicap.domain.feedback.policy.taking import (
    LAST_DIGITS,
    WHOLE,
    hashed,
    look,
    own,
    owns,
    take,
    take_answer,
    take_any,
    take_force,
    take_own,
)

__all__ = [
    "FOCAL",
    "LAST_DIGITS",
    "SYSTEM",
    "WHOLE",
    "Scope",
    "allows",
    "hashed",
    "holds",
    "inside",
    "look",
    "may_roster",
    "may_route",
    "may_take_down",
    "not_found",
    "not_yours",
    "own",
    "owns",
    "require_roster",
    "require_route",
    "rights",
    "scope_of",
    "sees",
    "take",
    "take_answer",
    "take_any",
    "take_force",
    "take_own",
    "took_down",
    "visible_to",
]
