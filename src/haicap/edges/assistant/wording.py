"""Mô hình ngôn ngữ của cơ quan: may word an answer anew, and is believed in nothing: what it says is held against the records."""

from __future__ import annotations

import json
import logging
import re
import urllib.error
import urllib.request
from dataclasses import dataclass, replace

from haicap.edges.assistant.intents import chatter
from haicap.edges.assistant.normal import words_in
from haicap.edges.assistant.reply import Behaviour, Reply

log = logging.getLogger("haicap.assistant")
SECONDS = 4.0
MOST_BYTES = 64 * 1024
OWN_WORDS = (
    0.25  # share of words of a sentence that need not stand in the answer: they join, they tell nothing
)
_FACT = re.compile(r"\d[\d./,:-]*\d|\d")
_LINK = re.compile(r"https?:|www\.|\]\(|[\w-]+\.(?:vn|com|org|net)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(slots=True)
class _Slot:
    url: str = ""
    token: str = ""


_slot = _Slot()


def wire(url: str, token: str = "") -> None:
    """Let the model at `url` word answers; "" for none. Called in config only."""
    _slot.url, _slot.token = url, token


def worded(reply: Reply) -> Reply:
    """The reply in the model's words where they say nothing but what the answer says; else unchanged."""
    if not _slot.url or reply.behaviour is not Behaviour.ANSWER or not reply.text:
        return reply
    try:
        text = _asked(reply.text)
    except (OSError, ValueError, urllib.error.URLError) as error:
        log.warning("assistant: the language model did not answer: %s", type(error).__name__)
        return reply
    problem = wrong(text, reply.text)
    if problem:
        log.warning("assistant: the language model's words were refused: %s", problem)
        return reply
    return replace(reply, text=text)


def _asked(text: str) -> str:
    """One call, bounded in time and size. ValueError for anything but {"text": …}."""
    body = json.dumps({"task": "reword", "text": text}, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if _slot.token:
        headers["Authorization"] = f"Bearer {_slot.token}"
    request = urllib.request.Request(_slot.url, data=body, headers=headers, method="POST")  # noqa: S310 - the operator's
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        raw = answer.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise ValueError("too long")
    found = json.loads(raw.decode())
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise ValueError("no text")
    return str(found["text"]).strip()


def wrong(text: str, ours: str) -> str:
    """Why words may not stand for our own; "" when they may.

    Every figure, code, date and capitalised name must stand in ours, as must most words of every sentence; nothing of
    the figures of ours may be missing; no links.
    """
    if not text or len(text) > 2 * len(ours) + 200:
        return "empty or much longer"
    if _LINK.search(text):
        return "a link"
    if set(_FACT.findall(text)) != set(_FACT.findall(ours)):
        return "figures"
    own = {w.key for part in _SENTENCE.split(ours) for w in words_in(part)}
    for sentence in _SENTENCE.split(text):
        words = [w for w in words_in(sentence) if w.key not in chatter()]
        if any(w.proper and w.key not in own for w in words):
            return "a name"
        if words and sum(w.key not in own for w in words) > OWN_WORDS * len(words):
            return "a sentence of its own"
    return "a denial" if _denials(text) != _denials(ours) else ""


def _denials(text: str) -> int:
    """How often something is denied: "không cần" where we say "cần" turns an answer round."""
    return sum(
        w.key in {"khong", "chua", "not", "no"} for part in _SENTENCE.split(text) for w in words_in(part)
    )
