"""Xóa thông tin cá nhân: what is personal of an ended dossier goes when its time is over; what happened stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import events, policy, states
from haicap.domain.dossiers.actions import rows
from haicap.domain.dossiers.models import (
    Charge,
    Component,
    Consultation,
    Dossier,
    Handover,
    Rating,
    Remark,
    Result,
    Slip,
    Supplement,
)
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.states import ARCHIVES, Verb
from haicap.kernel.files import actions as files
from haicap.kernel.ledger.actions import action, record

# Kept at the office for five years in the internal procedures that were read; the schedule of an archive may say more.
KEPT = timedelta(days=5 * 366)
GONE = "(đã xóa)"
_ROW: dict[str, Any] = {
    "applicant_name": GONE, "applicant_sort": "", "applicant_number": "", "applicant_phone": "", "applicant_email": "",
    "applicant_address": "", "applicant_user": "", "proxy": "", "collected_by": "",
}  # fmt: skip


@action
def erase_personal(*, code: str, actor: str, at: datetime, seen: int) -> Taken:
    """Xóa thông tin cá nhân, by a leader who may decide on it: names, answers, texts, files and what slips said.

    Code, states, days, amounts, hashes of results and the ledger stay; a result is still proved by whoever holds it.
    Refused `not_now` (not ended), `too_early` (five years), `erased`, `retained` (a file that must be kept longer).
    """
    row = policy.take(code, actor=actor, verb=Verb.ERASE, at=at)
    states.move(row.state, Verb.ERASE, version=row.version, seen=seen)
    ended_at, erased_at = Dossier.objects.values_list("ended_at", "erased_at").get(pk=row.id)
    if erased_at is not None:
        raise Refused("erased", gettext_noop("Thông tin cá nhân của hồ sơ này đã được xóa."), ARCHIVES)
    if ended_at is None or at < ended_at + KEPT:
        raise Refused(
            "too_early", gettext_noop("Hồ sơ phải giữ năm năm kể từ khi kết thúc; chưa được xóa."), ARCHIVES
        )
    gone = _papers(row.id)
    _texts(row.id)
    for file in gone:
        files.forget(file=file, actor=actor, at=at)
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.ERASED, at=at, actor=actor, data={"files": len(gone)}
    )  # fmt: skip
    return rows.update(row, head, erased_at=at, answers="{}", **_ROW)


def _papers(dossier: int) -> list[UUID]:
    """Let go of the files of a dossier; those that no other dossier holds."""
    papers, results = Component.objects.filter(dossier_id=dossier), Result.objects.filter(dossier_id=dossier)
    held = {
        *papers.exclude(file=None).values_list("file__public_id", flat=True),
        *results.exclude(file=None).values_list("file__public_id", flat=True),
    }
    papers.update(file=None, name=GONE)
    results.update(file=None, values={})
    still = {
        *Component.objects.filter(file__public_id__in=held).values_list("file__public_id", flat=True),
        *Result.objects.filter(file__public_id__in=held).values_list("file__public_id", flat=True),
    }
    return sorted(held - still)


def _texts(dossier: int) -> None:
    of = {"dossier_id": dossier}
    Slip.objects.filter(**of).update(data={})
    Supplement.objects.filter(**of).update(items=[], answer="", contact="")
    Supplement.objects.filter(**of).exclude(reason="").update(reason=GONE)
    Consultation.objects.filter(**of).update(question=GONE)
    Consultation.objects.filter(**of).exclude(answer="").update(answer=GONE)
    Handover.objects.filter(**of).update(note="")
    Remark.objects.filter(**of).update(text=GONE)
    Rating.objects.filter(**of).update(comment="")
    Charge.objects.filter(**of).exclude(waived_for="").update(waived_for=GONE)
    Result.objects.filter(**of, revoked_at__isnull=False).update(revoked_for=GONE)
