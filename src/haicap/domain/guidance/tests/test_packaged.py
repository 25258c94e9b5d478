"""The packaged pieces: readable, cited, honest, and in agreement with the registers beside them."""

from __future__ import annotations

import re

import pytest

from haicap.domain.guidance import markup, packaged
from haicap.domain.guidance.packaged import read_text
from haicap.domain.guidance.states import PARTS, PieceKind
from haicap.domain.law import queries as law
from haicap.domain.procedures.queries import catalogue

PIECES = packaged.read()
SOURCES = {"k": "https://vi.example"}
GOOD = "code: a\nkind: answer\naudience: citizen\ntitle: T\ntitle_en: T\nsummary: S\nsummary_en: S\nsources: k\n---\nB\n"


def test_how_much_there_is() -> None:
    kinds = [p.kind for p in PIECES]
    assert (
        kinds.count(PieceKind.ARTICLE) >= 40
        and kinds.count(PieceKind.ANSWER) >= 50
        and kinds.count(PieceKind.NOTICE) >= 5
    )
    assert {p.part for p in PIECES if p.kind is PieceKind.ARTICLE} == set(PARTS)
    places = [(p.part, p.place) for p in PIECES if p.part]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("piece", PIECES, ids=lambda p: p.code)
def test_each_is_sound(piece) -> None:
    assert (
        not list(markup.faults(piece.body))
        and piece.citations
        and piece.source
        and piece.summary
        and piece.title_en
    )
    assert (piece.evidence == "confirmed") == (piece.note == "")
    if "(chưa xác minh" in piece.body and piece.code != "ve-cam-nang":
        assert piece.evidence != "confirmed"


@pytest.mark.django_db
def test_what_they_cite_and_name_exists(register) -> None:
    known = {entry.code for entry in catalogue().entries}
    for piece in PIECES:
        for citation in piece.citations:
            assert len({f.doc.pk for f in law.resolve(citation)}) == 1, f"{piece.code}: {citation}"
        for code in re.findall(r"\b[123]\.\d{6}\b", piece.body):
            assert code in known, f"{piece.code}: {code}"


@pytest.mark.parametrize(
    "text",
    ["khong phai dau\n---\nB\n", GOOD.replace("kind: answer", "kind: x"), GOOD.replace("sources: k", "sources: z"),
     GOOD.replace("code: a\n", "code: a\ncode: b\n"), GOOD.replace("---\n", ""), GOOD.replace("audience: citizen", "audience: ai")],
)  # fmt: skip
def test_what_cannot_be_read_is_a_fault(text) -> None:
    with pytest.raises(ValueError):
        read_text(text, "x.md", SOURCES)


def test_a_file_of_two() -> None:
    made = read_text(
        GOOD + "===\n" + GOOD.replace("code: a", "code: b") + "--- en\nIn English\n", "x.md", SOURCES
    )
    assert [(p.code, p.body, p.body_en) for p in made] == [("a", "B", ""), ("b", "B", "In English")]
