"""`haicap powers` over the register, as an operator runs it: who holds, what is wrong, tables in and out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from haicap.config.cli import powers, powers_register
from haicap.domain.powers import queries
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed

PERMIT = "xay-dung.giay-phep"
ROW = {
    "power": PERMIT, "role": "appraise", "organ": "construction", "level": "province", "condition": "khoan in {2}",
    "since": "2026-12-01", "document": "140/2025/NĐ-CP", "place": "điều 4", "note": "thử",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _here(register, monkeypatch):
    monkeypatch.setattr(powers_register.house, "with_database", lambda: None)  # the test's own is in use


def run(*arguments: str) -> Result:
    return CliRunner().invoke(powers.powers, list(arguments), catch_exceptions=False)


def test_the_holder_with_the_findings_that_touch_the_question() -> None:
    asked = ("holder", "--power", PERMIT, "--unit", "26740", "--on", "2026-11-22", "--json")
    two, three = (json.loads(run(*asked, "--case", f"khoan={n}").stdout) for n in (2, 3))
    assert list(two) == ["holders", "findings"]
    first = two["holders"][0]
    assert list(first)[:4] == ["organ", "level", "mode", "citation"]
    assert (first["organ"], first["mode"]) == ("commune_committee", "delimitation")
    assert first["citation"] == "140/2025/NĐ-CP, điều 4 khoản 1"
    assert [f["kind"] for f in two["findings"]] == ["overlap"] and "26740" in two["findings"][0]["units"]
    assert three["findings"] == []
    assert run(*asked[:-1]).stdout.startswith("Ủy ban nhân dân phường Sài Gòn")


def test_nobody_is_an_answer_and_nonsense_is_not() -> None:
    gone = run(
        "holder", "--power", PERMIT, "--unit", "26740", "--on", "2027-03-01", "--case", "khoan=3", "--json"
    )
    assert (gone.exit_code, json.loads(gone.stdout)["holders"]) == (0, [])
    for arguments, code in (
        (("--power", "x", "--unit", "26740"), "not_found"),
        (("--power", PERMIT, "--unit", "99999"), "unknown_code"),
        (("--power", PERMIT, "--unit", "26740", "--on", "31/02/2026"), "bad_date"),
        (("--power", PERMIT, "--unit", "26740", "--case", "x=1"), "unknown_attribute"),
        (("--power", PERMIT, "--unit", "26740", "--believed-at", "x"), "bad_instant"),
    ):
        said = run("holder", *arguments, "--json")
        assert (said.exit_code, json.loads(said.stdout)["error"]) == (2, code)


def test_the_register_is_checked_as_the_contract_says() -> None:
    everything = json.loads(run("check", "--json", "--on", "2026-11-22").stdout)
    permit = [f for f in everything if f["power"] == PERMIT]
    assert [list(f)[:7] for f in permit] == [
        ["kind", "power", "role", "units", "interval", "case", "citations"]
    ]
    assert permit[0]["interval"][1] == "2027-03-01" and permit[0]["case"] == "khoan in {2}"
    assert len(permit[0]["units"]) > 3000 and permit[0]["units"] == sorted(permit[0]["units"])
    window = json.loads(run("check", "--json", "--from", "2027-02-01", "--to", "2027-03-02").stdout)
    assert {f["kind"] for f in window} >= {"overlap", "cliff"}
    assert all(f["interval"][0] >= "2027-02-01" and f["interval"][1] <= "2027-03-02" for f in window)


def test_a_table_is_rehearsed_and_entered_on_behalf_of_who_may(tmp_path: Path) -> None:
    file = tmp_path / "moi.json"
    file.write_text(json.dumps({"assertions": [ROW]}), encoding="utf-8")
    keeper = appointed("lan", "btp", Role.OFFICER)
    clerk = appointed("hoa", "commune_committee", Role.OFFICER, "c:26740@2025-07-01")
    tried = json.loads(run("dry-run", str(file), "--json").stdout)
    assert tried["assertions"] == 1
    assert tried["shifts"][0]["after"][0]["organ"] == "construction"
    for name, code in (("", "no_name"), ("ai.do", "no_account"), (clerk.name, "not_yours")):
        said = run("load", str(file), "--as", name, "--json")
        assert (said.exit_code, json.loads(said.stdout)["error"]) == (2, code)
    entered = json.loads(run("load", str(file), "--as", keeper.name, "--json").stdout)
    queries.register.forget()
    assert queries.assertion(entered["codes"][0]).note == "thử"


def test_wrong_rows_are_told_and_nothing_is_entered(tmp_path: Path) -> None:
    file = tmp_path / "sai.json"
    file.write_text(json.dumps({"assertions": [ROW, {**ROW, "organ": "king"}]}), encoding="utf-8")
    said = run("load", str(file), "--as", "lan", "--json")
    document = json.loads(said.stdout)
    assert (said.exit_code, document["error"]) == (2, "bad_rows")
    assert [(p["line"], p["column"]) for p in document["problems"]] == [(2, "organ")]
    assert run("load", str(tmp_path / "khong-co.json")).exit_code == 2


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_the_export_reads_back(tmp_path: Path, form: str) -> None:
    file = tmp_path / f"so.{form}"
    assert run("export", str(file)).exit_code == 0
    said = json.loads(run("dry-run", str(file), "--json").stdout)
    assert said["error"] == "bad_rows"  # every row is there already, and nothing else is wrong
    assert len(said["problems"]) == len(queries.register().assertions)
    assert all("đã được dùng" in p["message"] for p in said["problems"])
    assert run("export", str(tmp_path / "so.doc")).exit_code == 2
