"""Lỗi trong nội dung: what is wrong with a document, each with the place where it is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    path      where, as "form.pages[2].questions[0].key"
    template  Vietnamese sentence, a %-template over `params`, that names the repair
    """

    path: str
    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The sentence with its values."""
        return self.template % self.params if self.params else self.template

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"


def refuse_any(problems: list[Problem]) -> None:
    """Refused `bad_content` naming the first problem and how many there are; nothing when there is none."""
    if problems:
        raise Refused(
            "bad_content",
            gettext_noop("Nội dung còn %(n)s lỗi, lỗi đầu tiên tại %(path)s: %(first)s"),
            params={
                "n": len(problems),
                "path": problems[0].path or "(gốc)",
                "first": problems[0].sentence,
            },
        )
