"""Từ chối: the one way a rule says no."""

from __future__ import annotations

from collections.abc import Mapping

from haicap.base.citation import Citation


class Refused(Exception):
    """A rule of law or of order says no; the caller shows `sentence` and nothing was changed.

    code      short stable word for machines ("stale", "not_yours", "code_taken")
    sentence  Vietnamese sentence for people, a %-template over `params`, marked with `gettext_noop`; it names
              what is wrong and the repair
    citation  the provision it rests on, when there is one
    """

    def __init__(
        self,
        code: str,
        sentence: str,
        citation: Citation | None = None,
        *,
        params: Mapping[str, object] | None = None,
    ) -> None:
        self.code = code
        self.template = sentence
        self.params: Mapping[str, object] = params or {}
        self.citation = citation
        super().__init__(code)

    @property
    def sentence(self) -> str:
        """The Vietnamese sentence with its values filled in."""
        return self.template % self.params if self.params else self.template

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"
