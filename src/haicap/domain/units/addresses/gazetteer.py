"""Bộ đọc địa chỉ: builds the engine from plain rows and answers texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from itertools import pairwise

from haicap.domain.units.addresses import answer as words_of
from haicap.domain.units.addresses.answer import Answer, Status
from haicap.domain.units.addresses.chunks import Chunk, Cutter
from haicap.domain.units.addresses.fold import fold_word
from haicap.domain.units.addresses.judge import Decision, Judge, readings_of
from haicap.domain.units.addresses.lexicon import Lexicon, links
from haicap.domain.units.addresses.lineage import Lineage
from haicap.domain.units.addresses.mend import Mender, Scopes
from haicap.domain.units.addresses.reader import Reader
from haicap.domain.units.addresses.resolve import marks_of
from haicap.domain.units.addresses.schemes import Fixes, Scheme
from haicap.domain.units.addresses.slips import Slips
from haicap.domain.units.addresses.tokens import Text, Tokeniser
from haicap.domain.units.addresses.verdict import Verdicts
from haicap.domain.units.timeline.model import HORIZON
from haicap.domain.units.timeline.rows import AliasRow, EdgeRow, VersionRow

LONGEST_TEXT = 1_000
MOST_MUTED = 6
MOST_WORDS_MENDED = 60  # a longer text is no address; looking for slips in it would only take time


class Gazetteer:
    """Every name of the register, ready to read addresses. Holds no clock and opens no file; safe to share."""

    def __init__(self, lexicon: Lexicon, lineage: Lineage, tokeniser: Tokeniser) -> None:
        self._lexicon = lexicon
        self._tokeniser = tokeniser
        self._verdicts = Verdicts(lexicon, lineage)
        self._scopes = Scopes(lexicon)

    @classmethod
    def build(
        cls, versions: Iterable[VersionRow], edges: Iterable[EdgeRow], aliases: Iterable[AliasRow]
    ) -> Gazetteer:
        """An engine over the given register; rows may come from the packaged facts or from the database."""
        versions, edges, aliases = list(versions), list(edges), list(aliases)
        lexicon = Lexicon(versions, edges, aliases)
        lineage = Lineage(lexicon.rows, edges, links(lexicon, edges))
        tokeniser = Tokeniser(_hyphens(versions), Slips(lexicon.vocabulary))
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
        if not words.words:
            return _nothing(words_of.EMPTY)
        cutter = Cutter(words, self._lexicon)
        cuts = [cutter.chunks()]
        if not cuts[0]:
            return _nothing(words_of.NO_UNIT)
        if cutter.inner:
            cuts.append(Cutter(words, self._lexicon, frozenset(cutter.inner)).chunks())
        return self._answer(words, cuts, on)

    def _answer(self, text: Text, cuts: list[list[Chunk]], on: date) -> Answer:
        judge = Judge(text, on, marks_of(text, cuts[0], self._lexicon), self._lexicon, self._verdicts)
        schemes = [s for chunks in cuts for s in self._schemes(text, chunks, {})]
        decision = (
            judge.decide(schemes) or self._joined(text, cuts[0], judge) or self._muted(text, cuts[0], judge)
        )
        if len(text.words) <= MOST_WORDS_MENDED:
            if decision is None:
                decision = self._mended(text, cuts[-1], judge)
            elif decision.scheme.province is None and decision.scheme.district is None:
                decision = self._mended_above(text, cuts[-1], judge) or decision
        decision = decision or judge.decide(schemes, loosely=True)
        if decision is None:
            return _nothing(_why_not(schemes))
        return self._verdicts.answer(decision.entries, on).read_as(partial(readings_of, text, decision))

    def _schemes(self, text: Text, chunks: list[Chunk], fixes: Fixes) -> list[Scheme]:
        return Reader(text, chunks, self._lexicon, fixes).schemes()

    def _joined(self, text: Text, chunks: list[Chunk], judge: Judge) -> Decision | None:
        """The decision when a comma stands inside a name ("Phường Xuân Hương, Đà Lạt")."""
        for n, (left, right) in enumerate(pairwise(chunks)):
            inside = right.kind is None and left.end == right.start
            if inside and text.key(left.start, right.end) in self._lexicon.communes:
                joined = [*chunks[:n], left._replace(end=right.end, known=True), *chunks[n + 2 :]]
                return judge.decide(self._schemes(text, joined, {}))
        return None

    def _muted(self, text: Text, chunks: list[Chunk], judge: Judge) -> Decision | None:
        """The decision when one word that was taken for a kind word belongs to a name (Sơn Tịnh, Văn Quan)."""
        heads = [c.begin for c in chunks if c.kind is not None and not text.cut[c.begin]][:MOST_MUTED]
        if not heads or text.has_marks:
            return None
        again = [Cutter(text, self._lexicon, frozenset({h})).chunks() for h in heads]
        return judge.decide([s for c in again for s in self._schemes(text, c, {})])

    def _mended(self, text: Text, chunks: list[Chunk], judge: Judge) -> Decision | None:
        """The decision after typing slips are put right: first in the province and district, then in the commune."""
        mender = Mender(text, chunks, self._lexicon, self._scopes)
        if fixes := mender.above():
            decision = judge.decide(self._schemes(text, chunks, fixes))
            if decision is not None:
                return decision
        fixes = mender.commune()
        return judge.decide(self._schemes(text, chunks, fixes)) if fixes else None

    def _mended_above(self, text: Text, chunks: list[Chunk], judge: Judge) -> Decision | None:
        """The decision when a part right of the commune turns out to be a misspelt district or province."""
        fixes = Mender(text, chunks, self._lexicon, self._scopes).above()
        return judge.decide(self._schemes(text, chunks, fixes)) if fixes else None


def _why_not(schemes: list[Scheme]) -> str:
    """Why nothing was found."""
    above = any(s.district or s.province for s in schemes)
    if any(s.communes for s in schemes):
        return words_of.CONTRADICTION if above or any(s.lost_above for s in schemes) else words_of.NO_COMMUNE
    if any(c.kind and c.kind.tiers == "c" for s in schemes for c in s.lost):
        return words_of.NO_COMMUNE
    return words_of.ONLY_HIGHER if above else words_of.NO_UNIT


def _hyphens(versions: Sequence[VersionRow]) -> dict[str, tuple[str, ...]]:
    """For a word the words that a dash joins to it inside an official name (Bà Rịa - Vũng Tàu)."""
    pairs: dict[str, tuple[str, ...]] = {}
    for row in versions:
        if "-" in row.short_name:
            left, right = row.short_name.split("-", 1)
            after = fold_word(right.split()[0]).plain
            pairs[after] = (*pairs.get(after, ()), fold_word(left.split()[-1]).plain)
    return pairs


def _nothing(reason: str) -> Answer:
    return Answer(Status.NOT_FOUND, reason=reason)
