"""`haicap units` as a person runs it, on the packaged register: forms of files, broken rows, exit statuses."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from haicap.domain.units.formats import ADDED

HAICAP = [sys.executable, "-c", "from haicap.config.cli import main; main()", "units"]


def run(*arguments: str | Path, register: str = "packaged") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*HAICAP, *map(str, arguments), "--register", register], capture_output=True, timeout=240, check=False
    )


def converted(tmp_path: Path, content: bytes, *options: str) -> tuple[list[list[str]], str]:
    (tmp_path / "in.csv").write_bytes(content)
    done = run("convert", "--in", tmp_path / "in.csv", "--out", tmp_path / "out.csv", *options)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == b""
    data = (tmp_path / "out.csv").read_bytes()
    assert b"\r\n" not in data
    return list(csv.reader(io.StringIO(data.decode(), newline=""))), done.stderr.decode()


BEN_NGHE = "12 Nguyễn Huệ, Phường Bến Nghé, Quận 1, TP HCM"
OF_BEN_NGHE = ["unique", "26740", "Phường Sài Gòn", "Thành phố Hồ Chí Minh", "26740", "", "26740",
               "1685/NQ-UBTVQH15, điều 1 khoản 1", ""]  # fmt: skip


def test_rows_keep_place_and_cells(tmp_path: Path) -> None:
    cells = [["=1+1", BEN_NGHE, "  x "], ["-2", BEN_NGHE, 'a "b"\nc'], ["", BEN_NGHE, "ô, “”"]]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(
        [["id", "address", "note"], *cells]
    )
    rows, _ = converted(tmp_path, text.getvalue().encode())
    assert rows[0] == ["id", "address", "note", *ADDED]
    assert rows[1:] == [[*row, *OF_BEN_NGHE] for row in cells]


def test_a_broken_row_spoils_itself_alone(tmp_path: Path) -> None:
    good = f'1,"{BEN_NGHE}"\n'.encode()
    broken = b'2,"never closed\n3,"x"y\n4,a,b,c\n5,bad \xff byte\n6,a\0b\n'
    rows, told = converted(tmp_path, b"id,address\n" + good + broken + good)
    assert rows[1][2:] == rows[-1][2:] == OF_BEN_NGHE
    spoilt = rows[2:-1]
    assert [r[0] for r in spoilt] == ["2", "3", "4", "5", "6"]
    for number, row in enumerate(spoilt, 3):
        assert row[2:-1] == ["not_found"] + [""] * 7
        assert row[-1].startswith(f"dòng {number}: ")
    assert "5 unreadable" in told


def test_one_column_needs_no_quotes(tmp_path: Path) -> None:
    plain = "12 nguyen hue, p ben nghe, q1, tphcm"
    rows, told = converted(tmp_path, f'address\n{plain}\n"{BEN_NGHE}"\n'.encode())
    assert rows[0] == ["address", *ADDED]
    assert rows[1:] == [[plain, *OF_BEN_NGHE], [BEN_NGHE, *OF_BEN_NGHE]]
    assert "unreadable" not in told


def test_an_empty_line_stays_an_empty_line(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("address\nHà Nội\n\nHà Nội\n")
    assert run("convert", "--in", tmp_path / "in.csv", "--out", tmp_path / "out.csv").returncode == 0
    lines = (tmp_path / "out.csv").read_text().split("\n")
    assert len(lines) == 5
    assert lines[2] == ""
    assert lines[1] == lines[3] != ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_give_the_same_answer(tmp_path: Path, encoding: str) -> None:
    rows, _ = converted(tmp_path, f'id,address\n1,"{BEN_NGHE}"\n'.encode(encoding))
    assert rows == [["id", "address", *ADDED], ["1", BEN_NGHE, *OF_BEN_NGHE]]


def test_delimiter_of_the_input_is_kept(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f"id;Địa chỉ\n1;{BEN_NGHE}\n")
    assert run("convert", "--in", tmp_path / "in.csv", "--out", tmp_path / "out.csv").returncode == 0
    assert (tmp_path / "out.csv").read_text().splitlines()[1].startswith(f"1;{BEN_NGHE};unique;26740;")


def test_sheets_in_and_out(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f'id,address\n=1,"{BEN_NGHE}"\n')
    assert run("convert", "--in", tmp_path / "in.csv", "--out", tmp_path / "a.xlsx").returncode == 0
    assert run("convert", "--in", tmp_path / "a.xlsx", "--out", tmp_path / "b.csv").returncode == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "b.csv").read_text())))
    assert rows[1] == ["=1", BEN_NGHE, *OF_BEN_NGHE, *OF_BEN_NGHE]


def test_what_it_came_to_as_a_document(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f'address\n"{BEN_NGHE}"\n\n"a"b\n')
    done = run(
        "convert", "--in", tmp_path / "in.csv", "--out", tmp_path / "out.csv", "--on", "2025-07-01", "--json"
    )
    assert json.loads(done.stdout) == {
        "on": "2025-07-01", "rows": 3, "blank": 1, "unreadable": 1, "statuses": {"unique": 1},
    }  # fmt: skip


def test_the_day_decides(tmp_path: Path) -> None:
    content = f'address\n"{BEN_NGHE}"\n'.encode()
    rows, _ = converted(tmp_path, content, "--on", "30/06/2025")
    assert rows[1][1:4] == ["unique", "26740", "Phường Bến Nghé"]
    rows, _ = converted(tmp_path, content, "--on", "2010-01-01")
    assert (rows[1][1], rows[1][2]) == ("not_found", "")
    assert "trước mốc dữ liệu" in rows[1][-1]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "in.csv"),
        (b"", "không có nội dung"),
        (b"%PDF-1.7 x", "PDF"),
        (bytes(range(256)) * 8, "không phải văn bản"),
        ("a,b\nété,naïve ÿ\n".encode("cp1252"), "Windows-1258"),
        (b"name,street\nx,y\n", "address"),
        (b'"open,address\n', "tiêu đề"),
        (b"PK\x03\x04 cut off", "XLSX"),
    ],
)
def test_what_is_no_table_is_refused_and_leaves_nothing(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    if content is not None:
        (tmp_path / "in.csv").write_bytes(content)
    (tmp_path / "out.csv").write_text("before")
    done = run("convert", "--in", tmp_path / "in.csv", "--out", tmp_path / "out.csv")
    assert done.returncode == 2
    assert says in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert (tmp_path / "out.csv").read_text() == "before"
    assert not list(tmp_path.glob(".*"))


def test_a_killed_run_leaves_the_old_result(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("address\n" + f'"{BEN_NGHE}"\n' * 300_000)
    (tmp_path / "out.csv").write_text("before")
    files = ["--in", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv"), "--register", "packaged"]
    process = subprocess.Popen([*HAICAP, "convert", *files], stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while not any(p.stat().st_size for p in tmp_path.glob(".out.csv.*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert (tmp_path / "out.csv").read_text() == "before"


# --- questions ------------------------------------------------------------------------------------------------
def document(*arguments: str) -> dict[str, object]:
    done = run(*arguments, "--json")
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_a_unit_on_a_day() -> None:
    found = document("at", "26740", "2025-07-01")
    assert (found["answer"], found["unit"]["name"]) == ("found", "Phường Sài Gòn")
    told = run("at", "26740", "30/06/2025").stdout.decode()
    assert "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh" in told


def test_before_the_horizon_is_an_answer() -> None:
    for question in ("at", "lineage", "children"):
        assert document(question, "26740", "2010-01-01")["answer"] == "before the horizon"
        done = run(question, "26740", "2010-01-01")
        assert done.returncode == 0
        assert done.stdout.decode().startswith("before the horizon (trước mốc dữ liệu)")
    assert document("changes", "2010-01-01", "2020-01-01")["answer"] == "before the horizon"


def test_a_code_nobody_holds() -> None:
    assert document("at", "99999", "2025-07-01")["answer"] == "none"
    assert b"99999" in run("at", "99999", "2025-07-01").stdout


@pytest.mark.parametrize(
    "arguments", [("at", "2674x", "2025-07-01"), ("at", "26740", "2025-02-30"), ("lineage", "1", "x")]
)
def test_malformed_questions_are_refused(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("haicap: ")
    assert json.loads(run(*arguments, "--json").stdout)["error"] in ("bad_code", "bad_date")


def test_lineage_changes_and_children() -> None:
    lineage = document("lineage", "26740", "2025-06-30")
    assert [e["to"]["name"] for e in lineage["successors"]] == ["Phường Sài Gòn"]
    assert [f["code"] for f in lineage["became"]] == ["26740"]
    assert len(document("children", "VN", "2025-07-01")["children"]) == 34
    changes = document("changes", "2025-06-30", "2025-07-01")
    assert len(changes["ended"]) > 10_000


def test_the_register_as_a_file(tmp_path: Path) -> None:
    for form in ("csv", "json", "sqlite"):
        done = run("export", tmp_path / f"units.{form}", "--on", "2025-07-01")
        assert done.returncode == 0, done.stderr.decode()
    rows = list(csv.DictReader(io.StringIO((tmp_path / "units.csv").read_text())))
    assert sum(r["tier"] == "commune" for r in rows) == 3321
    assert len(json.loads((tmp_path / "units.json").read_text())["units"]) == len(rows)
    database = sqlite3.connect(tmp_path / "units.sqlite")
    try:
        assert database.execute("SELECT name FROM units WHERE code = '26740'").fetchone() == (
            "Phường Sài Gòn",
        )
    finally:
        database.close()
    assert run("export", tmp_path / "units.exe").returncode == 2


def test_the_program_starts_without_django() -> None:
    code = "import sys; from haicap.config.cli import units, registers; registers.packaged().register(); print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=240, check=True)
    assert done.stdout.decode().strip() == "False"
