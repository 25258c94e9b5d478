"""The assistant: accuracy on both parts, time a question at one and three times the catalogue, beside two plain searches.

Side by side in one run, over the same catalogue and the same folded words, on the questions of the last part: BM25 (bm25s)
over names and over names with the sayings, PostgreSQL full text ('simple') over the latter. `python -m bench.assistant`; without a database full text is left out and said so.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from haicap.config.cli import house
from haicap.config.packaged_facts import Packaged, entry_of
from haicap.kernel.search import words

Find = Callable[[str], list[str]]


FIRST, WITHIN_5, BEHAVIOUR, WRONG, P95 = 0.85, 0.95, 0.90, 0.01, 10.0  # of the untouched part


def measured(parts: Sequence[str] = ("tuned", "untouched")) -> bool:
    """Print the figures; whether the last part holds the limits."""
    house.django_ready()
    from haicap.edges.assistant import evaluating, facts
    from haicap.edges.assistant.asking import ask

    packaged = Packaged()
    facts.wire(packaged)
    ask("đăng ký khai sinh", on=evaluating.DAY)
    questions = [r for r in evaluating.rows(parts[-1]) if r.codes and not r.after]
    held = False
    for part in parts:
        report = evaluating.evaluate(part, ask)
        whole = report.whole
        held = (
            whole.share("first", "procedures") >= FIRST and whole.share("within_5", "procedures") >= WITHIN_5
            and whole.share("behaviour") >= BEHAVIOUR and whole.share("wrong_but_confident") < WRONG and report.p95 < P95
        )  # fmt: skip
        print(
            f"assistant, {part} part: first {whole.share('first', 'procedures'):.3f}, within 5 "
            f"{whole.share('within_5', 'procedures'):.3f}, behaviour {whole.share('behaviour'):.3f}, wrong but confident "
            f"{whole.share('wrong_but_confident'):.4f}, p50 {report.p50:.1f} ms, p95 {report.p95:.1f} ms"
        )
    entries = packaged.knowledge().catalogue.entries
    texts = [" ".join(words(e.name)) for e in entries]
    codes = [e.code for e in entries]
    from haicap.edges.assistant.asking import search
    from haicap.edges.assistant.sayings import sayings

    rivals: list[tuple[str, Find]] = [
        ("assistant (search)", lambda q: [r.card.entry.code for r in search(q, on=evaluating.DAY)])
    ]
    spoken = [
        " ".join([text, *(w for said in sayings().get(code, ()) for w in words(said))])
        for text, code in zip(texts, codes, strict=True)
    ]
    rivals.append(("bm25s over folded words of names", _bm25(texts, codes)))
    rivals.append(("bm25s over names and our sayings", _bm25(spoken, codes)))
    rivals += _full_text(spoken, codes)
    for name, find in rivals:
        _line(name, find, [(r.q, r.codes) for r in questions])
    _tripled(packaged, [r.q for r in questions])
    return held


def _line(name: str, find: Find, questions: Sequence[tuple[str, Sequence[str]]]) -> None:
    first = within = 0
    times = []
    for text, right in questions:
        began = time.perf_counter()
        found = find(text)[:5]
        times.append((time.perf_counter() - began) * 1000)
        first += bool(found) and found[0] in right
        within += any(code in right for code in found)
    times.sort()
    print(
        f"{name}: first {first / len(questions):.3f}, within 5 {within / len(questions):.3f}, "
        f"p50 {statistics.median(times):.2f} ms, p95 {times[int(len(times) * 0.95)]:.2f} ms"
    )


def _bm25(texts: Sequence[str], codes: Sequence[str]) -> Find:
    import bm25s

    index = bm25s.BM25()
    index.index([text.split() for text in texts], show_progress=False)

    def find(question: str) -> list[str]:
        asked = words(question)
        if not asked:
            return []
        found, _ = index.retrieve([asked], k=5, show_progress=False)
        return [codes[n] for n in found[0]]

    return find


def _full_text(texts: Sequence[str], codes: Sequence[str]) -> Iterator[tuple[str, Find]]:
    """A table of its own, dropped with the session."""
    try:
        house.with_database()
        from django.db import connection

        cursor = connection.cursor()
        cursor.execute("CREATE TEMP TABLE folded (code text, words tsvector)")
        rows = list(zip(codes, texts, strict=True))
        for n in range(0, len(rows), 500):
            part = rows[n : n + 500]
            values = ", ".join(["(%s, to_tsvector('simple', %s))"] * len(part))
            cursor.execute(f"INSERT INTO folded VALUES {values}", [v for row in part for v in row])
        cursor.execute("CREATE INDEX ON folded USING gin (words)")
        cursor.execute("ANALYZE folded")
    except Exception as error:
        print(f"PostgreSQL full text: left out, no database ({type(error).__name__})")
        return

    def find(question: str) -> list[str]:
        asked = " | ".join(dict.fromkeys(words(question)[:60]))
        if not asked:
            return []
        cursor.execute(
            "SELECT code FROM folded, to_tsquery('simple', %s) q WHERE words @@ q ORDER BY ts_rank(words, q, 1) DESC LIMIT 5",
            [asked],
        )
        return [row[0] for row in cursor.fetchall()]

    yield "PostgreSQL full text over names and our sayings", find


def _tripled(packaged: Packaged, questions: Sequence[str]) -> None:
    """Three copies of every procedure under codes of their own: time a question, and to build."""
    from haicap.domain.procedures.catalogue import Catalogue
    from haicap.edges.assistant.evaluating import DAY
    from haicap.edges.assistant.knowledge import documents_of, made
    from haicap.edges.assistant.understanding import found, understood
    from haicap.kernel.search import Searcher, build

    base = [entry_of(n, p) for n, p in enumerate(packaged._proposals)]
    medians = {}
    for times in (1, 3):
        copies = [
            replace(e, pk=e.pk + c * len(base), code=e.code if c == 0 else f"{c + 3}{e.code[1:]}")
            for c in range(times)
            for e in base
        ]
        began = time.perf_counter()
        catalogue = Catalogue(copies, 1, (), packaged.knowledge().catalogue.synonyms)
        read = time.perf_counter() - began
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            build(Path(folder), documents_of(catalogue), "1")
            searcher = Searcher.opened(Path(folder))
            assert searcher is not None
            known = made(catalogue, (), searcher)
            built = time.perf_counter() - began
            spent = []
            for text in questions:
                began = time.perf_counter()
                found(understood(text, known), known, DAY)
                spent.append((time.perf_counter() - began) * 1000)
        spent.sort()
        medians[times] = statistics.median(spent)
        print(
            f"{len(copies)} procedures: catalogue {read:.1f} s, index and knowledge rebuilt {built:.1f} s, p50 "
            f"{medians[times]:.1f} ms, p95 {spent[int(len(spent) * 0.95)]:.1f} ms a question"
        )
    print(f"three times the catalogue against one: p50 × {medians[3] / medians[1]:.2f}")


if __name__ == "__main__":
    sys.exit(not measured(sys.argv[1:] or ("tuned", "untouched")))
