"""Câu hỏi: what the doors may ask of this room."""

from haicap.domain.units.queries.acts import (
    act,
    act_changes,
    acts,
    check_of,
    lines_of,
    open_correction,
    order_of,
    register_before,
)
from haicap.domain.units.queries.conversions import (
    ConversionRow,
    conversion,
    conversion_answers,
    open_conversions,
)
from haicap.domain.units.queries.exports import (
    Export,
    export_tables,
    prepare_exports,
    prepared_export,
)
from haicap.domain.units.queries.officers import (
    appointment,
    appointments_of,
    held_by,
    ministries,
    organ,
    organs_of,
    posts_of,
    service_centre,
)
from haicap.domain.units.queries.register import (
    convert_address,
    gazetteer,
    generation,
    loaded,
    register,
    versions_believed_at,
)

__all__ = [
    "ConversionRow",
    "Export",
    "act",
    "act_changes",
    "acts",
    "appointment",
    "appointments_of",
    "check_of",
    "conversion",
    "conversion_answers",
    "convert_address",
    "export_tables",
    "gazetteer",
    "generation",
    "held_by",
    "lines_of",
    "loaded",
    "ministries",
    "open_conversions",
    "open_correction",
    "order_of",
    "organ",
    "organs_of",
    "posts_of",
    "prepare_exports",
    "prepared_export",
    "register",
    "register_before",
    "service_centre",
    "versions_believed_at",
]
