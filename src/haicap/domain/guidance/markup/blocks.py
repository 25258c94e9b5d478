"""Đọc chữ có định dạng: markdown-it parses, its tokens become blocks of our own; only known ones come through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

# Where a link may lead: pages of this site, places of this page, the web, a mailbox, a telephone.
LINKS = re.compile(
    r"(?:https?://[^\s<>\"]+|mailto:[^\s<>\"]+|tel:[+0-9]+|/(?!/)[^\s<>\"\\]*|#[^\s<>\"]*)", re.I
)


class BlockKind(StrEnum):
    """Khối."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    NUMBERS = "numbers"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"  # its inner blocks are rows, the first the head
    ROW = "row"
    CELL = "cell"
    CODE = "code"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one style; `href` when they are a link; `line` "\\n" alone is a line break."""

    text: str
    strong: bool = False
    italic: bool = False
    code: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block with its words, or with blocks inside.

    level  of a heading (1–6), the first number of a numbered list
    """

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    inner: tuple[Block, ...] = ()
    level: int = 0


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """CommonMark and tables; raw HTML is words like any others, and there are no pictures."""
    made = MarkdownIt("commonmark", {"html": False, "maxNesting": 12}).enable("table").disable("image")
    made.validateLink = _may_lead  # type: ignore[method-assign]
    return made


def _may_lead(url: str) -> bool:
    return LINKS.fullmatch(url) is not None


@lru_cache(maxsize=256)
def read(text: str) -> tuple[Block, ...]:
    """The blocks of a text."""
    return _blocks(SyntaxTreeNode(parser().parse(text)).children)


_PLAIN = {
    "paragraph": BlockKind.PARAGRAPH,
    "heading": BlockKind.HEADING,
    "th": BlockKind.CELL,
    "td": BlockKind.CELL,
    "inline": BlockKind.PARAGRAPH,
}
_HOLDING = {
    "bullet_list": BlockKind.BULLETS,
    "ordered_list": BlockKind.NUMBERS,
    "list_item": BlockKind.ITEM,
    "blockquote": BlockKind.QUOTE,
    "tr": BlockKind.ROW,
}


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
    return tuple(block for node in nodes if (block := _block(node)) is not None)


def _block(node: SyntaxTreeNode) -> Block | None:
    if node.type in _PLAIN:
        level = int(node.tag[1:]) if node.type == "heading" else 0
        return Block(_PLAIN[node.type], runs=_runs(node), level=level)
    if node.type in _HOLDING:
        start = int(node.attrs.get("start", 1) or 0) if node.type == "ordered_list" else 0
        return Block(_HOLDING[node.type], inner=_blocks(node.children), level=start)
    if node.type == "table":
        return Block(
            BlockKind.TABLE, inner=tuple(row for part in node.children for row in _blocks(part.children))
        )
    if node.type in ("code_block", "fence"):
        return Block(BlockKind.CODE, runs=(Run(node.content.rstrip("\n"), code=True),))
    return Block(BlockKind.RULE) if node.type == "hr" else None


def _runs(node: SyntaxTreeNode) -> tuple[Run, ...]:
    found: list[Run] = []
    _walk(node, Run(""), found)
    return tuple(run for run in found if run.text)


def _walk(node: SyntaxTreeNode, style: Run, found: list[Run]) -> None:
    for child in node.children:
        if child.type in ("softbreak", "hardbreak"):
            _add(
                found,
                Run(
                    " " if child.type == "softbreak" else "\n", style.strong, style.italic, False, style.href
                ),
            )
        elif child.type in ("text", "code_inline"):
            code = child.type == "code_inline"
            _add(found, Run(child.content, style.strong, style.italic, code, style.href))
        else:
            _walk(child, _styled(child, style), found)


def _styled(child: SyntaxTreeNode, style: Run) -> Run:
    href = str(child.attrs.get("href", "")) if child.type == "link" else style.href
    strong, italic = style.strong or child.type == "strong", style.italic or child.type == "em"
    return Run("", strong, italic, False, href)


def _add(found: list[Run], run: Run) -> None:
    """Neighbours of one style are one run, so that a citation is never cut in two."""
    last = found[-1] if found else None
    if last is not None and (last.strong, last.italic, last.code, last.href) == (
        run.strong, run.italic, run.code, run.href
    ):  # fmt: skip
        found[-1] = Run(last.text + run.text, run.strong, run.italic, run.code, run.href)
    else:
        found.append(run)
