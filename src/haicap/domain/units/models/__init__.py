"""Rows of the units room. No writes here: verbs are in actions/."""

from haicap.domain.units.models.acts import Act, ActLine
from haicap.domain.units.models.conversions import Conversion, ConversionChunk
from haicap.domain.units.models.officers import Appointment, Organ, Post
from haicap.domain.units.models.register import Alias, Lineage, RegisterHead, Unit, UnitVersion

__all__ = [
    "Act",
    "ActLine",
    "Alias",
    "Appointment",
    "Conversion",
    "ConversionChunk",
    "Lineage",
    "Organ",
    "Post",
    "RegisterHead",
    "Unit",
    "UnitVersion",
]
