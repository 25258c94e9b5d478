"""In giấy tờ: data → PDF/A. The same data give the same bytes; ValueError names what is missing or wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from haicap.domain.dossiers.documents import typeset
from haicap.domain.dossiers.documents.codes import code_text, drawing
from haicap.domain.dossiers.documents.forms import OURS, TT03, form
from haicap.domain.dossiers.documents.tree import Data, Node, tree_of
from haicap.domain.dossiers.documents.values import instant_of

BOOK, HANDOVER, RECEIPT = "07", "handover", "receipt"


def render_slip(number: str, form_set: str, data: Data) -> bytes:
    """Phiếu: form `number` of `form_set` as PDF/A-2b; `forms.needs` lists the keys of `data`."""
    return typeset.pdf(slip_tree(number, form_set, data), instant_of(data["issued_at"], "issued_at"))


def slip_tree(number: str, form_set: str, data: Data) -> Node:
    """What `render_slip` typesets."""
    found = form(number, form_set)
    tree = tree_of(found, data)
    return {**tree, "qr": drawing(code_text(found.qr, data))}


def render_book(rows: Iterable[Mapping[str, Any]], head: Data, form_set: str = TT03) -> bytes:
    """Sổ theo dõi hồ sơ (form 07): `head` has agency, issued_at, from, to; A4 landscape."""
    return render_slip(BOOK, form_set, {**head, "rows": list(rows)})


def render_handover_sheet(data: Data) -> bytes:
    """Phiếu bàn giao: a batch of dossiers that changes hands, A4."""
    return render_slip(HANDOVER, OURS, data)


def render_receipt(data: Data) -> bytes:
    """Biên nhận thu phí của trung tâm (no tax invoice), A5. ValueError when the lines do not add up to the total."""
    paper = slip_tree(RECEIPT, OURS, data)
    added = sum(line["amount"] for line in data["lines"])
    if added != data["total"]:
        raise ValueError(f"receipt: the lines add up to {added}, the total says {data['total']}")
    return typeset.pdf(paper, instant_of(data["issued_at"], "issued_at"))
