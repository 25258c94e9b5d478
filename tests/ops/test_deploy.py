"""The files of deploy/: judged by systemd where it is present, and against the commands and settings there are."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.ops import hands

UNITS = sorted((hands.ROOT / "deploy").glob("*.service"))


@pytest.mark.ops
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_no_fault(unit: Path, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if (
        analyze is None
    ):  # not Linux with systemd: what follows it cannot be asked; the next tests still read the file
        assert not Path("/run/systemd/system").exists()
        return
    for other in UNITS:
        text = other.read_text().replace("/opt/haicap/.venv/bin/haicap", "/bin/true")
        text = re.sub(r"^(User|Group)=haicap$", r"\1=daemon", text, flags=re.MULTILINE)
        (tmp_path / other.name).write_text(text)
    done = subprocess.run(
        [analyze, "verify", "--man=no", str(tmp_path / unit.name)],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_name_real_commands_and_are_closed(unit: Path) -> None:
    from haicap.config.cli import haicap as program

    text = unit.read_text()
    for line in re.findall(r"^Exec\w+=/opt/haicap/\.venv/bin/haicap (.+)$", text, re.MULTILINE):
        context, command = (
            program.make_context("haicap", line.split(), resilient_parsing=True),
            line.split()[0],
        )
        assert program.get_command(context, command) is not None
    for promise in ("User=haicap", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n"):
        assert promise in text


def test_example_and_container_name_real_settings() -> None:
    known = set(re.findall(r"HAICAP_[A-Z_]+", (hands.ROOT / "docs" / "operate.md").read_text()))
    for name in ("haicap.env.example", "Containerfile"):
        used = set(re.findall(r"HAICAP_[A-Z_]+", (hands.ROOT / "deploy" / name).read_text()))
        assert used <= known, used - known
