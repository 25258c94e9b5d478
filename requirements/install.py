"""Fill the virtual environment from the locked, hashed lists: `python3 requirements/install.py run [dev] [bench]`.

Standard library only. What is already there, by the hash of the list, is not done again, so a second call costs
nothing. Every failure ends in one sentence.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("HAICAP_VENV") or ROOT / ".venv")
PYTHON = VENV / "bin" / "python"
TRANSLATIONS = ROOT / "tools" / "messages.py"


def main(names: list[str]) -> None:
    """Bring the environment to the state of the named lists."""
    VENV.mkdir(parents=True, exist_ok=True)
    with (VENV / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two calls at once must not fill one environment
        if not (VENV / "pyvenv.cfg").exists() or not works():
            create()
        for name in names:
            once(name, digest(ROOT / "requirements" / f"{name}.txt"), lambda name=name: install(name))
        once("project", digest(ROOT / "pyproject.toml", extra=str(ROOT)), link)
        catalogues = sorted((ROOT / "src" / "haicap" / "locale").glob("*/LC_MESSAGES/*.po"))
        if TRANSLATIONS.exists() and catalogues:
            once("translations", digest(*catalogues, TRANSLATIONS), translate)


def works() -> bool:
    """Whether the environment's interpreter still runs (a removed or moved Python leaves a dead link)."""
    try:
        code = f"import sys, pip; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
        return subprocess.run([PYTHON, "-c", code], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def create() -> None:
    """Make an empty environment with this interpreter."""
    for stamp in VENV.glob(".done-*"):
        stamp.unlink()
    say(f"creating {VENV} with Python {sys.version.split()[0]}")
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False
    )
    if done.returncode:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        fail(
            f"Python {version} cannot create a virtual environment; on Debian or Ubuntu install its module with"
            f" `apt-get install python{version}-venv`, or name another Python with PYTHON=…",
            done.stdout + done.stderr,
        )


def install(name: str) -> None:
    """Install one locked list, hashes checked, ready-built wheels only (so no compiler is needed)."""
    say(f"installing requirements/{name}.txt")
    listing = str(ROOT / "requirements" / f"{name}.txt")
    options = ["--require-hashes", "--only-binary", ":all:", "--no-deps"]
    done = pip(*options, "-r", listing)
    if done.returncode == 0:
        return
    said = done.stdout + done.stderr
    if "No matching distribution" in said or "is not a supported wheel" in said:
        lines = [line for line in said.splitlines() if "No matching distribution" in line]
        package = lines[-1].split(" for ")[-1].split()[0] if lines else "a package"
        fail(
            f"there is no ready-built package of {package} for Python {sys.version.split()[0]} on"
            f" {os.uname().sysname} {os.uname().machine}, or the package index cannot be reached;"
            " try Python 3.11 to 3.13 with PYTHON=…",
            said,
        )
    if "HASHES" in said.upper() and "DO NOT MATCH" in said:
        fail(
            f"a downloaded package does not match its hash in requirements/{name}.txt; nothing was installed",
            said,
        )
    fail("the packages could not be downloaded or installed; the reason is in the lines above", said)


def link() -> None:
    """Install the project itself as a link to the sources: the `haicap` command."""
    done = pip("--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))
    if done.returncode:
        fail(
            "the `haicap` command could not be installed; the reason is in the lines above",
            done.stdout + done.stderr,
        )


def translate() -> None:
    """Compile the translation catalogues."""
    done = subprocess.run(
        [PYTHON, TRANSLATIONS, "compile"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        fail(
            "the translations could not be compiled; the reason is in the lines above",
            done.stdout + done.stderr,
        )


def pip(*words: str) -> subprocess.CompletedProcess[str]:
    """Run pip's install in the environment."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def once(name: str, state: str, work: object) -> None:
    """Call `work` unless it was done for this state of its inputs."""
    stamp = VENV / f".done-{name}"
    if stamp.exists() and stamp.read_text() == state:
        return
    stamp.unlink(missing_ok=True)
    assert callable(work)
    work()
    stamp.write_text(state)


def digest(*paths: Path, extra: str = "") -> str:
    """Hash of the contents of files."""
    total = hashlib.sha256(extra.encode())
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def say(words: str) -> None:
    """One line of progress."""
    sys.stdout.write(f"haicap: {words}\n")
    sys.stdout.flush()


def fail(sentence: str, details: str) -> None:
    """End with one sentence; what the tools said stands above it."""
    sys.exit("\n".join([*details.strip().splitlines()[-15:], f"haicap: {sentence}."]))


if __name__ == "__main__":
    main(sys.argv[1:] or ["run"])
