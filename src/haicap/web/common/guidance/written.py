"""Chữ có định dạng thành HTML: blocks in, escaped text with our own tags out. Nothing an editor typed becomes markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import quote

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from haicap.domain.guidance.markup import Block, BlockKind, Run, headings, read
from haicap.web.common.law import links

UNCONFIRMED = re.compile(
    r"\((chưa xác minh[^()\n]{0,80})\)", re.IGNORECASE
)  # also "(chưa xác minh trong luật)"
K = BlockKind
Cited = Callable[[str], SafeString]
Href = Callable[[str], str]


def here(href: str) -> str:
    """An address of this site in the language of the page; others as they are."""
    if not href.startswith("/"):
        return href
    return ("/en" if get_language() == "en" else "") + quote(href, safe="/?=&#+%-._~")


def html(
    text: str, *, cited: Cited = links.cited, href: Href = here, level: int = 2, prefix: str = ""
) -> SafeString:
    """A body as HTML.

    cited  makes documents that the words name into links; href  where links of the text lead
    level  of its highest heading on the page; prefix  of the names of its headings
    """
    return _Writer(text, cited, href, level, prefix).blocks(read(text))


class _Writer:
    def __init__(self, text: str, cited: Cited, href: Href, level: int, prefix: str) -> None:
        self._cited, self._href = cited, href
        found = headings(text)
        self._names = iter([prefix + name for _, _, name in found])
        self._shift = level - min([depth for depth, _, _ in found], default=level)

    def blocks(self, blocks: Sequence[Block]) -> SafeString:
        return format_html_join("\n", "{}", ((self._block(block),) for block in blocks))

    def _block(self, block: Block) -> SafeString:
        if block.kind is K.HEADING:
            depth = min(max(block.level + self._shift, 2), 6)
            name = next(self._names, "")
            return format_html('<h{} id="{}">{}</h{}>', depth, name, self._runs(block.runs), depth)
        if block.kind is K.TABLE:
            return self._table(block)
        if block.kind is K.ITEM:
            return self._item(block)
        if block.kind is K.CODE:
            return format_html("<pre><code>{}</code></pre>", "".join(run.text for run in block.runs))
        if block.kind is K.NUMBERS and block.level not in (0, 1):
            return format_html('<ol start="{}">{}</ol>', block.level, self.blocks(block.inner))
        if block.kind in _AROUND:
            tag = _AROUND[block.kind]
            inner = self._runs(block.runs) if block.runs else self.blocks(block.inner)
            return format_html("<{}>{}</{}>", tag, inner, tag)
        return mark_safe("<hr>")

    def _item(self, block: Block) -> SafeString:
        """A list item: a single paragraph needs no tag of its own."""
        first, rest = block.inner[:1], block.inner[1:]
        plain = first and first[0].kind is K.PARAGRAPH
        head = self._runs(first[0].runs) if plain else self.blocks(first)
        return format_html("<li>{}{}</li>", head, self.blocks(rest))

    def _table(self, block: Block) -> SafeString:
        head, rows = block.inner[:1], block.inner[1:]
        cells = head[0].inner if head else ()
        top = format_html_join("", "{}", ((self._head(cell),) for cell in cells))
        body = format_html_join("\n", "<tr>{}</tr>", ((self._row(row),) for row in rows))
        return format_html(
            '<div class="scroll" tabindex="0"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
            top,
            body,
        )

    def _head(self, cell: Block) -> SafeString:
        """A column without a name has no heading."""
        text = self._runs(cell.runs)
        return format_html('<th scope="col">{}</th>', text) if text.strip() else mark_safe("<td></td>")

    def _row(self, row: Block) -> SafeString:
        return format_html_join("", "<td>{}</td>", ((self._runs(cell.runs),) for cell in row.inner))

    def _runs(self, runs: Sequence[Run]) -> SafeString:
        return format_html_join("", "{}", ((self._run(run),) for run in runs))

    def _run(self, run: Run) -> SafeString:
        if run.text == "\n":
            return mark_safe("<br>")
        if run.href:
            inner: SafeString = escape(run.text)
        elif run.code:
            return format_html("<code>{}</code>", run.text)
        else:
            inner = self._marked(run.text)
        for wanted, tag in ((run.italic, "em"), (run.strong, "strong")):
            if wanted:
                inner = format_html("<{}>{}</{}>", tag, inner, tag)
        return format_html('<a href="{}">{}</a>', self._href(run.href), inner) if run.href else inner

    def _marked(self, text: str) -> SafeString:
        """Text with links to the documents it names; what is not confirmed looks so."""
        pieces, at = [], 0
        for match in UNCONFIRMED.finditer(text):
            mark = format_html('<span class="tag warn">{}</span>', match[1])
            pieces += [(self._cited(text[at : match.start()]),), (mark,)]
            at = match.end()
        return format_html_join("", "{}", [*pieces, (self._cited(text[at:]),)])


_AROUND = {
    K.PARAGRAPH: "p", K.BULLETS: "ul", K.NUMBERS: "ol", K.QUOTE: "blockquote", K.CELL: "p", K.ROW: "p",
}  # fmt: skip
