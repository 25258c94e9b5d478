"""What the log says of an error: where it happened, never what people typed."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from haicap.config import logs

TYPED = "12 Nguyễn Huệ"


def failing(address: str) -> None:
    raise RuntimeError("broken")


@pytest.mark.parametrize("form", ["json", "human"])
def test_errors_are_told_without_what_people_typed(form: str) -> None:
    root = logging.getLogger()
    before = (list(root.handlers), root.level)
    try:
        logs.configure({"format": form})
        try:
            failing(TYPED)
        except RuntimeError:
            record = root.makeRecord("haicap", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
        text = root.handlers[0].format(record)
    finally:
        root.handlers[:], root.level = before
    assert "broken" in text
    assert "failing" in text
    assert TYPED not in text
    if form == "json":
        assert json.loads(text)["event"] == "failed"
