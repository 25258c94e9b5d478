"""Công thức: one recipe a kind of noise. Shares are rows per part; `parts` names the part(s) that may use the kind."""

from __future__ import annotations

from dataclasses import dataclass, replace

BOTH, LATE = ("tuned", "untouched"), ("untouched",)


@dataclass(frozen=True)
class Recipe:
    """How an address of this kind is built.

    source: old | former | split | new | new_or_old | number; province: own | merged | none | abbr;
    form: full | short | number | plain | mixed; street: "" | any | ward; order: normal | reverse | shuffle;
    typo: names of edits, one is drawn; post: transforms of the whole text.
    """

    kind: str
    rows: int
    source: str = "old"
    district: bool = True
    province: str = "own"
    form: str = "full"
    street: str = ""
    order: str = "normal"
    sep: str = ", "
    typo: tuple[str, ...] = ()
    post: tuple[str, ...] = ()
    tail: str = ""
    bare: bool = False
    parts: tuple[str, ...] = BOTH


ONE_EDIT = ("swap", "drop", "double", "neighbour")
R = Recipe
RECIPES: tuple[Recipe, ...] = (
    R("old full", 900),
    R("old, no district", 700, district=False),
    R("old, no province", 500, province="none"),
    R("old, merged province", 600, province="merged"),
    R("old, merged province, no district", 400, province="merged", district=False),
    R("new full", 800, source="new"),
    R("new, no province", 500, source="new", province="none"),
    R("split communes", 260, source="split"),
    R("split communes, merged province", 120, source="split", province="merged"),
    R("abbreviations, old", 600, form="short", province="abbr"),
    R("abbreviations, new", 400, source="new", form="short", province="abbr"),
    R("numbered wards", 450, source="number", form="number", province="abbr"),
    R("numbered wards, no district", 120, source="number", form="number", province="abbr", district=False),
    R("no marks, old", 500, bare=True),
    R("no marks, no district", 250, bare=True, district=False),
    R("no marks, new", 250, source="new", bare=True),
    R("NFD", 200, source="new_or_old", post=("nfd",)),
    R("tone placement", 250, source="new_or_old", post=("old_tones",)),
    R("upper case", 150, source="new_or_old", post=("upper",)),
    R("lower case", 150, source="new_or_old", post=("lower",)),
    R("no commas", 300, sep=" ", form="full"),
    R("no commas, new", 150, source="new", sep=" ", form="full"),
    R("no space after comma", 200, source="new_or_old", sep=","),
    R("wrong order", 200, order="reverse"),
    R("wrong order", 150, order="shuffle"),
    R("bare names", 400, form="plain"),
    R("bare names, new", 250, source="new", form="plain"),
    R("street text around", 400, street="any"),
    R("street text around, new", 300, source="new", street="any"),
    R("street named as a ward", 150, street="ward"),
    R("street named as a ward, new", 100, source="new", street="ward"),
    R("former names", 450, source="former"),
    R("former names, no district", 120, source="former", district=False),
    *(R(f"typo: {t}", 300, source="new_or_old", typo=(t,)) for t in ONE_EDIT),
    R("typo: tone", 250, source="new_or_old", typo=("tone",)),
    R("typo: missing space", 250, source="new_or_old", typo=("squeeze",)),
    R("typo: telex", 250, source="new_or_old", typo=("telex",)),
    R("typo: no marks too", 200, typo=ONE_EDIT, bare=True),
    R("two noises", 120, form="short", province="abbr", bare=True),
    R("two noises", 120, form="short", sep=" ", source="new_or_old"),
    R("two noises", 120, street="any", bare=True, source="new_or_old"),
    R("two noises", 120, street="any", province="merged"),
    R("two noises", 120, province="merged", bare=True),
    R("two noises", 120, form="short", street="any", source="new_or_old", province="abbr"),
    R("two noises", 100, order="reverse", post=("nfd",)),
    R("typo and another", 150, typo=(*ONE_EDIT, "tone"), form="short"),
    R("typo and another", 150, typo=(*ONE_EDIT, "tone"), street="any", source="new_or_old"),
    R("typo and another", 150, typo=ONE_EDIT, post=("lower",), province="merged"),
    # Kinds the tuning side never saw.
    R("late: separators", 150, source="new_or_old", sep=" - ", parts=LATE),
    R("late: separators", 80, sep="; ", parts=LATE),
    R("late: separators", 80, sep=" / ", parts=LATE),
    R("late: separators", 80, sep="\n", source="new_or_old", parts=LATE),
    R("late: text behind", 150, source="new_or_old", tail="country", parts=LATE),
    R("late: text behind", 120, source="new_or_old", tail="phone", street="any", parts=LATE),
    R("late: caps lock", 80, post=("wild",), parts=LATE),
    R("late: no marks, upper, no commas", 150, bare=True, sep=" ", post=("upper",), source="new_or_old", parts=LATE),
    R("late: mixed forms", 200, form="mixed", street="any", parts=LATE),
    R("late: mixed forms, new", 120, source="new", form="mixed", street="any", parts=LATE),
    R("late: English words", 100, form="english", bare=True, parts=LATE),
    R("late: three noises", 150, form="short", street="any", bare=True, sep=" , ", post=("upper",), parts=LATE),
    R("late: three noises", 150, street="any", province="merged", post=("old_tones", "lower"), parts=LATE),
    R("typo, late: scanner", 200, source="new_or_old", typo=("ocr",), parts=LATE),
    R("typo, late: vni", 150, source="new_or_old", typo=("vni",), parts=LATE),
    R("typo, late: kind word", 150, form="kindtypo", parts=LATE),
    R("typo, late: two noises more", 150, typo=(*ONE_EDIT, "tone"), street="any", form="short", post=("nfd",), parts=LATE),
)  # fmt: skip


def scaled(recipe: Recipe, part: str) -> Recipe:
    """Kinds of both parts weigh a little more on the tuned side, so that both come to about the same size."""
    return replace(recipe, rows=round(recipe.rows * (0.8 if part == "tuned" else 0.68)))
