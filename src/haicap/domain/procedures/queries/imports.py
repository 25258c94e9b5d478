"""Nhập bảng, chạy thử: what a file would do to the catalogue of a day. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO

from haicap.domain.procedures.formats import Report, read_import, report_of
from haicap.domain.procedures.models import ProcedureVersion
from haicap.domain.procedures.states import STANDING


def dry_run(file: BinaryIO, on: date) -> Report:
    """The report per row of an uploaded file (CSV, XLSX, JSON). Refused as `formats.read_import`."""
    found = read_import(file)
    rows = ProcedureVersion.objects.filter(
        procedure__code__in=[p.code for p in found.proposals], state__in=list(STANDING), valid__contains=on
    ).values_list("procedure__code", "name", "field", "content")
    held: dict[str, Mapping[str, Any]] = {
        code: {"name": name, "field": field, "content": content} for code, name, field, content in rows
    }
    return report_of(found, held.get)
