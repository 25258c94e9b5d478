"""In ra: slips as they were frozen, hand-over sheets, receipts, the control slip and the book, as PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from haicap.base.dates import HANOI, today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import documents, policy
from haicap.domain.dossiers.models import Charge, Component, Dossier, Handover, Payment, Slip
from haicap.domain.dossiers.policy import PROVINCE_VIEW, not_found
from haicap.domain.dossiers.queries.dossiers import Whole, dossier, handed_over, whole
from haicap.domain.dossiers.queries.hops import hops_of
from haicap.domain.dossiers.queries.people import name_of
from haicap.domain.dossiers.queries.pinned import pinned
from haicap.domain.dossiers.queries.places import Office, office, parent_of, place
from haicap.domain.dossiers.queries.takings import COUNTER, number
from haicap.domain.dossiers.rules import RETURNED, STATE_WORDS
from haicap.domain.dossiers.states import OPEN, PaymentState, ResultMethod, State

LONGEST_BOOK = 5_000  # dossiers of one book; more are printed in shorter spans
WAYS = {"": "Tại quầy", "cash": "Tiền mặt", "transfer": "Chuyển khoản", "card": "Thẻ tại quầy"}


def slip_pdf(slip: Slip) -> bytes:
    """A slip as it was made, byte for byte. Refused `erased`, `not_printable`."""
    if not slip.data:
        raise Refused("erased", gettext_noop("Nội dung phiếu đã được xóa theo thời hạn lưu trữ."))
    return _printed(lambda: documents.render_slip(slip.form, slip.form_set, slip.data))


def _printed(render: Callable[[], bytes]) -> bytes:
    try:
        return render()
    except ValueError as error:
        raise Refused(
            "not_printable", gettext_noop("Chưa in được giấy này: nội dung có chỗ thiếu hoặc không in được.")
        ) from error


def sheet_pdf(sheet: UUID, *, actor: str, on: date) -> bytes:
    """The hand-over sheet of a batch, for either side. Refused `not_found`."""
    rows = handed_over(sheet)
    if not rows or not _on_either_side(rows[0], actor, on):
        raise not_found()
    first = rows[0]
    sent_on = today(first.sent_at)
    origin, goal = office(first.from_organ_id, sent_on), office(first.to_organ_id, sent_on)
    papers = _papers([row.dossier_id for row in rows])
    data = {
        **_head(origin or goal, first.sent_at),
        "number": f"BG-{str(sheet)[:8]}",
        "from": origin.name if origin else name_of(first.sent_by) or "-",
        "to": goal.name if goal else "-",
        "handed_at": first.sent_at.isoformat(),
        "giver": name_of(first.sent_by),
        "taker": name_of(first.taken_by) if first.taken_by else "",
        "rows": [_handed(row, papers) for row in rows],
    }
    return _printed(lambda: documents.render_handover_sheet(data))


def _on_either_side(row: Handover, actor: str, on: date) -> bool:
    """Whoever may see what is handed over, and the organ it goes to."""
    if any(post.organ_id == row.to_organ_id for post in policy.posts_of(actor, on)):
        return True
    try:
        policy.look(row.dossier.code, actor=actor, on=on)
    except Refused:
        return False
    return True


def _handed(row: Handover, papers: Mapping[int, tuple[int, int]]) -> dict[str, Any]:
    found = row.dossier
    originals, copies = papers.get(found.pk, (0, 0))
    counted = [f"{n} {what}" for n, what in ((originals, "bản chính"), (copies, "bản sao")) if n]
    promised = found.due_at.isoformat() if found.due_at else None
    kept = {
        "code": found.code,
        "applicant": found.applicant_name,
        "procedure": pinned(found.procedure_version_id, found.instance_id, found.procedure_code).name,
        "papers": (", ".join(counted) or "có giấy tờ") if row.papers else "bản điện tử",
        "promised_at": promised,
        "note": row.note or None,
    }
    return {key: value for key, value in kept.items() if value is not None}


def _papers(dossiers: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Originals and copies by dossier. One statement."""
    found: dict[int, tuple[int, int]] = {}
    rows = Component.objects.filter(dossier_id__in=dossiers, withdrawn_at__isnull=True)
    for pk, originals, copies in rows.values_list("dossier_id", "originals", "copies"):
        before = found.get(pk, (0, 0))
        found[pk] = (before[0] + originals, before[1] + copies)
    return found


def receipt_pdf(payment: UUID, *, actor: str, on: date) -> bytes:
    """The receipt of a payment, for whoever may see the dossier. Refused `not_found`, also for money not received."""
    paid = (
        Payment.objects.filter(public_id=payment, state=PaymentState.PAID).select_related("dossier").first()
    )
    if paid is None or paid.settled_at is None:
        raise not_found()
    row = dossier(paid.dossier.code, actor=actor, on=on)
    lines: list[dict[str, Any]] = [
        {"name": c.name, "amount": c.amount} for c in Charge.objects.filter(payment=paid).order_by("pk")
    ]
    rest = paid.amount - sum(line["amount"] for line in lines)
    if rest:
        lines.append({"name": "Thu thừa, sẽ hoàn lại", "amount": rest})
    data = {
        **_head(office(row.received_at_organ_id or row.organ_id, on), paid.settled_at),
        "number": number(paid.provider, paid.receipt, paid.reference),
        "payer": row.applicant_name,
        "code": row.code,
        "procedure": pinned(row.procedure_version_id, row.instance_id, row.procedure_code).name,
        "lines": lines,
        "total": paid.amount,
        "way": WAYS[paid.way] if paid.provider == COUNTER else f"Trực tuyến qua {paid.provider.upper()}",
        "paid_at": paid.settled_at.isoformat(),
        "collector": name_of(paid.asked_by) if paid.provider == COUNTER else "",
        **({"payer_address": row.applicant_address} if row.applicant_address else {}),
        **({"reference": paid.transaction} if paid.transaction else {}),
    }
    return _printed(lambda: documents.render_receipt(data))


def control_pdf(code: str, *, actor: str, at: datetime) -> bytes:
    """Form 06: through whose hands it went, from hand-overs, steps and decisions as the ledger has them."""
    row = dossier(code, actor=actor, on=today(at))
    return _printed(lambda: documents.render_slip("06", documents.TT03, control_data(whole(row), at)))


def control_data(found: Whole, at: datetime) -> dict[str, Any]:
    """What form 06 says at an instant."""
    row = found.row
    organ = office(row.organ_id, today(at))
    return {
        **_head(office(row.received_at_organ_id, today(at)) or organ, at),
        "code": row.code,
        "applicant": row.applicant_name,
        "procedure": pinned(row.procedure_version_id, row.instance_id, row.procedure_code).name,
        "competent": organ.name if organ else row.competent_name,
        "received_at": (row.received_at or row.filed_at).isoformat(),
        "promised_at": row.promised_at.isoformat() if row.promised_at else "",
        "agency_id": row.code.rsplit("-", 2)[0],
        "hops": [hop.written() for hop in hops_of(found)],
    }


def book_pdf(organ: int, first: date, last: date, *, actor: str, at: datetime) -> bytes:
    """Form 07: the book of a centre between two days (of filing), both included. Refused `not_found`, `too_long`."""
    rows = book(organ, first, last, actor=actor, on=today(at))
    head = {**_head(office(organ, today(at)), at), "from": first.isoformat(), "to": last.isoformat()}
    return _printed(lambda: documents.render_book(rows, head))


def book(organ: int, first: date, last: date, *, actor: str, on: date) -> list[dict[str, Any]]:
    """The lines of form 07, for people of the centre and leaders of its province. Refused `not_found`, `too_long`."""
    at_it = office(organ, on)
    if at_it is None or not _reads_book(at_it, actor, on):
        raise not_found()
    start, end = (datetime.combine(day, time(), HANOI) for day in (first, last + timedelta(days=1)))
    found = Dossier.objects.filter(received_at_organ_id=organ, filed_at__gte=start, filed_at__lt=end)
    rows = list(found.defer("answers").order_by("pk")[: LONGEST_BOOK + 1])
    if len(rows) > LONGEST_BOOK:
        raise Refused(
            "too_long",
            gettext_noop("Sổ có hơn %(most)s hồ sơ trong khoảng này. Xin chọn khoảng ngắn hơn."),
            params={"most": LONGEST_BOOK},
        )
    return [_line(row, on) for row in rows]


def _reads_book(centre: Office, actor: str, on: date) -> bool:
    """Its own people, and those who look after the province."""
    posts = policy.posts_of(actor, on)
    province = place(centre.uid, on).province_id
    return any(
        post.organ_id == centre.pk or (post.kind in PROVINCE_VIEW and post.unit_id == province)
        for post in posts
    )


def _line(row: Dossier, on: date) -> dict[str, Any]:
    organ = office(row.organ_id, on)
    ended = (
        ""
        if row.state in OPEN or row.state in (State.DONE, State.RETURNED)
        else STATE_WORDS[State(row.state)]
    )
    values = {
        "code": row.code,
        "applicant": row.applicant_name,
        "contact": "\n".join(part for part in (row.applicant_address, row.applicant_phone) if part) or None,
        "competent": organ.name if organ else row.competent_name or "-",
        "received_at": (row.received_at or row.filed_at).isoformat(),
        "promised_at": row.promised_at.isoformat() if row.promised_at else None,
        "returned_at": row.returned_at.isoformat() if row.returned_at else None,
        "return_way": RETURNED[ResultMethod(row.result_method)],
        "signed": row.collected_by or None,
        "note": ended or None,
    }
    return {key: value for key, value in values.items() if value is not None}


def _head(issuer: Office | None, at: datetime) -> dict[str, Any]:
    """The head of a paper: who makes it, for whom it works, where and when."""
    if issuer is None:
        return {"agency": "-", "issued_at": at.isoformat()}
    above = parent_of(issuer, today(at))
    short = place(issuer.uid, today(at)).short if issuer.uid != "vn" else ""
    values = {"agency": issuer.name, "parent": above, "place": short or None, "issued_at": at.isoformat()}
    return {key: value for key, value in values.items() if value is not None}
