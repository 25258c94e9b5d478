"""The ledger over a real database: verbs, chains, the feed, deliveries, anchors."""

import json
import threading
from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st
import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given

from haicap.base.refused import Refused
from haicap.kernel.ledger import chain, deliveries, errands, exports, jobs, queries
from haicap.kernel.ledger.actions import NothingRecorded, action, anchor, begin_epoch, record
from haicap.kernel.ledger.chain import Head
from haicap.kernel.ledger.kinds import Kind, kind
from haicap.kernel.ledger.models import Anchor, AnchoredHead, Delivery, Event
from haicap.kernel.ledger.verify import verify_file

AT = datetime(2026, 11, 22, 1, 2, 3, 456789, tzinfo=UTC)
NOTED = Kind("test.noted", "Ghi %(n)s", {"n": int, "tags": list, "note": str})


@action
def note(*, stream="test:1", head=None, n=1, actor="a", at=AT):
    data = {"n": n, "tags": ["ă", "z", {"b": 1, "a": [None, True, 12345678901234567890]}], "note": "Đắk Lắk"}
    return record(
        stream=stream, head=head or queries.head_of(stream), kind=NOTED, at=at, actor=actor, data=data
    )


@action
def forgetful(*, actor="a", at=AT):
    Delivery.objects.count()


@action
def outer(*, actor="a", at=AT):
    return note(actor=actor, at=at)


FACTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.text(), st.integers(1, 2**31), st.text(), st.datetimes(timezones=st.timezones()), st.text(), st.text(),
    st.dictionaries(st.text(), FACTS, max_size=4),
)  # fmt: skip
def test_an_event_is_written_down_as_whoever_checks_it_writes_it(stream, seq, kind, at, actor, organ, data):
    """Verbs put the bytes together from their pieces, the verifier from the eight fields of an export."""
    fields = {"stream": stream, "seq": seq, "kind": kind, "actor": actor, "on_behalf_of": organ, "data": data}
    try:
        written = chain.canonical(**fields, at=at, recorded_at=AT)
    except (UnicodeEncodeError, OverflowError):
        return  # half letters have no bytes, and the first hours of the year 1 no UTC
    assert written == chain.event_bytes({**fields, "at": chain.instant(at), "recorded_at": chain.instant(AT)})


@pytest.mark.django_db
def test_a_verb_without_an_event_does_not_commit():
    with pytest.raises(NothingRecorded, match="forgetful"):
        forgetful()


@pytest.mark.django_db
def test_recording_outside_a_verb_is_refused():
    with pytest.raises(RuntimeError, match="outside"):
        record(stream="s", head=Head(), kind=NOTED, at=AT, actor="a", data={"n": 1, "tags": [], "note": ""})


@pytest.mark.django_db
def test_a_verb_called_by_another_joins_it():
    assert outer().version == 1
    assert queries.history("test:1")[0].data["n"] == 1


@pytest.mark.parametrize("bad", [1.5, {"x": 2.0}, {1: "x"}, "a\0b", "\ud800", AT])
def test_facts_that_would_change_their_spelling_are_refused(bad):
    with pytest.raises(ValueError, match=r"test\.noted"):
        NOTED.check({"n": 1, "tags": [bad], "note": ""})


def test_kinds_are_declared_once_and_found():
    assert kind("test.noted") is NOTED
    with pytest.raises(ValueError, match="twice"):
        Kind("test.noted", "")


@pytest.mark.django_db
def test_the_chain_is_rebuilt_from_the_database():
    for n in range(5):
        note(n=n)
    previous = chain.NOTHING
    for e in Event.objects.order_by("seq"):
        body = chain.canonical(
            stream=e.stream, seq=e.seq, kind=e.kind, at=e.at, recorded_at=e.recorded_at,
            actor=e.actor, on_behalf_of=e.on_behalf_of, data=e.data,
        )  # fmt: skip
        assert chain.link(previous, body) == bytes(e.hash)
        previous = bytes(e.hash)
    assert queries.head_of("test:1") == Head(5, previous)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_event SET actor = 'x'",
        "DELETE FROM ledger_event",
        "UPDATE ledger_anchor SET seq = 9",
        "DELETE FROM ledger_anchor",
        "DELETE FROM ledger_anchoredhead",
    ],
)
def test_the_database_refuses_to_forget(statement):
    note()
    with (
        pytest.raises(ProgrammingError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["ledger_event", "ledger_anchor", "ledger_anchoredhead"])
def test_the_database_refuses_to_be_emptied(table):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_truncate")
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.django_db
def test_a_stale_head_is_refused_in_words():
    note()
    with pytest.raises(Refused) as refused:
        note(head=Head())
    assert refused.value.code == "stale"


@pytest.mark.django_db(transaction=True)
def test_of_two_writers_one_wins():
    head = note()
    results, start = [], threading.Barrier(4)

    def write():
        start.wait(60)
        try:
            results.append(note(head=head).version)
        except Refused as refused:
            results.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    [t.start() for t in threads]
    [t.join(60) for t in threads]
    assert sorted(map(str, results)) == ["2", "stale", "stale", "stale"]
    assert [e.seq for e in queries.history("test:1")] == [1, 2]


# --- feed ----------------------------------------------------------------------------------------------------


def settle():
    """Wait until nobody can overtake what was recorded: another database of this server may be writing too."""
    newest = Event.objects.order_by("-tx").values_list("tx", flat=True)[0]
    pause = threading.Event()
    for _ in range(2400):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot()) > %s::text::xid8", [str(newest)])
            if cursor.fetchone()[0]:
                return
        pause.wait(0.05)
    raise AssertionError("another transaction of this server stayed open for two minutes")


@pytest.mark.django_db(transaction=True)
def test_the_feed_holds_back_what_could_be_overtaken():
    """An event written first but committed last is not skipped."""
    written, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            note(stream="test:slow")
            written.set()
            go_on.wait(60)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(60)
    note(stream="test:fast")
    first = queries.feed()
    assert first.events == ()
    go_on.set()
    thread.join(60)
    settle()
    page = queries.feed(after=first.cursor)
    assert [e.stream for e in page.events] == ["test:slow", "test:fast"]
    assert not queries.feed(after=page.cursor).events


@pytest.mark.django_db(transaction=True)
def test_the_feed_loses_nothing_while_others_write():
    def write(number):
        for n in range(25):
            with transaction.atomic():
                note(stream=f"test:{number}", n=n)
                if n % 5 == number:
                    pause.wait(0.01)  # some commit later than they were numbered
        connection.close()

    pause = threading.Event()
    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    [t.start() for t in threads]
    cursor, seen, rounds_left = "", [], 12000
    while rounds_left and (len(seen) < 100 or any(t.is_alive() for t in threads)):
        page = queries.feed(after=cursor, limit=7)
        seen += [(e.stream, e.seq) for e in page.events]
        cursor, rounds_left = page.cursor, rounds_left - (not page.events)
        if not page.events:
            pause.wait(0.01)
    [t.join(60) for t in threads]
    assert len(seen) == len(set(seen)) == 100
    for number in range(4):
        assert [seq for stream, seq in seen if stream == f"test:{number}"] == list(range(1, 26))


@pytest.mark.django_db
def test_recording_is_one_statement(consumer):
    head = note()
    with CaptureQueriesContext(connection) as asked:
        note(head=head)
    spoken = [q["sql"].split()[0] for q in asked.captured_queries]
    assert spoken == ["SAVEPOINT", "WITH", "RELEASE"]


@pytest.mark.django_db(transaction=True)
def test_the_feed_by_pages_and_kinds():
    for n in range(5):
        note(stream=f"test:{n}")
    begin_epoch(actor="system", at=AT)
    settle()
    cursor, seen = "", []
    while True:
        page = queries.feed(after=cursor, limit=2, kinds=["test.noted"])
        seen += [e.stream for e in page.events]
        cursor = page.cursor
        if not page.more:
            break
    assert seen == [f"test:{n}" for n in range(5)]
    begin_epoch(actor="system", at=AT)
    with pytest.raises(Refused, match="feed_restarted"):
        queries.feed(after=cursor)
    for bad in ["x", "1.2.3", cursor + "9" * 30, "\0"]:
        with pytest.raises(Refused, match="bad_cursor"):
            queries.feed(after=bad)


# --- deliveries ----------------------------------------------------------------------------------------------


@pytest.fixture
def consumer():
    seen = []

    def handle(event_id):
        seen.append(event_id)
        found = queries.event(event_id)
        if found.data["n"] < 0:
            raise ValueError("negative")
        if found.data["n"] == 7:
            note(stream="test:answer", n=1)

    deliveries.subscribe("test", kinds=["test.noted"], handler=handle)
    yield seen
    deliveries.unsubscribe("test")


@pytest.mark.django_db
def test_deliveries_are_carried_once_and_removed(consumer):
    note(n=7)
    assert queries.waiting() == 1
    assert jobs.drain(at=AT) == 2  # what a handler records is delivered too
    assert queries.waiting() == 0
    assert len(consumer) == 2
    assert queries.history("test:answer")


@pytest.mark.django_db
def test_a_failing_delivery_waits_longer_each_time_and_then_for_a_person(consumer):
    note(n=-1)
    with pytest.raises(RuntimeError, match="negative"):
        jobs.drain(at=AT)
    at, tries = AT, 1
    while not queries.stuck()[0].given_up:
        assert jobs.deliver(limit=9, at=at).failed == 0, "not before its time"
        at = queries.stuck()[0].retry_at
        assert jobs.deliver(limit=9, at=at).failed == 1
        tries += 1
    assert tries == queries.TRIES
    assert "negative" in queries.stuck()[0].error
    assert jobs.deliver(limit=9, at=at + timedelta(days=30)).failed == 0
    jobs.release([queries.stuck()[0].id] if queries.stuck() else [])
    assert jobs.deliver(limit=1, at=at).failed == 1


@pytest.mark.django_db
def test_a_failing_handler_takes_back_what_it_wrote():
    def handle(event_id):
        note(stream="test:half", n=0)
        raise ValueError("too late")

    deliveries.subscribe("half", kinds=["test.noted"], handler=handle)
    try:
        note()
        assert jobs.deliver(limit=1, at=AT).failed == 1
        assert queries.history("test:half") == ()
    finally:
        deliveries.unsubscribe("half")


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_without_doing_anything_twice(consumer):
    for n in range(20):
        note(stream=f"test:{n}")
    start = threading.Barrier(2)

    def work():
        start.wait(60)
        jobs.deliver(limit=50, at=AT)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    [t.start() for t in threads]
    [t.join(60) for t in threads]
    assert len(consumer) == len(set(consumer)) == 20
    assert queries.waiting() == 0


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_everything_as_it_was():
    """The server cuts the worker off after the handler wrote: nothing of it stays, and the next worker does it once."""
    killed = []

    def handle(event_id):
        note(stream=f"test:answer:{event_id}")
        if not killed:
            killed.append(event_id)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    deliveries.subscribe("killed", kinds=["test.noted"], handler=handle)
    try:
        head = note()
        deliveries.unsubscribe("killed")
        deliveries.subscribe("killed", kinds=[], handler=handle)
        with pytest.raises(DatabaseError):
            jobs.deliver(limit=1, at=AT)
        connection.close()
        assert queries.history(f"test:answer:{killed[0]}") == ()
        assert jobs.drain(at=AT) == 1
        assert len(queries.history(f"test:answer:{killed[0]}")) == 1
        assert queries.waiting() == 0
        assert queries.head_of("test:1") == head
    finally:
        deliveries.unsubscribe("killed")


@pytest.mark.django_db
def test_errands_run_once_a_period_and_again_soon_after_a_failure():
    calls = []

    def run(at):
        calls.append(at)
        if len(calls) == 1:
            raise ValueError("first time")

    errands.every("test.errand", timedelta(days=1), run)
    try:
        jobs.run_errands(at=AT)
        jobs.run_errands(at=AT + timedelta(seconds=30))
        assert len(calls) == 1
        jobs.run_errands(at=AT + timedelta(minutes=2))
        jobs.run_errands(at=AT + timedelta(hours=20))
        assert len(calls) == 2
        jobs.run_errands(at=AT + timedelta(hours=25))
        assert len(calls) == 3
    finally:
        errands.forget("test.errand")


@pytest.mark.django_db
def test_the_worker_stops_when_told(consumer):
    note()
    naps = []
    jobs.work(stopping=lambda: bool(naps), sleep=naps.append)
    assert naps == [1.0]
    assert len(consumer) == 1


# --- anchors and exports -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_anchors_cover_everything_and_verify(tmp_path):
    for n in range(3):
        note(stream="test:a", n=n)
        note(stream="test:b", n=n)
    first = anchor(actor="system", at=AT)
    assert (first.seq, first.streams, first.events) == (1, 2, 6)
    note(stream="test:a")
    second = anchor(actor="system", at=AT)
    assert (second.seq, second.streams, second.events) == (2, 2, 2)  # test:a and the first anchor's own event
    for name in ("ledger.jsonl", "ledger.jsonl.gz"):
        assert exports.export(tmp_path / name) == 9
        report = verify_file(tmp_path / name, known=[bytes(second.hash).hex(), bytes(first.hash).hex()])
        assert report.sound, report.first
        assert (report.events, report.streams, report.anchors, report.unanchored) == (9, 3, 2, 1)
        assert report.last_anchor == bytes(second.hash).hex()
    assert not verify_file(tmp_path / "ledger.jsonl", known=["ab" * 32]).sound
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.django_db
def test_the_daily_anchor_does_not_anchor_itself_for_ever():
    note()
    for _ in range(3):
        jobs.daily_anchor(AT)
    assert Anchor.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tamper", "what", "stream", "seq"),
    [
        ("UPDATE ledger_event SET data = jsonb_set(data, '{n}', '9') WHERE stream='test:a' AND seq=2", "altered", "test:a", 2),
        ("UPDATE ledger_event SET at = at + interval '1 microsecond' WHERE stream='test:b' AND seq=1", "altered", "test:b", 1),
        ("UPDATE ledger_event SET on_behalf_of = 'x' WHERE stream='test:b' AND seq=3", "altered", "test:b", 3),
        ("DELETE FROM ledger_event WHERE stream='test:a' AND seq=2", "removed", "test:a", 2),
        ("DELETE FROM ledger_event WHERE stream='test:a' AND seq=3", "truncated", "test:a", 3),
        ("DELETE FROM ledger_event WHERE stream='test:b'", "truncated", "test:b", 1),
        ("UPDATE ledger_event SET seq = 9 WHERE stream='test:a' AND seq=1;"
         "UPDATE ledger_event SET seq = 1 WHERE stream='test:a' AND seq=2;"
         "UPDATE ledger_event SET seq = 2 WHERE stream='test:a' AND seq=9", "altered", "test:a", 1),
        ("INSERT INTO ledger_event (stream, seq, kind, at, recorded_at, actor, on_behalf_of, data, hash)"
         " SELECT stream, 4, kind, at, recorded_at, actor, '', data, hash FROM ledger_event"
         " WHERE stream='test:a' AND seq=3", "altered", "test:a", 4),
    ],
)  # fmt: skip
def test_tampering_with_the_database_is_named(tamper, what, stream, seq):
    for n in range(3):
        note(stream="test:a", n=n)
        note(stream="test:b", n=n)
    anchor(actor="system", at=AT)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER USER")
        cursor.execute(tamper)
    found = exports.verify_database().first
    assert found is not None
    assert (found.what, found.stream, found.seq) == (what, stream, seq)
    assert stream in found.sentence


@pytest.mark.django_db
def test_a_failed_export_leaves_no_file(tmp_path, monkeypatch):
    note()
    monkeypatch.setattr(exports, "_write", lambda out, source: json.loads("broken"))
    with pytest.raises(ValueError, match="Expecting"):
        exports.export(tmp_path / "x.jsonl")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_anchored_heads_are_one_a_stream_and_anchor():
    note()
    anchor(actor="system", at=AT)
    assert AnchoredHead.objects.count() == 1
