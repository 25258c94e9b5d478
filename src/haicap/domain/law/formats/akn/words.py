"""Từ vựng Akoma Ntoso: names of elements for levels, of modifications for relations."""

from __future__ import annotations

from collections.abc import Mapping

from haicap.domain.law.places import Level
from haicap.domain.law.states import RelationKind as R

SPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "urn:haicap:law:1"
ELEMENTS: Mapping[Level, str] = {
    Level.PART: "part",
    Level.CHAPTER: "chapter",
    Level.SECTION: "section",
    Level.ARTICLE: "article",
    Level.PARAGRAPH: "paragraph",
    Level.POINT: "point",
}
CONTAINERS: Mapping[Level, str] = {Level.ITEM: "item", Level.ANNEX: "annex"}  # hcontainer name="…"
LEVELS = {element: level for level, element in ELEMENTS.items()}
NAMED = {name: level for level, name in CONTAINERS.items()}
# What a relation is as a modification; several share one, so the exact kind stands in `proprietary`.
MODIFICATIONS: Mapping[R, tuple[str, str]] = {
    R.AMENDS: ("textualMod", "substitution"),
    R.CORRECTS: ("textualMod", "substitution"),
    R.REPLACES: ("textualMod", "replacement"),
    R.REPEALS: ("textualMod", "repeal"),
    R.SUSPENDS: ("efficacyMod", "inapplication"),
    R.RESUMES: ("efficacyMod", "entryIntoEfficacy"),
    R.EXTENDS: ("forceMod", "prorogationOfForce"),
    R.CONTINUES: ("efficacyMod", "prorogationOfEfficacy"),
    R.CONSOLIDATES: ("legalSystemMod", "republication"),
    R.BASIS: ("legalSystemMod", "legislativeDelegation"),
    R.DETAILS: ("legalSystemMod", "implementation"),
    R.CITES: ("legalSystemMod", "staticReference"),
}
RELATIONS: Mapping[tuple[str, str], R] = {
    **{words: kind for kind, words in reversed(tuple(MODIFICATIONS.items()))},
    ("textualMod", "insertion"): R.AMENDS,
    ("textualMod", "renumbering"): R.AMENDS,
    ("textualMod", "split"): R.AMENDS,
    ("textualMod", "join"): R.AMENDS,
    ("forceMod", "endOfEnactment"): R.REPEALS,
    ("efficacyMod", "endOfEfficacy"): R.REPEALS,
    ("legalSystemMod", "application"): R.BASIS,
}
