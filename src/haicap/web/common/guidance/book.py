"""Sách đọc khi không có mạng: everything that counts on a day as one PDF and as one HTML file, made once for each state."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from haicap.base.dates import show_date
from haicap.base.words import gettext_noop
from haicap.domain.guidance import markup, queries
from haicap.domain.guidance.markup import Block, Run
from haicap.domain.guidance.queries import Piece
from haicap.domain.law import queries as law
from haicap.web.common import citations
from haicap.web.common.guidance import words, written
from haicap.web.common.papers import pdf

TITLE = gettext_noop("Cẩm nang chính quyền địa phương")
KEPT = 6  # files that stay: somebody may be half-way through an older one
_OF_THE_BOOK = re.compile(r"/(?:cam-nang|hoi-dap|thong-bao)/([a-z0-9-]+)/(?:#.*)?")


def prepared(form: str, *, on: date, at: datetime, base: str) -> Path:
    """The file of a day in a form (pdf, html); made when texts, documents or the day changed since it was made last."""
    state = f"{queries.shelf.state()} {law.corpus.state()} {on} {base}"
    name = hashlib.sha256(state.encode()).hexdigest()[:16]
    folder = Path(settings.DATA) / "exports"
    target = folder / f"guidance-{name}.{form}"
    if target.exists():
        return target
    folder.mkdir(exist_ok=True, mode=0o700)
    made = as_pdf(on, at) if form == "pdf" else as_html(on, base).encode()
    beside = target.with_name(f".{secrets.token_hex(4)}.{target.name}")
    try:
        beside.write_bytes(made)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    _sweep(folder, form)
    return target


def _sweep(folder: Path, form: str) -> None:
    files = sorted(folder.glob(f"guidance-*.{form}"), key=lambda p: p.stat().st_mtime, reverse=True)
    for path in files[KEPT:]:
        with suppress(OSError):
            path.unlink()


def _parts(on: date) -> list[tuple[str, list[Piece]]]:
    """Parts of the book, then answers by topic, then notices."""
    book = groupby(queries.chapters(on), key=lambda piece: piece.part)
    found = [(f"{gettext('Phần')} {n}. {words.part(n)}", list(chapters)) for n, chapters in book]
    rest = [p for p in queries.pieces(on) if not p.part and p.kind == "article"]
    answers = sorted(
        queries.articles(on, kind="answer"),
        key=lambda p: list(words.TOPICS).index(p.topic) if p.topic in words.TOPICS else 99,
    )
    more = [
        (gettext("Bài khác"), rest),
        (gettext("Hỏi đáp"), answers),
        (gettext("Thông báo cho người dân"), list(queries.articles(on, kind="notice"))),
    ]
    return found + [(name, pieces) for name, pieces in more if pieces]


def _notes(piece: Piece) -> list[str]:
    """What a reader must know before the text: reviews, doubts."""
    notes = [f"{gettext('Đang được rà soát')}: {words.flag(flag)}." for flag in piece.flagged]
    return notes + ([piece.note] if piece.note else [])


def _based(piece: Piece) -> str:
    return "; ".join(citations.written(c) for c in piece.citations)


# --- one HTML file --------------------------------------------------------------------------------------------------
@cache
def _offline(name: str) -> str:
    return (resources.files("haicap.web.common.guidance") / "offline" / name).read_text(encoding="utf-8")


def as_html(on: date, base: str) -> str:
    """The whole book in Vietnamese: styles and search inside, nothing fetched from anywhere."""
    with translation.override("vi"):
        parts = _parts(on)
        codes = frozenset(piece.code for _, pieces in parts for piece in pieces)
        return str(
            format_html(
                '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, '
                'initial-scale=1"><title>{title}</title><style>{css}</style></head><body><header><h1>{title}</h1><p>{told}</p>'
                '<p id="tim-o" hidden><label for="tim">{find}</label><input id="tim" type="search" autocomplete="off"> '
                '<span id="tim-thay" role="status" class="small"></span></p></header><nav aria-label="{toc}">{contents}</nav>'
                "<main>{body}</main><script>{js}</script></body></html>\n",
                title=gettext(TITLE), css=mark_safe(_offline("book.css")), js=mark_safe(_offline("book.js")),  # noqa: S308  packaged
                told=gettext("Nội dung áp dụng vào ngày %(day)s. Bản mới nhất: %(base)s") % {"day": show_date(on), "base": base},
                find=gettext("Tìm trong tệp này"), toc=gettext("Mục lục"), contents=_contents(parts),
                body=format_html_join("\n", "{}", ((_part(name, pieces, codes, base),) for name, pieces in parts)),
            )
        )  # fmt: skip


def _contents(parts: Sequence[tuple[str, Sequence[Piece]]]) -> SafeString:
    return format_html_join(
        "\n", "<h2>{}</h2><ul>{}</ul>",
        (
            (name, format_html_join("", '<li data-for="{}"><a href="#{}">{}</a></li>', ((p.code, p.code, p.title) for p in pieces)))
            for name, pieces in parts
        ),
    )  # fmt: skip


def _part(name: str, pieces: Sequence[Piece], codes: frozenset[str], base: str) -> SafeString:
    def href(to: str) -> str:
        inside = _OF_THE_BOOK.fullmatch(to)
        if inside and inside[1] in codes:
            return f"#{inside[1]}"
        return base.rstrip("/") + to if to.startswith("/") else to

    return format_html(
        "<h2>{}</h2>{}", name, format_html_join("\n", "{}", ((_section(piece, href),) for piece in pieces))
    )


def _section(piece: Piece, href: written.Href) -> SafeString:
    notes = format_html_join("", '<p class="warn">{}</p>', ((note,) for note in _notes(piece)))
    text = written.html(piece.body, cited=escape, href=href, level=4, prefix=f"{piece.code}-")
    based = (
        format_html('<p class="small">{}: {}</p>', gettext("Căn cứ"), _based(piece))
        if piece.citations
        else ""
    )
    return format_html(
        '<section id="{}" data-piece><h3>{}</h3>{}<p><em>{}</em></p>{}{}</section>',
        piece.code, piece.title, notes, piece.summary, text, based,
    )  # fmt: skip


# --- one PDF --------------------------------------------------------------------------------------------------------
def as_pdf(on: date, at: datetime) -> bytes:
    """The same as PDF/A, with contents and page numbers, in Vietnamese."""
    with translation.override("vi"):
        parts = [{"name": name, "pieces": [_paper(piece) for piece in pieces]} for name, pieces in _parts(on)]
        values = {
            "title": gettext(TITLE), "author": "Hai Cấp", "lang": "vi", "contents": gettext("Mục lục"), "page": gettext("Trang"),
            "told": gettext("Nội dung áp dụng vào ngày %(day)s.") % {"day": show_date(on)}, "based": gettext("Căn cứ"),
            "parts": parts,
        }  # fmt: skip
    return pdf("handbook", values, at)


def _paper(piece: Piece) -> Mapping[str, Any]:
    return {
        "title": piece.title, "summary": piece.summary, "notes": _notes(piece), "based": _based(piece),
        "blocks": [_block(block) for block in markup.read(piece.body)],
    }  # fmt: skip


def _block(block: Block) -> Mapping[str, Any]:
    return {
        "kind": block.kind.value, "level": block.level, "runs": [_run(run) for run in block.runs],
        "inner": [_block(inner) for inner in block.inner],
    }  # fmt: skip


def _run(run: Run) -> Mapping[str, Any]:
    return {"text": run.text, "strong": run.strong, "italic": run.italic, "code": run.code}
