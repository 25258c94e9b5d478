"""Văn bản còn nợ và vướng mắc: settled, withdrawn; reported, answered, mended."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.law import events, policy
from haicap.domain.law.models import Document, Owed, Problem
from haicap.domain.law.states import OwedState, ProblemKind, ProblemState
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import check_seen, record_on

LONGEST = 4000
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
NOT_OPEN = gettext_noop("Việc này đã được giải quyết. Xin tải lại trang.")


@action
def settle_owed(*, pk: int, slug: str, seen: int, actor: str, at: datetime) -> Owed:
    """The document that was owed has been issued. Refused `not_found`, `not_yours`, `stale`, `not_open`."""
    row = policy.take_owed(pk, actor=actor, at=at)
    check_seen(row, seen)
    _open(row.state == OwedState.OPEN)
    row.fulfilled_by, row.state = _document(slug), OwedState.ISSUED
    data: dict[str, object] = {"document": row.fulfilled_by.number}
    record_on(row, events.OWED_SETTLED, at=at, actor=actor, data=data)
    return row


@action
def withdraw_owed(*, pk: int, seen: int, actor: str, at: datetime) -> Owed:
    """It is no longer called for. Refused as `settle_owed`."""
    row = policy.take_owed(pk, actor=actor, at=at)
    check_seen(row, seen)
    _open(row.state == OwedState.OPEN)
    row.state = OwedState.WITHDRAWN
    record_on(row, events.OWED_WITHDRAWN, at=at, actor=actor, data={})
    return row


@action
def reopen_owed(*, pk: int, seen: int, actor: str, at: datetime) -> Owed:
    """The way back from both. Refused `not_found`, `not_yours`, `stale`, `not_open` when it is open."""
    row = policy.take_owed(pk, actor=actor, at=at)
    check_seen(row, seen)
    _open(row.state != OwedState.OPEN)
    row.fulfilled_by, row.state = None, OwedState.OPEN
    record_on(row, events.OWED_REOPENED, at=at, actor=actor, data={})
    return row


@action
def report_problem(
    *, slug: str, path: str, kind: ProblemKind, question: str, actor: str, at: datetime
) -> Problem:
    """An office says that a rule is missing, contradictory or unclear; it goes to the ministry that answers for it.

    Refused `not_yours` (strangers), `not_found`, `no_question`, `too_long`.
    """
    on = today(at)
    posts = policy.require(actor, policy.Verb.REPORT, on)
    document = _document(slug)
    words = _words(question, "no_question", gettext_noop("Xin viết vướng mắc bằng lời."))
    row = Problem(
        document=document, path=path, kind=kind.value, question=words, raised_by=actor, raised_at=at,
        raised_for=f"{posts[0].organ_kind}@{posts[0].unit_uid}", owner=document.owner,
    )  # fmt: skip
    row.code = f"VM-{on.year}-{_next(on.year):04d}"
    data: dict[str, object] = {
        "code": row.code, "number": document.number, "path": path, "kind": row.kind, "owner": row.owner
    }  # fmt: skip
    record_on(row, events.PROBLEM_REPORTED, at=at, actor=actor, data=data)
    return row


def _next(year: int) -> int:
    """The next number of the year. One writer at a time: a lock on the last row would show the next one the same row
    again, and a year without any has no row to lock."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [f"law.problems:{year}"])
    last = Problem.objects.filter(code__startswith=f"VM-{year}-").order_by("-pk").first()
    return int(last.code.rsplit("-", 1)[1]) + 1 if last else 1


@action
def answer_problem(*, code: str, answer: str, seen: int, actor: str, at: datetime) -> Problem:
    """The ministry that answers for the rule says how it is to be read; readers of the clause see it from now on.

    An answer may be written anew. Refused `not_found`, `not_yours`, `stale`, `not_open`, `no_answer`, `too_long`.
    """
    row = policy.take_problem(code, actor=actor, verb=policy.Verb.ANSWER, at=at)
    check_seen(row, seen)
    _open(row.state in (ProblemState.OPEN, ProblemState.ANSWERED))
    row.answer = _words(answer, "no_answer", gettext_noop("Xin viết câu trả lời."))
    row.state, row.answered_at = ProblemState.ANSWERED, at
    record_on(row, events.PROBLEM_ANSWERED, at=at, actor=actor, data={"code": code})
    return row


@action
def mend_problem(*, code: str, slug: str, seen: int, actor: str, at: datetime) -> Problem:
    """An act that mends the rule closes the problem. Refused as `answer_problem`."""
    row = policy.take_problem(code, actor=actor, verb=policy.Verb.ANSWER, at=at)
    check_seen(row, seen)
    _open(row.state in (ProblemState.OPEN, ProblemState.ANSWERED))
    row.mended_by, row.state = _document(slug), ProblemState.MENDED
    row.answered_at = row.answered_at or at
    data: dict[str, object] = {"code": code, "document": row.mended_by.number}
    record_on(row, events.PROBLEM_MENDED, at=at, actor=actor, data=data)
    return row


@action
def withdraw_problem(*, code: str, seen: int, actor: str, at: datetime) -> Problem:
    """Whoever reported it takes it back while nobody has answered. Refused `not_found`, `not_yours`, `stale`, `not_open`."""
    row = policy.take_problem(code, actor=actor, verb=policy.Verb.REPORT, at=at)
    check_seen(row, seen)
    _open(row.state == ProblemState.OPEN)
    row.state = ProblemState.WITHDRAWN
    record_on(row, events.PROBLEM_WITHDRAWN, at=at, actor=actor, data={"code": code})
    return row


def _open(still: bool) -> None:
    if not still:
        raise Refused("not_open", NOT_OPEN)


def _words(text: str, code: str, missing: str) -> str:
    words = nfc(text)
    if not words:
        raise Refused(code, missing)
    if len(words) > LONGEST:
        raise Refused("too_long", gettext_noop("Xin viết không quá %(n)s ký tự."), params={"n": LONGEST})
    return words


def _document(slug: str) -> Document:
    row = Document.objects.filter(slug=slug).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có văn bản này."))
    return row
