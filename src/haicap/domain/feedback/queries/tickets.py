"""Phiếu: lists by deadline, one ticket with its story, what the sender may see, near duplicates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, Count, IntegerField, Q, QuerySet
from django.db.models.expressions import RawSQL

from haicap.domain.feedback import policy
from haicap.domain.feedback.likeness import alike, signature
from haicap.domain.feedback.models import Answer, Attachment, Remark, Ticket, Words
from haicap.domain.feedback.policy import Scope
from haicap.domain.feedback.states import OPEN
from haicap.domain.law import places
from haicap.domain.law.queries import Doc

TicketRow = Ticket  # the names doors know these rows by
AnswerRow = Answer
RemarkRow = Remark
PAGE = 50
_WORDS = re.compile(r"\w+")
_CODE = re.compile(r"PA\d{0,10}(-[0-9A-Z]{0,8})?")
MOST_LIKE = 10
CANDIDATES = 100  # by shared hashes, looked at word by word
LIKELY = 0.25  # from here two tickets are shown beside each other
# What leaders were told of, in words the planner reads: of values it could not tell that a partial index holds them.
_STATES = ", ".join(f"'{state}'" for state in sorted(OPEN))
_TOLD = RawSQL(  # noqa: S611  no word of anybody in it
    f"feedback_ticket.state IN ({_STATES}) AND feedback_ticket.escalation > 0", (), BooleanField()
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Câu hỏi lọc: empty = not asked about. `stage`: a state, "open", "late", "soon", "mine" (with actor), "nobody",
    "escalated", "all". `assignee`: an officer, "-" nobody."""

    stage: str = "open"
    kind: str = ""
    channel: str = ""
    text: str = ""
    organ: int | None = None
    actor: str = ""
    assignee: str = ""
    after: tuple[datetime | None, int] | None = None  # (due_at, id) of the last row seen


@dataclass(frozen=True, slots=True)
class Page:
    """A page of tickets in order of what is due; `after` of the next page, None at the end."""

    items: Sequence[Ticket]
    after: tuple[datetime | None, int] | None


def _wanted(part: Q, asked: Asked, at: datetime) -> QuerySet[Ticket]:
    rows = Ticket.objects.filter(part)
    stages: dict[str, Q] = {
        "open": Q(state__in=list(OPEN)),
        "late": Q(state__in=list(OPEN), due_at__lt=at),
        "soon": Q(state__in=list(OPEN), due_at__gte=at, due_at__lt=at + timedelta(days=2)),
        "mine": Q(state__in=list(OPEN), assignee=asked.actor),
        "nobody": Q(state__in=list(OPEN), assignee=""),
        "escalated": Q(_TOLD),
        "all": Q(),
    }
    rows = rows.filter(stages.get(asked.stage, Q(state=asked.stage)))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.channel:
        rows = rows.filter(channel=asked.channel)
    if asked.organ is not None:
        rows = rows.filter(organ_id=asked.organ)
    if asked.assignee:
        rows = rows.filter(assignee="" if asked.assignee == "-" else asked.assignee)
    if asked.text:
        rows = rows.annotate(words=Words("subject", "sender_name")).filter(_said(asked.text))
    return rows


def _said(text: str) -> Q:
    """A code or its beginning, a telephone number, words of the subject or of the sender's name, the last begun."""
    digits = "".join(c for c in text if c.isdigit())
    begun = " & ".join(_WORDS.findall(text.lower())[:10])
    found = Q(pk__in=[])
    if begun:
        found = Q(words=SearchQuery(f"{begun}:*", config="simple", search_type="raw"))
    if _CODE.fullmatch(text.strip().upper()):
        found |= Q(code__startswith=text.strip().upper())
    return found | Q(sender_phone=digits) if len(digits) >= 9 else found


def page(scope: Scope, asked: Asked, at: datetime, size: int = PAGE) -> Page:
    """Tickets by what is due first; without a due instant last. Two statements: which, and what there is of them."""
    parts = [_ordered(_wanted(part, asked, at), asked)[: size + 1] for part in scope.parts or (scope.rows,)]
    keys = (
        parts[0].union(*parts[1:], all=True).order_by("due_at", "pk")[: size + 1] if parts[1:] else parts[0]
    )
    found = [pk for _, pk in keys]
    rows = Ticket.objects.select_related("organ__unit", "unit", "province").defer("text", "signature", "head")
    known = rows.in_bulk(found[:size])
    items = [known[pk] for pk in found[:size] if pk in known]
    last = items[-1] if items and len(found) > size else None
    return Page(items, (last.due_at, last.pk) if last else None)


def _ordered(rows: QuerySet[Ticket], asked: Asked) -> QuerySet[Ticket, tuple[datetime | None, int]]:
    """Due instant and key of each, in the order of lists."""
    if asked.after is not None:
        due, pk = asked.after
        later = (
            Q(due_at__isnull=True, pk__gt=pk)
            if due is None
            else (Q(due_at__gt=due) | Q(due_at=due, pk__gt=pk) | Q(due_at__isnull=True))
        )
        rows = rows.filter(later)
    return rows.order_by("due_at", "pk").values_list("due_at", "pk")


def counts(scope: Scope, actor: str, at: datetime) -> dict[str, int]:
    """How many open tickets by state, and late, soon, mine, nobody's. One statement; for a province one for each part."""
    extra: dict[str, Any] = {
        "late": Count("pk", filter=Q(due_at__lt=at)),
        "soon": Count("pk", filter=Q(due_at__gte=at, due_at__lt=at + timedelta(days=2))),
        "mine": Count("pk", filter=Q(assignee=actor)),
        "nobody": Count("pk", filter=Q(assignee="")),
        "open": Count("pk"),
    }
    extra |= {state.value: Count("pk", filter=Q(state=state)) for state in sorted(OPEN)}
    found: Counter[str] = Counter(dict.fromkeys(extra, 0))
    for part in counted_parts(scope):
        found.update(Ticket.objects.filter(part, state__in=sorted(OPEN)).aggregate(**extra))
    return dict(found)


def counted_parts(scope: Scope) -> tuple[Q, ...]:
    """What is counted by itself so that an index answers alone: a province and what its offices hold for elsewhere."""
    return scope.parts if scope.level == "province" else (scope.rows,)


@dataclass(frozen=True, slots=True)
class Whole:
    """A ticket with everything beside it; for the sender only what is meant for them."""

    ticket: Ticket
    remarks: Sequence[Remark]
    files: Sequence[Attachment]
    repeats: Sequence[Ticket]
    together: Sequence[str]  # codes of the other tickets of the organ the same answer is for
    earlier: Sequence[Answer] = ()  # what it was answered before it was opened again, the latest first
    inside: bool = False  # read by those who handle it or look over it: notes of the office and drafts too


def whole(code: str, *, actor: str, on: date) -> Whole:
    """For an officer; the office that wrote it down reads no notes of the organ that handles it and no drafts.

    Some six statements. Refused `not_found`.
    """
    row, posts = policy.look(code, actor=actor, on=on)
    inside = policy.inside(posts, row, actor)
    others = (
        Ticket.objects.filter(answer=row.answer_id, organ_id=row.organ_id).exclude(pk=row.pk)
        if row.answer_id and inside
        else Ticket.objects.none()
    )
    return Whole(
        row,
        [r for r in row.remarks.order_by("seq", "pk") if inside or not r.inside],
        list(row.attachments.order_by("pk")),
        list(Ticket.objects.filter(repeat_of=row).only("code", "state", "received_at")),
        list(others.order_by("code").values_list("code", flat=True)[:200]),
        _earlier(row),
        inside,
    )


def followed(code: str, *, actor: str = "", key: str = "", phone: str = "") -> Whole:
    """For its sender, by account, key or last digits of the phone. Refused `not_found` whatever was wrong."""
    row = policy.own(code, actor=actor, key=key, phone=phone)
    said = row.remarks.filter(inside=False).order_by("seq", "pk")
    return Whole(row, list(said), list(row.attachments.order_by("pk")), (), (), _earlier(row))


def _earlier(row: Ticket) -> list[Answer]:
    """One statement for a ticket that came back to somebody, none for others."""
    if not row.hop:
        return []
    given = row.earlier_answers.select_related("answer").order_by("-answered_at")
    return [one.answer for one in given]


def answers_of(row: Ticket) -> list[Answer]:
    """Every answer it was given or drafted, the present one first."""
    return [*([row.answer] if row.answer else []), *_earlier(row)]


def bare(code: str) -> Ticket:
    """A ticket without what people wrote, for the operator's command line. Refused `not_found`."""
    rows = Ticket.objects.defer("text", "about", "place_text", "subject", "signature")
    row = rows.filter(code=code[:40]).first()
    if row is None:
        raise policy.not_found()
    return row


def sent_by(*, phone: str = "", email: str = "", user: str = "") -> QuerySet[Ticket] | None:
    """Tickets of one sender, however they wrote; None when nothing tells who it is."""
    who = Q(pk__in=[])
    for name, value in (("sender_phone", phone), ("sender_email", email), ("sender_user", user)):
        if value:
            who |= Q(**{name: value})
    return Ticket.objects.filter(who) if (phone or email or user) else None


def of_sender(user: str, most: int = 100) -> list[Ticket]:
    """A person's own tickets, the latest first."""
    rows = Ticket.objects.filter(sender_user=user).select_related("organ__unit", "answer")
    return list(rows.order_by("-received_at")[:most]) if user else []


def earlier(scope: Scope, *, phone: str = "", email: str = "", most: int = 10) -> list[Ticket]:
    """A caller's earlier tickets within what the officer may list, the latest first; with counters: of their province."""
    rows = sent_by(phone=phone, email=email)
    if rows is None:
        return []
    found = rows.filter(scope.rows).select_related("organ__unit", "unit", "province")
    return list(found.order_by("-received_at")[:most])


@dataclass(frozen=True, slots=True)
class Like:
    """A ticket or public answer that says nearly the same; share 0–1."""

    share: float
    ticket: Ticket


_SHARED = "(SELECT count(*) FROM unnest(feedback_ticket.signature) s WHERE s = ANY (%s::int[]))"


def near_duplicates(text: str, scope: Scope, *, besides: int = 0) -> list[Like]:
    """Tickets in what the officer may list that say nearly the same, the nearest first. Public answers: `likely_answers`.

    Two statements.
    """
    signed = signature(text)
    if not signed:
        return []
    shared = RawSQL(_SHARED, [signed], output_field=IntegerField())  # noqa: S611  no text of anybody in it
    near = Ticket.objects.filter(scope.rows, signature__overlap=signed).exclude(pk=besides)
    keys = list(near.order_by(shared.desc(), "-pk").values_list("pk", flat=True)[:CANDIDATES])
    rows = Ticket.objects.select_related("answer", "organ__unit", "unit", "province").in_bulk(keys)
    found = [Like(alike(text, rows[pk].text), rows[pk]) for pk in keys if pk in rows]
    return sorted((f for f in found if f.share >= LIKELY), key=lambda f: -f.share)[:MOST_LIKE]


def printed(doc: Doc, path: str) -> str:
    """A citation as people read it."""
    return f"{places.written(path)} {doc.number}".strip() if path else doc.number


def of_problems(codes: Sequence[str]) -> dict[str, Ticket]:
    """Questions of localities by the code of the problem that the law room keeps at its clause. One statement."""
    rows = Ticket.objects.filter(problem_code__in=[c for c in codes if c]).select_related("organ__unit")
    return {row.problem_code: row for row in rows}


def together_with(row: Ticket) -> list[Ticket]:
    """Open tickets the same draft is for, the ticket itself among them. One statement."""
    if row.answer_id is None:
        return [row]
    return list(Ticket.objects.filter(answer=row.answer_id, state=row.state).order_by("code"))
