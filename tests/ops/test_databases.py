"""The platform on every supported PostgreSQL, as whoever runs the tests and, for root, as an ordinary user too."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.ops import hands, scenario

pytestmark = pytest.mark.ops
NAME = f"haicap-t{os.getpid()}"  # of this run alone


@pytest.mark.parametrize("major", [15, 16, 18])
def test_outside_database(place: Path, major: int) -> None:
    scenario.main(place, major)


@pytest.fixture(scope="module")
def user() -> Iterator[str | None]:
    """An ordinary user made for the test; None when we are one."""
    if os.geteuid() != 0:
        yield None
        return
    try:
        pwd.getpwnam(NAME)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", "--shell", "/bin/sh", NAME], check=True)
    yield NAME
    number = pwd.getpwnam(NAME).pw_uid
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # gone meanwhile
            if folder.stat().st_uid == number:
                os.kill(int(folder.name), signal.SIGKILL)
    subprocess.run(["userdel", NAME], check=False)


def interpreter(user: str) -> str:
    """A Python of our version that this user may run (root's own may lie in a closed home)."""
    want = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    for path in (
        sys.executable,
        "/usr/bin/python3",
        f"/usr/bin/python3.{sys.version_info[1]}",
        "/usr/local/bin/python3",
    ):
        done = subprocess.run(
            ["runuser", "-u", user, "--", path, "-c", want], capture_output=True, check=False, cwd="/"
        )
        if done.returncode == 0:
            return path
    raise AssertionError(
        f"no Python 3.{sys.version_info[1]} that an ordinary user may run: apt-get install python3"
    )


def share(source: str, target: str) -> None:
    """The same file under another name; a copy where that cannot be."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@pytest.fixture(scope="module")
def house() -> Iterator[Path]:
    """The sources and what they need, where any user may read them."""
    folder = Path(tempfile.mkdtemp(prefix="haicap-house-"))
    folder.chmod(0o755)
    for part in ("src", "tests"):
        shutil.copytree(hands.ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(hands.ROOT / "pyproject.toml", folder)
    only_for_tests = shutil.ignore_patterns(
        "__pycache__", "playwright", "mypy*", "ruff*", "hypothesis", "babel"
    )
    shutil.copytree(
        sysconfig.get_path("purelib"),
        folder / "packages",
        symlinks=True,
        ignore=only_for_tests,
        copy_function=share,
    )
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("major", [0, 15], ids=["embedded", "15"])
def test_as_an_ordinary_user(place: Path, house: Path, user: str | None, major: int) -> None:
    if user is None:
        scenario.main(place, major)
        return
    shutil.chown(place, user)
    command = [
        "runuser",
        "-u",
        user,
        "--",
        interpreter(user),
        "-m",
        "tests.ops.scenario",
        str(place),
        str(major),
    ]
    done = subprocess.run(
        command,
        cwd=house,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(place),
            "PYTHONPATH": os.pathsep.join(str(house / part) for part in ("", "src", "packages")),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        timeout=4 * hands.LONG,
        check=False,
    )
    assert done.stdout.endswith("ok\n"), done.stdout + done.stderr
    owners = {path.stat().st_uid for path in (place / ("server" if major else "data")).rglob("*")}
    assert owners == {pwd.getpwnam(user).pw_uid}
