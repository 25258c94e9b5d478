"""Dựng mục lục: a new one is written beside the old and put in its place by one rename, so that a crash leaves either."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import tantivy

from haicap.kernel.search.words import pairs, triples, words

CURRENT = "current"  # a file with the name of the folder that counts
_LOCK = "lock"
_MEMORY = 64 * 1024 * 1024
_NAME = re.compile(r"[\w-][\w.-]*", re.ASCII)
FIELDS = ("words", "pairs", "more", "triples")


@dataclass(frozen=True, slots=True)
class Document:
    """What is found: its key among its kind, its names, and other text that counts for less."""

    key: str
    kind: str
    names: tuple[str, ...]
    more: tuple[str, ...] = ()


def schema() -> tantivy.Schema:
    """Keys and kinds as they are; everything else as words already cut."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw")
    builder.add_text_field("kind", stored=True, tokenizer_name="raw")
    for name in FIELDS:
        builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def in_memory(documents: Iterable[Document]) -> tantivy.Index:
    """An index that lives with this process."""
    index = tantivy.Index(schema())
    _fill(index, documents)
    return index


def build(folder: Path, documents: Iterable[Document], stamp: str) -> Path:
    """Write a new index into `folder` and let it count. OSError when the disk does not take it.

    stamp  what it was made from; a reader compares it with what there is now
    One builder at a time; the one before stays until the next, for processes that still read it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        name = f"{stamp}.{secrets.token_hex(4)}"
        made = folder / name
        made.mkdir(mode=0o700)
        try:
            index = tantivy.Index(schema(), path=str(made))
            _fill(index, documents)
            before = current(folder)
            _point(folder, name)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        _sweep(folder, {name, before})
    return made


def current(folder: Path) -> str:
    """Name of the index that counts; "" when there is none."""
    try:
        name = (folder / CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return name if _NAME.fullmatch(name) else ""


def stamp_of(name: str) -> str:
    """What an index of this name was made from."""
    return name.rpartition(".")[0]


def forget(folder: Path, name: str) -> None:
    """Let a damaged index count no longer."""
    if current(folder) == name:
        (folder / CURRENT).unlink(missing_ok=True)


def _fill(index: tantivy.Index, documents: Iterable[Document]) -> None:
    writer = index.writer(_MEMORY, 1)
    for document in documents:
        writer.add_document(tantivy.Document(**_cut(document)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


def _cut(document: Document) -> dict[str, str]:
    names = [words(name) for name in document.names]
    every = [word for name in names for word in name]
    return {
        "key": document.key,
        "kind": document.kind,
        "words": " ".join(every),
        "pairs": " ".join(pair for name in names for pair in pairs(name)),
        "more": " ".join(word for text in document.more for word in words(text)),
        "triples": " ".join(triple for word in dict.fromkeys(every) for triple in triples(word)),
    }


def _point(folder: Path, name: str) -> None:
    """The rename is the moment at which the new index counts."""
    pointer = folder / f".{CURRENT}.{secrets.token_hex(4)}"
    with pointer.open("w", encoding="ascii") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(folder / CURRENT)


def _sweep(folder: Path, kept: set[str]) -> None:
    """Remove what neither counts nor counted just before: also what a crash left half written."""
    for path in folder.iterdir():
        if path.is_dir() and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(f".{CURRENT}."):
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
