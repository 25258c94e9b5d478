"""Quyền: who may do what with a dossier, and who sees which. The only way to a row one may change.

Rights come from appointments on the day. Three places are kept apart: the centre that received it, the organ that is
competent, and whoever holds a consultation. Nobody else gets in, and a code of somebody else's dossier is "not found".
"""

from haicap.domain.dossiers.policy.rights import (
    CENTRES,
    COMMUNE_WORK,
    LEADERS,
    PROVINCE_VIEW,
    PROVINCE_WORK,
    SYSTEM,
    Post,
    Taken,
    acting_for,
    allows,
    at_counter,
    posts_of,
    rights,
    sees,
)
from haicap.domain.dossiers.policy.scopes import NOBODY, Scope, scope_of, visible_to
from haicap.domain.dossiers.policy.taking import (
    look,
    not_found,
    not_yours,
    same_phone,
    take,
    take_consulted,
    take_handed,
    take_own,
    take_told,
)

__all__ = [
    "CENTRES",
    "COMMUNE_WORK",
    "LEADERS",
    "NOBODY",
    "PROVINCE_VIEW",
    "PROVINCE_WORK",
    "SYSTEM",
    "Post",
    "Scope",
    "Taken",
    "acting_for",
    "allows",
    "at_counter",
    "look",
    "not_found",
    "not_yours",
    "posts_of",
    "rights",
    "same_phone",
    "scope_of",
    "sees",
    "take",
    "take_consulted",
    "take_handed",
    "take_own",
    "take_told",
    "visible_to",
]
