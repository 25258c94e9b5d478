"""Theo danh mục: knowledge of the catalogue, kept while it does not change, made anew behind the questions when it does."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from haicap.domain.procedures.catalogue import Catalogue
from haicap.edges.assistant.knowledge import Knowledge, documents_of, made
from haicap.edges.assistant.sayings import digest
from haicap.kernel.search import Damaged, Searcher, build, forget

log = logging.getLogger("haicap.assistant")
FORM = 2  # of the documents in the index: another form is another index
FRESH_FOR = 1.0  # seconds


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

    def _make(self) -> Knowledge:
        began = time.monotonic()
        catalogue = self._catalogue()
        found = made(catalogue, self._essential(), self._searcher(catalogue))
        log.info("assistant: %s versions known in %.1f s", len(catalogue.entries), time.monotonic() - began)
        return found

    def _searcher(self, catalogue: Catalogue) -> Searcher:
        """The index on disk where it is of this state; else a new one, in memory when the disk does not take it."""
        stamp = f"{FORM}-{catalogue.generation}-{len(catalogue.entries)}-{digest()}"
        try:
            there = Searcher.opened(self._folder)
            if there is not None and there.stamp == stamp:
                return there
        except Damaged as damaged:
            log.warning("assistant: the index is damaged and is made anew (%s)", damaged)
        documents = documents_of(catalogue)
        try:
            build(self._folder, documents, stamp)
            fresh = Searcher.opened(self._folder)
            if fresh is not None and fresh.stamp == stamp:
                return fresh
        except (OSError, ValueError, Damaged) as error:
            log.warning("assistant: no index on disk (%s); it is kept in memory", error)
        return Searcher.over(documents, stamp)
