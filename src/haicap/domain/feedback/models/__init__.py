"""Dòng của phòng phản ánh."""

from haicap.domain.feedback.models.answers import Answer
from haicap.domain.feedback.models.forces import Absence, Duty, Force
from haicap.domain.feedback.models.routes import Route, RoutesHead
from haicap.domain.feedback.models.systems import Incident, IncidentNote, PlannedWork, System
from haicap.domain.feedback.models.tickets import (
    Attachment,
    EarlierAnswer,
    Remark,
    Source,
    Ticket,
    Words,
    stream_of,
)

__all__ = [
    "Absence",
    "Answer",
    "Attachment",
    "Duty",
    "EarlierAnswer",
    "Force",
    "Incident",
    "IncidentNote",
    "PlannedWork",
    "Remark",
    "Route",
    "RoutesHead",
    "Source",
    "System",
    "Ticket",
    "Words",
    "stream_of",
]
