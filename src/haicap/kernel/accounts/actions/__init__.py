"""Verbs of the accounts: the only writer of people, second factors and keys."""

from haicap.kernel.accounts.actions.factors import confirm_totp, drop_totp, enrol_totp, use_recovery
from haicap.kernel.accounts.actions.people import (
    SELF,
    create_officer,
    erase,
    join_identity,
    lock,
    register_citizen,
    rename,
    set_operator,
    set_password,
    sign_in,
    unlock,
)
from haicap.kernel.accounts.actions.tokens import issue_token, revoke_token

__all__ = [
    "SELF",
    "confirm_totp",
    "create_officer",
    "drop_totp",
    "enrol_totp",
    "erase",
    "issue_token",
    "join_identity",
    "lock",
    "register_citizen",
    "rename",
    "revoke_token",
    "set_operator",
    "set_password",
    "sign_in",
    "unlock",
    "use_recovery",
]
