"""Nối lời: what the reply before was about, in a short text that goes to the page and comes back; never trusted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from haicap.edges.assistant.intents import Intent, chatter
from haicap.edges.assistant.normal import Word
from haicap.edges.assistant.phrases import Phrases
from haicap.edges.assistant.reply import Behaviour

LONGEST = 400
MOST = 5
_FORM = re.compile(r"1;([ac]);((?:[0-9]\.[0-9]{6})(?:,[0-9]\.[0-9]{6}){0,4})")
_ORDINALS = Phrases(
    (said, str(n))
    for n, row in enumerate(
        (
            "cái thứ nhất|cái đầu|cái đầu tiên|thứ nhất|số 1|cái 1|the first|first one|1",
            "cái thứ hai|thứ hai|số 2|cái 2|the second|second one|2",
            "cái thứ ba|thứ ba|số 3|cái 3|the third|third one|3",
            "cái thứ tư|thứ tư|số 4|cái 4|the fourth|4",
            "cái thứ năm|thứ năm|số 5|cái 5|cái cuối|cái cuối cùng|the last|the fifth|5",
        )
    )
    for said in row.split("|")
)
_GOING_ON = frozenset("con the vay no do cai nay ay cung nua roi xong nop lam it that and also same".split())


@dataclass(frozen=True, slots=True)
class Before:
    """The reply before: its codes in order, and whether it asked back."""

    behaviour: Behaviour
    codes: tuple[str, ...]


def written(behaviour: Behaviour, codes: Sequence[str]) -> str:
    """The context of a reply; "" for one that follow-ups cannot go on with."""
    if not codes or behaviour is Behaviour.REFUSE:
        return ""
    return f"1;{'c' if behaviour is Behaviour.CLARIFY else 'a'};{','.join(codes[:MOST])}"


def read(context: str) -> Before | None:
    """The context that came back; None for none, and for anything we did not write."""
    found = _FORM.fullmatch(context) if len(context) <= LONGEST else None
    if found is None:
        return None
    behaviour = Behaviour.CLARIFY if found[1] == "c" else Behaviour.ANSWER
    return Before(behaviour, tuple(found[2].split(",")))


def ordinal(words: Sequence[Word]) -> int | None:
    """ "cái thứ hai" → 1; None when the words hold more than that."""
    found = _ORDINALS.found(words)
    if len(found) != 1 or len(words) - found[0].size > 4:
        return None
    return int(found[0].meanings[0].words[0].key)


def goes_on(words: Sequence[Word], intents: Sequence[Intent]) -> bool:
    """Whether a question asks for a part of something and names nothing of its own: "còn lệ phí?", "ở đâu?"."""
    own = [w for w in words if w.weight > 0.5 and w.key not in chatter() and w.key not in _GOING_ON]
    return bool(intents) and len(own) <= 1
