"""Bản dịch: collect the Vietnamese sentences of code and templates, check and compile their English translations.

    python tools/messages.py extract   add new sentences to django.po, untranslated
    python tools/messages.py prune     drop the sentences that nothing uses any more
    python tools/messages.py check     fail when a sentence has no translation, a stale one is left, or places differ
    python tools/messages.py compile   write django.mo (not committed)

No system gettext is needed: Babel reads Python, Django's `templatize` reads templates, polib reads and writes the files.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "haicap"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": (1, 2),
}
_PLACES = re.compile(r"%\((\w+)\)[sd]|%%|%[sd]")


def _templated(path: Path) -> bytes:
    """A template as Python-like text whose calls are the translatable sentences."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    # Indentation of HTML would confuse the reader of Python; sentences never run over a line here.
    return "\n".join(line.lstrip() for line in text.splitlines()).encode()


def _sentences(path: Path) -> Iterator[tuple[str, bool]]:
    """Sentences of a file, and whether they change with a number (the Vietnamese ones say the same for all)."""
    from babel.messages.extract import extract_python

    source = _templated(path) if path.suffix == ".html" else path.read_bytes()
    for _line, function, words, _comments in extract_python(
        io.BytesIO(source), KEYWORDS, [], {"encoding": "utf-8"}
    ):
        for word in words if isinstance(words, tuple) else (words,):
            if isinstance(word, str) and word:
                yield word, function.startswith("ngettext")


class Used(dict[str, set[str]]):
    """Every sentence → files (relative) that use it; `counted`: those that change with a number."""

    def __init__(self) -> None:
        super().__init__()
        self.counted: set[str] = set()


def used() -> Used:
    """What the sources say."""
    found = Used()
    paths = [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]
    for path in sorted(paths):
        if {"tests", "migrations"} & set(path.parts):
            continue
        for sentence, counted in _sentences(path):
            found.setdefault(sentence, set()).add(path.relative_to(ROOT).as_posix())
            if counted:
                found.counted.add(sentence)
    return found


def _places(text: str) -> list[str]:
    return sorted(m.group() for m in _PLACES.finditer(text) if m.group() != "%%")


def _load() -> polib.POFile:
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE), wrapwidth=110)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return catalogue


def extract() -> int:
    """Add what the sources say and the catalogue lacks."""
    sentences, catalogue = used(), _load()
    known = {entry.msgid: entry for entry in catalogue}
    added = [msgid for msgid in sentences if msgid not in known]
    for msgid in added:
        catalogue.append(polib.POEntry(msgid=msgid, msgstr=""))
    for entry in catalogue:
        if entry.msgid in sentences.counted and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr_plural = entry.msgid, {0: entry.msgstr, 1: entry.msgstr}
            entry.msgstr = ""
    _save(catalogue)
    print(f"{len(sentences)} sentences, {len(added)} new")
    return 0


def prune() -> int:
    """Drop entries that no source uses."""
    sentences, catalogue = used(), _load()
    stale = [entry for entry in catalogue if entry.msgid not in sentences]
    for entry in stale:
        catalogue.remove(entry)
    _save(catalogue)
    print(f"{len(stale)} dropped")
    return 0


def _save(catalogue: polib.POFile) -> None:
    """One order and no line numbers, so that changes by several hands merge."""
    catalogue.sort(key=lambda entry: entry.msgid)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))


def problems() -> list[str]:
    """What `check` complains about, one sentence each."""
    sentences, catalogue = used(), _load()
    known = {entry.msgid: entry for entry in catalogue if not entry.obsolete}
    found = [
        f"not in the catalogue: {s!r} ({min(files)})" for s, files in sentences.items() if s not in known
    ]
    for msgid, entry in known.items():
        if msgid not in sentences:
            found.append(f"no longer used: {msgid!r}")
        else:
            found += _wrong(entry, msgid in sentences.counted, min(sentences[msgid]))
    return found


def _wrong(entry: polib.POEntry, counted: bool, place: str) -> list[str]:
    """What is wrong with one translation."""
    if counted and not entry.msgid_plural:
        return [f"needs two forms, one and many: {entry.msgid!r} ({place})"]
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy or not all(text.strip() for text in said):
        return [f"not translated: {entry.msgid!r} ({place})"]
    return [
        f"places differ: {entry.msgid!r} and {text!r}"
        for text in said
        if _places(entry.msgid) != _places(text)
    ]


def check() -> int:
    """Print every problem; 1 when there is one."""
    found = problems()
    for problem in found:
        print(problem)
    print(f"translations: {len(found)} problems" if found else "translations: complete")
    return 1 if found else 0


def compile_() -> int:
    """Write django.mo beside django.po."""
    _load().save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    return 0


def main(argv: list[str]) -> int:
    """Run one of the verbs."""
    verbs = {"extract": extract, "prune": prune, "check": check, "compile": compile_}
    if len(argv) != 2 or argv[1] not in verbs:
        print(__doc__)
        return 2
    return verbs[argv[1]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv))
