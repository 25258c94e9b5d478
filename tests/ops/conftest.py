"""Folders that any user may reach, and one prepared platform for the tests that only need a running one."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ops import hands


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder others may pass through, as the server of a root-run platform belongs to another user."""
    with _Place() as folder:
        yield folder


@pytest.fixture(scope="session")
def prepared() -> Iterator[Path]:
    """The data folder of a platform that was migrated and loaded once."""
    with _Place() as folder:
        data = folder / "data"
        done = hands.haicap(data, "prepare")
        assert done.returncode == 0, done.stderr
        yield data


class _Place:
    def __enter__(self) -> Path:
        self.folder = Path(tempfile.mkdtemp(prefix="haicap-ops-"))
        self.folder.chmod(0o755)
        return self.folder

    def __exit__(self, *_: object) -> None:
        for stamp in self.folder.rglob("postmaster.pid"):
            pid = int(stamp.read_text().split()[0])
            if hands.works_in(pid, stamp.parent):
                os.kill(pid, signal.SIGQUIT)
                hands.until(lambda pid=pid: not hands.alive(pid), "the end of a server a test left")
        shutil.rmtree(self.folder, ignore_errors=True)
