"""Setting up where something is missing: one sentence that names it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.ops import hands

pytestmark = pytest.mark.ops


def make(*words: str, folder: Path = hands.ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    """Run make to its end, without any package index but what the test names."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HAICAP_", "PIP_", "MAKE"))}
    return subprocess.run(
        ["make", "--no-print-directory", *words],
        env={**kept, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, **more},
        cwd=folder, capture_output=True, text=True, timeout=hands.LONG, check=False,
    )  # fmt: skip


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The last thing said before make's own line."""
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if not line.startswith("make: ")]
    assert "Traceback" not in done.stderr
    return lines[-1]


def test_no_python(tmp_path: Path) -> None:
    said = sentence(make("setup", "PYTHON=", f"VENV={tmp_path / 'v'}"))
    assert said.startswith("haicap: Python 3.11 or newer is needed and was not found")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """What `make setup` reads, without the environment it would fill."""
    for part in ("requirements", "src/haicap/locale", "tools"):
        if (hands.ROOT / part).is_dir():
            shutil.copytree(hands.ROOT / part, tmp_path / part)
    for name in ("Makefile", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(hands.ROOT / name, tmp_path)
    return tmp_path


def test_no_ready_built_package_or_no_index(sources: Path) -> None:
    said = sentence(make("setup", f"PYTHON={sys.executable}", folder=sources))
    assert said.startswith("haicap: there is no ready-built package of ")
    assert "or the package index cannot be reached" in said


def test_a_package_that_is_not_the_locked_one(sources: Path) -> None:
    shelf = sources / "shelf"
    shelf.mkdir()
    wheel = shelf / "haicap_probe-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as box:
        box.writestr("haicap_probe.py", "")
        box.writestr(
            "haicap_probe-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: haicap-probe\nVersion: 1.0\n"
        )
        box.writestr(
            "haicap_probe-1.0.dist-info/WHEEL",
            "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        box.writestr("haicap_probe-1.0.dist-info/RECORD", "")
    other = hashlib.sha256(b"something else").hexdigest()
    (sources / "requirements" / "run.txt").write_text(f"haicap-probe==1.0 --hash=sha256:{other}\n")
    said = sentence(make("setup", f"PYTHON={sys.executable}", folder=sources, PIP_FIND_LINKS=str(shelf)))
    assert said.startswith("haicap: a downloaded package does not match its hash in requirements/run.txt")


def test_no_module_to_make_an_environment_with(sources: Path) -> None:
    # As Debian's python3 without python3-venv: the module is there and refuses.
    broken = sources / "broken" / "venv"
    broken.mkdir(parents=True)
    (broken / "__init__.py").touch()
    (broken / "__main__.py").write_text("raise SystemExit('ensurepip is not available')\n")
    said = sentence(make("setup", f"PYTHON={sys.executable}", folder=sources, PYTHONPATH=str(broken.parent)))
    assert "cannot create a virtual environment" in said
    assert f"python{sys.version_info[0]}.{sys.version_info[1]}-venv" in said
