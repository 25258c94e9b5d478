"""Rows of the dossiers room. No writes here: verbs are in actions/."""

from haicap.domain.dossiers.models.dossier import Agency, Counter, Dossier, ResultCounter
from haicap.domain.dossiers.models.filing import Component, Draft
from haicap.domain.dossiers.models.money import Charge, Payment
from haicap.domain.dossiers.models.papers import Result, Slip
from haicap.domain.dossiers.models.work import Consultation, Handover, Rating, Remark, Supplement

__all__ = [
    "Agency",
    "Charge",
    "Component",
    "Consultation",
    "Counter",
    "Dossier",
    "Draft",
    "Handover",
    "Payment",
    "Rating",
    "Remark",
    "Result",
    "ResultCounter",
    "Slip",
    "Supplement",
]
