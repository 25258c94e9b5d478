"""Thẻ của cửa quản trị: words for values of the units room."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext

from haicap.base.citation import Citation
from haicap.base.words import gettext_noop
from haicap.domain.procedures.content import Problem
from haicap.domain.units.rearrangement import Finding
from haicap.web.common import citations

register = template.Library()

ROLES = {
    "leader": gettext_noop("người đứng đầu"),
    "deputy": gettext_noop("cấp phó"),
    "officer": gettext_noop("công chức chuyên môn"),
    "reception": gettext_noop("tiếp nhận và trả kết quả"),
}


@register.filter
def role(value: str) -> str:
    """The role of a post, in the language of the page."""
    return gettext(ROLES[value]) if value in ROLES else value


@register.filter
def finding_sentence(finding: Finding) -> str:
    """A fault of a draft as a sentence, in the language of the page."""
    template_ = gettext(finding.template)
    return template_ % finding.params if finding.params else template_


@register.filter
def problem_sentence(problem: Problem) -> str:
    """What is wrong with a place of a record, in the language of the page."""
    template_ = gettext(problem.template)
    return template_ % problem.params if problem.params else template_


@register.filter
def at_key(values: Mapping[int, str], key: int) -> str:
    """The value of a mapping; empty when there is none."""
    return values.get(key, "")


@register.filter
def clause(text: str) -> str:
    """A place in an act, in the language of the page ("Article 1 Clause 5")."""
    return citations.written(Citation("", text))
