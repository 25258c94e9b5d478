"""Cột địa chỉ: which column of a table holds the addresses."""

from __future__ import annotations

from collections.abc import Sequence

from haicap.base.refused import Refused
from haicap.base.text import fold
from haicap.base.words import gettext_noop

KNOWN = ("address", "dia chi", "dia_chi", "diachi", "full address", "dia chi day du", "dia chi cu", "noi o", "noi cu tru",
         "dia chi thuong tru", "dia chi tam tru", "thuong tru", "ho khau", "addr")  # fmt: skip


def address_column(columns: Sequence[str], wanted: str | None = None) -> int:
    """Place of the column of addresses (from 0).

    `wanted` names it; otherwise "address", "địa chỉ" and the like count, in this order, and at last the only column.
    Refused `no_such_column` or `no_address_column` with the names there are.
    """
    names = [fold(c) for c in columns]
    if wanted is not None:
        place = _named(columns, names, wanted)
        if place is None:
            raise Refused(
                "no_such_column",
                gettext_noop("Bảng không có cột “%(wanted)s”. Các cột hiện có: %(columns)s."),
                params={"wanted": wanted[:60], "columns": _listed(columns)},
            )
        return place
    for known in KNOWN:
        if known in names:
            return names.index(known)
    begins = [i for i, name in enumerate(names) if name.startswith(("dia chi", "address"))]
    if len(begins) == 1:
        return begins[0]
    if len(columns) == 1 and _is_a_name(columns[0]):
        return 0
    raise Refused(
        "no_address_column",
        gettext_noop(
            "Không thấy cột địa chỉ. Xin đặt tên cột đó là “address” hoặc “địa chỉ”. Các cột hiện có: %(columns)s."
        ),
        params={"columns": _listed(columns)},
    )


def _named(columns: Sequence[str], names: list[str], wanted: str) -> int | None:
    if wanted in columns:
        return list(columns).index(wanted)
    folded = fold(wanted)
    return names.index(folded) if folded in names else None


def _is_a_name(heading: str) -> bool:
    """A heading is short and has no commas or digits; otherwise the first line is an address itself."""
    return len(heading) <= 40 and not any(c.isdigit() or c in ",;" for c in heading)


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f"“{c[:40]}”" for c in columns[:20])
