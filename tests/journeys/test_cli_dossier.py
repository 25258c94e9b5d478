"""`haicap dossier` as an operator runs it: shown, exported, its agency named."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.urls import resolve

from haicap.base.refused import Refused
from haicap.config import papers
from haicap.config.cli import dossier as command
from haicap.domain.dossiers.tests import make
from haicap.kernel.ledger.verify import verify_file


@pytest.fixture(autouse=True)
def _own_database(monkeypatch):
    monkeypatch.setattr(command.house, "with_database", lambda: None)  # the test's own is in use


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command.dossier, list(arguments), catch_exceptions=False)


def test_a_dossier_is_shown_without_a_word_about_the_person(w) -> None:
    row = make.taken_up(w)
    said = run("show", row.code.lower()).output
    assert said.startswith(f"{row.code}: 4 Đang xử lý; due 2026-11-30 17:00; version {row.version}\n")
    assert "2026-11-20 09:00  Người nộp → Trung tâm" in said
    assert not [word for word in (make.NAME, make.PHONE, make.NUMBER) if word in said]
    with pytest.raises(Refused):
        run("show", "H38.03006-261120-9999")


def test_a_dossier_is_written_whole_and_its_ledger_holds(w, tmp_path: Path) -> None:
    row = make.done(w)
    assert run("export", row.code, "--out", str(tmp_path / "a.zip")).exit_code == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        archive.extract("ledger.jsonl", tmp_path)
        assert make.NAME in archive.read("data.json").decode()
    report = verify_file(tmp_path / "ledger.jsonl")
    assert report.sound
    assert report.events == row.version
    assert run("export", row.code, "--form", "sync", "--out", str(tmp_path / "a.json")).exit_code == 0
    message = json.loads((tmp_path / "a.json").read_text())
    assert message["DongBoHoSoMC"]["data"][0]["TrangThaiHoSo"] == "9"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "a.zip", "ledger.jsonl"]


def test_codes_begin_with_the_identifier_that_was_named(w) -> None:
    make.filed(w)
    done = run("agency", "03006", "h38.99.1", "--source", "QĐ 1/QĐ-UBND ngày 01/07/2025")
    assert done.exit_code == 0
    assert make.filed(w).code == "H38.99.1-261120-0001"
    with pytest.raises(Refused) as refused:  # said in one sentence by the program
        run("agency", "03006", "99", "--source", "x")
    assert refused.value.code == "bad_agency"


def test_papers_lead_to_pages_that_are_there(w) -> None:
    track, check = papers.tracking("H38.03006-261120-0001"), papers.checking("key")
    assert resolve(track.removeprefix("http://localhost:8000").split("?")[0]).view_name == "portal:track"
    assert resolve(check.removeprefix("http://localhost:8000")).view_name == "portal:result-check"
