"""Tiền của hồ sơ, for the office: attempts under way and failed, what was taken, what is to be given back; scoped."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from haicap.domain.dossiers import policy
from haicap.domain.dossiers.models import Charge, Payment
from haicap.domain.dossiers.policy import Scope, not_found
from haicap.domain.dossiers.states import PaymentState


class Matter(StrEnum):
    """Which payments a list shows."""

    REFUND = "refund"  # to be given back
    DOUBTED = "doubted"  # money was taken, the gateway examines it
    WAITING = "waiting"  # begun, nobody has told of it
    LOST = "lost"  # failed, expired
    PAID = "paid"
    REFUNDED = "refunded"


COUNTER, OWN = "counter", "BN-"  # who takes money at the centre; how the numbers of its own receipts begin
# Until somebody does something about them these are shown whatever their day, the oldest first.
OPEN = (Matter.REFUND, Matter.DOUBTED, Matter.WAITING)
_ROWS: Mapping[Matter, Q] = {
    Matter.REFUND: Q(refund=True, refunded_at__isnull=True),
    Matter.DOUBTED: Q(state="asked") & ~Q(transaction=""),
    Matter.WAITING: Q(state="asked", transaction=""),
    Matter.LOST: Q(state__in=("failed", "expired")),
    Matter.PAID: Q(state="paid"),
    Matter.REFUNDED: Q(refunded_at__isnull=False),
}
_WHEN: Mapping[Matter, str] = {
    Matter.LOST: "asked_at", Matter.PAID: "settled_at", Matter.REFUNDED: "refunded_at",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of payments is narrowed to; empty narrows nothing. since, until: of matters that are over.

    text  a code, the number of a receipt, a reference or transaction, or part of the payer's name
    way   cash, transfer, card, or the key of a gateway
    """

    matter: Matter = Matter.REFUND
    since: datetime | None = None
    until: datetime | None = None
    way: str = ""
    collector: str = ""
    text: str = ""


def number(provider: str, receipt: str, reference: str) -> str:
    """What the paper of a payment is known by: its receipt, else the end of the counter's reference, else the gateway's."""
    if receipt or provider != COUNTER:
        return receipt or reference
    return f"{OWN}{reference.rpartition('-')[2].upper()}"


@dataclass(frozen=True, slots=True)
class Line:
    """A payment as the office sees it. `beyond`: đồng beyond the charges it paid; `version` of its dossier."""

    pk: int
    public_id: UUID
    code: str
    applicant: str
    phone: str
    dossier_state: int
    version: int
    reference: str
    amount: int
    beyond: int
    provider: str
    way: str
    state: str
    asked_at: datetime
    asked_by: str
    settled_at: datetime | None
    transaction: str
    receipt: str
    refund: bool
    refunded_at: datetime | None
    refunded_by: str
    refunded_way: str
    refund_paper: str

    @property
    def number(self) -> str:
        """What its paper is known by."""
        return number(self.provider, self.receipt, self.reference)

    @property
    def doubted(self) -> bool:
        """Asked still, though the gateway has told of a transaction."""
        return self.state == PaymentState.ASKED and bool(self.transaction)

    @property
    def to_refund(self) -> bool:
        """Whether somebody still has to give it back."""
        return self.refund and self.refunded_at is None


@dataclass(frozen=True, slots=True)
class Sums:
    """How many payments of a list, and how much, by way; `way` is a gateway's key when it was not the counter."""

    way: str
    count: int
    amount: int


_FIELDS = (
    "pk", "public_id", "dossier__code", "dossier__applicant_name", "dossier__applicant_phone", "dossier__state",
    "dossier__version", "reference", "amount", "beyond", "provider", "way", "state", "asked_at", "asked_by", "settled_at",
    "transaction", "receipt", "refund", "refunded_at", "refunded_by", "refunded_way", "refund_paper",
)  # fmt: skip


def _within(scope: Scope) -> Q:
    """Payments of the dossiers of a scope; none without personal text: who paid is personal."""
    found = Q(pk__in=[])
    for arm in scope.arms if scope.personal else ():
        found |= Q(**{f"dossier__{column}": key for column, key in arm})
    return found


def _asked(scope: Scope, wanted: Wanted) -> QuerySet[Payment]:
    found = Payment.objects.filter(_within(scope), _ROWS[wanted.matter])
    when = _WHEN.get(wanted.matter)
    if when and wanted.since:
        found = found.filter(**{f"{when}__gte": wanted.since})
    if when and wanted.until:
        found = found.filter(**{f"{when}__lt": wanted.until})
    if wanted.way:
        found = found.filter(Q(way=wanted.way) | Q(way="", provider=wanted.way))
    if wanted.collector:
        found = found.filter(asked_by=wanted.collector, provider=COUNTER)
    return found.filter(_named(wanted.text)) if wanted.text else found


def _named(text: str) -> Q:
    if text.upper().startswith(OWN) and len(text) == len(OWN) + 12:
        return Q(receipt=text) | Q(provider=COUNTER, reference__endswith=f"-{text[len(OWN) :].lower()}")
    return (
        Q(dossier__code=text.upper())
        | Q(receipt=text)
        | Q(reference=text)
        | Q(transaction=text)
        | Q(dossier__applicant_name__icontains=text)
    )


def _lines(rows: QuerySet[Payment]) -> list[Line]:
    covered = (
        Charge.objects.filter(payment=OuterRef("pk")).order_by().values("payment").annotate(s=Sum("amount"))
    )
    told = rows.annotate(beyond=F("amount") - Coalesce(Subquery(covered.values("s")), 0))
    return [Line(*values) for values in told.values_list(*_FIELDS)]


def payments(
    scope: Scope, wanted: Wanted, *, after: int = 0, size: int = 50
) -> tuple[Sequence[Line], int | None]:
    """A page of payments and the key the next one begins after: open matters oldest first, others newest first."""
    found = _asked(scope, wanted)
    if wanted.matter in OPEN:
        found = found.filter(pk__gt=after).order_by("pk")
    else:
        found = (found.filter(pk__lt=after) if after else found).order_by("-pk")
    lines = _lines(found[: size + 1])
    return lines[:size], lines[size - 1].pk if len(lines) > size else None


def sums(scope: Scope, wanted: Wanted) -> list[Sums]:
    """What a list adds up to by way; of what is to be given back, only what was beyond the charges."""
    if wanted.matter in (Matter.REFUND, Matter.REFUNDED):
        return _beyond(scope, wanted)
    rows = (
        _asked(scope, wanted)
        .order_by()
        .values_list("way", "provider")
        .annotate(n=Count("pk"), sum=Sum("amount"))
    )
    return _merged((way or provider, n, amount) for way, provider, n, amount in rows)


def _beyond(scope: Scope, wanted: Wanted) -> list[Sums]:
    return _merged((line.way or line.provider, 1, line.beyond) for line in _lines(_asked(scope, wanted)))


def _merged(rows: Any) -> list[Sums]:
    found: dict[str, tuple[int, int]] = {}
    for way, count, amount in rows:
        before = found.get(way, (0, 0))
        found[way] = (before[0] + count, before[1] + int(amount))
    return [Sums(way, *found[way]) for way in sorted(found)]


def waiting(scope: Scope) -> Mapping[Matter, int]:
    """How many payments somebody should look after, by matter. One statement over small indexes."""
    rows = Payment.objects.filter(_within(scope))
    counts = {m.value: Count("pk", filter=_ROWS[m]) for m in OPEN}
    found = rows.filter(_ROWS[Matter.REFUND] | Q(state="asked")).aggregate(**counts)
    return {m: int(found[m.value]) for m in OPEN}


def refunds_due(scope: Scope) -> int:
    """How many payments are to be given back. One statement over the index of these."""
    return Payment.objects.filter(_within(scope), _ROWS[Matter.REFUND]).count()


def of_dossier(dossier_id: int) -> list[Line]:
    """Every payment of a dossier, newest first; who may see it is for the caller."""
    return _lines(Payment.objects.filter(dossier_id=dossier_id).order_by("-pk"))


def payment(public_id: UUID, *, actor: str, on: date) -> Line:
    """One payment, for whoever may see its dossier whole. Refused `not_found`."""
    found = _lines(Payment.objects.filter(public_id=public_id))
    if not found:
        raise not_found()
    policy.look(found[0].code, actor=actor, on=on)
    return found[0]


def collectors(scope: Scope, wanted: Wanted) -> Collection[str]:
    """Who took money at the counter within a list."""
    rows = _asked(scope, wanted).filter(provider=COUNTER).order_by()
    return set(rows.values_list("asked_by", flat=True).distinct()[:200])
