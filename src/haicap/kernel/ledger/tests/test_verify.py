"""Whatever single thing is done to an export, verification finds it and names it. No database."""

import gzip
import json
import random
import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haicap.kernel.ledger import chain
from haicap.kernel.ledger.chain import NOTHING
from haicap.kernel.ledger.findings import SENTENCES, What
from haicap.kernel.ledger.verify import verify, verify_file

AT = datetime(2026, 7, 1, tzinfo=UTC)
ANCHORS = "ledger:anchors"


def event(stream, seq, previous, data, kind="test.noted"):
    body = {
        "stream": stream, "seq": seq, "kind": kind, "at": chain.instant(AT + timedelta(hours=seq)),
        "recorded_at": chain.instant(AT + timedelta(hours=seq, seconds=1)), "actor": "a1", "on_behalf_of": "o1", "data": data,
    }  # fmt: skip
    return {"t": "event", **body, "hash": chain.link(previous, chain.event_bytes(body)).hex()}


class Book:
    """A small ledger made by hand, as an independent second telling of the format."""

    def __init__(self):
        self.streams, self.heads, self.anchors, self.done = {}, [], [], {}

    def note(self, stream, data=None, kind="test.noted"):
        events = self.streams.setdefault(stream, [])
        previous = bytes.fromhex(events[-1]["hash"]) if events else NOTHING
        events.append(
            event(stream, len(events) + 1, previous, data or {"n": len(events), "w": ["ă", True]}, kind)
        )

    def anchor(self):
        grown = {s: e[-1] for s, e in sorted(self.streams.items()) if len(e) > self.done.get(s, 0)}
        covered = sum(len(self.streams[s]) - self.done.get(s, 0) for s in grown)
        self.done.update({s: e["seq"] for s, e in grown.items()})
        seq = len(self.anchors) + 1
        self.heads += [
            {"t": "head", "stream": s, "seq": e["seq"], "hash": e["hash"], "anchor": seq}
            for s, e in grown.items()
        ]
        root = chain.root((s, e["seq"], bytes.fromhex(e["hash"])) for s, e in grown.items())
        at = chain.instant(AT + timedelta(days=seq))
        body = chain.anchor_bytes(seq=seq, at=at, streams=len(grown), events=covered, root=root)
        previous = bytes.fromhex(self.anchors[-1]["hash"]) if self.anchors else NOTHING
        digest = chain.link(previous, body).hex()
        line = {
            "t": "anchor",
            "seq": seq,
            "at": at,
            "streams": len(grown),
            "events": covered,
            "root": root.hex(),
        }
        self.anchors.append({**line, "hash": digest})
        self.note(ANCHORS, {"anchor": seq, "hash": digest}, "ledger.anchored")

    def lines(self):
        total = sum(map(len, self.streams.values()))
        counts = {"events": total, "streams": len(self.streams), "anchors": len(self.anchors)}
        found = [{"t": "ledger", "format": 1, **counts}, *self.anchors]
        for stream in sorted(self.streams):
            events = self.streams[stream]
            found += events + [h for h in self.heads if h["stream"] == stream]
            found.append({"t": "end", "stream": stream, "seq": len(events), "hash": events[-1]["hash"]})
        return found


def book():
    b = Book()
    for stream, count in (("unit:1", 4), ("unit:2", 1), ("act:x", 3)):
        for _ in range(count):
            b.note(stream)
    b.anchor()
    for stream in ("unit:1", "unit:3", "unit:3", "zeta:9"):
        b.note(stream)
    b.anchor()
    for stream in ("unit:1", "late:1"):
        b.note(stream)
    return b.lines()


LINES = book()
EVENTS = [i for i, line in enumerate(LINES) if line["t"] == "event"]


def check(lines, **more):
    return verify((json.dumps(line, ensure_ascii=False) for line in lines), **more)


def test_an_untouched_export_is_sound():
    report = check(LINES)
    assert report.sound, report.first
    assert (report.events, report.streams, report.anchors) == (16, 7, 2)
    assert report.unanchored == 3  # unit:1, late:1 and the second anchor's own event
    assert check(LINES, known=[LINES[1]["hash"], LINES[2]["hash"].upper()]).sound


def other(value, rng):
    """A value of the same type that differs; sometimes of another type."""
    if rng.random() < 0.15:
        return rng.choice([None, 1.5, "x", 7, [], {}, True])
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + rng.choice([-2, -1, 1, 2, 10**12])
    if isinstance(value, str):
        place = rng.randrange(len(value) + 1)
        return value[:place] + rng.choice(string.hexdigits + "ắ") + value[place + rng.randrange(2) :]
    if isinstance(value, list):
        return [*value, 1]
    return {**value, "more": 1} if rng.random() < 0.5 else dict(list(value.items())[1:])


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(range(len(LINES))))
def test_any_changed_field_is_found(seed, place):
    rng = random.Random(seed)
    name = rng.choice(sorted(LINES[place]))
    changed = {**LINES[place], name: other(LINES[place][name], rng)}
    if changed == LINES[place] and str(changed) == str(LINES[place]):
        return
    report = check([*LINES[:place], changed, *LINES[place + 1 :]])
    assert not report.sound
    if (
        LINES[place]["t"] == "event"
        and name not in {"t", "stream", "seq"}
        and report.first.what is not What.DAMAGED
    ):
        assert (report.first.what, report.first.stream, report.first.seq) == (
            What.ALTERED, LINES[place]["stream"], LINES[place]["seq"],
        )  # fmt: skip


@pytest.mark.parametrize("place", range(len(LINES)))
def test_any_removed_line_is_found(place):
    report = check([*LINES[:place], *LINES[place + 1 :]])
    assert not report.sound
    gone = LINES[place]
    if gone["t"] == "event":
        assert report.first.what in {What.REMOVED, What.TRUNCATED}
        assert (report.first.stream, report.first.seq) == (gone["stream"], gone["seq"])


@pytest.mark.parametrize("place", range(len(LINES)))
def test_any_repeated_line_is_found(place):
    report = check([*LINES[: place + 1], *LINES[place:]])
    assert not report.sound
    if LINES[place]["t"] == "event":
        assert report.first.what is What.INSERTED
        assert (report.first.stream, report.first.seq) == (LINES[place]["stream"], LINES[place]["seq"])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(range(len(LINES))), st.sampled_from(range(len(LINES))))
def test_any_two_lines_changed_over_are_found(a, b):
    lines = list(LINES)
    lines[a], lines[b] = lines[b], lines[a]
    if a == b:
        return
    report = check(lines)
    assert not report.sound
    x, y = LINES[a], LINES[b]
    if x["t"] == y["t"] == "event" and x["stream"] == y["stream"]:
        assert (report.first.what, report.first.stream) == (What.REORDERED, x["stream"])
        assert report.first.seq == min(x["seq"], y["seq"])


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(EVENTS), st.sampled_from(["test.noted", "x"]), st.integers(1, 9))
def test_any_made_up_event_is_found(place, kind, seq):
    """One with a well-made hash, put after any event; at the very end of a stream its `end` line gives it away."""
    line = LINES[place]
    made = event(line["stream"], seq, bytes.fromhex(line["hash"]), {"n": 0}, kind)
    report = check([*LINES[: place + 1], made, *LINES[place + 1 :]])
    assert not report.sound
    assert report.first.stream == line["stream"]


@pytest.mark.parametrize("cut", range(len(LINES)))
def test_any_cut_end_of_the_file_is_found(cut):
    assert not check(LINES[:cut]).sound


def test_a_stream_rewritten_from_an_event_on_is_caught_by_its_anchor():
    """Whoever re-links a whole stream must also re-link the anchors, and their copies on paper."""
    b = [dict(line) for line in LINES]
    chosen = [i for i in EVENTS if b[i]["stream"] == "unit:1"]
    previous = NOTHING
    for i in chosen:
        data = {"n": 99} if b[i]["seq"] == 2 else b[i]["data"]
        b[i] = event("unit:1", b[i]["seq"], previous, data)
        previous = bytes.fromhex(b[i]["hash"])
    end = next(i for i, line in enumerate(b) if line["t"] == "end" and line["stream"] == "unit:1")
    b[end]["hash"] = previous.hex()
    report = check(b)
    assert (report.first.what, report.first.stream, report.first.seq) == (What.ALTERED, "unit:1", 4)
    assert "mốc neo số 1" in report.first.sentence


def test_a_tail_cut_cleanly_is_caught_by_its_anchor():
    b = [
        line
        for line in LINES
        if not (line["t"] == "event" and line["stream"] == "unit:3" and line["seq"] == 2)
    ]
    last = next(line for line in b if line["t"] == "event" and line["stream"] == "unit:3")
    b = [
        {**line, "seq": 1, "hash": last["hash"]}
        if line["t"] == "end" and line["stream"] == "unit:3"
        else line
        for line in b
    ]
    b[0] = {**b[0], "events": b[0]["events"] - 1}
    report = check(b)
    assert [(f.what, f.stream, f.seq) for f in report.findings] == [(What.TRUNCATED, "unit:3", 2)]


def test_a_whole_other_ledger_is_caught_by_the_copy_of_an_anchor():
    report = check(LINES, known=["0" * 64])
    assert report.first.what is What.ANCHOR


def test_damaged_files_are_said_to_be_damaged(tmp_path):
    text = "".join(json.dumps(line) + "\n" for line in LINES).encode()
    good = gzip.compress(text)
    cases = {
        "a": b"", "b": b"\x00\xff\xfe" * 99, "c": good[: len(good) // 2], "d": good[:40] + b"!" + good[41:],
        "e": b"[]\n" * 3, "f": b'{"t": []}\n', "g": b"[" * 100_000, "h": text.replace(b'"kind"', b'"kind":"x","kind"', 1),
    }  # fmt: skip
    for name, content in cases.items():
        (tmp_path / name).write_bytes(content)
        report = verify_file(tmp_path / name)
        assert not report.sound, name
        assert report.first.sentence
    (tmp_path / "good").write_bytes(good)
    assert verify_file(tmp_path / "good").sound


def test_every_finding_has_a_sentence():
    assert set(SENTENCES) == set(What)


@pytest.mark.parametrize("told", ["x", [], {}, None, 99, True])
def test_an_anchor_told_falsely_is_found(told):
    b = Book()
    b.note("a")
    b.anchor()
    b.note(ANCHORS, {"anchor": told, "hash": 7}, "ledger.anchored")
    assert not check(b.lines()).sound


def test_findings_speak_the_language_asked_for():
    found = check(LINES[:-1]).first
    told = found.told(lambda text: f"<{text}>")
    assert told.startswith("<Chuỗi")
    assert "(<" in told, "the particulars too"
    assert found.sentence == found.told()
