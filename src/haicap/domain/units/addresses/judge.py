"""Cân nhắc: which readings of a text are live, and which words they rest on."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from haicap.domain.units.addresses.answer import Reading
from haicap.domain.units.addresses.lexicon import Entry, Lexicon
from haicap.domain.units.addresses.resolve import Marks, Match, Rank, Resolver
from haicap.domain.units.addresses.schemes import Part, Scheme
from haicap.domain.units.addresses.tokens import Text
from haicap.domain.units.addresses.verdict import Verdicts

Score = tuple[int, int, bool, Rank]


class Decision(NamedTuple):
    """Live readings, and the scheme and commune they come from (the first of several)."""

    entries: tuple[Entry, ...]
    scheme: Scheme
    commune: Part


class Judge:
    """Weighs the schemes of one text."""

    def __init__(self, text: Text, on: date, marks: Marks, lexicon: Lexicon, verdicts: Verdicts) -> None:
        self.text = text
        self.on = on
        self.lexicon = lexicon
        self.verdicts = verdicts
        self.resolver = Resolver(text, on, marks)

    def decide(self, schemes: list[Scheme], *, loosely: bool = False) -> Decision | None:
        """The readings that fit best; those that fit equally well are all live. `loosely`: words may be left over
        behind a name."""
        best: list[Decision] = []
        least: Score | None = None
        for scheme in schemes:
            if scheme.lost_above or (scheme.loose and not (loosely and self._aside(scheme))):
                continue
            found = self._judge(scheme)
            if found is None:
                continue
            score, decision = found
            if least is None or score < least:
                least, best = score, [decision]
            elif score == least:
                best.append(decision)
        if not best:
            return None
        entries = tuple(dict.fromkeys(e for d in best for e in d.entries))
        return best[0]._replace(entries=entries)

    def _judge(self, scheme: Scheme) -> tuple[Score, Decision] | None:
        if not scheme.communes:
            return self._island(scheme)
        matches: list[tuple[Part, Match]] = []
        for part in {self.text.key(p.start, p.end): p for p in scheme.communes[::-1]}.values():
            match = self.resolver.match(scheme, part)
            if match.entries:
                matches.append((part, match))
        if not matches:
            return None
        rank = min(m.rank for _, m in matches)
        score = (rank[0], scheme.loose - scheme.explained, scheme.backward, rank)
        entries = matches[0][1].entries if len(matches) == 1 else self._common(matches)
        return score, Decision(entries, scheme, matches[0][0])

    def _common(self, matches: list[tuple[Part, Match]]) -> tuple[Entry, ...]:
        """Several communes named: what they lead to in common; all of it when there is nothing in common."""
        ends = [
            frozenset(h.row.uid for e in m.entries for h in self.verdicts.heirs(e, self.on))
            for _, m in matches
        ]
        common = frozenset.intersection(*ends)
        chosen = [m for (_, m), end in zip(matches, ends, strict=True) if not common or end == common]
        if not chosen:
            chosen = [m for _, m in matches]
        return tuple(e for m in chosen for e in m.entries)

    def _island(self, scheme: Scheme) -> tuple[Score, Decision] | None:
        """A district without communes (Lý Sơn, Côn Đảo …) stands for itself."""
        part = scheme.district
        if part is None or scheme.lost:
            return None
        entries = tuple(e for e in part.entries if e.uid in self.lexicon.islands)
        if not entries or len(entries) != len(part.entries):
            return None
        return (0, -scheme.explained, scheme.backward, (0, 0, 0, 0, 0)), Decision(entries, scheme, part)

    def _aside(self, scheme: Scheme) -> bool:
        """Whether the words left over begin in lower case after a capital, as no name does ("gần chợ")."""
        words = self.text.words
        first, before = words[scheme.loose_at].raw, words[scheme.loose_at - 1].raw
        return self.text.has_marks and first[:1].islower() and before[:1].isupper()


def readings_of(text: Text, decision: Decision) -> tuple[Reading, ...]:
    """Which words were read as what, in the order of the text; what names no unit comes last."""
    scheme, commune = decision.scheme, decision.commune
    found = [("commune", commune, decision.entries)]
    found += [
        (role, part, tuple(part.entries))
        for role, part in (("district", scheme.district), ("province", scheme.province))
        if part is not None and part is not commune
    ]
    found.sort(key=lambda f: f[1].start)
    taken = {i for _, part, _ in found for i in range(part.begin, part.end)}
    taken |= {i for part in scheme.communes for i in range(part.begin, part.end)}
    rest = " ".join([w.raw for i, w in enumerate(text.words) if i not in taken])
    readings = [
        Reading(role, text.raw(part.begin, part.end), " | ".join(dict.fromkeys(names)), part.fixed)
        for role, part, entries in found
        for names in ([e.name if role == "commune" else e.official for e in entries],)
    ]
    return (*readings, Reading("rest", rest, "", False)) if rest else tuple(readings)
