"""Bộ đọc địa chỉ: builds the engine from plain rows and answers texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from haicap.domain.units.addresses import answer as words_of
from haicap.domain.units.addresses.answer import Answer, Status
from haicap.domain.units.addresses.chunks import Chunk, Cutter
from haicap.domain.units.addresses.fold import fold_word
from haicap.domain.units.addresses.judge import Decision, Judge
from haicap.domain.units.addresses.lexicon import Lexicon
from haicap.domain.units.addresses.lineage import Lineage
from haicap.domain.units.addresses.mend import Mender
from haicap.domain.units.addresses.reader import Reader, Scheme
from haicap.domain.units.addresses.tokens import Text, Tokeniser
from haicap.domain.units.addresses.verdict import Verdicts
from haicap.domain.units.timeline.rows import AliasRow, EdgeRow, VersionRow

HORIZON = date(2018, 12, 31)
LONGEST_TEXT = 1_000


class Gazetteer:
    """Every name of the register, ready to read addresses. Holds no clock and opens no file; safe to share."""

    def __init__(self, lexicon: Lexicon, lineage: Lineage, tokeniser: Tokeniser) -> None:
        self._lexicon = lexicon
        self._tokeniser = tokeniser
        self._verdicts = Verdicts(lexicon, lineage)

    @classmethod
    def build(
        cls, versions: Iterable[VersionRow], edges: Iterable[EdgeRow], aliases: Iterable[AliasRow]
    ) -> Gazetteer:
        """An engine over the given register; rows may come from the packaged facts or from the database."""
        versions, edges, aliases = list(versions), list(edges), list(aliases)
        lexicon = Lexicon(versions, edges, aliases)
        lineage = Lineage(lexicon.rows, edges, {})
        tokeniser = Tokeniser(_hyphens(versions), lambda word: word)
        return cls(lexicon, lineage, tokeniser)

    def convert(self, text: str, *, on: date) -> Answer:
        """The unit or units in force on `on` that `text` leads to. Never raises for any text.

        Dates before the horizon (31 December 2018), texts of more than 1,000 characters and texts without words are
        answered `not_found` with the reason.
        """
        if on < HORIZON:
            return _nothing(words_of.BEFORE_HORIZON)
        if len(text) > LONGEST_TEXT:
            return _nothing(words_of.TOO_LONG)
        words = self._tokeniser.split(text)
        chunks = Cutter(words, self._lexicon).chunks() if words.words else []
        if not chunks:
            return _nothing(words_of.EMPTY)
        return self._answer(words, chunks, on)

    def _answer(self, text: Text, chunks: list[Chunk], on: date) -> Answer:
        judge = Judge(text, on, self._lexicon, self._verdicts)
        schemes = Reader(text, chunks, self._lexicon, {}).schemes()
        decision = judge.decide(schemes) or self._mended(text, chunks, judge) or judge.decide(schemes, loosely=True)
        if decision is None:
            return _nothing(_why_not(schemes))
        return self._verdicts.answer(decision.entries, on)

    def _mended(self, text: Text, chunks: list[Chunk], judge: Judge) -> Decision | None:
        """The decision after typing slips are put right: first in the province and district, then in the commune."""
        mender = Mender(text, chunks, self._lexicon)
        if fixes := mender.above():
            decision = judge.decide(Reader(text, chunks, self._lexicon, fixes).schemes())
            if decision is not None:
                return decision
        fixes = mender.commune()
        return judge.decide(Reader(text, chunks, self._lexicon, fixes).schemes()) if fixes else None


def _why_not(schemes: list[Scheme]) -> str:
    """Why nothing was found."""
    above = any(s.district or s.province for s in schemes)
    if any(s.communes for s in schemes):
        return words_of.CONTRADICTION if above or any(s.lost_above for s in schemes) else words_of.NO_COMMUNE
    if any(c.kind and c.kind.tiers == "c" for s in schemes for c in s.lost):
        return words_of.NO_COMMUNE
    return words_of.ONLY_HIGHER if above else words_of.NO_UNIT


def _hyphens(versions: Sequence[VersionRow]) -> frozenset[tuple[str, str]]:
    """Pairs of words that a dash joins inside an official name (Bà Rịa - Vũng Tàu)."""
    pairs: set[tuple[str, str]] = set()
    for row in versions:
        if "-" in row.short_name:
            left, right = row.short_name.split("-", 1)
            pairs.add((fold_word(left.split()[-1]).plain, fold_word(right.split()[0]).plain))
    return frozenset(pairs)


def _nothing(reason: str) -> Answer:
    return Answer(Status.NOT_FOUND, reason=reason)
