"""Địa chỉ: free Vietnamese text → the administrative unit, old or new, that it leads to on a date.

A pure engine over plain rows of the register: no clock, no file, no network, no guess. Stages, one module each:

    fold, tokens, slips   words without marks and with them; cuts between words; Telex, VNI and scanner words mended
    lexicon               every name a unit bears or bore, by its folded letters
    vocabulary, chunks    kind words (P., quận, TX. …), streets, and the parts of a text that they open
    reader, schemes       all ways to read the parts as commune, district and province
    resolve, judge        names that stand inside their district and province, ranked; what fits best is live
    typos, mend           only when nothing fits: names near to what was written, inside the scope already read
    lineage, verdict      live readings → units in force on the date, with the clauses that say so

Rules
- A text with a district is an old address. A text without one is read as a unit of the day and as an old unit of that
  province, old or new. Readings whose units on the date are equal count as one; whatever else is live makes it ambiguous.
- Units that ended before 30 June 2025, and former names, are live only when no unit of that day or of the date asked
  fits the words as well. One without recorded successor is not found, with the day and the act of its end.
- Marks are evidence where a text uses them throughout; in a text with marks here and there only contradicting marks
  count; in a text without marks all namesakes are live.
- A kind word that contradicts is borne only when nothing bears the name with its kind. A name of the new map in an old
  district or province is accepted when its land came from there and its kind word is right.
- A slip is put right only inside the district or province read; all names equally near stay live; a real name that
  lies elsewhere is a contradiction, not a slip; numbers and names of three letters get no tolerance.
- A known district or province between the commune and the end of the text is never passed over as a street, and a
  street never becomes a ward: a bare name needs a part of its own, or a house number, a street and no commas before it.
- Two communes in one text ("nay là", "trước đây là") count as what they have in common.
- A former district without communes (Lý Sơn, Côn Đảo …) stands for itself; other districts alone are not an address.
"""

from haicap.domain.units.addresses.answer import Answer, Candidate, Reading, Status
from haicap.domain.units.addresses.gazetteer import Gazetteer

__all__ = ["Answer", "Candidate", "Gazetteer", "Reading", "Status"]
