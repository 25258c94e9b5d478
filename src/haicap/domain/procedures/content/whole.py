"""Nội dung của một phiên bản: everything a version of a procedure carries beside its identity."""

from __future__ import annotations

from dataclasses import dataclass

from haicap.base.citation import Citation
from haicap.base.words import gettext_noop
from haicap.domain.procedures.content.fees import Fee, fee_of
from haicap.domain.procedures.content.form import NO_FORM, Form
from haicap.domain.procedures.content.limits import TimeLimit, time_limit_of
from haicap.domain.procedures.content.node import Node
from haicap.domain.procedures.content.papers import Paper, paper_of
from haicap.domain.procedures.content.problems import Problem, refuse_any
from haicap.domain.procedures.content.reading_form import check_condition, check_form, form_of
from haicap.domain.procedures.content.results import (
    NO_TEMPLATE,
    Result,
    ResultTemplate,
    Source,
    result_of,
    template_of,
)
from haicap.domain.procedures.content.words import (
    Channel,
    Confidence,
    Evidence,
    Level,
    Online,
    Subject,
)
from haicap.domain.procedures.content.workflow import NO_WORKFLOW, Workflow, organ_kind, workflow_of


@dataclass(frozen=True, slots=True)
class Competent:
    """Cơ quan có thẩm quyền: a kind of organ (units.organs); empty when the platform knows no such kind."""

    organ: str
    name: str = ""  # as published


@dataclass(frozen=True, slots=True)
class Content:
    """Bản ghi đầy đủ của một phiên bản (Decree 63/2010/NĐ-CP, điều 8 khoản 2; onward fields of the national record).

    doubts  codes of what is known to be thin or contradictory, shown to people as “chưa xác minh”
    source  where the record was copied from, as a sentence; empty for records written here
    """

    levels: tuple[Level, ...] = ()
    competent: tuple[Competent, ...] = ()
    authority: str = ""  # cơ quan thực hiện as published
    cooperating: str = ""
    subjects: tuple[Subject, ...] = ()
    online: Online = Online.UNKNOWN
    channels: tuple[Channel, ...] = ()
    anywhere: bool = False  # không phụ thuộc địa giới hành chính within the province
    limits: tuple[TimeLimit, ...] = ()
    fees: tuple[Fee, ...] = ()
    papers: tuple[Paper, ...] = ()
    sets: int | None = None  # số bộ hồ sơ
    form: Form = NO_FORM
    workflow: Workflow = NO_WORKFLOW
    order: str = ""  # trình tự as published
    requirements: str = ""  # yêu cầu, điều kiện
    results: tuple[Result, ...] = ()
    result_template: ResultTemplate = NO_TEMPLATE
    legal_basis: tuple[Citation, ...] = ()
    keywords: tuple[str, ...] = ()
    description: str = ""
    evidence: Evidence = Evidence.UNCONFIRMED
    confidence: Confidence | None = None
    source: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Form, papers, fee, steps and result document are all there."""
        return all((self.form.pages, self.papers, self.fees, self.workflow.steps, self.result_template.title))


SECTIONS = tuple(Content.__dataclass_fields__)


def examine(document: object) -> tuple[Content, tuple[Problem, ...]]:
    """The content as far as it can be read, and everything that is wrong with the document."""
    problems: list[Problem] = []
    node = Node(document, "", problems)
    if not node.closed(*SECTIONS):
        return Content(), tuple(problems)
    content = _content(node)
    _check(content, node)
    return content, tuple(problems)


def read_content(document: object) -> Content:
    """The content of a document (JSON values). Refused `bad_content` with the path of the first problem."""
    content, problems = examine(document)
    refuse_any(list(problems))
    return content


def _content(node: Node) -> Content:
    return Content(
        levels=node.several("levels", Level),
        competent=tuple(_competent(c) for c in node.items("competent")),
        authority=node.text("authority", longest=1000),
        cooperating=node.text("cooperating", longest=1000),
        subjects=node.several("subjects", Subject),
        online=node.one_of("online", Online, Online.UNKNOWN),
        channels=node.several("channels", Channel),
        anywhere=node.flag("anywhere"),
        limits=tuple(time_limit_of(limit) for limit in node.items("limits")),
        fees=tuple(fee_of(fee) for fee in node.items("fees")),
        papers=tuple(paper_of(paper) for paper in node.items("papers")),
        sets=node.whole("sets", low=1, high=50),
        form=form_of(node.child("form")),
        workflow=workflow_of(node.child("workflow")),
        order=node.text("order", longest=20_000),
        requirements=node.text("requirements", longest=20_000),
        results=tuple(result_of(result) for result in node.items("results")),
        result_template=template_of(node.child("result_template")),
        legal_basis=tuple(act.as_citation() for act in node.items("legal_basis")),
        keywords=node.texts("keywords", longest=80),
        description=node.text("description", longest=20_000),
        evidence=node.one_of("evidence", Evidence, Evidence.UNCONFIRMED),
        confidence=node.one_of("confidence", Confidence) if node.has("confidence") else None,
        source=node.text("source", longest=400),
        doubts=node.texts("doubts"),
    )


def _competent(node: Node) -> Competent:
    node.closed("organ", "name")
    found = Competent(organ_kind(node, "organ"), node.text("name", longest=300))
    if not found.organ and not found.name:
        node.wrong(gettext_noop("Cần “organ” hoặc “name”."))
    return found


def _check(content: Content, node: Node) -> None:
    """What the sections must agree on."""
    form = Node(node.value.get("form") if isinstance(node.value, dict) else None, "form", node.problems)
    check_form(content.form, form)
    _once(node, "papers", [p.code for p in content.papers])
    _once(node, "fees", [f.key for f in content.fees])
    _once(node, "results", [r.code for r in content.results])
    fields = content.form.fields()
    for section in ("papers", "fees", "limits"):
        for n, thing in enumerate(getattr(content, section)):
            check_condition(thing.condition, fields, node, f"{section}[{n}].condition")
    _check_template(content, node)


def _once(node: Node, section: str, keys: list[str]) -> None:
    for key in sorted({k for k in keys if k and keys.count(k) > 1}):
        node.wrong(gettext_noop("“%(key)s” ghi hai lần."), section, key=key)


def _check_template(content: Content, node: Node) -> None:
    template = content.result_template
    inputs = [field.key for field in template.inputs]
    answers = {question.key for _, question in content.form.questions()}
    _once(node, "result_template.inputs", inputs)
    for key in sorted(answers & set(inputs)):
        node.wrong(gettext_noop("“%(key)s” đã là câu hỏi của biểu mẫu."), "result_template.inputs", key=key)
    known = answers | set(inputs) | set(Source)
    for n, line in enumerate(template.body):
        if line.source and line.source not in known:
            node.wrong(
                gettext_noop("Không có câu hỏi, ô nhập hay giá trị hồ sơ “%(source)s”."),
                f"result_template.body[{n}].source",
                source=line.source,
            )
    if template.result and template.result not in {r.code for r in content.results}:
        node.wrong(
            gettext_noop("Không có kết quả “%(code)s”."), "result_template.result", code=template.result
        )
