"""Phí, lệ phí: what is owed, as far as it is known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from haicap.base.citation import Citation
from haicap.base.words import gettext_noop
from haicap.domain.procedures.content.conditions import ALWAYS, Condition
from haicap.domain.procedures.content.node import Node
from haicap.domain.procedures.content.reading_form import condition_at
from haicap.domain.procedures.content.words import UNCITED, Channel, Evidence, Words

HIGHEST = 1_000_000_000_000  # đồng


class FeeKind(StrEnum):
    """Cách tính."""

    FIXED = "fixed"  # `amount` a dossier
    PER_PAGE = "per_page"  # `amount` a page
    PER_COPY = "per_copy"  # `amount` a copy
    CAPPED = "capped"  # a page, from page `then_from` on `then_amount`, at most `cap` a copy
    LOCAL = "local"  # the province decides; no amount here
    FREE = "free"  # the source says there is none; a bare 0 of the portal is UNKNOWN
    UNKNOWN = "unknown"  # no source says; nothing may be asked for before it is known


@dataclass(frozen=True, slots=True)
class Fee:
    """Một khoản phí: amounts in đồng.

    channel  only for dossiers filed this way; None = all
    """

    key: str
    name: Words
    kind: FeeKind
    amount: int | None = None
    then_from: int | None = None
    then_amount: int | None = None
    cap: int | None = None
    channel: Channel | None = None
    condition: Condition = ALWAYS
    note: str = ""
    citation: Citation = UNCITED
    evidence: Evidence = Evidence.UNCONFIRMED

    def owed(self, *, pages: int = 1, copies: int = 1) -> int | None:
        """đồng owed for `copies` copies of `pages` pages each; None when it is local or not known."""
        if self.kind is FeeKind.FREE:
            return 0
        if self.amount is None:
            return None
        if self.kind is FeeKind.FIXED:
            return self.amount
        if self.kind is FeeKind.PER_COPY:
            return self.amount * copies
        return self._of_pages(pages, self.amount) * copies

    def _of_pages(self, pages: int, amount: int) -> int:
        full = pages if self.then_from is None else min(pages, self.then_from - 1)
        whole = full * amount + (pages - full) * (self.then_amount or 0)
        return whole if self.cap is None else min(whole, self.cap)


_FEE = "key name kind amount then_from then_amount cap channel condition note citation evidence".split()
_WITHOUT_AMOUNT = (FeeKind.LOCAL, FeeKind.FREE, FeeKind.UNKNOWN)
_OF_PAGES = (FeeKind.PER_PAGE, FeeKind.CAPPED)


def fee_of(node: Node) -> Fee:
    """One fee out of a document."""
    node.closed(*_FEE)
    fee = Fee(
        key=node.key(),
        name=node.words("name", required=True),
        kind=node.one_of("kind", FeeKind),
        amount=node.whole("amount", low=1, high=HIGHEST),
        then_from=node.whole("then_from", low=2, high=10_000),
        then_amount=node.whole("then_amount", low=0, high=HIGHEST),
        cap=node.whole("cap", low=1, high=HIGHEST),
        channel=node.one_of("channel", Channel) if node.has("channel") else None,
        condition=condition_at(node),
        note=node.text("note"),
        citation=node.citation("citation"),
        evidence=node.one_of("evidence", Evidence, Evidence.UNCONFIRMED),
    )
    _check(fee, node)
    return fee


def _check(fee: Fee, node: Node) -> None:
    if fee.kind in _WITHOUT_AMOUNT and fee.amount is not None:
        node.wrong(gettext_noop("Khoản free, local, unknown không ghi “amount”."), "amount")
    if fee.kind not in _WITHOUT_AMOUNT and fee.amount is None:
        node.wrong(gettext_noop("Khoản này cần “amount” (đồng)."), "amount")
    if fee.kind is FeeKind.CAPPED and fee.cap is None:
        node.wrong(gettext_noop("Khoản capped cần “cap”: mức cao nhất cho một bản."), "cap")
    if (fee.then_from is None) != (fee.then_amount is None):
        node.wrong(gettext_noop("“then_from” và “then_amount” đi cùng nhau."))
    if fee.kind not in _OF_PAGES and (fee.then_from is not None or fee.cap is not None):
        node.wrong(gettext_noop("“then_from”, “cap” chỉ dùng cho per_page và capped."))
