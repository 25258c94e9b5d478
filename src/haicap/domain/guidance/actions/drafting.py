"""Soạn bài: a draft is written, edited, submitted; sent back with its reason, or dropped."""

from __future__ import annotations

from datetime import datetime

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.guidance import events, policy
from haicap.domain.guidance.actions.writing import CODE, RESERVED, cite, code_for, judge, words_of
from haicap.domain.guidance.models import GuidanceHead, Piece, PieceVersion
from haicap.domain.guidance.queries.editing import Draft
from haicap.domain.guidance.states import PARTS, PieceKind, VersionState, VersionVerb, move
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import check_seen, lock_head, record_on
from haicap.kernel.ledger.kinds import Kind


@action
def draft_piece(
    *,
    kind: str,
    draft: Draft,
    code: str = "",
    part: int = 0,
    place: int = 0,
    topic: str = "",
    source: str = "",
    actor: str,
    at: datetime,
) -> PieceVersion:
    """Begin a piece with its first draft.

    code  of its page; empty: made of the title. part, place  where a chapter stands in the handbook
    Refused `not_yours`, `bad_code`, `code_taken`, `bad_part`, and as `judge` for the words.
    """
    policy.require(actor, policy.Verb.WRITE, today(at))
    judge(draft)
    kind = PieceKind(kind)
    if part and (part not in PARTS or kind is not PieceKind.ARTICLE):
        raise Refused("bad_part", gettext_noop("Chỉ chương cẩm nang mới thuộc một trong sáu phần."))
    lock_head(GuidanceHead)  # two that begin at once find different codes
    code = code or code_for(draft.title)
    if not CODE.fullmatch(code) or len(code) > 80 or code in RESERVED:
        raise Refused("bad_code", gettext_noop("Mã bài gồm chữ thường không dấu, chữ số và gạch nối."))
    if Piece.objects.filter(code=code).exists():
        raise Refused("code_taken", gettext_noop("Đã có bài mang mã này. Xin chọn mã khác."))
    piece = Piece.objects.create(
        code=code, kind=kind, part=part, place=place, topic=nfc(topic), source=nfc(source)
    )
    return _drafted(piece, 1, draft, actor, at)


@action
def draft_version(*, code: str, draft: Draft, seen: int, actor: str, at: datetime) -> PieceVersion:
    """Begin the next version of a piece; what counts goes on counting until it is published.

    Refused `not_yours`, `not_found`, `stale`, `draft_there` (somebody works on one), and as `judge`.
    """
    judge(draft)
    piece = policy.take_piece(code, actor=actor, at=at)
    check_seen(piece, seen)
    if piece.versions.filter(state__in=[VersionState.DRAFT, VersionState.SUBMITTED]).exists():
        raise Refused("draft_there", gettext_noop("Bài này đang có bản nháp. Xin làm tiếp trên bản đó."))
    last = piece.versions.order_by("-number").first()
    return _drafted(piece, last.number + 1 if last else 1, draft, actor, at)


def _drafted(piece: Piece, number: int, draft: Draft, actor: str, at: datetime) -> PieceVersion:
    row = PieceVersion.objects.create(
        piece=piece, number=number, drafted_by=actor, drafted_at=at, **words_of(draft)
    )
    cite([(row, draft.citations)])
    _record(piece, row, events.DRAFTED, actor, at)
    return row


def _record(piece: Piece, row: PieceVersion, kind: Kind, actor: str, at: datetime) -> None:
    data: dict[str, object] = {"code": piece.code, "number": row.number}
    record_on(piece, kind, at=at, actor=actor, data=data, fields=())


@action
def edit_draft(*, code: str, number: int, draft: Draft, seen: int, actor: str, at: datetime) -> PieceVersion:
    """Write a draft anew. Who edits it last has drafted it.

    Refused `not_yours`, `not_found`, `stale`, `bad_state` (no draft any more), `nothing_new`, and as `judge`.
    """
    judge(draft)
    piece, row = policy.take_version(code, number, VersionVerb.EDIT, actor=actor, at=at)
    check_seen(piece, seen)
    row.state = move(row.state, VersionVerb.EDIT)
    words = words_of(draft)
    fields = sorted(name for name, value in words.items() if name != "folded" and getattr(row, name) != value)
    cited = [(c.act, c.clause) for c in row.citations.order_by("position")]
    if cited != [(nfc(c.act), nfc(c.clause)) for c in dict.fromkeys(draft.citations)]:
        fields.append("citations")
        row.citations.all().delete()
        cite([(row, draft.citations)])
    if not fields:
        raise Refused("nothing_new", gettext_noop("Không có gì thay đổi."))
    for name, value in words.items():
        setattr(row, name, value)
    row.drafted_by, row.drafted_at = actor, at
    row.save()
    data: dict[str, object] = {"code": code, "number": number, "fields": fields}
    record_on(piece, events.EDITED, at=at, actor=actor, data=data, fields=())
    return row


@action
def submit_draft(*, code: str, number: int, seen: int, actor: str, at: datetime) -> PieceVersion:
    """Hand a draft to whoever approves. Refused `not_yours`, `not_found`, `stale`, `bad_state`."""
    piece, row = policy.take_version(code, number, VersionVerb.SUBMIT, actor=actor, at=at)
    check_seen(piece, seen)
    row.state, row.why = move(row.state, VersionVerb.SUBMIT), ""
    row.save(update_fields=["state", "why"])
    _record(piece, row, events.SUBMITTED, actor, at)
    return row


@action
def return_draft(*, code: str, number: int, why: str, seen: int, actor: str, at: datetime) -> PieceVersion:
    """Send a version back to be mended. Refused `not_yours`, `not_found`, `stale`, `bad_state`, `no_reason`."""
    piece, row = policy.take_version(code, number, VersionVerb.RETURN, actor=actor, at=at)
    check_seen(piece, seen)
    if not nfc(why):
        raise Refused("no_reason", gettext_noop("Xin ghi điều cần sửa."))
    row.state, row.why = move(row.state, VersionVerb.RETURN), nfc(why)[:1000]
    row.save(update_fields=["state", "why"])
    _record(piece, row, events.RETURNED, actor, at)
    return row


@action
def drop_draft(*, code: str, number: int, seen: int, actor: str, at: datetime) -> PieceVersion:
    """Nobody wants this draft any more; its words stay readable. Refused as `submit_draft`."""
    piece, row = policy.take_version(code, number, VersionVerb.DROP, actor=actor, at=at)
    check_seen(piece, seen)
    row.state = move(row.state, VersionVerb.DROP)
    row.save(update_fields=["state"])
    _record(piece, row, events.DROPPED, actor, at)
    return row
