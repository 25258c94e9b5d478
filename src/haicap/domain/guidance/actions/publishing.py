"""Công bố, rút, rà soát: from which day a version counts, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from psycopg.types.range import DateRange

from haicap.base.citation import Citation
from haicap.base.dates import show_date, today
from haicap.base.personal import found
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.guidance import events, policy
from haicap.domain.guidance.actions.writing import check_since, cite, code_for, judge, words_of
from haicap.domain.guidance.models import GuidanceHead, Piece, PieceVersion
from haicap.domain.guidance.queries.editing import Draft
from haicap.domain.guidance.states import Audience, PieceKind, VersionState, VersionVerb, move
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import changed, check_seen, lock_head, record_on


@action
def publish(
    *, code: str, number: int, since: date, until: date | None = None, seen: int, actor: str, at: datetime
) -> PieceVersion:
    """Publish a submitted version: it counts on [since, until); the version before ends where it begins.

    Refused `not_yours`, `not_found`, `same_person`, `stale`, `bad_state`, `bad_date`, `dates_order`;
    `later_version`: another version begins on that day or later, withdraw it first or choose a later day.
    """
    piece, row = policy.take_version(code, number, VersionVerb.PUBLISH, actor=actor, at=at)
    check_seen(piece, seen)
    row.state = move(row.state, VersionVerb.PUBLISH)
    check_since(since)
    if until is not None and until <= since:
        raise Refused("dates_order", gettext_noop("Ngày kết thúc phải sau ngày bắt đầu."))
    _make_room(piece, since, today(at))
    row.valid, row.approved_by, row.published_at = DateRange(since, until, "[)"), actor, at
    row.reviewed_on, row.why = today(at), ""
    row.save()
    _published(piece, row, since, actor, at)
    return row


def _make_room(piece: Piece, since: date, on: date) -> None:
    """The version that counts on `since` ends there; one that never counted before today may be replaced whole."""
    for old in piece.versions.filter(state=VersionState.PUBLISHED).order_by("number"):
        begins, ends = old.valid.lower, old.valid.upper
        if ends is not None and ends <= since:
            continue
        if begins > since or (begins == since and begins < on):
            raise Refused(
                "later_version",
                gettext_noop("Đã có bản áp dụng từ %(day)s. Xin chọn ngày sau đó, hoặc rút bản ấy trước."),
                params={"day": show_date(begins)},
            )
        old.state, old.valid = move(old.state, VersionVerb.REPLACE), DateRange(begins, since, "[)")
        old.save(update_fields=["state", "valid"])


def _published(piece: Piece, row: PieceVersion, since: date, actor: str, at: datetime) -> None:
    head = lock_head(GuidanceHead)
    data: dict[str, object] = {
        "code": piece.code, "number": row.number, "since": since.isoformat(), "source": piece.source,
        "drafted_by": row.drafted_by,
    }  # fmt: skip
    record_on(piece, events.PUBLISHED, at=at, actor=actor, data=data, fields=())
    changed(head)


@action
def withdraw(
    *, code: str, number: int, until: date, why: str, seen: int, actor: str, at: datetime
) -> PieceVersion:
    """Take a published version back: `until` is the first day it no longer counts. One that has not begun never counts,
    and the version before goes on.

    Refused `not_yours`, `not_found`, `stale`, `bad_state`, `no_reason`; `dates_order` for a day already past, or after its end.
    """
    piece, row = policy.take_version(code, number, VersionVerb.WITHDRAW, actor=actor, at=at)
    check_seen(piece, seen)
    row.state = move(row.state, VersionVerb.WITHDRAW)
    if not nfc(why):
        raise Refused("no_reason", gettext_noop("Xin ghi lý do rút bài."))
    begins, ends = row.valid.lower, row.valid.upper
    if until < today(at) or (ends is not None and until > ends):
        raise Refused(
            "dates_order", gettext_noop("Ngày thôi áp dụng phải từ hôm nay và trong thời gian của bản này.")
        )
    row.valid, row.why = DateRange(begins, max(begins, until), "[)"), nfc(why)[:1000]
    row.save(update_fields=["state", "valid", "why"])
    if begins >= until:
        _reopen(piece, begins)
    head = lock_head(GuidanceHead)
    data: dict[str, object] = {"code": code, "number": number, "until": until.isoformat()}
    record_on(piece, events.WITHDRAWN, at=at, actor=actor, data=data, fields=())
    changed(head)
    return row


def _reopen(piece: Piece, day: date) -> None:
    """The version that was to end where the withdrawn one would have begun goes on."""
    for old in piece.versions.filter(state=VersionState.REPLACED):
        if old.valid.upper == day and not old.valid.isempty:
            old.state, old.valid = VersionState.PUBLISHED, DateRange(old.valid.lower, None, "[)")
            old.save(update_fields=["state", "valid"])


@action
def confirm_review(
    *, code: str, number: int, review_by: date | None, seen: int, actor: str, at: datetime
) -> PieceVersion:
    """Somebody looked at the provisions again and the text still holds: earlier reasons for a review are gone.

    review_by  the next day by which somebody looks; None: only when what it cites changes
    Refused `not_yours`, `not_found`, `stale`, `bad_state`, `dates_order` for a day not after today.
    """
    piece, row = policy.take_version(code, number, VersionVerb.CONFIRM, actor=actor, at=at)
    check_seen(piece, seen)
    row.state = move(row.state, VersionVerb.CONFIRM)
    if review_by is not None and review_by <= today(at):
        raise Refused("dates_order", gettext_noop("Ngày rà soát lại phải sau hôm nay."))
    row.reviewed_on, row.review_by = today(at), review_by
    row.save(update_fields=["reviewed_on", "review_by"])
    head = lock_head(GuidanceHead)
    day = review_by.isoformat() if review_by else ""
    data: dict[str, object] = {"code": code, "number": number, "review_by": day}
    record_on(piece, events.CONFIRMED, at=at, actor=actor, data=data, fields=())
    changed(head)
    return row


@action
def publish_answer(
    *,
    question: str,
    text: str,
    citations: Sequence[Citation],
    audiences: Sequence[str],
    source: str,
    since: date,
    actor: str,
    at: datetime,
    kept: Sequence[str] = (),
) -> str:
    """An answer approved elsewhere becomes guidance, in the transaction of the caller, who has judged the right to it.

    source  code of the ticket, "" for none; a second answer of the same ticket is the next version of its piece
    kept    what looks personal and was looked at: a hotline, the address of an office
    The code of the piece. Refused `personal_text` (a telephone, a number, an address …), `later_version`, and as `judge`.
    """
    draft = Draft(nfc(question), text, tuple(Audience(a) for a in audiences), citations=tuple(citations))
    judge(draft)
    check_since(since)
    personal = [p for p in found(f"{draft.title}\n{text}") if p.text not in kept]
    if personal:
        raise Refused(
            "personal_text",
            gettext_noop("Câu trả lời công khai còn dữ liệu cá nhân (“%(what)s”). Xin bỏ trước khi công bố."),
            params={"what": personal[0].text[:40]},
        )
    return _answered(draft, nfc(source), since, actor, at)


def _answered(draft: Draft, source: str, since: date, actor: str, at: datetime) -> str:
    """The piece of a ticket, made or with its next version; its code."""
    lock_head(GuidanceHead)  # two that begin at once find different codes
    same = Piece.objects.select_for_update().filter(source=source, kind=PieceKind.ANSWER)
    piece = same.first() if source else None
    if piece is None:
        piece = Piece.objects.create(code=code_for(draft.title), kind=PieceKind.ANSWER, source=source)
    last = piece.versions.order_by("-number").first()
    _make_room(piece, since, today(at))
    row = PieceVersion.objects.create(
        piece=piece, number=last.number + 1 if last else 1, state=VersionState.PUBLISHED, valid=DateRange(since, None, "[)"),
        drafted_by=f"ticket:{source}", drafted_at=at, approved_by=actor, published_at=at, reviewed_on=today(at), **words_of(draft)
    )  # fmt: skip
    cite([(row, draft.citations)])
    _published(piece, row, since, actor, at)
    return piece.code
