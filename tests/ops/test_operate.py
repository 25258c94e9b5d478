"""docs/operate.md says what there is: no setting or command that does not exist. (That none is missing: test_house.py.)"""

from __future__ import annotations

import re

import click
import pytest

from haicap.config.cli import haicap as program
from tests.ops import hands

TEXT = (hands.ROOT / "docs" / "operate.md").read_text()
FOR_DEVELOPMENT = {
    "HAICAP_TEST_PG", "HAICAP_TEST_RANDOM", "HAICAP_VENV", "HAICAP_BROWSER", "HAICAP_BROWSER_SLOW", "HAICAP_SCREENS",
}  # fmt: skip


def test_every_setting_named_is_read_somewhere() -> None:
    sources = "".join(path.read_text() for path in (hands.ROOT / "src").rglob("*.py"))
    named = set(re.findall(r"\bHAICAP_[A-Z_]+\b", TEXT)) - FOR_DEVELOPMENT
    assert named <= set(re.findall(r"\bHAICAP_[A-Z_]+\b", sources))


@pytest.mark.parametrize("words", sorted(set(re.findall(r"`haicap ([a-z][a-z -]*[a-z])`", TEXT))))
def test_every_command_named_exists(words: str) -> None:
    group: click.Command = program
    for word in words.split():
        if word.startswith("-"):
            options = {name for option in group.params for name in option.opts + option.secondary_opts}
            assert word in options
            continue
        assert isinstance(group, click.Group), words
        found = group.get_command(click.Context(group), word)
        assert found is not None, words
        group = found


def test_every_setting_has_one_row() -> None:
    rows = re.findall(r"^\| `(HAICAP_[A-Z_]+)` \|", TEXT, re.MULTILINE)
    assert len(rows) == len(set(rows))
    assert len(rows) >= 20


def test_commands_answer_help_without_django() -> None:
    for name in ("database", "ledger", "units", "accounts", "run", "backup"):
        done = hands.haicap(hands.ROOT / "var", name, "--help", DJANGO_SETTINGS_MODULE="there.is.none")
        assert done.returncode == 0, done.stderr
        assert "Usage: haicap" in done.stdout
