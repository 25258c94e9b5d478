"""`haicap law`, as an operator runs it: shown on a day, what changed, what is owed, files in and out."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from haicap.config.cli import law, law_files
from haicap.domain.law import queries
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed

NEW = {
    "documents": [{"number": "399/2026/NĐ-CP", "issued_on": "2026-11-20", "effective_on": "2027-01-01", "title": "Thử"}],
    "relations": [{"document": "399/2026/NĐ-CP", "kind": "repeals", "target": "151/2025/NĐ-CP", "target_place": "art_5"}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _here(register, monkeypatch):
    monkeypatch.setattr(law_files.house, "with_database", lambda: None)  # the test's own is in use


def run(*arguments: str) -> Result:
    return CliRunner().invoke(law.law, list(arguments), catch_exceptions=False)


def test_a_document_is_shown_on_a_day_with_its_reasons() -> None:
    shown = json.loads(
        run("show", "125/2025/nd-cp", "--place", "điều 6", "--on", "2026-11-22", "--json").stdout
    )
    assert (shown["path"], shown["effect"]["standing"]) == ("art_6", "ended")
    assert shown["effect"]["chain"][-1]["by"]["number"] == "254/2025/NĐ-CP"
    said = run("show", "151-2025-nd-cp", "--on", "2026-11-22", "--unit", "26740").stdout
    assert "cả văn bản, ngày 2026-11-22: in_force" in said
    assert "[2025-07-01 – 2027-03-01)  in_force" in said
    assert json.loads(run("show", "151/2025/NĐ-CP", "--unit", "26740", "--json").stdout)["counts_in"] is True


def test_what_is_not_there_is_said_so() -> None:
    for arguments, code in (
        (("show", "1/2031/NĐ-CP"), "not_found"),
        (("show", "151/2025/NĐ-CP", "--unit", "99999"), "unknown_code"),
        (("show", "151/2025/NĐ-CP", "--place", "điều chi"), "bad_place"),
        (("changes", "--from", "x"), "bad_date"),
        (("import", "/khong/co.json"), "no_file"),
    ):
        said = run(*arguments, "--json")
        assert (said.exit_code, json.loads(said.stdout)["error"]) == (2, code)


def test_what_changed_and_what_is_owed() -> None:
    changed = json.loads(run("changes", "--from", "2025-07-01", "--to", "2025-07-01", "--json").stdout)[
        "changes"
    ]
    assert {"151/2025/NĐ-CP", "125/2025/NĐ-CP"} <= {c["what"]["number"] for c in changed}
    assert (
        "151/2025/NĐ-CP: not_yet → in_force"
        in run("changes", "--from", "2025-07-01", "--to", "2025-07-01").stdout
    )
    owed = json.loads(run("owed", "--on", "2026-11-22", "--json").stdout)["owed"]
    assert any(line["late"] > 0 for line in owed) and all(line["state"] == "open" for line in owed)
    assert len(json.loads(run("owed", "--state", "all", "--json").stdout)["owed"]) >= len(owed)


def test_a_file_is_tried_then_entered_on_behalf_of_who_may(tmp_path: Path) -> None:
    file = tmp_path / "moi.json"
    file.write_text(json.dumps(NEW), encoding="utf-8")
    keeper = appointed("lan", "btp", Role.OFFICER)
    tried = json.loads(run("import", str(file), "--dry-run", "--json").stdout)
    assert (tried["dry_run"], tried["new"]) == (True, ["399/2026/NĐ-CP"])
    assert ("2027-01-01", "art_5") in {(c["on"], c["what"]["path"]) for c in tried["gained"]}
    assert run("import", str(file)).exit_code == 2  # on nobody's behalf
    assert not queries.corpus().numbered("399/2026/NĐ-CP")
    assert run("import", str(file), "--as", keeper.name).exit_code == 0
    queries.corpus.forget()
    assert queries.corpus().numbered("399/2026/NĐ-CP")


def test_wrong_rows_are_told_and_nothing_is_entered(tmp_path: Path) -> None:
    file = tmp_path / "sai.json"
    file.write_text(json.dumps({"documents": [{"number": "chi"}, NEW["documents"][0]]}), encoding="utf-8")
    said = run("import", str(file), "--as", "lan", "--json")
    document = json.loads(said.stdout)
    assert (said.exit_code, document["error"]) == (2, "bad_rows")
    assert [(p["sheet"], p["line"], p["column"]) for p in document["problems"]] == [
        ("documents", 1, "number")
    ]
    assert not queries.corpus().numbered("399/2026/NĐ-CP")


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_the_export_is_the_import(tmp_path: Path, form: str) -> None:
    file = tmp_path / f"so.{form}"
    assert run("export", str(file), "--form", form).exit_code == 0
    counts = json.loads(run("import", str(file), "--dry-run", "--json").stdout)["counts"]
    assert set(counts.values()) == {0}


def test_documents_leave_as_akoma_ntoso_and_eli(tmp_path: Path) -> None:
    one, linked = tmp_path / "a.xml", tmp_path / "a.json"
    assert run("export", str(one), "--form", "akn", "--document", "151/2025/NĐ-CP").exit_code == 0
    assert set(json.loads(run("import", str(one), "--dry-run", "--json").stdout)["counts"].values()) == {0}
    assert run("export", str(linked), "--form", "eli", "--document", "151/2025/NĐ-CP").exit_code == 0
    assert json.loads(linked.read_text(encoding="utf-8"))["@id"] == "/eli/vn/nd/2025/151/vi"
    every = tmp_path / "a.zip"
    assert run("export", str(every), "--form", "akn").exit_code == 0
    with zipfile.ZipFile(every) as archive:
        assert len(archive.namelist()) == len(queries.corpus().docs)
