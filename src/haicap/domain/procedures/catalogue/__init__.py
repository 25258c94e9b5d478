"""Danh mục trong bộ nhớ: every version under its days, found by words with or without marks. Pure."""

from haicap.domain.procedures.catalogue.entry import Entry, LifeEventEntry
from haicap.domain.procedures.catalogue.index import Index
from haicap.domain.procedures.catalogue.whole import Asked, Catalogue, Found, Hit

__all__ = ["Asked", "Catalogue", "Entry", "Found", "Hit", "Index", "LifeEventEntry"]
