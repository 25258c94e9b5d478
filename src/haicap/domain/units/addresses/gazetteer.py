"""Bộ đọc địa chỉ: builds the engine from plain rows and answers texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from haicap.domain.units.addresses import answer as words_of
from haicap.domain.units.addresses.answer import Answer, Status
from haicap.domain.units.addresses.chunks import Cutter
from haicap.domain.units.addresses.lexicon import Lexicon
from haicap.domain.units.addresses.lineage import Lineage
from haicap.domain.units.addresses.reader import Reader, Scheme
from haicap.domain.units.addresses.resolve import Match, Resolver
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
        main, _asides = self._tokeniser.split(text)
        if not main.words:
            return _nothing(words_of.EMPTY)
        return self._read(main, on)

    def _read(self, text: Text, on: date) -> Answer:
        chunks = Cutter(text, self._lexicon).chunks()
        schemes = Reader(text, chunks, self._lexicon, {}).schemes()
        resolver = Resolver(text, on)
        best: list[tuple[Scheme, Match]] = []
        score: tuple[int, ...] = ()
        for scheme in schemes:
            for commune in scheme.communes:
                match = resolver.match(scheme, commune)
                if not match.entries:
                    continue
                new = (match.rank[0], -scheme.explained, *match.rank[1:])
                if not best or new < score:
                    best, score = [(scheme, match)], new
                elif new == score:
                    best.append((scheme, match))
        if not best:
            communes = any(s.communes or s.lost for s in schemes)
            above = any(s.district or s.province for s in schemes)
            reason = (
                words_of.CONTRADICTION if communes and above else words_of.ONLY_HIGHER if above else words_of.NO_UNIT
            )
            return _nothing(reason)
        entries = tuple(dict.fromkeys(e for _, m in best for e in m.entries))
        return self._verdicts.answer(entries, on)


def _hyphens(versions: Sequence[VersionRow]) -> frozenset[tuple[str, str]]:
    """Pairs of words that a dash joins inside an official name (Bà Rịa - Vũng Tàu)."""
    from haicap.domain.units.addresses.fold import fold_word

    pairs: set[tuple[str, str]] = set()
    for row in versions:
        if "-" in row.short_name:
            left, right = row.short_name.split("-", 1)
            pairs.add((fold_word(left.split()[-1]).plain, fold_word(right.split()[0]).plain))
    return frozenset(pairs)


def _nothing(reason: str) -> Answer:
    return Answer(Status.NOT_FOUND, reason=reason)
