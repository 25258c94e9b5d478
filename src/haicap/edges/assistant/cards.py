"""Thẻ thủ tục: what the ranking needs of each procedure, drawn from the catalogue once per state of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from haicap.domain.procedures.catalogue import Entry
from haicap.domain.procedures.content import Level, Subject
from haicap.edges.assistant.concepts import named_by
from haicap.edges.assistant.normal import Word, words_in

_OPENING = re.compile(r"^\s*(?:Thủ tục:?|Trình tự, thủ tục)\s+", re.IGNORECASE)
_LEVEL = re.compile(
    r"\((?:thực hiện )?(?:tại |ở )?(?:công an )?cấp[^)]*\)|\([0-9.\s]+\)|\((?:địa phương|trung ương)\)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[(;/]| đối với | trong trường hợp | thực hiện (?:tại|bằng) | thuộc thẩm quyền | thuộc trường hợp | quy định tại "
    r"| theo quy định | do | của | bằng dịch vụ | trừ | bao gồm | để ", re.IGNORECASE
)  # fmt: skip
TELLING = frozenset(
    "cap lai doi dang ki gia han dieu chinh sua bo sung thay thu hoi cham dut moi lan dau co yeu to nuoc ngoai cho giay "
    "xoa huy tam ngung thoi tai khu vuc bien gioi luu dong viec".split()
)
HEAD, TAIL, FAR = 1.0, 0.45, 0.2
HEAD_WORDS = 14
MOST_NAME_WORDS = 60
ABROAD = "Ngoại giao"  # the field of what missions abroad do, also where the name does not say so


@dataclass(frozen=True, slots=True)
class Card:
    """A version of a procedure as the ranking sees it.

    words, pairs  of the name → weight by place (head, tail, far)
    shapes        word → shapes and tones it has in the name
    more          words of field, keywords and results
    plain         folded name without what opens it and without its level
    prior         how much likelier it is meant than others, about 1
    core          words of the beginning of the name, without those that tell sisters apart; opening: with them
    """

    entry: Entry
    plain: str
    words: Mapping[str, float]
    pairs: Mapping[str, float]
    shapes: Mapping[str, frozenset[tuple[str, str]]]
    more: frozenset[str]
    concepts: frozenset[str]
    prior: float
    core: frozenset[str]
    opening: frozenset[str]


def bare(name: str) -> str:
    """A name without "Thủ tục" before it and without its level in brackets."""
    return _LEVEL.sub(" ", _OPENING.sub("", name)).strip()


def card_of(entry: Entry, essential: frozenset[str]) -> Card:
    """The card of a version."""
    name = bare(entry.name)
    words = words_in(name)[:MOST_NAME_WORDS]
    cut = _TAIL.search(name)
    head = len(words_in(name[: cut.start()])) if cut and cut.start() > 8 else len(words)
    weights = [_weight(n, head) for n in range(len(words))]
    shapes: dict[str, set[tuple[str, str]]] = {}
    for word in words:
        shapes.setdefault(word.key, set()).add((word.shape, word.tone))
    more = " ".join((entry.field, *entry.keywords, *entry.results))
    return Card(
        entry, " ".join(w.key for w in words), _heaviest((w.key, x) for w, x in zip(words, weights, strict=True)),
        _heaviest((f"{a.key}_{b.key}", min(x, y)) for (a, x), (b, y) in pairwise(zip(words, weights, strict=True))),
        {key: frozenset(found) for key, found in shapes.items()}, frozenset(w.key for w in words_in(more)),
        named_by(words_in(entry.name)) | _levels(entry), _prior(entry, essential),
        _core(words[: min(head, HEAD_WORDS)]), frozenset(w.key for w in words[:HEAD_WORDS]),
    )  # fmt: skip


def _core(head: Sequence[Word]) -> frozenset[str]:
    keys = [w.key for w in head]
    cut = keys.index("cho") if "cho" in keys[3:] else len(keys)
    return frozenset(keys[:cut]) - TELLING


def _weight(n: int, head: int) -> float:
    if n >= HEAD_WORDS * 2:
        return FAR
    return HEAD if n < min(head, HEAD_WORDS) else TAIL


def _heaviest(found: Iterable[tuple[str, float]]) -> dict[str, float]:
    heaviest: dict[str, float] = {}
    for key, weight in found:
        heaviest[key] = max(weight, heaviest.get(key, 0.0))
    return heaviest


def _levels(entry: Entry) -> frozenset[str]:
    named = {Level.COMMUNE: "commune", Level.PROVINCE: "province", Level.MINISTRY: "central"}
    found = frozenset(named[level] for level in entry.levels if level in named)
    return found | {"abroad"} if entry.field == ABROAD else found


def _prior(entry: Entry, essential: frozenset[str]) -> float:
    prior = 1.0
    if Level.COMMUNE in entry.levels:
        prior += 0.03
    elif entry.levels == (Level.MINISTRY,):
        prior -= 0.03
    if not entry.subjects or Subject.CITIZEN in entry.subjects:
        prior += 0.01
    if entry.code in essential:
        prior += 0.05
    if entry.complete:
        prior += 0.03
    return prior


class Worth:
    """How rare words and pairs are in what procedures are called: what is rare tells more.

    ids     word → its number; a pair has the number of its first word before that of its second
    words   word → worth; pairs: numbers, ascending, and their worth beside them
    """

    def __init__(
        self, ids: Mapping[str, int], words: Mapping[str, float], pairs: Sequence[int], worth: Sequence[float]
    ) -> None:
        self.ids = ids
        self._words, self._pairs, self._pair_worth = words, pairs, worth
        self._whole: dict[int, float] = {}

    def __call__(self, term: str) -> float:
        """In (0, 1]; of a term that nothing is called by: 1."""
        found = self._words.get(term)
        if found is None and (place := self._place(term)) is not None:
            return self._pair_worth[place]
        return 1.0 if found is None else found

    def pair(self, term: str) -> int | None:
        """The number of a pair; None when one of its words is unknown."""
        one, _, other = term.partition("_")
        first, second = self.ids.get(one), self.ids.get(other)
        return None if first is None or second is None else joined(first, second)

    def _place(self, term: str) -> int | None:
        code = self.pair(term)
        place = len(self._pairs) if code is None else bisect_left(self._pairs, code)
        return place if place < len(self._pairs) and self._pairs[place] == code else None

    def of(self, card: Card) -> float:
        """Of all words of a name together."""
        whole = self._whole.get(card.entry.pk)
        if whole is None:
            whole = self._whole[card.entry.pk] = sum(self(k) * x for k, x in card.words.items())
        return whole

    def known(self, term: str) -> bool:
        """Whether anything is called by it."""
        return term in self._words or self._place(term) is not None


def joined(first: int, second: int) -> int:
    """The number of a pair of words."""
    return first << 32 | second


def proper_free(words: Sequence[Word]) -> list[Word]:
    """Names of people and places count for little beside the matter."""
    return [w.weighing(w.weight * 0.35) if w.proper else w for w in words]
