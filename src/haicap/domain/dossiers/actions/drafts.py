"""Bản nháp: what a person writes before filing; saved page by page, found again by code and phone, gone in time."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from haicap.base.dates import today
from haicap.base.ids import uuid7
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import events, queries, rules
from haicap.domain.dossiers.actions import rows
from haicap.domain.dossiers.actions.filing import Filing, already_filed, file, files_of
from haicap.domain.dossiers.models import Component, Draft
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.states import FileOrigin
from haicap.kernel.files import actions as files
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.chain import Head
from haicap.kernel.ledger.kinds import Kind

LETTERS = "ABCDEFGHKLMNPQRTUVXY34679"  # none that are mistaken for another when written down
LENGTH = 8
KEPT = timedelta(days=30)
DRAFTS_STREAM = "dossiers.drafts:all"
MOST_FILES = 40


def _note(
    row: Draft, kind: Kind, data: Mapping[str, object], actor: str, at: datetime, **changes: Any
) -> Draft:
    head = record(
        stream=row.stream, head=Head(row.version, bytes(row.head)), kind=kind, at=at, actor=actor, data=data
    )
    values = {**changes, "version": head.version, "head": head.hash}
    Draft.objects.filter(pk=row.pk).update(**values)
    for name, value in values.items():
        setattr(row, name, value)
    return row


@action
def begin_draft(
    *,
    procedure: str,
    actor: str,
    at: datetime,
    unit: str = "",
    user: str = "",
    phone: str = "",
    language: str = "vi",
) -> Draft:
    """Bắt đầu khai: a draft with its short code. Refused `not_found`, `not_in_force`, `no_unit`, `bad_phone`."""
    on = today(at)
    place = queries.place(unit, on) if unit else None
    queries.to_file(procedure, place.province_uid if place else "", on)
    draft = Draft(
        public_id=uuid7(), code="".join(secrets.choice(LETTERS) for _ in range(LENGTH)), procedure_code=procedure[:8],
        unit_id=place.unit_id if place else None, phone=rules.phone(phone), user=user, language=rules.language(language), saved_at=at,
    )  # fmt: skip
    Draft.objects.bulk_create([draft])
    return _note(draft, events.DRAFT_BEGUN, {"procedure": draft.procedure_code}, actor, at)


@action
def save_draft(
    *,
    draft: UUID,
    actor: str,
    at: datetime,
    answers: Mapping[str, Any],
    page: str,
    unit: str | None = None,
    phone: str | None = None,
) -> Draft:
    """Lưu: the answers of a page over those before. The door has made sure that it is theirs (`queries.draft`).

    Refused `not_found`, `already_filed`, `too_long`, `bad_text`, `bad_phone`, `no_unit`.
    """
    row = _take(draft)
    merged = {**row.answers, **answers}
    rows.kept(merged)
    place = rules.one_line(page[:80], 80)
    changes: dict[str, Any] = {"answers": merged, "page": place, "saved_at": at}
    if unit is not None:
        changes["unit_id"] = queries.place(unit, today(at)).unit_id if unit else None
    if phone is not None:
        changes["phone"] = rules.phone(phone)
    return _note(row, events.DRAFT_SAVED, {"page": place}, actor, at, **changes)


def _take(public_id: UUID) -> Draft:
    row = Draft.objects.select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có bản nháp này, hoặc bản nháp đã quá 30 ngày."))
    if row.filed_as_id is not None:
        raise already_filed()
    return row


@action
def attach(*, draft: UUID, paper: str, file: UUID, actor: str, at: datetime, name: str = "") -> Component:
    """Đính kèm a stored file to a draft. Refused `no_file`, `too_many`, `no_paper`."""
    row = _take(draft)
    if Component.objects.filter(draft=row, withdrawn_at__isnull=True).count() >= MOST_FILES:
        raise Refused(
            "too_many", gettext_noop("Một hồ sơ có nhiều nhất %(most)s giấy tờ."), params={"most": MOST_FILES}
        )
    found = queries.to_file(row.procedure_code, "", today(at))
    papers = {p.code: p.name.vi for p in found.content.papers}
    title = rules.one_line(name, 300) or papers.get(paper, "")
    if not title:
        raise Refused(
            "no_paper",
            gettext_noop("Thủ tục này không có giấy tờ “%(paper)s”. Xin ghi tên giấy tờ."),
            params={"paper": paper[:40]},
        )
    made = Component(
        public_id=uuid7(), draft=row, paper=rules.one_line(paper, 80), name=title, file_id=files_of([file], actor)[file],
        origin=FileOrigin.UPLOADED.value, added_by=actor, at=at,
    )  # fmt: skip
    files.keep(files=[file], actor=actor, at=at)
    Component.objects.bulk_create([made])
    data = {"component": str(made.public_id), "paper": made.paper, "origin": made.origin}
    _note(row, events.COMPONENT_ADDED, data, actor, at, saved_at=at)
    return made


@action
def detach(*, draft: UUID, component: UUID, actor: str, at: datetime) -> None:
    """Bỏ a file from a draft. Refused `not_found`."""
    row = _take(draft)
    found = Component.objects.filter(draft=row, public_id=component, withdrawn_at__isnull=True)
    gone = list(found.exclude(file=None).values_list("file__public_id", flat=True))
    if not found.update(withdrawn_at=at, file=None):
        raise Refused("not_found", gettext_noop("Không có tệp đính kèm này."))
    _let_go(gone, actor, at)
    _note(row, events.DRAFT_SAVED, {"page": row.page}, actor, at, saved_at=at)


def _let_go(gone: Sequence[UUID], actor: str, at: datetime) -> None:
    """Files nobody handed in are not kept, unless another paper is the same file."""
    still = set(Component.objects.filter(file__public_id__in=gone).values_list("file__public_id", flat=True))
    for each in set(gone) - still:
        files.forget(file=each, actor=actor, at=at)


def _drop_papers(drafts: Sequence[int], actor: str, at: datetime) -> None:
    papers = Component.objects.filter(draft__in=drafts)
    gone = list(papers.exclude(file=None).values_list("file__public_id", flat=True))
    papers.delete()
    _let_go(gone, actor, at)


@action
def file_draft(*, draft: UUID, filing: Filing, actor: str, at: datetime) -> Taken:
    """Nộp a draft: the dossier takes its papers over. Sent twice it stays one dossier: Refused `already_filed`."""
    row = _take(draft)
    papers = Component.objects.filter(draft=row, withdrawn_at__isnull=True)
    taken = file(filing=replace(filing, components=(), carried=papers.count()), actor=actor, at=at)
    papers.update(draft=None, dossier_id=taken.id)
    _note(row, events.DRAFT_SAVED, {"page": "filed"}, actor, at, filed_as_id=taken.id, saved_at=at)
    return taken


@action
def drop_draft(*, draft: UUID, actor: str, at: datetime) -> None:
    """Bỏ bản nháp: its answers and papers go."""
    row = _take(draft)
    _note(row, events.DRAFT_DROPPED, {}, actor, at)
    _drop_papers([row.pk], actor, at)
    Draft.objects.filter(pk=row.pk).delete()


@action
def expire_drafts(*, actor: str, at: datetime, most: int = 1000) -> int:
    """Xóa drafts nobody touched for 30 days, and what filed ones still hold; how many."""
    old = list(
        Draft.objects.filter(saved_at__lt=at - KEPT).order_by("saved_at").values_list("pk", flat=True)[:most]
    )
    head = ledger.head_of(DRAFTS_STREAM)
    record(
        stream=DRAFTS_STREAM,
        head=head,
        kind=events.DRAFTS_EXPIRED,
        at=at,
        actor=actor,
        data={"drafts": len(old)},
    )
    _drop_papers(old, actor, at)
    Draft.objects.filter(pk__in=old).delete()
    return len(old)
