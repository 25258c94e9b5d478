"""Rows of the procedures room. No writes here: verbs are in actions/."""

from haicap.domain.procedures.models.exercising import Exercise
from haicap.domain.procedures.models.finding import LifeEvent, LifeEventProcedure, Synonym
from haicap.domain.procedures.models.local import LocalInstance
from haicap.domain.procedures.models.versions import CatalogueHead, Procedure, ProcedureVersion

__all__ = [
    "CatalogueHead",
    "Exercise",
    "LifeEvent",
    "LifeEventProcedure",
    "LocalInstance",
    "Procedure",
    "ProcedureVersion",
    "Synonym",
]
