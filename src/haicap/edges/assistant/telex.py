"""Gõ dở: what Telex and VNI leave behind when the keyboard was not switched on ("ddawng kys", "d9a8ng ky1")."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from haicap.kernel.search import canonical

_DOUBLE = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("w", ""))
_TONE = re.compile(r"(?<=[aeiouy])[sfrxj]|(?<=[cghmnpt])[sfrxj]$")
_VNI = re.compile(r"(?<=[a-z])[1-9]")
_HEAD_W = re.compile(r"^([a-z]*?)w(?![aeiouy])")


def untyped(key: str, known: Container[str]) -> str | None:
    """The syllable meant by a word typed without its input method; None when it was none."""
    return next(
        (found for found in _readings(key) if found != key and len(found) > 1 and found in known), None
    )


def _readings(key: str) -> Iterator[str]:
    if key.isalnum() and not key.isdigit() and _VNI.search(key):
        yield canonical(_VNI.sub("", key))
        return
    if not key.isalpha():
        return
    plain = key
    for typed, meant in _DOUBLE:
        plain = plain.replace(typed, meant)
    yield canonical(plain)
    for found in _TONE.finditer(plain):
        yield canonical(plain[: found.start()] + plain[found.end() :])
    bare = _TONE.sub("", plain)
    yield canonical(bare)
    yield canonical(_HEAD_W.sub(r"\1u", key).replace("w", ""))
    yield canonical(re.sub(r"([a-z])\1+", r"\1", bare))
    # a tone typed in the middle of a syllable with a doubled vowel behind it: "vieejt", "khaajn"
    yield canonical(re.sub(r"(?<=[aeiouy])[sfrxj](?=[a-z])", "", plain))
