"""Dòng của phòng phản ánh."""

from haicap.domain.feedback.models.answers import Answer
from haicap.domain.feedback.models.forces import Absence, Duty, Force
from haicap.domain.feedback.models.routes import Route, RoutesHead
from haicap.domain.feedback.models.systems import Incident, IncidentNote, PlannedWork, System
from haicap.domain.feedback.models.tickets import Attachment, Remark, Source, Ticket

__all__ = [
    "Absence",
    "Answer",
    "Attachment",
    "Duty",
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
]
