"""`haicap guidance`, as an operator runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from haicap.config.cli import guidance
from haicap.domain.guidance import queries
from haicap.domain.guidance.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(register, monkeypatch):
    monkeypatch.setattr(guidance.house, "with_database", lambda: None)  # the test's own is in use


def run(*arguments: str) -> Result:
    return CliRunner().invoke(guidance.guidance, list(arguments), catch_exceptions=False)


def test_listed_found_and_shown() -> None:
    listed = json.loads(run("list", "--on", "2026-11-22", "--json").stdout)
    assert len(listed["pieces"]) == len(queries.pieces(make.NOW))
    found = json.loads(
        run("list", "--on", "2026-11-22", "--find", "khai sinh o dau", "--kind", "answer", "--json").stdout
    )
    assert found["pieces"][0]["code"] == "khai-sinh-o-dau"
    shown = json.loads(run("show", "khai-sinh-o-dau", "--on", "2026-11-22", "--json").stdout)["piece"]
    assert shown["citations"][0]["path"] == "art_4"
    assert "1 ngày" in run("show", "khai-sinh-o-dau", "--on", "2026-11-22").stdout


def test_what_must_be_looked_at_on_a_day() -> None:
    assert "moc-01-3-2027" in run("list", "--on", "2027-03-02", "--flagged").stdout


def test_refusals_are_sentences_with_status_two() -> None:
    for arguments in (
        ["show", "khong-co"],
        ["show", "khai-sinh-o-dau", "--on", "2020-01-01"],
        ["list", "--on", "mai"],
    ):
        result = run(*arguments, "--json")
        assert result.exit_code == 2 and set(json.loads(result.stdout)) >= {"error", "message"}
    assert run("export").exit_code == 2


def test_exported_as_files(tmp_path: Path) -> None:
    pdf, html = tmp_path / "a.pdf", tmp_path / "a.html"
    assert run("export", "--pdf", str(pdf), "--html", str(html), "--on", "2026-11-22").exit_code == 0
    assert pdf.read_bytes().startswith(b"%PDF") and 'id="moc-01-3-2027"' in html.read_text()
    assert run("export", "--pdf", str(tmp_path / "khong" / "a.pdf")).exit_code == 2


def test_loaded_once() -> None:
    before = queries.generation()
    assert "loaded already" in run("load").stderr and queries.generation() == before
