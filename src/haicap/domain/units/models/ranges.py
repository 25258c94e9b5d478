"""Ranges in constraints: equality inside EXCLUDE without any extension."""

from __future__ import annotations

from django.db.models import F, Func


class Same(Func):
    """int8range(id, id, '[]'): overlaps another exactly when the two ids are equal."""

    template = "int8range(%(expressions)s, %(expressions)s, '[]')"
    arity = 1

    def __init__(self, column: str) -> None:
        super().__init__(F(column))


class SameText(Same):
    """text_range(code, code, '[]'): the same for texts, over a range type of our own (first migration)."""

    template = "text_range(%(expressions)s, %(expressions)s, '[]')"
