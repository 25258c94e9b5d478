"""Giấy tờ của hồ sơ: slips, sheets, receipts and results, set in type from data. Pure: bytes out, nothing kept."""

from haicap.domain.dossiers.documents.forms import (
    OURS,
    TT03,
    Form,
    FormSet,
    Needs,
    form,
    form_set,
    form_sets,
    needs,
)
from haicap.domain.dossiers.documents.render import (
    render_book,
    render_handover_sheet,
    render_receipt,
    render_slip,
)
from haicap.domain.dossiers.documents.results import render_result

__all__ = [
    "OURS",
    "TT03",
    "Form",
    "FormSet",
    "Needs",
    "form",
    "form_set",
    "form_sets",
    "needs",
    "render_book",
    "render_handover_sheet",
    "render_receipt",
    "render_result",
    "render_slip",
]
