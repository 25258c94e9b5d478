"""Tệp giấu trong tệp: a second kind in the bytes of a first one. Pure but for reading the file."""

from __future__ import annotations

import mmap
import re
import zipfile
from pathlib import Path

_MARKUP = re.compile(rb"<script[\s>/]|<html[\s>]|<!doctype html|<iframe[\s>]|<\?php", re.IGNORECASE)
_PROGRAM = re.compile(rb"MZ[\s\S]{58}[\s\S]{0,400}This program (?:cannot|must) be run")


def archive_in(path: Path) -> bool:
    """Whether an unpacker would take the file for a ZIP or JAR: the list of an archive stands at its end."""
    return zipfile.is_zipfile(path)


def markup_in(data: mmap.mmap | bytes) -> bool:
    """Whether a careless reader could take a part for a page or a script, or run a part as a program."""
    return _MARKUP.search(data) is not None or _PROGRAM.search(data) is not None
