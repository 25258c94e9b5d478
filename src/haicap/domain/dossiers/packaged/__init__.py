"""Dữ kiện đóng gói: facts that come with the program. Pure."""

from haicap.domain.dossiers.packaged.agencies import SOURCE, identifiers

__all__ = ["SOURCE", "identifiers"]
