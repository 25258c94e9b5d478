"""Trả lời: draft → approve by another hand → publish without personal data; one answer for one ticket or for many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from haicap.base.citation import Citation
from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.feedback import events, policy, queries, rules
from haicap.domain.feedback.actions import clocks
from haicap.domain.feedback.actions.filing import fresh
from haicap.domain.feedback.actions.handling import needed, remark
from haicap.domain.feedback.models import Answer, Ticket
from haicap.domain.feedback.states import MOVES, Clock, Kind, State, Verb, move
from haicap.domain.guidance import actions as guidance
from haicap.domain.law import actions as law
from haicap.domain.law import places
from haicap.domain.law import queries as documents
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import check_seen, record_on

MOST_AT_ONCE = 200
MOST_CITATIONS = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer as it is written.

    text       what the senders receive
    public     to be published: public_question and public_text without personal data; otherwise private_reason
    citations  (slug of a document, place in it)
    kept       pieces that look personal and were looked at (a hotline, an office's address)
    """

    text: str
    public: bool = True
    public_question: str = ""
    public_text: str = ""
    private_reason: str = ""
    citations: Sequence[tuple[str, str]] = ()
    audience: str = "citizen"
    kept: Sequence[str] = field(default_factory=tuple)


@action
def draft_answer(
    *, codes: Sequence[str], draft: Draft, seen: Mapping[str, int], actor: str, at: datetime
) -> Answer:
    """Soạn câu trả lời for one ticket or for many of the same organ; a draft there already is written anew.

    codes  the first leads; seen: version of each ticket on the page. Refused `stale`, `not_now`, `no_words`, `too_many`,
    `personal_data`, `no_reason`, `other_organ`, `not_found` (a document cited).
    """
    shared = _sharing(codes[0]) if codes else []
    rows = _taken([*codes, *shared], Verb.DRAFT, actor, at)
    for row in rows:
        check_seen(row, seen.get(row.code, -1 if row.code in codes else row.version))
        move(row.state, Verb.DRAFT)
    if len({row.organ_id for row in rows}) > 1:
        raise Refused(
            "other_organ",
            gettext_noop("Các phiếu phải cùng một cơ quan giữ. Xin trả lời riêng từng cơ quan."),
        )
    answer = _written(_draft_of(rows[0], actor, at), draft, [row.sender_name for row in rows], actor, at)
    for row in rows:
        row.answer = answer
        record_on(row, events.DRAFTED, at=at, actor=actor, data={"code": row.code, "answer": answer.code})
    return answer


def _sharing(code: str) -> list[str]:
    """Tickets the draft to be written anew is for too: their pages, too, are stale from now on."""
    same = Ticket.objects.filter(answer__tickets__code=code, answer__approved_at__isnull=True)
    held = Ticket.objects.filter(code=code).values("organ_id")
    found = same.filter(organ_id__in=held, state__in=list(MOVES[Verb.DRAFT].origin))
    return list(found.order_by("code").values_list("code", flat=True)[:MOST_AT_ONCE])


def _taken(codes: Sequence[str], verb: Verb, actor: str, at: datetime) -> list[Ticket]:
    """Tickets locked in the order of their codes, so that two of these never wait for each other; the leading one first."""
    wanted = list(dict.fromkeys(codes))
    if not wanted:
        raise Refused("no_ticket", gettext_noop("Xin chọn phiếu để trả lời."))
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(
            "too_many", gettext_noop("Chọn nhiều nhất %(most)s phiếu một lần."), params={"most": MOST_AT_ONCE}
        )
    rows = {code: policy.take(code, actor=actor, verb=verb, at=at) for code in sorted(wanted)}
    return [rows[code] for code in wanted]


def _draft_of(row: Ticket, actor: str, at: datetime) -> Answer:
    """The ticket's own draft, or a new one. What was approved stays as it is."""
    if row.answer is not None and row.answer.approved_at is None:
        return policy.take_answer(row.answer.code)
    return Answer(code=f"TL{today(at):%y%m%d}-{fresh(8)}", organ_id=row.organ_id)


def _written(answer: Answer, draft: Draft, names: Sequence[str], actor: str, at: datetime) -> Answer:
    answer.text = needed(draft.text, gettext_noop("Xin viết câu trả lời."))
    answer.public = draft.public
    answer.public_question = rules.paragraphs(draft.public_question, 2_000)
    answer.public_text = rules.paragraphs(draft.public_text or (draft.text if draft.public else ""))
    answer.private_reason = rules.words(draft.private_reason, 500)
    if draft.public:
        for text in (answer.public_question, answer.public_text):
            rules.check_public(text, names, kept=draft.kept)
    elif not answer.private_reason:
        raise Refused("no_reason", gettext_noop("Xin viết lý do không công khai câu trả lời."))
    answer.citations, answer.kept = _cited(draft.citations), [nfc(k) for k in draft.kept]
    answer.audience = (
        draft.audience if draft.audience in ("citizen", "commune", "province", "ministry") else "citizen"
    )
    answer.drafted_by, answer.drafted_at = actor, at
    answer.save()
    return answer


def _cited(citations: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """Citations that resolve. Refused `not_found`, `too_many`."""
    if len(citations) > MOST_CITATIONS:
        raise Refused(
            "too_many", gettext_noop("Chọn nhiều nhất %(most)s căn cứ."), params={"most": MOST_CITATIONS}
        )
    return [
        {"document": slug, "path": path, "citation": queries.printed(documents.document(slug), path)}
        for slug, path in citations
    ]


def _with_answer(answer: Answer, organ: int, verb: Verb, actor: str, at: datetime) -> list[Ticket]:
    codes = (
        Ticket.objects.filter(answer=answer, organ_id=organ).order_by("code").values_list("code", flat=True)
    )
    return [policy.take(code, actor=actor, verb=verb, at=at) for code in codes]


def _answer_of(code: str, seen: int, verb: Verb, actor: str, at: datetime) -> tuple[Answer, list[Ticket]]:
    """The answer a ticket shows and every ticket it is for, locked. Refused `stale`, `no_answer`."""
    lead = policy.take(code, actor=actor, verb=verb, at=at)
    check_seen(lead, seen)
    if lead.answer is None:
        raise Refused("no_answer", gettext_noop("Phiếu chưa có câu trả lời. Xin soạn trước."))
    answer = policy.take_answer(lead.answer.code)
    return answer, [
        row for row in _with_answer(answer, lead.organ_id, verb, actor, at) if row.state == lead.state
    ]


@action
def submit_answer(*, code: str, seen: int, actor: str, at: datetime) -> Answer:
    """Trình duyệt, for every ticket it answers."""
    answer, rows = _answer_of(code, seen, Verb.SUBMIT, actor, at)
    for row in rows:
        row.state = move(row.state, Verb.SUBMIT)
        record_on(row, events.SUBMITTED, at=at, actor=actor, data={"code": row.code, "answer": answer.code})
    return answer


@action
def send_back(*, code: str, reason: str, seen: int, actor: str, at: datetime) -> Answer:
    """Trả lại để sửa, with what is to be mended."""
    said = needed(reason, gettext_noop("Xin viết cần sửa gì."))
    answer, rows = _answer_of(code, seen, Verb.SEND_BACK, actor, at)
    for row in rows:
        row.state = move(row.state, Verb.SEND_BACK)
        record_on(row, events.SENT_BACK, at=at, actor=actor, data={"code": row.code, "answer": answer.code})
        remark(row, said, inside=True, actor=actor, at=at)
    return answer


@action
def approve_answer(*, code: str, seen: int, actor: str, at: datetime) -> Answer:
    """Duyệt: a leader other than the drafter; the senders receive it now, publication follows within two working days.

    Refused `same_person`.
    """
    answer, rows = _answer_of(code, seen, Verb.APPROVE, actor, at)
    if answer.drafted_by == actor:
        raise Refused(
            "same_person", gettext_noop("Người soạn không tự duyệt. Xin chuyển lãnh đạo khác duyệt.")
        )
    answer.approved_by, answer.approved_at = actor, at
    answer.save(update_fields=["approved_by", "approved_at"])
    for row in rows:
        row.state = move(row.state, Verb.APPROVE)
        answered(row, at, actor)
        if answer.public:
            clocks.await_publication(row, actor=actor, at=at)
        else:
            row.state, row.ended_at, row.due_at = State.ANSWERED, at, None
        data: dict[str, object] = {
            "code": row.code, "answer": answer.code, "late": row.late, "public": answer.public
        }  # fmt: skip
        record_on(row, events.APPROVED, at=at, actor=actor, data=data)
    return answer


def answered(row: Ticket, at: datetime, actor: str) -> None:
    """The sender has an answer: the clocks of the hop stop."""
    late = clocks.stop(row, Clock.TRIAGE, Clock.ASK, Clock.ANSWER, actor=actor, at=at)
    row.answered_at, row.late = at, row.late or late


def _at_its_clause(row: Ticket, answer: Answer, actor: str, at: datetime) -> None:
    if row.kind == Kind.LOCALITY and row.problem_code:
        found = documents.problem(row.problem_code)
        law.answer_problem(
            code=row.problem_code,
            answer=answer.public_text,
            seen=found.version,
            actor=actor,
            at=at,
        )


@action
def publish_answer(*, code: str, seen: int, actor: str, at: datetime) -> Answer:
    """Công khai: checked once more for personal data; becomes a piece of guidance that the next one who asks finds.

    A question of a locality is answered at its clause in the law room now, where everybody reads it: never one kept private.
    """
    answer, rows = _answer_of(code, seen, Verb.PUBLISH, actor, at)
    if answer.published_at is None:
        _made_public(answer, rows, actor, at)
    for row in rows:
        row.state = move(row.state, Verb.PUBLISH)
        late = clocks.stop(row, Clock.PUBLISH, actor=actor, at=at)
        row.ended_at, row.due_at = at, None
        _at_its_clause(row, answer, actor, at)
        data: dict[str, object] = {
            "code": row.code, "answer": answer.code, "late": late, "piece": answer.piece
        }  # fmt: skip
        record_on(row, events.PUBLISHED, at=at, actor=actor, data=data)
    return answer


def _made_public(answer: Answer, rows: Sequence[Ticket], actor: str, at: datetime) -> None:
    question, names = answer.public_question or rows[0].subject, [row.sender_name for row in rows]
    for text in (question, answer.public_text):
        rules.check_public(text, names, kept=answer.kept)
    answer.public_question, answer.published_at = question, at
    answer.piece = guidance.publish_answer(
        question=question, text=answer.public_text, audiences=[answer.audience], source=answer.code, since=today(at),
        citations=[cited(c) for c in answer.citations], actor=actor, at=at, kept=answer.kept,
    )  # fmt: skip
    answer.save(update_fields=["public_question", "published_at", "piece"])


def cited(citation: Mapping[str, str]) -> Citation:
    """A citation of an answer as a plain value."""
    return Citation(documents.document(citation["document"]).number, places.written(citation["path"]))


@action
def keep_private(*, code: str, reason: str, seen: int, actor: str, at: datetime) -> Answer:
    """Không công khai, by a leader, with the reason."""
    said = rules.words(needed(reason, gettext_noop("Xin viết lý do không công khai câu trả lời.")), 500)
    answer, rows = _answer_of(code, seen, Verb.KEEP_PRIVATE, actor, at)
    answer.public, answer.private_reason = False, said
    answer.save(update_fields=["public", "private_reason"])
    for row in rows:
        row.state = move(row.state, Verb.KEEP_PRIVATE)
        clocks.stop(row, Clock.PUBLISH, actor=actor, at=at)
        row.ended_at, row.due_at = at, None
        record_on(
            row, events.KEPT_PRIVATE, at=at, actor=actor, data={"code": row.code, "answer": answer.code}
        )
    return answer
