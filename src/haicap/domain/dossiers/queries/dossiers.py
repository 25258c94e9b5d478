"""Hồ sơ: one dossier with everything that belongs to it, for whoever may see it; lists of its applicant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from haicap.domain.dossiers import policy
from haicap.domain.dossiers.models import (
    Charge,
    Component,
    Consultation,
    Dossier,
    Draft,
    Handover,
    Payment,
    Rating,
    Remark,
    Result,
    Slip,
    Supplement,
)
from haicap.domain.dossiers.policy import Taken, not_found
from haicap.domain.dossiers.rules import plain, read_code
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.queries import Recorded

DossierRow = Dossier  # the names doors know these rows by
DraftRow = Draft
ComponentRow = Component
SupplementRow = Supplement
HandoverRow = Handover
ConsultationRow = Consultation
ChargeRow = Charge
PaymentRow = Payment
SlipRow = Slip
ResultRow = Result
RemarkRow = Remark
RatingRow = Rating
DIGITS = 4  # of the phone that open a dossier's public state


def look(code: str, *, actor: str, on: date) -> Taken:
    """A dossier for an officer who may see it, with the officer's posts (for `policy.rights`). Refused `not_found`."""
    return policy.look(read_code(code) or "?", actor=actor, on=on)


def dossier(code: str, *, actor: str, on: date) -> Dossier:
    """The whole row for an officer who may see it, or for its applicant. Refused `not_found`."""
    found = Dossier.objects.filter(code=read_code(code) or "?").first()
    if found is None:
        raise not_found()
    if not (found.applicant_user and found.applicant_user == actor):
        policy.look(found.code, actor=actor, on=on)
    return found


def tracked(code: str, digits: str) -> Dossier:
    """By code and the last four digits of the phone, without an account. Refused `not_found` whatever was wrong.

    The door counts tries. What it shows holds no personal text.
    """
    found = Dossier.objects.filter(code=read_code(code) or "?").first()
    wanted = "".join(c for c in digits if c.isascii() and c.isdigit())
    if found is None or len(wanted) < DIGITS or not found.applicant_phone.endswith(wanted[-DIGITS:]):
        raise not_found()
    return found


def own(user: str) -> QuerySet[Dossier]:
    """Dossiers of an account, newest first; none for nobody."""
    return Dossier.objects.filter(applicant_user=user).exclude(applicant_user="").order_by("-id")


def by_public_id(public_id: UUID) -> Dossier | None:
    """The dossier a filing became (idempotent doors), or the one an event is about."""
    return Dossier.objects.filter(public_id=public_id).first()


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything that belongs to a dossier, oldest first."""

    row: Dossier
    components: Sequence[Component]
    supplements: Sequence[Supplement]
    handovers: Sequence[Handover]
    consultations: Sequence[Consultation]
    charges: Sequence[Charge]
    payments: Sequence[Payment]
    slips: Sequence[Slip]
    results: Sequence[Result]
    remarks: Sequence[Remark]
    rating: Rating | None
    events: Sequence[Recorded]

    @property
    def owed(self) -> int:
        """Đồng still owed."""
        return sum(c.amount for c in self.charges if c.payment_id is None and not c.waived_by)


def whole(row: Dossier) -> Whole:
    """All parts of a dossier one may see (`dossier`, `tracked`). Eleven small queries."""
    of = {"dossier_id": row.pk}
    return Whole(
        row,
        list(Component.objects.filter(**of, withdrawn_at__isnull=True).select_related("file").order_by("pk")),
        list(Supplement.objects.filter(**of).order_by("n")),
        list(Handover.objects.filter(**of).order_by("n")),
        list(Consultation.objects.filter(**of).order_by("pk")),
        list(Charge.objects.filter(**of).order_by("pk")),
        list(Payment.objects.filter(**of).order_by("pk")),
        list(Slip.objects.filter(**of).order_by("n")),
        list(Result.objects.filter(**of).order_by("n")),
        list(Remark.objects.filter(**of).order_by("seq")),
        Rating.objects.filter(**of).first(),
        ledger.history(row.stream),
    )


def slip(public_id: UUID, *, actor: str, on: date) -> Slip:
    """One slip of a dossier one may see. Refused `not_found`."""
    found = Slip.objects.filter(public_id=public_id).select_related("dossier").first()
    if found is None:
        raise not_found()
    dossier(found.dossier.code, actor=actor, on=on)
    return found


def result_by_key(key: str) -> Result:
    """A result by the key of its QR: for everybody. Refused `not_found`."""
    found = None
    if plain(key):
        found = Result.objects.filter(key=key[:64]).select_related("dossier", "file", "copy_of").first()
    if found is None:
        raise not_found()
    return found


def draft(public_id: UUID) -> Draft | None:
    """A draft by its opaque id (held in the person's session)."""
    return Draft.objects.filter(public_id=public_id).first()


def draft_by(code: str, phone: str) -> Draft:
    """A draft by its short code and the whole phone. Refused `not_found`; the door counts tries."""
    wanted = code.strip().upper()[:20]
    found = Draft.objects.filter(code=wanted, filed_as__isnull=True).first() if plain(wanted) else None
    if found is None or not found.phone or not policy.same_phone(phone, found.phone):
        raise not_found()
    return found


def drafts_of(user: str) -> QuerySet[Draft]:
    """Open drafts of an account, newest first."""
    return Draft.objects.filter(user=user, filed_as__isnull=True).exclude(user="").order_by("-saved_at")


def components_of(draft_row: Draft) -> list[Component]:
    """The papers attached to a draft so far."""
    found = Component.objects.filter(draft=draft_row, withdrawn_at__isnull=True)
    return list(found.select_related("file").order_by("pk"))


def handed_over(sheet: UUID) -> list[Handover]:
    """The dossiers of one hand-over sheet, in the order of their codes."""
    return list(Handover.objects.filter(sheet=sheet).select_related("dossier").order_by("dossier__code"))


def waiting_handovers(organs: Sequence[int]) -> QuerySet[Handover]:
    """What is on its way to these organs, oldest first."""
    found = Handover.objects.filter(to_organ_id__in=list(organs), taken_at__isnull=True)
    return found.select_related("dossier").order_by("sent_at", "pk")


def open_consultations(organs: Sequence[int]) -> QuerySet[Consultation]:
    """Questions that wait for an answer of these organs, oldest first."""
    found = Consultation.objects.filter(organ_id__in=list(organs), answered_at__isnull=True)
    return found.select_related("dossier").order_by("asked_at", "pk")


def overdue_consultations(organs: Sequence[int], on: date) -> QuerySet[Consultation]:
    """Open questions that an answer was wanted to before the day, asked of these organs, the oldest wish first."""
    return open_consultations(organs).filter(wanted_by__lt=on).order_by("wanted_by", "pk")


def late(row: Dossier | Taken, at: datetime) -> bool:
    """Whether it went, or is, beyond its due instant."""
    ended = row.finished_at or at
    return row.due_at is not None and ended > row.due_at
