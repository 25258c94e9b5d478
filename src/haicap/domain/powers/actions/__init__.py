"""Verbs of the powers room: the only writers."""

from haicap.domain.powers.actions.cases import answer_survey, check_register, decide_case, reopen_case
from haicap.domain.powers.actions.correcting import correct_assertion, withdraw_assertion
from haicap.domain.powers.actions.entering import enter, load_register

__all__ = [
    "answer_survey",
    "check_register",
    "correct_assertion",
    "decide_case",
    "enter",
    "load_register",
    "reopen_case",
    "withdraw_assertion",
]
