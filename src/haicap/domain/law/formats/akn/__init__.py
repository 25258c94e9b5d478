"""Akoma Ntoso 1.0 (OASIS, namespace …/akn/3.0): a document out as XML, and XML in as rows. Pure.

    write_akn(file, row, tables, made_on=day)    the document with every version of its texts, each with its period
    write_akn(file, row, tables, made_on=day, on=day)    the expression of one day
    read_akn(file) → Outcome                     rows, or problems by line of the file; nothing half applied
    path_of("140/2025/NĐ-CP", …) → "/akn/vn/act/nd/2025-06-12/140/vie@2025-12-30/!main~art_5"

Documents whose number carries its year are acts (`act`), all others `doc`. Standard blocks carry what the standard has
words for; what it has none for (how sure a fact is, its source, the exact kind of a relation) stands in `proprietary`.
A place without text carries content of status "unknown", never words of ours.
"""

from haicap.domain.law.formats.akn.reading import read_akn
from haicap.domain.law.formats.akn.uris import path_of, read_path
from haicap.domain.law.formats.akn.writing import write_akn

__all__ = ["path_of", "read_akn", "read_path", "write_akn"]
