"""Văn bản kèm theo: documents, places, relations and owed documents as they come with the program. Pure.

read() → Tables: every row of ../data/*.csv, places as paths. What each fact rests on: ../data/README.md
"""

from haicap.domain.law.packaged.reading import FILES, read, read_sheet

__all__ = ["FILES", "read", "read_sheet"]
