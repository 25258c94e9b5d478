"""Nội dung thành dòng: times, fees, papers and steps of a record as the rows a page shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from haicap.base.citation import Citation
from haicap.base.words import gettext_noop
from haicap.domain.procedures.content import Content, Fee, FeeKind, Paper, PaperKind, TimeLimit
from haicap.domain.units.organs import KINDS
from haicap.web.common.procedures import words

NO_LIMIT = gettext_noop("chưa có thời hạn được xác minh")
NO_FEE = gettext_noop("chưa có mức thu được xác minh")
FREE = gettext_noop("không thu")
LOCAL = gettext_noop("do Hội đồng nhân dân cấp tỉnh quy định")
_WITHOUT = {FeeKind.FREE: FREE, FeeKind.LOCAL: LOCAL, FeeKind.UNKNOWN: NO_FEE}


@dataclass(frozen=True, slots=True)
class Row:
    """A limit or a fee: for which way of filing and case, what, and what it rests on."""

    channel: str
    case: str
    said: str
    known: bool
    note: str
    citation: Citation
    evidence: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as the page lists it."""

    name: str
    when: str  # "", the condition in words, or "không bắt buộc"
    count: str
    template: str
    by_data: bool
    note: str
    citation: Citation
    evidence: str
    case: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """A working step: its share of the limit in hundredths."""

    name: str
    kind: str
    role: str
    organ: str
    percent: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything of a record that is read in rows."""

    limits: tuple[Row, ...]
    fees: tuple[Row, ...]
    documents: tuple[PaperRow, ...]
    notes: tuple[PaperRow, ...]
    steps: tuple[StepRow, ...]
    results: tuple[str, ...]

    @property
    def promised(self) -> bool:
        """Whether any day can be promised."""
        return any(row.known for row in self.limits)


def shown(content: Content) -> Shown:
    """Rows of a record, in the language of the page."""
    papers = [(paper, _paper(content, paper)) for paper in content.papers]
    return Shown(
        limits=tuple(_limit(content, limit) for limit in content.limits),
        fees=tuple(_fee(content, fee) for fee in content.fees),
        documents=tuple(row for paper, row in papers if paper.kind is PaperKind.DOCUMENT),
        notes=tuple(row for paper, row in papers if paper.kind is PaperKind.NOTE),
        steps=_steps(content),
        results=tuple(words.text(result.name) for result in content.results),
    )


def _limit(content: Content, limit: TimeLimit) -> Row:
    case = _joined(limit.case, words.condition(limit.condition, content.form))
    parts = gettext(", rồi ").join(words.limit(part) for part in limit.parts)
    return Row(
        words.said(words.CHANNELS, limit.channel or ""), case, parts or gettext(NO_LIMIT), limit.known,
        limit.note, limit.citation, limit.evidence,
    )  # fmt: skip


def _fee(content: Content, fee: Fee) -> Row:
    return Row(
        words.said(words.CHANNELS, fee.channel or ""), words.condition(fee.condition, content.form), owed(fee),
        fee.kind is not FeeKind.UNKNOWN, fee.note, fee.citation, fee.evidence, words.text(fee.name),
    )  # fmt: skip


def owed(fee: Fee) -> str:
    """What is owed, in words. A bare 0 of the portal is UNKNOWN and never “free”."""
    if fee.amount is None:
        return gettext(_WITHOUT.get(fee.kind, NO_FEE))
    amount = words.dong(fee.amount)
    if fee.kind is FeeKind.FIXED:
        return amount
    each = gettext("%(amount)s một bản") if fee.kind is FeeKind.PER_COPY else gettext("%(amount)s một trang")
    parts = [each % {"amount": amount}]
    if fee.then_from is not None:
        then = {"page": fee.then_from, "amount": words.dong(fee.then_amount or 0)}
        parts.append(gettext("từ trang %(page)s: %(amount)s một trang") % then)
    if fee.cap is not None:
        parts.append(gettext("nhiều nhất %(amount)s một bản") % {"amount": words.dong(fee.cap)})
    return "; ".join(parts)


def _paper(content: Content, paper: Paper) -> PaperRow:
    # A record in which nothing is required does not say what is: then nothing is called optional either.
    tells = any(other.required for other in content.papers)
    when = words.condition(paper.condition, content.form)
    if tells and not paper.required and not when:
        when = gettext("không bắt buộc")
    return PaperRow(
        words.text(paper.name), when, _count(paper), paper.template, paper.by_data, paper.note, paper.citation,
        paper.evidence, paper.case,
    )  # fmt: skip


def _count(paper: Paper) -> str:
    counted = [
        gettext(one) % {"n": n}
        for one, n in (
            (gettext_noop("%(n)s bản chính"), paper.originals),
            (gettext_noop("%(n)s bản sao"), paper.copies),
        )
        if n
    ]
    return ", ".join(counted)


def _steps(content: Content) -> tuple[StepRow, ...]:
    return tuple(
        StepRow(
            words.text(step.name), words.said(words.STEPS, step.kind), words.said(words.ROLES, step.role),
            KINDS[step.organ].name.replace("{unit}", "").strip() if step.organ in KINDS else "",
            _percent(float(step.share)),
        )
        for step in content.workflow.steps
    )  # fmt: skip


def _percent(share: float) -> str:
    text = f"{share * 100:g}"
    return f"{text if get_language() == 'en' else text.replace('.', ',')}%"


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
