"""The packaged complete procedures: every file good, covered groups, and nothing in them without where it comes from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from haicap.base.text import fold
from haicap.domain.procedures.content import Content, Evidence, Fee, Paper, examine, read_content
from haicap.domain.procedures.packaged.catalogue import packaged_rows, proposal_of
from haicap.domain.procedures.packaged.complete import Group, read_complete
from haicap.domain.procedures.packaged.helps import essential_services

FILES = read_complete()
LINES = {row["code"]: (line, row) for line, row in packaged_rows()}
ROWS = {code: row for code, (_, row) in LINES.items()}
LEAST = {
    Group.CERTIFICATION: 12,
    Group.CIVIL_STATUS: 20,
    Group.RESIDENCE: 13,
    Group.SOCIAL_PROTECTION: 8,
    Group.BUSINESS_HOUSEHOLD: 7,
    Group.CONSTRUCTION: 6,
    Group.LAND: 10,
    Group.ESSENTIAL: 20,
    Group.OTHER: 10,
}
SAID_SO = "Theo bản ghi trên Cổng"  # a fuller public copy of the record than the row keeps
every = pytest.mark.parametrize("code", sorted(FILES))


def content(code: str) -> Content:
    return read_content(FILES[code].content)


def plain(text: str) -> str:
    bare = re.sub(r"\(.*?\)", " ", fold(text))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def listed(code: str) -> list[str]:
    return [plain(item) for item in ROWS[code]["documents"].split(";") if item.strip()]


def same_paper(name: str, item: str) -> bool:
    """Names of the table are cut at 70 characters, ours may be longer, or shorter than a long one."""
    return name.startswith(item) or (len(name) >= 8 and item.startswith(name))


def test_there_are_enough_and_every_group_is_covered() -> None:
    assert len(FILES) >= 60
    groups = Counter(group for one in FILES.values() for group in one.groups)
    assert {g: n for g, n in LEAST.items() if groups[g] < n} == {}
    assert all(one.groups for one in FILES.values())


@every
def test_a_file_is_valid_and_complete_by_itself(code: str) -> None:
    read, problems = examine(FILES[code].content)
    assert [str(p) for p in problems] == []
    assert read.complete
    assert read.competent and read.channels and read.results and read.limits


@every
def test_a_file_has_its_row_and_lies_well_over_it(code: str) -> None:
    line, row = LINES[code]
    proposal = proposal_of(line, row, FILES, {})
    assert proposal.content.complete
    assert proposal.content.papers == content(code).papers


@every
def test_a_paper_comes_from_the_row_or_says_that_it_is_ours(code: str) -> None:
    for paper in content(code).papers:
        assert traced(code, paper), paper.name.vi


def traced(code: str, paper: Paper) -> bool:
    if paper.evidence is Evidence.OURS or paper.citation.act or paper.note.startswith(SAID_SO):
        return True
    name = plain(paper.name.vi)
    return any(same_paper(name, item) for c in (code, *sisters(paper.note)) for item in listed(c))


@every
def test_no_paper_of_the_row_is_lost(code: str) -> None:
    names = [plain(paper.name.vi) for paper in content(code).papers]
    assert [item for item in listed(code) if not any(same_paper(n, item) for n in names)] == []


@every
def test_a_paper_of_ours_is_never_demanded(code: str) -> None:
    ours = [p for p in content(code).papers if p.evidence is Evidence.OURS]
    assert [p.name.vi for p in ours if p.required or not p.note] == []


@every
def test_how_many_of_a_paper_is_only_said_with_a_citation(code: str) -> None:
    """The table gives no counts of originals and copies."""
    counted = [p for p in content(code).papers if p.originals is not None or p.copies is not None]
    assert [p.name.vi for p in counted if not p.citation.act] == []


@every
def test_an_amount_is_in_the_row_or_names_the_decision(code: str) -> None:
    for fee in content(code).fees:
        known = {amount for c in (code, *sisters(fee.note)) for amount in said_amounts(c)}
        assert "Quyết định" in fee.note or amounts(fee) <= known, fee


def sisters(note: str) -> list[str]:
    """Rows of the same matter a note names."""
    return [c for c in re.findall(r"[0-9]\.[0-9]{6}", note) if c in ROWS]


def said_amounts(code: str) -> set[str]:
    row = ROWS[code]
    return set(re.findall(r"[0-9]+", f"{row['fee_vnd']} {row['fee_note'].replace('.', '')}"))


def amounts(fee: Fee) -> set[str]:
    return {str(n) for n in (fee.amount, fee.then_amount, fee.cap) if n is not None}


@every
def test_free_is_only_what_a_source_calls_free(code: str) -> None:
    said = re.compile(r"miễn|không thu")
    for fee in content(code).fees:
        if fee.kind == "free":
            assert said.search(fee.note.lower()) or "Quyết định" in fee.note, fee
    if "không kèm giải thích" in ROWS[code]["fee_note"]:
        assert all(f.kind != "free" or f.condition or "Quyết định" in f.note for f in content(code).fees)


@every
def test_a_limit_is_in_the_row_or_says_where_it_is_from(code: str) -> None:
    said = re.findall(r"[0-9.]+", f"{ROWS[code]['time_limit']} {ROWS[code]['time_note']}")
    for limit in FILES[code].content["limits"]:
        values = {part["value"] for part in limit["parts"] if "value" in part}
        assert values <= set(said) or limit.get("note"), limit
        assert limit["parts"] or limit.get("note"), limit


@every
def test_nothing_is_called_confirmed(code: str) -> None:
    """The acts themselves were not read; steps and questions are ours."""
    read = content(code)
    assert read.workflow.evidence is Evidence.OURS
    marks = [f.evidence for f in read.fees] + [t.evidence for t in read.limits]
    assert Evidence.CONFIRMED not in [*marks, *(p.evidence for p in read.papers)]


@every
def test_both_languages_are_there(code: str) -> None:
    assert [w["vi"] for w in words(FILES[code].content) if not w.get("en")] == []


def words(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict) and "vi" in value:
        yield value
    elif isinstance(value, dict | list):
        for below in value.values() if isinstance(value, dict) else value:
            yield from words(below)


@every
def test_a_page_asks_little_and_the_result_shows_the_answers(code: str) -> None:
    read = content(code)
    assert [page.key for page in read.form.pages if len(page.questions) > 4] == []
    asked = {question.key for _, question in read.form.questions()}
    assert asked & {line.source for line in read.result_template.body}


def test_the_essential_services_are_all_told() -> None:
    services = essential_services()
    assert [service.number for service in services] == list(range(1, 26))
    coded = {code for service in services for code in service.codes}
    assert coded == {code for code, one in FILES.items() if Group.ESSENTIAL in one.groups}
    assert [service.name for service in services if not service.codes and not service.note] == []
    assert sum(1 for service in services if service.codes) >= 19
