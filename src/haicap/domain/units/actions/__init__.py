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
from haicap.domain.units.actions.loading import load_register
from haicap.domain.units.actions.officers import appoint, create_post, end_appointment

__all__ = [
    "appoint",
    "change_act",
    "correct_act",
    "create_post",
    "draft_act",
    "drop_act",
    "drop_line",
    "enact_act",
    "end_appointment",
    "load_register",
    "put_line",
    "put_lines",
]
