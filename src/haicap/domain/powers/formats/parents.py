"""Quy định gốc: which row a row is derived from, by its id or its citation within the same power."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from haicap.base.words import gettext_noop
from haicap.domain.powers.formats.problems import Problem
from haicap.domain.powers.states import Role

UNKNOWN = gettext_noop(
    "Không dòng nào của cùng thẩm quyền có mã hay căn cứ “%(text)s”; xin ghi mã (cột id) của dòng gốc, hoặc căn cứ đúng như cột citation."
)
SEVERAL = gettext_noop(
    "Căn cứ “%(text)s” có ở nhiều dòng của cùng thẩm quyền (dòng %(lines)s); xin ghi mã (cột id) của dòng gốc."
)
CIRCLE = gettext_noop("Các dòng %(lines)s là gốc của nhau thành vòng; xin sửa cột parent của một dòng.")


class Line(Protocol):
    """What is needed of a row."""

    line: int
    id: str
    power: str
    role: Role
    parent: str
    citation: str


def resolve(lines: Sequence[Line]) -> tuple[Mapping[int, str], list[Problem]]:
    """(line → id of its parent, what is wrong)."""
    by_id = {(line.power, line.id): line for line in reversed(lines)}
    by_citation: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        by_citation.setdefault((line.power, line.citation), []).append(line)
    parents: dict[int, Line] = {}
    problems = []
    for line in lines:
        if not line.parent:
            continue
        named = by_id.get((line.power, line.parent))
        found = [named] if named else _cited(line, by_citation)
        if len(found) == 1:
            parents[line.line] = found[0]
        else:
            problems.append(_unresolved(line, found))
    problems += _circles(lines, parents)
    return {line: parent.id for line, parent in parents.items()}, problems


def _cited(line: Line, by_citation: Mapping[tuple[str, str], list[Line]]) -> list[Line]:
    """Rows with the citation, those of the same role before others; a row is not its own parent."""
    wanted = " ".join(line.parent.split())
    found = [other for other in by_citation.get((line.power, wanted), []) if other is not line]
    return [other for other in found if other.role == line.role] or found


def _unresolved(line: Line, found: Sequence[Line]) -> Problem:
    text = line.parent[:80]
    if not found:
        return Problem(line.line, "parent", UNKNOWN, {"text": text})
    return Problem(line.line, "parent", SEVERAL, {"text": text, "lines": _listed(f.line for f in found)})


def _listed(numbers: Iterable[int]) -> str:
    told = sorted(numbers)
    return ", ".join(map(str, told[:10])) + (" …" if len(told) > 10 else "")


def _circles(lines: Sequence[Line], parents: Mapping[int, Line]) -> list[Problem]:
    """One problem for each circle, at its first row."""
    done: set[int] = set()
    found = []
    for line in lines:
        walked: dict[int, None] = {}
        at = line.line
        while at not in done and at not in walked:
            walked[at] = None
            if at not in parents:
                break
            at = parents[at].line
        if at in walked and at in parents:
            order = list(walked)
            circle = order[order.index(at) :]
            found.append(Problem(min(circle), "parent", CIRCLE, {"lines": _listed(circle)}))
        done.update(walked)
    return found
