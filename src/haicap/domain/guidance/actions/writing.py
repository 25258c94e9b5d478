"""Ghi bản: words are judged and cleaned, citations resolved to places of the register of documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.base.text import fold, nfc
from haicap.base.words import gettext_noop
from haicap.domain.guidance import markup
from haicap.domain.guidance.models import Piece, PieceCitation, PieceVersion
from haicap.domain.guidance.queries.editing import Draft
from haicap.domain.guidance.states import Audience, Evidence
from haicap.domain.law import queries as law

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,14}")
RESERVED = frozenset({"moi", "ra-soat", "cau-hoi", "in"})  # pages of their own beside those of pieces
TITLE, SUMMARY, SOURCE = 300, 1000, 2000
MOST_CITATIONS = 40
FIRST_YEAR, LAST_YEAR = 2000, 2100


def cleaned_body(text: str) -> str:
    """A body as it is stored: NFC line by line, line ends as \\n, without NUL."""
    lines = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_kept_indent(line) for line in lines).strip("\n")


def _kept_indent(line: str) -> str:
    bare = line.lstrip(" \t")
    indent = line[: len(line) - len(bare)].expandtabs(4)
    hard = "  " if bare.endswith("  ") else ""
    return f"{indent}{nfc(bare)}{hard}" if bare.strip() else ""


def judge(draft: Draft) -> None:
    """Refused `no_title`, `no_body`, `bad_body`, `no_audience`, `too_long`, `says_why`, `bad_date`, `bad_citation`."""
    if not nfc(draft.title):
        raise Refused("no_title", gettext_noop("Xin ghi tên bài."))
    if not draft.body.strip():
        raise Refused("no_body", gettext_noop("Xin viết nội dung bài."))
    markup.check(draft.body)
    markup.check(draft.body_en)
    if not draft.audiences:
        raise Refused("no_audience", gettext_noop("Xin chọn ít nhất một nhóm người đọc."))
    sizes = (
        (draft.title, TITLE),
        (draft.title_en, TITLE),
        (draft.summary, SUMMARY),
        (draft.summary_en, SUMMARY),
    )
    if any(len(text) > most for text, most in (*sizes, (draft.source, SOURCE), (draft.note, SOURCE))):
        raise Refused("too_long", gettext_noop("Tên bài tối đa 300 ký tự, tóm tắt tối đa 1000 ký tự."))
    if Evidence(draft.evidence) is not Evidence.CONFIRMED and not nfc(draft.note):
        raise Refused("says_why", gettext_noop("Bài có điều chưa xác minh phải ghi rõ điều nào, vì sao."))
    if draft.review_by and not FIRST_YEAR <= draft.review_by.year <= LAST_YEAR:
        raise Refused("bad_date", gettext_noop("Ngày phải rà soát lại không thể đúng."))
    if len(draft.citations) > MOST_CITATIONS or not all(nfc(c.act) for c in draft.citations):
        raise Refused(
            "bad_citation", gettext_noop("Mỗi bài dẫn tối đa 40 căn cứ, căn cứ nào cũng phải có số văn bản.")
        )


def words_of(draft: Draft) -> dict[str, object]:
    """The columns of a version that a draft fills, cleaned."""
    lines = {
        name: nfc(getattr(draft, name))
        for name in ("title", "summary", "title_en", "summary_en", "note", "source")
    }
    body, body_en = cleaned_body(draft.body), cleaned_body(draft.body_en)
    folded = fold(f"{lines['title']} {lines['summary']} {markup.plain(body)} {lines['title_en']}")
    return {
        **lines, "body": body, "body_en": body_en, "folded": folded, "evidence": Evidence(draft.evidence).value,
        "audiences": [a.value for a in Audience if a in draft.audiences], "review_by": draft.review_by,
    }  # fmt: skip


def cite(rows: Iterable[tuple[PieceVersion, tuple[Citation, ...]]]) -> None:
    """Write the citations of versions just written; each with the place it means, where that is one."""
    found = []
    for version, citations in rows:
        for position, citation in enumerate(dict.fromkeys(citations)):
            document, path = _meant(citation)
            found.append(
                PieceCitation(
                    piece_version=version, position=position, act=nfc(citation.act), clause=nfc(citation.clause),
                    document_id=document, path=path,
                )
            )  # fmt: skip
    PieceCitation.objects.bulk_create(found, batch_size=1000)


def _meant(citation: Citation) -> tuple[int | None, str]:
    places = law.resolve(Citation(nfc(citation.act), nfc(citation.clause)))
    if len({place.doc.pk for place in places}) != 1:
        return None, ""
    return places[0].doc.pk, places[0].path


def code_for(title: str) -> str:
    """A free code made of a title. The caller writes it under the lock of the head."""
    bare = "-".join(re.findall(r"[a-z0-9]+", fold(title))[:10])[:70].strip("-") or "bai"
    taken = RESERVED | set(Piece.objects.filter(code__startswith=bare).values_list("code", flat=True))
    number = 1
    while (code := bare if number == 1 else f"{bare}-{number}") in taken:
        number += 1
    return code


def check_since(since: date) -> None:
    """Refused `bad_date` for a year no piece can begin in."""
    if not FIRST_YEAR <= since.year <= LAST_YEAR:
        raise Refused("bad_date", gettext_noop("Ngày bắt đầu áp dụng không thể đúng."))
