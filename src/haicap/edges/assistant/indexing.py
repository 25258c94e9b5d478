"""Theo danh mục: knowledge of the catalogue, kept while it does not change, made anew behind the questions when it does.

What was learned of a catalogue lies beside its index, in a file that all processes read. Making it takes seconds and
hundreds of megabytes, so processes that serve or work leave it to one that ends (`outside`).
"""

from __future__ import annotations

import fcntl
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from haicap.domain.procedures.catalogue import Catalogue
from haicap.edges.assistant.edition import contents, edition
from haicap.edges.assistant.knowledge import Knowledge, documents_of, known, learned
from haicap.edges.assistant.packing import Packed, Unreadable, write
from haicap.kernel.search import Damaged, Searcher, build, forget

log = logging.getLogger("haicap.assistant")
FRESH_FOR = 1.0  # seconds
LEARNED = "known-"  # begins the names of files of knowledge
_LOCK = "known.lock"
_outside: list[Callable[[], bool]] = []


def outside(make: Callable[[], bool] | None) -> None:
    """Let `make` prepare the files in another process, which says whether it could; None: here. For config only."""
    _outside[:] = [make] if make is not None else []


def stamp_of(catalogue: Catalogue) -> str:
    """Names what is made of a state of the catalogue."""
    return f"{catalogue.generation}-{len(catalogue.entries)}-{contents(catalogue)}-{edition()}"


class Keeper:
    """One knowledge for a process. The index lies in `folder`, where all processes of the platform find it."""

    def __init__(
        self,
        folder: Path,
        generation: Callable[[], int],
        catalogue: Callable[[], Catalogue],
        essential: Callable[[], Iterable[str]],
        done: Callable[[], None] = lambda: None,
    ) -> None:
        self._folder, self._generation, self._catalogue = folder, generation, catalogue
        self._essential, self._done = essential, done
        self._held: Knowledge | None = None
        self._left: int | None = None  # the state whose files were prepared
        self._checked = float("-inf")
        self._lock = threading.Lock()
        self._making = threading.Lock()

    def __call__(self) -> Knowledge:
        """What is known, at most some seconds old: who asks first after a change does not wait for it."""
        held = self._held
        if held is None:
            return self.now()
        if time.monotonic() - self._checked >= FRESH_FOR:
            self._checked = time.monotonic()
            if self._generation() != held.catalogue.generation and self._making.acquire(blocking=False):
                threading.Thread(target=self._behind, name="assistant-index", daemon=True).start()
        return held

    def now(self) -> Knowledge:
        """What is known as of this moment; waits for it."""
        with self._lock:
            current = self._generation()
            if self._held is None or self._held.catalogue.generation != current:
                self._held = self._make()
            self._checked = time.monotonic()
            return self._held

    def mended(self) -> Knowledge:
        """After the index went bad under a question: the same over a new one."""
        with self._lock:
            if self._held is not None:
                forget(self._folder, self._held.searcher.name)
            self._held = None
        return self.now()

    def _behind(self) -> None:
        try:
            self.now()
        except Exception:
            log.exception("assistant: the index could not be made anew; the one before answers on")
        finally:
            self._making.release()
            self._done()

    def prepare(self) -> bool:
        """Leave the files of the state of now for all processes, and hold nothing; whether there was anything to do."""
        current = self._generation()
        if current == self._left:
            return False
        if not (_outside and _outside[0]()):
            self._make()
        self._left = current
        return True

    def _make(self) -> Knowledge:
        began = time.monotonic()
        catalogue = self._catalogue()
        stamp = stamp_of(catalogue)
        path = self._folder / f"{LEARNED}{stamp}"
        packed = _opened(path)
        if packed is None and _outside and _outside[0]():
            packed = _opened(path)
        try:
            found = known(
                catalogue, packed or self._learned(catalogue, path), self._searcher(catalogue, stamp)
            )
        except (KeyError, IndexError, ValueError) as error:
            if packed is None:
                raise
            log.warning("assistant: what was learned is of no use and is made anew (%s)", error)
            _dropped(path)
            found = known(catalogue, self._learned(catalogue, path), self._searcher(catalogue, stamp))
        log.info("assistant: %s versions known in %.1f s", len(catalogue.entries), time.monotonic() - began)
        return found

    def _learned(self, catalogue: Catalogue, path: Path) -> Packed:
        """The file where another process has meanwhile made it; else a new one, in memory when the disk does not take it."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with _alone(self._folder):
                there = _opened(path)
                if there is not None:
                    return there
                data = learned(catalogue, self._essential())
                with suppress(OSError):
                    _sweep(self._folder, path)
                write(path, data)
        except OSError as error:
            log.warning("assistant: what was learned is kept in memory (%s)", error)
            return Packed(learned(catalogue, self._essential()))
        return _opened(path) or Packed(data)

    def _searcher(self, catalogue: Catalogue, stamp: str) -> Searcher:
        """The index on disk where it is of this state; else a new one, in memory when the disk does not take it."""
        there = self._current(stamp)
        if there is not None:
            return there
        documents = documents_of(catalogue)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with _alone(self._folder):
                there = self._current(stamp)  # another process may have been first
                if there is None:
                    build(self._folder, documents, stamp)
                    there = self._current(stamp)
        except (OSError, ValueError) as error:
            log.warning("assistant: no index on disk (%s); it is kept in memory", error)
        return Searcher.over(documents, stamp) if there is None else there

    def _current(self, stamp: str) -> Searcher | None:
        """The index on disk, if it is of this state and sound."""
        try:
            there = Searcher.opened(self._folder)
        except Damaged as damaged:
            log.warning("assistant: the index is damaged and is made anew (%s)", damaged)
            return None
        return there if there is not None and there.stamp == stamp else None


def _opened(path: Path) -> Packed | None:
    """A file of knowledge; None when there is none that can be read, a damaged one is removed."""
    try:
        return Packed.opened(path)
    except Unreadable as error:
        log.warning("assistant: what was learned is damaged and is made anew (%s)", error)
        _dropped(path)
        return None


def _dropped(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _sweep(folder: Path, coming: Path) -> None:
    """Remove all but the newest, which processes still read, and what a crash left half written."""
    every = sorted(folder.glob(f"{LEARNED}*-*"), key=lambda path: path.stat().st_mtime)
    for path in (*every[:-1], *folder.glob(f".{LEARNED}*")):
        if path != coming:
            path.unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time learns."""
    with (folder / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
