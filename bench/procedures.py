"""The catalogue of procedures: loaded, searched, read and exported, in a process and a database of its own."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bench.figures import Figure, percentile, table

ASKED = 2_000
RECORDS = 1_000
NOW = date(2026, 11, 22)


def measured() -> bool:
    """Run the part; whether every limit holds."""
    print("\nCatalogue of procedures\n-----------------------", flush=True)
    with tempfile.TemporaryDirectory(prefix="haicap-bench-") as folder:
        Path(folder).chmod(0o711)
        environment = {**os.environ, "HAICAP_DATA": folder}
        return (
            subprocess.run(
                [sys.executable, "-m", "bench.procedures"], env=environment, check=False
            ).returncode
            == 0
        )


def _each(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Milliseconds of each call."""
    spent = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def _spoken(names: Sequence[str]) -> list[str]:
    """Questions as people type them: pieces of names, with and without marks, some cut off, some of other words."""
    from haicap.base.text import fold

    dice = random.Random(11)
    said = [
        "lam giay khai sinh",
        "sổ đỏ",
        "nhap ho khau",
        "sao y",
        "giấy độc thân",
        "bang lai",
        "cccd",
        "mở quán",
    ]
    questions = []
    for _ in range(ASKED):
        words = dice.choice(names).split()
        start = dice.randrange(max(1, len(words) - 3))
        text = " ".join(words[start : start + dice.randrange(1, 9)])
        text = fold(text) if dice.random() < 0.6 else text
        questions.append(
            dice.choice(said) if dice.random() < 0.1 else text[: max(3, len(text) - dice.randrange(3))]
        )
    return questions


def _loads() -> tuple[float, float]:
    """Seconds to read and write the whole packaged catalogue; seconds until a process has it in memory."""
    from django.core.management import call_command

    from haicap.config.launcher import preparing
    from haicap.domain.procedures import jobs, queries

    call_command("migrate", interactive=False, verbosity=0)
    preparing.load_registers(lambda said: None, at=datetime.now(UTC))
    began = time.perf_counter()
    jobs.load_packaged(datetime.now(UTC))
    loading = time.perf_counter() - began
    began = time.perf_counter()
    queries.catalogue()
    return loading, time.perf_counter() - began


def _exports() -> list[Figure]:
    from haicap.domain.procedures import queries

    found = []
    with tempfile.TemporaryDirectory() as folder:
        for form in ("json", "xlsx", "csv"):
            path = Path(folder) / f"a.{form}"
            began = time.perf_counter()
            queries.write_catalogue(form, path)
            took = time.perf_counter() - began
            found.append(Figure(f"national export, {form}, {path.stat().st_size / 1e6:.1f} MB", took, "s", 5))
        whole = io.BytesIO((Path(folder) / "a.json").read_bytes())
        began = time.perf_counter()
        queries.dry_run(whole, NOW)
        found.append(
            Figure("the same file looked through as an import", time.perf_counter() - began, "s", 20)
        )
    return found


def figures() -> list[Figure]:
    """Everything that has a limit."""
    from haicap.config.cli import house

    house.with_database()
    loading, reading = _loads()
    from haicap.domain.procedures import queries
    from haicap.domain.procedures.catalogue import Asked

    known = queries.catalogue()
    searches = _each(lambda text: known.search(Asked(text), NOW), _spoken([e.name for e in known.entries]))
    codes = random.Random(12).choices([e.code for e in known.entries], k=RECORDS)
    records = _each(lambda code: queries.record(code, NOW).fileable(), codes)
    return [
        Figure("whole catalogue read, checked and written", loading, "s", 20),
        Figure("catalogue read into a process", reading, "s", 5),
        Figure(f"search in process, p95 of {ASKED:,}", percentile(searches, 0.95), "ms", 60),
        Figure("  p99", percentile(searches, 0.99), "ms", 60),
        Figure(f"record of a procedure, p95 of {RECORDS:,}", percentile(records, 0.95), "ms", 50),
        *_exports(),
    ]


if __name__ == "__main__":
    raise SystemExit(0 if table("In process", figures()) else 1)
