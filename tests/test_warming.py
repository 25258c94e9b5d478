"""What a process that serves reads behind its first page: after it, bounded, and never to the harm of the process."""

from __future__ import annotations

import importlib
import threading

import pytest
from django.core.signals import request_finished

from haicap.base.refused import Refused
from haicap.config.launcher import warming
from haicap.edges.assistant import asking, indexing

LONG = 60.0  # for what should happen at once


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Questions the assistant was asked; nothing else is read in the thread."""
    found: list[str] = []
    monkeypatch.setattr(asking, "ask", lambda text, **_: found.append(text))
    return found


def test_looking_at_what_is_served_starts_nothing() -> None:
    module = importlib.import_module("haicap.config.launcher.served")
    assert callable(module.application)
    assert all(thread.name != "warming" for thread in threading.enumerate())
    assert not indexing._outside


def test_it_begins_when_a_page_was_served_and_not_before(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warming, "FIRST_PAGE", LONG)
    thread = warming.begin()
    assert thread.daemon and thread.is_alive() and asked == []
    request_finished.send(sender=None)
    thread.join(LONG)
    assert not thread.is_alive()
    assert asked == [warming.QUESTION]
    request_finished.send(sender=None)
    assert asked == [warming.QUESTION], "once for a process"


def test_a_process_that_is_asked_for_no_page_begins_by_itself(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warming, "FIRST_PAGE", 0.0)
    thread = warming.begin()
    thread.join(LONG)
    assert asked == [warming.QUESTION]


def test_while_the_catalogue_is_loaded_it_waits_a_bounded_number_of_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries: list[int] = []

    def ask(*_: object, **__: object) -> None:
        tries.append(1)
        raise Refused("not_loaded", "Danh mục thủ tục đang được nạp.")

    monkeypatch.setattr(asking, "ask", ask)
    monkeypatch.setattr(warming, "PAUSE", 0.0)
    monkeypatch.setattr(warming, "FIRST_PAGE", 0.0)
    thread = warming.begin()
    thread.join(LONG)
    assert not thread.is_alive()
    assert len(tries) == warming.TRIES


def test_what_fails_is_logged_and_ends_the_thread_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def ask(*_: object, **__: object) -> None:
        raise RuntimeError("no such file")

    monkeypatch.setattr(asking, "ask", ask)
    monkeypatch.setattr(warming, "FIRST_PAGE", 0.0)
    begun = threading.active_count()
    thread = warming.begin()
    thread.join(LONG)
    assert threading.active_count() <= begun
    assert "not warmed" in caplog.text
