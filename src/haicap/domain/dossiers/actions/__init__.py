"""Verbs of the dossiers room: the only writers of its rows."""

from haicap.domain.dossiers.actions.agencies import load_agencies, name_agency
from haicap.domain.dossiers.actions.bulk import Life, Stage, load_dossiers
from haicap.domain.dossiers.actions.charges import request_payment, take_payment, waive_charge
from haicap.domain.dossiers.actions.drafts import (
    KEPT,
    attach,
    begin_draft,
    detach,
    drop_draft,
    expire_drafts,
    file_draft,
    save_draft,
)
from haicap.domain.dossiers.actions.ending import (
    correct_contact,
    decide,
    finish,
    hand_out,
    rate,
    stop,
    withdraw,
)
from haicap.domain.dossiers.actions.erasing import erase_personal
from haicap.domain.dossiers.actions.filing import Filing, Handed, file
from haicap.domain.dossiers.actions.following import follow_calendar
from haicap.domain.dossiers.actions.handing import forward, take_over
from haicap.domain.dossiers.actions.payments import ask_payment, expire_payment, note_payment
from haicap.domain.dossiers.actions.receiving import (
    Missing,
    receive,
    refuse,
    request_supplement,
    supply,
    take_in,
)
from haicap.domain.dossiers.actions.refunds import note_refund
from haicap.domain.dossiers.actions.results import Paper, copy_result, revoke_result, sign
from haicap.domain.dossiers.actions.working import (
    advance,
    answer_consultation,
    assign,
    consult,
    extend,
    remind_consultation,
    take_up,
)

__all__ = [
    "KEPT",
    "Filing",
    "Handed",
    "Life",
    "Missing",
    "Paper",
    "Stage",
    "advance",
    "answer_consultation",
    "ask_payment",
    "assign",
    "attach",
    "begin_draft",
    "consult",
    "copy_result",
    "correct_contact",
    "decide",
    "detach",
    "drop_draft",
    "erase_personal",
    "expire_drafts",
    "expire_payment",
    "extend",
    "file",
    "file_draft",
    "finish",
    "follow_calendar",
    "forward",
    "hand_out",
    "load_agencies",
    "load_dossiers",
    "name_agency",
    "note_payment",
    "note_refund",
    "rate",
    "receive",
    "refuse",
    "remind_consultation",
    "request_payment",
    "request_supplement",
    "revoke_result",
    "save_draft",
    "sign",
    "stop",
    "supply",
    "take_in",
    "take_over",
    "take_payment",
    "take_up",
    "waive_charge",
    "withdraw",
]
