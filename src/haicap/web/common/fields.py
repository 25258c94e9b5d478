"""Ô nhập: what is wrong with a field, as a sentence that says the repair."""

from __future__ import annotations

from django.forms import BoundField, Field
from django.utils.translation import gettext


def complaint(bound: BoundField) -> str:
    """The first fault of a field; one left empty is asked for by its label. "" when all is right."""
    if not bound.errors:
        return ""
    first = bound.errors.as_data()[0]
    # The framework's own sentence names no field: in the summary on top nobody knows which one it means.
    if first.code == "required" and str(first.message) == str(Field.default_error_messages["required"]):
        return gettext("Xin điền “%(label)s”.") % {"label": bound.label}
    return str(bound.errors[0])
