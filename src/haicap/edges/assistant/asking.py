"""Hỏi: the one way in to the assistant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.utils import translation

from haicap.edges.assistant import following, wording
from haicap.edges.assistant.answers import building, others, sisters
from haicap.edges.assistant.answers.procedures import About, sentences
from haicap.edges.assistant.deciding import MATTER, Decision
from haicap.edges.assistant.facts import facts
from haicap.edges.assistant.following import Before
from haicap.edges.assistant.inquiry import ELSEWHERE, Inquiry
from haicap.edges.assistant.intents import Intent
from haicap.edges.assistant.places import about_units
from haicap.edges.assistant.ranking import Ranked
from haicap.edges.assistant.reply import Behaviour, Reply, Topic
from haicap.edges.assistant.topics import Sign, either, signs, without
from haicap.edges.assistant.understanding import found, matter_of, understood
from haicap.kernel.search import Damaged

POWER_FITS, POWER_SURE, GUIDE_FITS, GUIDE_SURE = 0.42, 0.6, 0.34, 0.5
# How near a question is to what people say for a piece of guidance.
PLAINLY, SOUNDS, MAY_SOUND, UNLIKE = 0.55, 0.43, 0.33, 0.25
MOST_GUIDES = 3
FAINTLY = 0.3  # chance of a procedure below which guidance that may be meant goes before it


def ask(text: str, *, on: date, address: str = "", context: str = "", language: str = "vi") -> Reply:
    """What a question means on a day, answered from records in force on it.

    address   the asker's, old or new, for the office; "" when not told
    context   of the reply before, for follow-ups; never trusted
    language  "vi" or "en"
    Refused `not_ready`, `not_loaded` while the registers are being loaded.
    """
    with translation.override("en" if language == "en" else "vi"):
        try:
            return wording.worded(_answered(_read(text, on, address, language, context)))
        except Damaged:
            facts().mend()
            return wording.worded(_answered(_read(text, on, address, language, context)))


def search(text: str, *, on: date, most: int = 5) -> list[Ranked]:
    """Procedures that fit a text, best first, without a judgement."""
    known = facts().knowledge()
    return list(found(understood(text, known), known, on).ranked[:most])


def _read(text: str, on: date, address: str, language: str, context: str) -> Inquiry:
    held = facts()
    known = held.knowledge()
    question = understood(text, known)
    matter = matter_of(question, known)
    before = following.read(context)
    return Inquiry(question, signs(question.words), matter, known, held, on, address, language, before)


def _answered(asked: Inquiry) -> Reply:
    followed = _follow_up(asked, asked.before) if asked.before else None
    if followed is not None:
        return followed
    for way in _ways(asked):
        reply = way(asked)
        if reply is not None:
            return reply
    return others.refusal()


def _ways(asked: Inquiry) -> Sequence[Callable[[Inquiry], Reply | None]]:
    """What is tried, in order."""
    if any(sign in asked.signs for sign in ELSEWHERE):
        return (_procedure,)
    first = [way for sign, way in _BY_SIGN.items() if sign in asked.signs]
    if Sign.POWER not in asked.signs and either(asked.question.words):
        first.append(_power_named)
    if asked.sound >= SOUNDS:
        first.insert(0, _guidance if asked.sound >= PLAINLY else _guidance_first)
    return (*first, _procedure_clear, _guidance, _procedure)


def _follow_up(asked: Inquiry, before: Before) -> Reply | None:
    """A question that goes on with the one before: a part of it, one of the offered, or what separates them."""
    question, on = asked.question, asked.on
    entries = [e for code in before.codes if (e := asked.known.catalogue.at(code, on))]
    if not entries or question.codes or any(sign in asked.signs for sign in ELSEWHERE):
        return None
    place = following.ordinal(question.words)
    if place is not None and place < len(entries):
        return _told(asked, [entries[place].code])
    codes = [e.code for e in entries]
    if before.behaviour is Behaviour.CLARIFY:
        return _separated(asked, codes)
    if following.goes_on(question.words, question.intents) and not asked.names:
        return _told(asked, codes)
    return _separated(asked, codes) if asked.short and not asked.signs and not asked.names else None


def _separated(asked: Inquiry, codes: Sequence[str]) -> Reply | None:
    """The words that choose among what was offered; None when they speak of something else."""
    fits = []
    for code in codes:
        entry = asked.known.entry(code, asked.on)
        if entry is not None:
            card = asked.known.card(entry)
            words = {w.key for w in asked.question.words if w.weight > 0.3}
            shared = sum(asked.known.worth(w) for w in words & set(card.words)) + len(
                card.concepts & asked.question.concepts
            )
            fits.append((shared, code))
    fits.sort(reverse=True)
    clear = fits and fits[0][0] > 0.25 and (len(fits) == 1 or fits[0][0] > fits[1][0] + 0.05)
    if clear and asked.short:
        return _told(asked, [fits[0][1], *(code for _, code in fits[1:])])
    return _sister(asked, codes[0]) if asked.question.concepts and asked.short else None


def _sister(asked: Inquiry, code: str) -> Reply | None:
    """What was asked before, with what is said now: "bị mất" after "bằng lái xe"."""
    entry = asked.known.entry(code, asked.on)
    if entry is None:
        return None
    card = asked.known.card(entry)
    near = [
        c
        for c in asked.known.sisters(card)
        if asked.question.concepts & c.concepts and asked.on in c.entry.span
    ]
    return _told(asked, [near[0].entry.code]) if near else None


def _told(asked: Inquiry, codes: Sequence[str]) -> Reply | None:
    """The answer about the first of these procedures."""
    entries = [e for code in codes if (e := asked.known.entry(code, asked.on))]
    if not entries:
        return None
    chosen = tuple(
        Ranked(asked.known.card(e), 1.0 if n == 0 else 0.5, 1.0, 1.0, 0.0) for n, e in enumerate(entries)
    )
    return _procedure_told(asked, Decision(Behaviour.ANSWER, chosen))


def _procedure_clear(asked: Inquiry) -> Reply | None:
    """About a procedure, unless nothing stands out: then guidance is looked at before."""
    decision = asked.decision
    faint = asked.sound >= MAY_SOUND and decision.chosen and decision.chosen[0].chance < FAINTLY
    return None if decision.doubtful or faint else _procedure(asked)


def _procedure(asked: Inquiry) -> Reply | None:
    decision = asked.decision
    if decision.behaviour is Behaviour.REFUSE:
        return None
    if decision.behaviour is Behaviour.CLARIFY:
        return sisters.ask_back(decision.chosen)
    return _procedure_told(asked, decision)


def _procedure_told(asked: Inquiry, decision: Decision) -> Reply:
    entry = decision.chosen[0].card.entry
    about = About(entry, asked.facts.content(entry), asked.on, asked.address, asked.facts)
    said = sentences(about, asked.question.intents)
    return building.reply(Behaviour.ANSWER, Topic.PROCEDURE, said, procedures=building.found(decision.chosen))


def _power_of(asked: Inquiry, least: float) -> str:
    """The power of the register that holds most of the question, "" when none holds enough."""
    words = without(Sign.POWER, asked.question.words)
    best = next(iter(asked.facts.powers().best(words, 1)), None)
    return best.key if best and best.score >= least else ""


def _power_named(asked: Inquiry) -> Reply | None:
    """Where one organ or another is asked about: the power, when the question plainly names it."""
    return _power(asked) if _power_of(asked, POWER_SURE) else None


def _power(asked: Inquiry) -> Reply | None:
    """Who holds the power that is asked about; by the record of the procedure where the register has none."""
    pieces = asked.facts.powers()
    key = _power_of(asked, POWER_FITS)
    ranked = asked.ranked()
    fits = bool(ranked)
    if not key and fits:
        key = asked.facts.power_of(ranked[0].card.entry.code)
    if key:
        return others.power(key, pieces.items[key].title, asked.facts.holders(key, _unit_of(asked), asked.on))
    if fits:
        entry = ranked[0].card.entry
        organ = asked.facts.content(entry).authority
        return others.authority(entry.name, entry.code, organ) if organ else None
    return None


def _unit_of(asked: Inquiry) -> str:
    """The asker's unit, when the address names just one."""
    if not asked.address:
        return ""
    candidates = asked.facts.gazetteer().convert(asked.address, on=asked.on).candidates
    return candidates[0].uid if len(candidates) == 1 else ""


def _unit(asked: Inquiry) -> Reply | None:
    """Units, unless the question is plainly about a procedure."""
    ranked = asked.ranked()
    if ranked and ranked[0].score > 0.9 and asked.signs.get(Sign.UNIT, 0) < 2:
        return None
    return about_units(asked.question.text, asked.facts, asked.on)


def _guidance(asked: Inquiry) -> Reply | None:
    """The piece of guidance that holds most of the question."""
    named = Sign.GUIDANCE in asked.signs
    if asked.matter < MATTER or (not named and (Intent.FEE in asked.question.intents or asked.before)):
        return None
    if asked.sound >= MAY_SOUND:
        fits = list(asked.sounds[:MOST_GUIDES])
    else:
        least = GUIDE_FITS if named else GUIDE_SURE if asked.sound >= UNLIKE else 1.0
        pieces = asked.facts.guides(asked.on)
        fits = [f for f in pieces.best(asked.question.words, MOST_GUIDES) if f.score >= least]
    if not fits:
        return None
    keys = [f.key for f in fits if f.score >= 0.75 * fits[0].score]
    sure = named or asked.sound >= SOUNDS
    return others.guidance(keys, asked.facts, asked.on, asked.language, fit=1.0 if sure else fits[0].score)


def _guidance_first(asked: Inquiry) -> Reply | None:
    """Guidance before procedures, unless a phrase names a procedure outright."""
    ranked = asked.ranked()
    return None if ranked and ranked[0].direct > 0.8 and ranked[0].score > 0.9 else _guidance(asked)


_BY_SIGN: dict[Sign, Callable[[Inquiry], Reply | None]] = {
    Sign.POWER: _power,
    Sign.UNIT: _unit,
    Sign.GUIDANCE: _guidance_first,
}
