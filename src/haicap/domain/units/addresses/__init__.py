"""Địa chỉ: free Vietnamese text → the administrative unit, old or new, that it leads to on a date."""

from haicap.domain.units.addresses.answer import Answer, Candidate, Reading, Status
from haicap.domain.units.addresses.gazetteer import Gazetteer

__all__ = ["Answer", "Candidate", "Gazetteer", "Reading", "Status"]
