"""Verbs of the law room: the only writers."""

from haicap.domain.law.actions.documents import correct_document, withdraw_relation
from haicap.domain.law.actions.duties import (
    answer_problem,
    mend_problem,
    reopen_owed,
    report_problem,
    settle_owed,
    withdraw_owed,
    withdraw_problem,
)
from haicap.domain.law.actions.entering import enter, load_register

__all__ = [
    "answer_problem",
    "correct_document",
    "enter",
    "load_register",
    "mend_problem",
    "reopen_owed",
    "report_problem",
    "settle_owed",
    "withdraw_owed",
    "withdraw_problem",
    "withdraw_relation",
]
