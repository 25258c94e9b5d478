"""Cơ quan thực hiện as published → kinds of organs the platform knows. What it does not know stays a name."""

from __future__ import annotations

import re
from functools import cache

from haicap.base.text import fold
from haicap.domain.units.organs import KINDS

_COMMITTEE = re.compile(
    r"(?P<chairman>chu tich )?(?:ubnd|uy ban nhan dan) (?:"
    r"(?P<commune>(?:cap )?xa(?:, phuong(?:, (?:thi tran|dac khu))?)?)"
    r"|(?P<province>(?:cap )?tinh(?:(?:,| va) thanh pho truc thuoc trung uong)?))"
)


@cache
def _department_names() -> tuple[tuple[str, str], ...]:
    """(folded name, kind) of ministries and departments, longest first."""
    named = [
        (fold(kind.name.format(unit="")).strip(), kind.code)
        for kind in KINDS.values()
        if kind.level == "nation" or kind.name.startswith("Sở ")
    ]
    return tuple(sorted(named, key=lambda pair: -len(pair[0])))


def organ_of(authority: str) -> str:
    """Kind of the organ a published name means; empty when the platform has no such kind or it is not sure."""
    text = fold(authority)
    for name, kind in _department_names():
        if text == name or (name.startswith("so ") and text.startswith(f"{name} ")):
            return kind
    found = _COMMITTEE.fullmatch(text)
    if not found:
        return ""
    return (
        f"{'commune' if found['commune'] else 'province'}_{'chairman' if found['chairman'] else 'committee'}"
    )


def organs_of(authorities: str) -> list[dict[str, str]]:
    """A list of names joined by ";" as the `competent` section of a document, each name once."""
    found = []
    for name in dict.fromkeys(part.strip() for part in authorities.split(";")):
        if name:
            kind = organ_of(name)
            found.append({"organ": kind, "name": name[:300]} if kind else {"name": name[:300]})
    return found
