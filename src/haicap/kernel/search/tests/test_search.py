"""Mục lục: found without marks, replaced whole, never half."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from haicap.kernel.search import Damaged, Document, Searcher, Terms, build, pairs, triples, words
from haicap.kernel.search import building as making

BIRTH = Document("1", "procedure", ("Đăng ký khai sinh",), ("Hộ tịch",))
DEATH = Document("2", "procedure", ("Đăng ký khai tử",), ("Hộ tịch",))
POWER = Document("3", "power", ("Cấp giấy khai sinh",))


def asked(text: str) -> Terms:
    found = words(text)
    return Terms(dict.fromkeys(found, 1.0), dict.fromkeys(pairs(found), 1.0))


def keys(searcher: Searcher, text: str, *kinds: str) -> list[str]:
    return [hit.key for hit in searcher.search(asked(text), 5, kinds)]


def test_words_have_one_spelling() -> None:
    assert words("Đăng KÍ, đăng ký") == ["dang", "ki", "dang", "ki"]
    assert pairs(["khai", "sinh"]) == ["khai_sinh"]
    assert triples("tu") == ["^tu", "tu$"]


def test_the_best_comes_first_and_kinds_are_kept_apart() -> None:
    searcher = Searcher.over([BIRTH, DEATH, POWER])
    assert keys(searcher, "khai tu")[0] == "2"
    assert keys(searcher, "khai sinh", "power") == ["3"]
    assert keys(searcher, "ho tich", "procedure") == ["1", "2"] or keys(searcher, "ho tich") == ["2", "1"]
    assert searcher.search(Terms(), 5) == []
    assert searcher.search(asked("khai"), 0) == []
    assert len(searcher) == 3


def test_letters_find_what_words_do_not() -> None:
    searcher = Searcher.over([BIRTH, DEATH])
    hits = searcher.search(Terms(triples=dict.fromkeys(triples("sinhh"), 1.0)), 1)
    assert [hit.key for hit in hits] == ["1"]


def test_a_new_index_replaces_the_old_and_old_readers_read_on(tmp_path: Path) -> None:
    assert Searcher.opened(tmp_path) is None
    build(tmp_path, [BIRTH], "1")
    old = Searcher.opened(tmp_path)
    build(tmp_path, [BIRTH, DEATH], "2")
    new = Searcher.opened(tmp_path)
    assert old is not None and new is not None
    assert (old.stamp, new.stamp) == ("1", "2")
    assert keys(old, "khai tu") == ["1"]
    assert keys(new, "khai tu")[0] == "2"
    build(tmp_path, [DEATH], "3")
    assert sum(path.is_dir() for path in tmp_path.iterdir()) == 2  # the one that counts and the one before


def test_a_build_that_fails_leaves_the_old(tmp_path: Path) -> None:
    build(tmp_path, [BIRTH], "1")

    def broken():
        yield DEATH
        raise RuntimeError("the catalogue went away")

    with pytest.raises(RuntimeError):
        build(tmp_path, broken(), "2")
    found = Searcher.opened(tmp_path)
    assert found is not None and found.stamp == "1"
    build(tmp_path, [DEATH], "3")
    assert sum(path.is_dir() for path in tmp_path.iterdir()) == 2  # what failed is swept


_KILLED = """
import os, signal, sys
from pathlib import Path
from haicap.kernel.search import Document, build
def documents():
    for n in range(500):
        yield Document(str(n), "procedure", (f"Thủ tục số {n}",))
    os.kill(os.getpid(), signal.SIGKILL)
build(Path(sys.argv[1]), documents(), "2")
"""


def test_a_builder_killed_in_the_middle_leaves_a_usable_index(tmp_path: Path) -> None:
    build(tmp_path, [BIRTH], "1")
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path)], check=False, timeout=120, env=_with_source()
    )
    assert done.returncode == -signal.SIGKILL
    found = Searcher.opened(tmp_path)
    assert found is not None and found.stamp == "1" and keys(found, "khai sinh") == ["1"]
    build(tmp_path, [DEATH], "3")  # the lock went with the process, the half index is swept
    assert sum(path.is_dir() for path in tmp_path.iterdir()) == 2
    again = Searcher.opened(tmp_path)
    assert again is not None and again.stamp == "3"


def _with_source() -> dict[str, str]:
    source = str(Path(making.__file__).parents[3])
    return {**os.environ, "PYTHONPATH": source}


def test_a_damaged_index_is_said_to_be_and_counts_no_longer(tmp_path: Path) -> None:
    made = build(tmp_path, [BIRTH, DEATH], "1")
    (made / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(Damaged):
        Searcher.opened(tmp_path)
    assert Searcher.opened(tmp_path) is None
    build(tmp_path, [BIRTH], "2")
    assert Searcher.opened(tmp_path) is not None


def test_a_folder_that_went_missing_is_damage(tmp_path: Path) -> None:
    made = build(tmp_path, [BIRTH], "1")
    shutil.rmtree(made)
    with pytest.raises(Damaged):
        Searcher.opened(tmp_path)


@pytest.mark.parametrize("name", ["../../etc", ".hidden", "", "\x00", "một"])
def test_a_pointer_that_leads_elsewhere_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / making.CURRENT).write_text(name, encoding="utf-8")
    assert making.current(tmp_path) == ""
    assert Searcher.opened(tmp_path) is None


def test_readers_and_builders_at_once(tmp_path: Path) -> None:
    build(tmp_path, [BIRTH, DEATH], "0")
    wrong: list[str] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            found = Searcher.opened(tmp_path)
            if found is None or keys(found, "khai tu")[0] != "2":
                wrong.append("lost")

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for n in range(1, 4):
        build(tmp_path, [BIRTH, DEATH], str(n))
    stop.set()
    for reader in readers:
        reader.join()
    assert not wrong
