"""Mục lục từ: one index of folded words, pairs and letter triples for whatever has names.

No rows, no clock, no network: documents in, keys out. On disk a new index replaces the old by one rename.
"""

from haicap.kernel.search.building import Document, build, forget
from haicap.kernel.search.reading import Damaged, Hit, Searcher, Terms
from haicap.kernel.search.words import canonical, pairs, triples, words

__all__ = [
    "Damaged",
    "Document",
    "Hit",
    "Searcher",
    "Terms",
    "build",
    "canonical",
    "forget",
    "pairs",
    "triples",
    "words",
]
