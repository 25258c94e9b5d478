"""Chủ đề: whether a question is about a procedure, a power, a unit, guidance, or nothing that is kept here."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib import resources

from haicap.edges.assistant.normal import Word
from haicap.edges.assistant.phrases import Phrases

KIND_WORDS = frozenset("xa phuong huyen quan tinh tran thon ap commune ward province district".split())


# Who decides, as people ask it: somebody unnamed, one organ or another, or whether an organ may, with something only an
# organ does. Folded, in the spelling keys have.
_DOES = (
    r"(?:ki|quyet dinh|quyet|phe duyet|duyet|cap phep|cap|cho phep|cho thue|cho lap|cho mo|chap thuan|bo nhiem|mien nhiem|cong nhan|"
    r"cong bo|thu hoi|thanh lap|lap|giai the|giai quyet|giao|ban hanh|cuong che|tang danh hieu|tham dinh|chu tri|chi huy|chi dao|"
    r"dinh gia|xac nhan|xac dinh|quan li|xu li|tiep nhan|dieu chinh|cai chinh|thong qua)"
)
_ORGAN = (
    r"(?:chu tich(?: ubnd| uy ban)?(?: xa| phuong| tinh)?|(?:uy ban|ubnd)(?: xa| phuong| tinh)|xa|phuong|tinh|so|bo truong|"
    r"(?<!can )bo|(?<!van )phong|huyen|trung uong|van phong dat dai|to hoa giai|pho chu tich)"
)
_SOMEBODY = (
    r"(?:ai|co quan nao|cap nao|so nao|bo nao|(?<!van )phong nao|nguoi nao|ong nao|don vi nao|chu tich nao)"
)
_WHO = re.compile(
    rf"\b(?:{_SOMEBODY}(?: (?:la|nguoi|duoc|co|ra|quyen|se|phai|dung|giai|moi|gio|bay))* (?:{_DOES}|tang|yeu cau)|"
    rf"(?:do|boi) {_SOMEBODY}|quyen (?:cua )?{_SOMEBODY}|{_ORGAN}(?: {_DOES})? hay {_ORGAN}(?: {_DOES})|"
    rf"{_DOES} (?:la |o )?{_ORGAN} hay {_ORGAN}|{_ORGAN} (?:co )?duoc {_DOES}|"
    r"who (?:\w+ ){0,2}(?:appoint|grant|revoke|decide|sign|issue|approve)\w*|who has (?:the )?authori\w+|"
    r"which (?:level|authority|body|office|agency) (?:\w+ )?(?:decide|issue|sign|approve|grant)\w*|"
    r"allowed to (?:sign|certify|issue|decide|approve|grant))\b"
)
_EITHER = re.compile(rf"\b{_ORGAN}(?: \w+){{0,2}} hay (?:\w+ ){{0,1}}{_ORGAN}\b")


class Sign(StrEnum):
    """What phrases of a question point to."""

    POWER = "power"
    UNIT = "unit"
    GUIDANCE = "guidance"
    OFF_TOPIC = "off_topic"
    HOSTILE = "hostile"
    NOT_HERE = "not_here"  # a matter people look for here that no procedure of the catalogue is for


@cache
def _table() -> dict[Sign, Phrases]:
    path = resources.files("haicap.edges.assistant") / "data" / "topics.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return {Sign(r["key"]): Phrases((p, r["key"]) for p in r["phrases"].split("|")) for r in rows}


def signs(words: Sequence[Word]) -> dict[Sign, int]:
    """Signs in a question with the number of words that show each."""
    found = {}
    for sign, phrases in _table().items():
        size = sum(said.size for said in phrases.found(words))
        if size:
            found[sign] = size
    if Sign.POWER not in found and (asked := _who(words)):
        found[Sign.POWER] = len(asked)
    return found


def either(words: Sequence[Word]) -> bool:
    """Whether one organ or another is asked about; for what, only the rest of the question says."""
    return bool(_EITHER.search(" ".join(w.key for w in words)))


def _who(words: Sequence[Word]) -> set[int]:
    """Places of the words that ask who decides."""
    keys = " ".join(w.key for w in words)
    return {
        n
        for asked in _WHO.finditer(keys)
        for n in range(keys[: asked.start()].count(" "), keys[: asked.end()].count(" ") + 1)
    }


def without(sign: Sign, words: Sequence[Word]) -> list[Word]:
    """The words that are not part of the phrases of a sign: the matter itself."""
    taken = {n for said in _table()[sign].found(words) for n in range(said.start, said.end)}
    taken |= _who(words) if sign is Sign.POWER else set()
    return [w for n, w in enumerate(words) if n not in taken]
