"""Nội dung của phiên bản: form, papers, fees, limits, steps, result, as plain values read from JSON. Pure."""

from haicap.domain.procedures.content.answers import AnswerProblem, judge, pages_asked
from haicap.domain.procedures.content.conditions import ALWAYS, Condition, read_condition
from haicap.domain.procedures.content.diff import Change, Difference, diff
from haicap.domain.procedures.content.fees import Fee, FeeKind
from haicap.domain.procedures.content.form import (
    CHOICES,
    Field,
    FieldType,
    Form,
    Group,
    Option,
    Page,
    Profile,
    Question,
    Rules,
)
from haicap.domain.procedures.content.generic import generic_form, generic_template, generic_workflow
from haicap.domain.procedures.content.limits import TimeLimit, limit_value
from haicap.domain.procedures.content.papers import Paper, PaperKind
from haicap.domain.procedures.content.problems import Problem
from haicap.domain.procedures.content.results import (
    LAYOUT,
    BodyLine,
    Line,
    Result,
    ResultTemplate,
    Source,
)
from haicap.domain.procedures.content.warnings import DISTRICT, warnings
from haicap.domain.procedures.content.whole import SECTIONS, Competent, Content, examine, read_content
from haicap.domain.procedures.content.words import (
    Channel,
    Confidence,
    Evidence,
    Level,
    Online,
    Subject,
    Words,
)
from haicap.domain.procedures.content.workflow import Step, StepKind, Workflow
from haicap.domain.procedures.content.writing import written

__all__ = [
    "ALWAYS",
    "CHOICES",
    "DISTRICT",
    "LAYOUT",
    "SECTIONS",
    "AnswerProblem",
    "BodyLine",
    "Change",
    "Channel",
    "Competent",
    "Condition",
    "Confidence",
    "Content",
    "Difference",
    "Evidence",
    "Fee",
    "FeeKind",
    "Field",
    "FieldType",
    "Form",
    "Group",
    "Level",
    "Line",
    "Online",
    "Option",
    "Page",
    "Paper",
    "PaperKind",
    "Problem",
    "Profile",
    "Question",
    "Result",
    "ResultTemplate",
    "Rules",
    "Source",
    "Step",
    "StepKind",
    "Subject",
    "TimeLimit",
    "Words",
    "Workflow",
    "diff",
    "examine",
    "generic_form",
    "generic_template",
    "generic_workflow",
    "judge",
    "limit_value",
    "pages_asked",
    "read_condition",
    "read_content",
    "warnings",
    "written",
]
