"""Đọc tài liệu JSON: values taken out of a document one by one; what does not fit is noted with its path."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from haicap.base.citation import Citation
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.procedures.content.problems import Problem
from haicap.domain.procedures.content.words import NOTHING, UNCITED, Words

E = TypeVar("E", bound=StrEnum)
KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
MOST_ITEMS = 400  # in any list: more is no longer a form or a list of papers
LONGEST = 4_000  # characters of any text


class Node:
    """A place in a document. Questions answer with a fitting value always; problems go to the shared list."""

    __slots__ = ("path", "problems", "value")

    def __init__(self, value: object, path: str, problems: list[Problem]) -> None:
        self.value = value
        self.path = path
        self.problems = problems

    def wrong(self, template: str, place: str = "", /, **params: object) -> None:
        """Note a problem here, or at a `place` below."""
        self.problems.append(Problem(self._at(place), template, params))

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path and key else self.path or key

    def closed(self, *allowed: str) -> bool:
        """True for an object; keys it may not have are problems."""
        if not isinstance(self.value, dict):
            self.wrong(gettext_noop("Ở đây cần một đối tượng { … }."))
            return False
        for key in self.value:
            if key not in allowed:
                self.wrong(
                    gettext_noop("Khóa “%(key)s” không có trong lược đồ; có thể dùng: %(allowed)s."),
                    key=str(key)[:60],
                    allowed=", ".join(allowed),
                )
        return True

    def _get(self, key: str) -> object:
        return self.value.get(key) if isinstance(self.value, dict) else None

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        return self._get(key) not in (None, "", [], {})

    def text(self, key: str, *, required: bool = False, longest: int = LONGEST) -> str:
        """A text; empty when it is missing."""
        found = self._get(key)
        if found is None or found == "":
            if required:
                self.wrong(gettext_noop("Thiếu “%(key)s”."), key, key=key)
            return ""
        if not isinstance(found, str):
            self.wrong(gettext_noop("“%(key)s” phải là chữ trong ngoặc kép."), key, key=key)
            return ""
        if len(found) > longest or not _plain(found):
            self.wrong(
                gettext_noop("“%(key)s” dài quá %(most)s ký tự hoặc có ký tự điều khiển."),
                key,
                key=key,
                most=longest,
            )
            return ""
        return "\n".join(nfc(line) for line in found.split("\n")).strip()

    def key(self, key: str = "key") -> str:
        """A name for machines: a–z, digits, _."""
        found = self.text(key, required=True, longest=60)
        if found and not KEY.fullmatch(found):
            self.wrong(
                gettext_noop("Khóa “%(found)s” phải gồm chữ thường không dấu, số và _, bắt đầu bằng chữ."),
                key,
                found=found,
            )
        return found

    def flag(self, key: str, *, default: bool = False) -> bool:
        """true or false."""
        found = self._get(key)
        if found is None:
            return default
        if not isinstance(found, bool):
            self.wrong(gettext_noop("“%(key)s” phải là true hoặc false."), key, key=key)
            return default
        return found

    def whole(self, key: str, *, low: int, high: int) -> int | None:
        """A whole number in [low, high]; None when it is missing."""
        found = self._get(key)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int) or not low <= found <= high:
            self.wrong(
                gettext_noop("“%(key)s” phải là số nguyên từ %(low)s đến %(high)s."),
                key,
                key=key,
                low=low,
                high=high,
            )
            return None
        return found

    def one_of(self, key: str, kinds: type[E], default: E | None = None) -> E:
        """A member of an enumeration."""
        found = self._get(key)
        if found is None and default is not None:
            return default
        if isinstance(found, str) and found in kinds._value2member_map_:
            return kinds(found)
        self.wrong(
            gettext_noop("“%(key)s” phải là một trong: %(options)s."), key, key=key, options=", ".join(kinds)
        )
        return default if default is not None else next(iter(kinds))

    def several(self, key: str, kinds: type[E]) -> tuple[E, ...]:
        """Members of an enumeration, each once."""
        return tuple(dict.fromkeys(node.as_member(kinds) for node in self.items(key)))

    def as_member(self, kinds: type[E]) -> E:
        """This very value as a member of an enumeration."""
        if isinstance(self.value, str) and self.value in kinds._value2member_map_:
            return kinds(self.value)
        self.wrong(gettext_noop("Ở đây cần một trong: %(options)s."), options=", ".join(kinds))
        return next(iter(kinds))

    def texts(self, key: str, *, longest: int = 400) -> tuple[str, ...]:
        """A list of texts."""
        found = []
        for node in self.items(key):
            if isinstance(node.value, str) and node.value.strip() and len(node.value) <= longest:
                found.append(nfc(node.value))
            else:
                node.wrong(gettext_noop("Ở đây cần chữ, không quá %(most)s ký tự."), most=longest)
        return tuple(found)

    def words(self, key: str, *, required: bool = False) -> Words:
        """{"vi": …, "en": …}: Vietnamese is a must, English may wait."""
        below = self.child(key)
        if below is None:
            if required:
                self.wrong(gettext_noop("Thiếu “%(key)s”."), key, key=key)
            return NOTHING
        below.closed("vi", "en")
        return Words(below.text("vi", required=True), below.text("en"))

    def citation(self, key: str) -> Citation:
        """{"act": "123/2015/NĐ-CP", "clause": "điều 5"}; nothing when it is missing."""
        below = self.child(key)
        return below.as_citation() if below else UNCITED

    def as_citation(self) -> Citation:
        """This very object as a citation."""
        self.closed("act", "clause")
        return Citation(self.text("act", required=True, longest=200), self.text("clause", longest=200))

    def child(self, key: str) -> Node | None:
        """The object at a key, when it is there."""
        found = self._get(key)
        return None if found is None else Node(found, self._at(key), self.problems)

    def items(self, key: str) -> Iterable[Node]:
        """The values of a list; none when it is missing."""
        found = self._get(key)
        if found is None:
            return ()
        if not isinstance(found, list) or len(found) > MOST_ITEMS:
            self.wrong(
                gettext_noop("“%(key)s” phải là danh sách [ … ] không quá %(most)s phần tử."),
                key,
                key=key,
                most=MOST_ITEMS,
            )
            return ()
        return tuple(Node(value, f"{self._at(key)}[{n}]", self.problems) for n, value in enumerate(found))


def _plain(text: str) -> bool:
    return all(c >= " " or c in "\n\t" for c in text) and not any("\ud800" <= c <= "\udfff" for c in text)
