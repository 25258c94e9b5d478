"""Hiểu câu hỏi: words mended, what is asked set apart, phrases of the table put as the records say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from haicap.edges.assistant import elsewhere
from haicap.edges.assistant.cards import HEAD_WORDS, bare, proper_free
from haicap.edges.assistant.concepts import SPECIAL, asked_for
from haicap.edges.assistant.hearing import Asked, asked_of, heard
from haicap.edges.assistant.intents import Intent, chatter, intents_of
from haicap.edges.assistant.knowledge import PROCEDURE, Knowledge, key_of
from haicap.edges.assistant.normal import Word, cleaned, codes_in, words_in
from haicap.edges.assistant.phrases import Said
from haicap.edges.assistant.ranking import CHATTER, Query, Ranked, query_of, rank
from haicap.edges.assistant.weighing import MOST as WEIGHED
from haicap.edges.assistant.weighing import Candidate, Weighed, candidate, nothing_signs, weighed
from haicap.kernel.search import Terms, triples

CANDIDATES = 50
MOST_READINGS = 4
LONG, BEFORE_WISH = 16, 0.75
_WISH = frozenset("muon xin can nho want need".split())
AFTER_PURPOSE = 0.4  # "xác nhận độc thân để vay ngân hàng": what comes behind is not what is wanted
_PURPOSE = frozenset({"de"})
_MIGHT = 5
SPECIAL_CASE = 0.96
GUESSED = 0.85  # of the words of a name put in place of a phrase
TELLING = frozenset("again renew change end pause foreign joint".split())
NAMED_OUTRIGHT = 0.98  # chance of a procedure whose whole official name was written
MATTER = 2.5  # worth of words a matter is usually named with
CLAIMING = 5  # candidates whose names may claim a question
CLAIMED = 0.9  # of a question that a name has, or of a name that a question has


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    text      cleaned; words mended, with weights; intents what is asked; concepts what tells sisters apart
    codes     codes written in it
    said      phrases of the table found in it
    """

    text: str
    words: tuple[Word, ...]
    intents: tuple[Intent, ...]
    concepts: frozenset[str]
    codes: tuple[str, ...]
    said: tuple[Said, ...]


def matter_of(question: Question, known: Knowledge) -> float:
    """How much was said at all, talk left out."""
    worth = {w.key: _content(w, known) for w in question.words if w.key not in chatter() and len(w.key) > 1}
    named = any(said.size > 1 for said in question.said) or bool(question.codes)
    return sum(worth.values()) + named


def understood(text: str, known: Knowledge) -> Question:
    """Read a question."""
    clean = cleaned(text)
    mended = known.mender.mended(words_in(clean))
    said = known.phrases.found(mended)
    words, intents = intents_of(mended)
    covered = {n for s in said for n in range(s.start, s.end) if s.size > 1}
    words = [mended[n] if n in covered else w for n, w in enumerate(words)]
    words = _wishes(_purposes(proper_free(words)))
    return Question(clean, tuple(words), intents, asked_for(mended), codes_in(clean), tuple(said))


def _purposes(words: list[Word]) -> list[Word]:
    """What stands behind "để" is why, not what; unless hardly anything stands before it."""
    at = next((n for n, w in enumerate(words) if w.key in _PURPOSE and w.means("đê", "r")), None)
    if at is None or sum(w.key not in chatter() for w in words[:at]) < 2:
        return words
    return [w if n <= at else w.weighing(w.weight * AFTER_PURPOSE) for n, w in enumerate(words)]


def _wishes(words: list[Word]) -> list[Word]:
    """In a long story what somebody wants stands behind "muốn", "xin", "cần"; what happened counts for less."""
    at = max((n for n, w in enumerate(words) if w.key in _WISH), default=-1)
    if len(words) < LONG or at < 0 or len(words) - at < 4:
        return words
    return [w.weighing(w.weight * BEFORE_WISH) if n < at else w for n, w in enumerate(words)]


def found(question: Question, known: Knowledge, on: date) -> Weighed:
    """Procedures in force on the day that fit, the likeliest first."""
    if question.codes:
        entries = [e for code in question.codes if (e := known.entry(code, on))]
        if entries:
            return Weighed(tuple(Ranked(known.card(e), 1.0, 1.0, 1.0, 1.0) for e in entries), 0.0)
    candidates, asked = candidates_of(question, known, on)
    found = weighed(candidates, asked, known.lore, nothing_of(question, asked, candidates, known))
    return _by_name(found, known.names.get(" ".join(w.key for w in words_in(bare(question.text))), ()))


def _by_name(found: Weighed, codes: Sequence[str]) -> Weighed:
    """Who writes a whole official name means that procedure: `codes` bear it."""
    own = [r for r in found.ranked if r.card.entry.code in codes]
    if not own:
        return found
    rest = (1 - NAMED_OUTRIGHT) / (sum(r.chance for r in found.ranked if r not in own) + found.nothing or 1.0)
    ranked = [replace(r, chance=NAMED_OUTRIGHT / len(own)) for r in own]
    ranked += [replace(r, chance=r.chance * min(1.0, rest)) for r in found.ranked if r not in own]
    return Weighed(tuple(ranked), found.nothing * min(1.0, rest))


def candidates_of(question: Question, known: Knowledge, on: date) -> tuple[list[Candidate], Asked]:
    """Procedures that may be meant, the best fits first, and the reading they are to be weighed by."""
    queries = readings(question, known, on)
    asked = _asked(question, queries[0], known)
    outright = {str(e.pk) for c in queries[0].direct if (e := known.catalogue.at(c, on))}
    named: dict[str, Ranked] = {}
    keys: dict[str, None] = {}
    for query in queries:
        own = dict.fromkeys((*outright, *_candidates(query, known)))
        near = [known.cards[k] for k in own if k in known.cards and on in known.cards[k].entry.span]
        keys.update((str(card.entry.pk), None) for card in near)
        for key, r in rank(query, near, known.worth, question.concepts).items():
            if key not in named or r.score > named[key].score:
                named[key] = r
    every = [candidate(known.voices[k], named.get(k), heard(asked, known.voices[k])) for k in keys]
    every.sort(key=lambda c: -c.best.score)
    return every[:WEIGHED], asked


def _asked(question: Question, query: Query, known: Knowledge) -> Asked:
    row = [
        (w.key, w.weight * (CHATTER if w.key in chatter() else 1.0))
        for w in known.mender.initials.spelled(question.words)
    ]
    return asked_of(query, known.worth, question.concepts, row, known.lore.concepts(row))


def nothing_of(
    question: Question, asked: Asked, candidates: Sequence[Candidate], known: Knowledge
) -> dict[str, float]:
    """The numbers of "none of these". What the name of a procedure has is looked for here, whatever the lines say of it."""
    words = [w for w in question.words if w.key not in chatter()]
    unknown = sum(not known.worth.known(w.key) for w in words)
    outright = max(asked.query.direct.values(), default=0.0)
    own = nothing_signs(matter_of(question, known), len(words), unknown, outright)
    claimed = _claimed(question, asked, candidates, known)
    return own | (dict.fromkeys(elsewhere.SIGNS, 0.0) if claimed else known.elsewhere.signs(asked))


def _claimed(question: Question, asked: Asked, candidates: Sequence[Candidate], known: Knowledge) -> bool:
    """Whether the name of one of the best has nearly all of the question, or the question nearly all of a name."""
    cards = [c.voice.card for c in candidates[:CLAIMING]]
    fits = rank(asked.query, cards, known.worth, question.concepts).values()
    return any(fit.covered >= CLAIMED or fit.named >= CLAIMED for fit in fits)


def readings(question: Question, known: Knowledge, on: date) -> list[Query]:
    """The question as it stands and as the table rephrases it."""
    direct = _direct(question, known, on)
    rows = [known.mender.initials.spelled(question.words)]
    if question.said:
        rows += _rephrased(question, known)
    rows = list({tuple(w.key for w in row): row for row in rows}.values())[:MOST_READINGS]
    return [query_of(row, known.worth, chatter(), direct) for row in rows]


def _direct(question: Question, known: Knowledge, on: date) -> dict[str, float]:
    """Procedures that phrases name outright, surer the longer the phrase."""
    found: dict[str, float] = {}
    worths = [_content(w, known) for w in question.words]
    whole = sum(worths) or 1.0
    for said in question.said:
        share = min(1.0, sum(worths[said.start : said.end]) / min(whole, MATTER))
        heard = max(w.weight for w in question.words[said.start : said.end])
        sure = (0.62 + 0.04 * min(said.size, _MIGHT) + 0.18 * share) * (0.85 + 0.15 * heard)
        for meaning in said.meanings:
            for code in known.codes_of(meaning):
                entry = known.entry(code, on)
                if entry is not None:
                    found[entry.code] = max(found.get(entry.code, 0.0), sure)
    return found | _special_cases(question, known, on, found)


def _special_cases(
    question: Question, known: Knowledge, on: date, direct: dict[str, float]
) -> dict[str, float]:
    """Sisters of what a phrase names, where the question says what makes them special ("bị mất", "gia hạn")."""
    found: dict[str, float] = {}
    for code, sure in direct.items():
        card = known.card(known.catalogue.at(code, on) or known.catalogue.history(code)[-1])
        wanted = (question.concepts & SPECIAL) - card.concepts
        for sister in known.sisters(card) if wanted & TELLING else ():
            own = (sister.concepts & SPECIAL) - card.concepts
            if own and own <= wanted and on in sister.entry.span and sister.entry.code not in direct:
                found[sister.entry.code] = max(
                    found.get(sister.entry.code, 0.0),
                    SPECIAL_CASE * sure * known.likeness(card, sister) ** 0.1,
                )
    return found


def _content(word: Word, known: Knowledge) -> float:
    """What a word weighs in the matter of a question."""
    return word.weight * (0.15 if word.key in chatter() else known.worth(word.key))


def _rephrased(question: Question, known: Knowledge) -> list[list[Word]]:
    """Every phrase replaced by its first meaning in words; then one reading more for each other meaning."""
    rows = [_replaced(question.words, [(s, 0) for s in question.said], known)]
    for said in question.said:
        for n in range(1, len(said.meanings)):
            if said.meanings[n].words:
                rows.append(
                    _replaced(question.words, [(s, n if s is said else 0) for s in question.said], known)
                )
    return rows


def _name_of(code: str, known: Knowledge) -> tuple[Word, ...]:
    """The beginning of the name a code bears now."""
    history = known.catalogue.history(code)
    return tuple(words_in(bare(history[-1].name))[:HEAD_WORDS]) if history else ()


def _replaced(words: Sequence[Word], said: Sequence[tuple[Said, int]], known: Knowledge) -> list[Word]:
    row: list[Word] = []
    at = 0
    for phrase, n in said:
        row.extend(words[at : phrase.start])
        meaning = phrase.meanings[n]
        weight = max(w.weight for w in words[phrase.start : phrase.end])
        own = words[phrase.start : phrase.end]
        said_so = meaning.words or _name_of(meaning.code, known)
        weight *= 1.0 if meaning.words else GUESSED
        row.extend(replace(w, weight=weight) for w in said_so or own)
        at = phrase.end
    row.extend(words[at:])
    return row


def _candidates(query: Query, known: Knowledge) -> list[str]:
    """Keys the index finds; words no record has are looked for by their letters."""
    unknown = [
        key
        for key in (w.key for w, _ in query.terms)
        if not known.worth.known(key) and len(key) > 3 and key not in chatter()
    ]
    terms = Terms(
        {word.key: value for word, value in query.terms},
        dict(query.pairs),
        {triple: 0.3 for key in unknown[:6] for triple in triples(key)},
    )
    hits = known.searcher.search(terms, CANDIDATES, (PROCEDURE,))
    return list(dict.fromkeys(key_of(hit.key) for hit in hits))
