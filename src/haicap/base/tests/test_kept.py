"""What is kept in memory."""

from __future__ import annotations

from contextlib import suppress

from haicap.base import kept
from haicap.base.kept import Kept, Notes


def test_it_is_read_again_only_when_its_source_changed(monkeypatch) -> None:
    state, asked, read = [1], [], []

    def generation() -> int:
        asked.append(state[0])
        return state[0]

    value = Kept(generation, lambda now: read.append(now) or f"read at {now}")
    assert value() == value() == "read at 1"
    assert (len(asked), read) == (1, [1])  # within the second nobody asks
    monkeypatch.setattr(kept, "FRESH_FOR", 0.0)
    assert value() == "read at 1"
    assert (len(asked), read) == (2, [1])  # asked, unchanged, not read
    state[0] = 2
    assert value() == "read at 2"


def test_what_fails_is_not_kept() -> None:
    answers = iter([None, "found"])

    def read(_: object) -> str:
        found = next(answers)
        if found is None:
            raise LookupError
        return found

    value = Kept(lambda: 1, read)
    with suppress(LookupError):
        value()
    assert value() == "found"


def test_forgotten_it_is_read_anew() -> None:
    count = iter(range(9))
    value = Kept(lambda: 1, lambda _: next(count))
    assert value() == 0
    value.forget()
    assert value() == 1


def test_the_state_is_the_one_the_value_was_read_for() -> None:
    states = iter([(1, 2), (1, 3)])
    value = Kept(lambda: next(states), lambda state: state)
    assert value.state() == (1, 2) == value()
    value.forget()
    assert value.state() == (1, 3)


def test_what_is_made_of_a_kept_value_does_not_keep_an_old_one() -> None:
    state = [1]
    inner = Kept(lambda: state[0], lambda now: f"inner {now}")
    outer = Kept(lambda: state[0], lambda now: f"outer of {inner.now()}")
    assert inner() == "inner 1"
    state[0] = 2
    assert inner() == "inner 1"  # within the second
    assert outer() == "outer of inner 2"
    state[0] = 3
    assert outer() == "outer of inner 2"
    assert outer.now() == "outer of inner 3"
    assert outer() == "outer of inner 3"


def test_asked_to_look_again_it_reads_only_what_changed() -> None:
    state, count = [1], iter(range(9))
    value = Kept(lambda: state[0], lambda _: next(count))
    assert value() == 0
    value.recheck()
    assert value() == 0
    state[0] = 2
    assert value() == 0  # within the second
    value.recheck()
    assert value() == 1


def test_what_hangs_on_something_in_memory_is_as_young_as_that() -> None:
    state = [1]
    value = Kept(lambda: state[0], lambda now: f"of {now}", always=True)
    assert value() == "of 1"
    state[0] = 2
    assert value() == "of 2"


def test_notes_begin_anew_when_they_are_old(monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr(kept, "clock", lambda: now[0])
    notes: Notes[list[str]] = Notes(list, seconds=60)
    notes().append("first")
    now[0] = 159.9
    notes().append("second")
    assert notes() == ["first", "second"]
    now[0] = 160.0  # the oldest may be this old
    assert notes() == []


def test_notes_begin_anew_when_their_source_changed_or_they_are_too_many() -> None:
    state = ["a"]
    notes: Notes[list[int]] = Notes(list, state=lambda: state[0], full=lambda noted: len(noted) > 2)
    old = notes()
    old.append(1)
    state[0] = "b"
    assert notes() == []
    old.append(2)  # by one who began before the change
    assert notes() == []
    notes().extend([1, 2, 3])
    assert notes() == []
    notes().append(1)
    notes.forget()
    assert notes() == []
