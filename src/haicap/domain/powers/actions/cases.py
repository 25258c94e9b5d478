"""Vụ việc và khảo sát: findings kept in step with the register, decided by people; what units say they can do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.law.queries import generation as law_generation
from haicap.domain.powers import events, policy, queries
from haicap.domain.powers.models import Assertion, Case, Power, PowersHead, SurveyAnswer
from haicap.domain.powers.queries.findings import Found
from haicap.domain.powers.states import Addressee, CaseState, Difficulty, Gone, Survey
from haicap.domain.units.models.register import Unit
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import check_seen, lock_head, record_on

DECISIONS = (CaseState.ACCEPTED, CaseState.TO_BE_AMENDED, CaseState.ANSWERED)
LONGEST = 4000


@action
def check_register(*, powers: Collection[str] | None = None, actor: str, at: datetime) -> tuple[int, int]:
    """Reckon the findings anew and keep the cases in step: (new, gone). One event.

    powers  codes of those to look at; None: all. A case whose finding is no longer there is gone, with the reason;
            one that comes back is open again under its old number, its decisions in the ledger.
    """
    head = lock_head(PowersHead)
    now = queries.state_word(today(at))
    held, register = queries.current.now(), queries.register.now()
    found = {f.key: f for f in queries.find(powers, on=today(at), held=held, known=register)}
    rows = Case.objects.select_for_update(of=("self",)).select_related("power").order_by("pk")
    known = {c.key: c for c in (rows if powers is None else rows.filter(power__code__in=list(powers)))}
    gone = [c for key, c in known.items() if key not in found and c.state != CaseState.GONE]
    _end(gone, head, now, at)
    fresh, moved = _keep(found, known, at)
    data: dict[str, object] = {
        "generation": head.generation, "new": len(fresh), "gone": len(gone), "changed": len(moved),
        "open": len(found),
    }  # fmt: skip
    record_on(head, events.CHECKED, at=at, actor=actor, data=data, fields=())
    if powers is None:
        head.checked, head.checked_at = now, at
        head.save(update_fields=["checked", "checked_at"])
    return len(fresh), len(gone)


def _keep(found: dict[str, Found], known: dict[str, Case], at: datetime) -> tuple[list[Case], list[Case]]:
    """New cases written, known ones given the facts of today; those that came back are open again."""
    ids = dict(Power.objects.values_list("code", "pk"))
    fresh, moved = [], []
    for key, finding in found.items():
        facts = finding.facts()
        case = known.get(key)
        if case is None:
            fresh.append(Case(key=key, power_id=ids[finding.power], found_at=at, **facts))
            continue
        back = case.state == CaseState.GONE
        if back:
            case.state, case.gone_at, case.gone_why, case.gone_by = CaseState.OPEN, None, "", []
            case.decision, case.decided_by, case.decided_at = "", "", None
        if back or any(getattr(case, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(case, name, value)
            moved.append(case)
    Case.objects.bulk_create(fresh, batch_size=500)
    if moved:
        fields = [*next(iter(found.values())).facts(), *_STATE]
        Case.objects.bulk_update(moved, fields, batch_size=500)
    return fresh, moved


_STATE = ("state", "gone_at", "gone_why", "gone_by", "decision", "decided_by", "decided_at")


def _end(gone: Sequence[Case], head: PowersHead, now: str, at: datetime) -> None:
    """Cases whose finding is no longer there, each with what made it disappear."""
    for case in gone:
        case.state, case.gone_at = CaseState.GONE, at
        case.gone_why, case.gone_by = _why(case, head, now)
    Case.objects.bulk_update(gone, ["state", "gone_at", "gone_why", "gone_by"], batch_size=500)


def _why(case: Case, head: PowersHead, now: str) -> tuple[str, list[str]]:
    """What changed of the power since the last check: its assertions, else what they rest on."""
    since = head.checked_at or case.found_at
    rows = Assertion.objects.filter(power_id=case.power_id)
    corrected = rows.filter(superseded_at__gt=since).values_list("code", flat=True).distinct()
    if corrected:
        return Gone.CORRECTED, sorted(corrected)
    entered = rows.filter(recorded_at__gt=since).values_list("code", flat=True).distinct()
    if entered:
        return Gone.ENTERED, sorted(entered)
    before, after = head.checked.split("|"), now.split("|")
    for why, old, new in zip(
        (Gone.ENTERED, Gone.LAW, Gone.UNITS, Gone.CATALOGUE, Gone.DAY), before, after, strict=False
    ):
        if why is not Gone.ENTERED and old != new:
            return why, []
    return Gone.LAW, [str(law_generation())]


@action
def decide_case(*, pk: int, state: CaseState, decision: str, seen: int, actor: str, at: datetime) -> Case:
    """Accepted with a reason, to be amended, or answered by guidance: in words, by the ministry that answers for it.

    Refused `not_found`, `not_yours`, `stale`, `gone`, `no_words`.
    """
    row = policy.take_case(pk, actor=actor, at=at)
    check_seen(row, seen)
    if row.state == CaseState.GONE:
        raise Refused("gone", gettext_noop("Phát hiện này không còn nữa. Xin tải lại trang."))
    if state not in DECISIONS:
        raise KeyError(state)
    row.state, row.decision = state, _words(decision)
    row.decided_by, row.decided_at = actor, at
    data: dict[str, object] = {"state": state.value, "kind": row.kind, "power": row.power.code}
    record_on(row, events.CASE_DECIDED, at=at, actor=actor, data=data)
    return row


@action
def reopen_case(*, pk: int, seen: int, actor: str, at: datetime) -> Case:
    """The way back from a decision. Refused `not_found`, `not_yours`, `stale`, `not_decided`."""
    row = policy.take_case(pk, actor=actor, at=at)
    check_seen(row, seen)
    if row.state not in DECISIONS:
        raise Refused("not_decided", gettext_noop("Phát hiện này chưa có quyết định."))
    row.state, row.decision, row.decided_by, row.decided_at = CaseState.OPEN, "", "", None
    data: dict[str, object] = {"kind": row.kind, "power": row.power.code}
    record_on(row, events.CASE_REOPENED, at=at, actor=actor, data=data)
    return row


def _words(text: str) -> str:
    words = nfc(text)
    if not words:
        raise Refused("no_words", gettext_noop("Xin ghi quyết định bằng lời."))
    if len(words) > LONGEST:
        raise Refused("too_long", gettext_noop("Xin viết không quá %(n)s ký tự."), params={"n": LONGEST})
    return words


@action
def answer_survey(
    *,
    round_: str,
    power: str,
    unit: str,
    answer: Survey,
    difficulties: Collection[Difficulty] = (),
    words: str = "",
    proposal: str = "",
    addressee: Addressee = Addressee.NONE,
    seen: int,
    actor: str,
    at: datetime,
) -> SurveyAnswer:
    """What a unit says of a power it got: can, cannot (why), difficult (which), with a proposal to somebody.

    seen  version of the answer so far; 0 when there is none
    Letter 137/CV-BCĐ of 1 October 2025. Refused `not_found`, `not_yours`, `stale`, `no_round`, `no_words` (cannot),
    `no_difficulty`, `no_addressee` (a proposal goes to somebody).
    """
    name, of = _round(round_), policy.take_power(power)
    row, _ = policy.take_answer(name, of, unit, actor=actor, at=at)
    row = row or SurveyAnswer(round=name, power=of, unit=Unit.objects.get(uid=unit))
    check_seen(row, seen)
    _judge(answer, difficulties, words, proposal, addressee)
    row.answer, row.difficulties = answer.value, sorted({d.value for d in difficulties})
    row.words, row.proposal, row.addressee = nfc(words)[:LONGEST], nfc(proposal)[:LONGEST], addressee.value
    row.answered_by, row.answered_at = actor, at
    if row.pk is None:
        row.save()
    data: dict[str, object] = {
        "round": row.round, "power": power, "unit": unit, "answer": row.answer,
        "difficulties": list(row.difficulties), "addressee": row.addressee,
    }  # fmt: skip
    record_on(row, events.SURVEYED, at=at, actor=actor, data=data)
    return row


def _round(text: str) -> str:
    name = nfc(text)
    if not name or len(name) > 60:
        raise Refused("no_round", gettext_noop("Xin ghi đợt khảo sát, ví dụ “137/CV-BCĐ”."))
    return name


def _judge(
    answer: Survey, difficulties: Collection[Difficulty], words: str, proposal: str, addressee: Addressee
) -> None:
    if answer is Survey.CANNOT and not nfc(words):
        raise Refused("no_words", gettext_noop("Không thực hiện được thì xin ghi vì sao."))
    if answer is Survey.DIFFICULT and not difficulties:
        raise Refused("no_difficulty", gettext_noop("Có khó khăn thì xin chọn loại khó khăn."))
    if bool(nfc(proposal)) != bool(addressee):
        raise Refused("no_addressee", gettext_noop("Kiến nghị phải có nội dung và nơi gửi."))
