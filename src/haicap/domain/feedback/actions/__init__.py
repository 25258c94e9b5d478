"""Động từ: the only writers of this room."""

from haicap.domain.feedback.actions.answering import (
    Draft,
    approve_answer,
    draft_answer,
    keep_private,
    publish_answer,
    reuse_answer,
    send_back,
    submit_answer,
)
from haicap.domain.feedback.actions.filing import Filed, Filing, file_ticket
from haicap.domain.feedback.actions.following import (
    erase_ticket,
    escalate,
    follow_calendar,
    move_from_ended,
    sweep_sources,
)
from haicap.domain.feedback.actions.forces import (
    end_force,
    hand_over,
    note_absence,
    put_on_duty,
    set_up_force,
    take_off_duty,
)
from haicap.domain.feedback.actions.handling import (
    Sorting,
    accept,
    ask_more,
    assign,
    note,
    refuse,
    sort_ticket,
    transfer,
)
from haicap.domain.feedback.actions.routes import end_route, load_routes, set_route
from haicap.domain.feedback.actions.sending import Proof, rate_answer, reopen, supply_more, withdraw_ticket

__all__ = [
    "Draft",
    "Filed",
    "Filing",
    "Proof",
    "Sorting",
    "accept",
    "approve_answer",
    "ask_more",
    "assign",
    "draft_answer",
    "end_force",
    "end_route",
    "erase_ticket",
    "escalate",
    "file_ticket",
    "follow_calendar",
    "hand_over",
    "keep_private",
    "load_routes",
    "move_from_ended",
    "note",
    "note_absence",
    "publish_answer",
    "put_on_duty",
    "rate_answer",
    "refuse",
    "reopen",
    "reuse_answer",
    "send_back",
    "set_route",
    "set_up_force",
    "sort_ticket",
    "submit_answer",
    "supply_more",
    "sweep_sources",
    "take_off_duty",
    "transfer",
    "withdraw_ticket",
]
