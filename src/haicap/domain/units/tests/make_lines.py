"""Builder of act lines for pure tests."""

from __future__ import annotations

from haicap.domain.units.rearrangement import Line


def line(from_code: str, relation: str, to_code: str, to_name: str, **other: str) -> Line:
    """A line of an act, with the words most lines have."""
    words = {
        "area_share": "all" if relation not in ("part", "rest") else "part",
        "people_share": "all" if relation not in ("part", "rest") else "part",
        "to_kind": "phường",
        "to_parent_code": "79",
        "clause": "điều 1 khoản 1",
    } | other
    return Line(
        0, from_code, relation, words["area_share"], words["people_share"], to_code, words["to_kind"], to_name,
        words["to_parent_code"], words["clause"],
    )  # fmt: skip
