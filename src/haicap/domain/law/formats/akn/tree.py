"""XML đọc an toàn: a small tree from a file nobody trusts. No document types, no entities, no network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

LARGEST = 32 * 1024 * 1024
DEEPEST = 60
MOST_ELEMENTS = 400_000


@dataclass(slots=True)
class Node:
    """An element: name without namespace, namespace, attributes by name without namespace, children and texts in order."""

    name: str
    space: str
    line: int
    attributes: dict[str, str]
    parts: list[Node | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute, "" when absent."""
        return self.attributes.get(name, "")

    def children(self, *names: str) -> Iterator[Node]:
        """Child elements, all or of some names."""
        for part in self.parts:
            if isinstance(part, Node) and (not names or part.name in names):
                yield part

    def first(self, *path: str) -> Node | None:
        """The first element down a path of names."""
        found: Node | None = self
        for name in path:
            found = next(found.children(name), None) if found else None
        return found

    def walk(self, *names: str) -> Iterator[Node]:
        """Elements below, at any depth, of some names, in document order."""
        for child in self.children():
            if child.name in names:
                yield child
            yield from child.walk(*names)

    def text(self) -> str:
        """All the text inside, as it stands."""
        return "".join(part if isinstance(part, str) else part.text() for part in self.parts)


def read_tree(file: BinaryIO) -> Node:
    """The root. Refused `bad_xml` (line told), `xml_doctype`, `xml_too_large`."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _too_large()
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as reason:
        line = getattr(reason, "lineno", 0)
        raise Refused(
            "bad_xml", gettext_noop("Tệp XML hỏng ở dòng %(line)s; xin xuất lại tệp."), params={"line": line}
        ) from None
    if builder.root is None:
        raise Refused(
            "bad_xml", gettext_noop("Tệp XML hỏng ở dòng %(line)s; xin xuất lại tệp."), params={"line": 1}
        )
    return builder.root


class _Builder:
    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._count = 0
        self.parser = expat.ParserCreate(namespace_separator="\n")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) >= DEEPEST:
            raise _too_large()
        space, _, local = name.rpartition("\n")
        node = Node(
            local,
            space,
            self.parser.CurrentLineNumber,
            {k.rpartition("\n")[2]: v for k, v in attributes.items()},
        )
        if self._open:
            self._open[-1].parts.append(node)
        else:
            self.root = node
        self._open.append(node)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].parts.append(text)

    def _doctype(self, *_: object) -> None:
        raise Refused(
            "xml_doctype", gettext_noop("Tệp XML có khai báo DOCTYPE; xin bỏ khai báo này rồi nhập lại.")
        )


def _too_large() -> Refused:
    return Refused("xml_too_large", gettext_noop("Tệp XML quá lớn hoặc lồng quá sâu; xin chia nhỏ."))
