"""Động từ: the only writers of this room."""

from haicap.domain.units.actions.acts import (
    change_act,
    correct_act,
    draft_act,
    drop_act,
    drop_line,
    enact_act,
    put_line,
    put_lines,
)
from haicap.domain.units.actions.conversions import (
    advance_conversion,
    cancel_conversion,
    erase_conversion,
    fail_conversion,
    finish_conversion,
    request_conversion,
)
from haicap.domain.units.actions.loading import load_register
from haicap.domain.units.actions.officers import appoint, create_post, end_appointment

__all__ = [
    "advance_conversion",
    "appoint",
    "cancel_conversion",
    "change_act",
    "correct_act",
    "create_post",
    "draft_act",
    "drop_act",
    "drop_line",
    "enact_act",
    "end_appointment",
    "erase_conversion",
    "fail_conversion",
    "finish_conversion",
    "load_register",
    "put_line",
    "put_lines",
    "request_conversion",
]
