"""The plain statements of the verbs: values, errors and transactions as through a cursor, prepared once, and again."""

from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

from haicap.kernel.ledger import statements, wire
from haicap.kernel.ledger.models import Errand

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 22, 3, 4, 5, 678901, tzinfo=UTC)
NOTE = "INSERT INTO ledger_errand (name, last_at, error) VALUES (%s, %s, %s)"
NAMES = "SELECT name FROM ledger_errand WHERE name LIKE %s OR name LIKE 'không%%' ORDER BY name"


def ours() -> int:
    """How many of our statements the server has prepared on this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'verb%'")
        return int(cursor.fetchone()[0])


def test_values_come_back_as_through_a_cursor() -> None:
    values = [
        AT, date(2026, 11, 22), 7, 2**40, -1, True, None, "ấp “Không”\n'\\", b"\x00\xff\\x",
        UUID(int=5), ["a", "b,c", '"'], [AT], 1.5,
    ]  # fmt: skip
    types = ["timestamptz", "date", "int", "bigint", "smallint", "bool", "text", "text", "bytea", "uuid", "text[]", "timestamptz[]", "float8"]  # fmt: skip
    sql = f"SELECT {', '.join(f'%s::{t}' for t in types)}"
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        told = cursor.fetchone()
    assert list(statements.one(sql, values) or ()) == list(told)
    assert told[0] == AT


def test_rows_one_and_how_many() -> None:
    assert [statements.run(NOTE, [f"không {n}", AT, ""]) for n in (2, 1)] == [1, 1]
    assert statements.rows(NAMES, ["x%"]) == [("không 1",), ("không 2",)]
    assert statements.one(NAMES, ["x%"]) == ("không 1",)
    assert statements.one("SELECT 1 WHERE %s::int = 2", [1]) is None
    assert statements.run("DELETE FROM ledger_errand WHERE name = %s", ["nobody"]) == 0


def test_they_are_in_the_transaction_of_the_verb() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        statements.run(NOTE, ["gone", AT, ""])
        raise ZeroDivisionError
    assert not Errand.objects.exists()
    with transaction.atomic():
        statements.run(NOTE, ["stays", AT, ""])
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            statements.run(NOTE, ["goes", AT, ""])
            raise ZeroDivisionError
        statements.run(NOTE, ["stays too", AT, ""])
    assert set(Errand.objects.values_list("name", flat=True)) == {"stays", "stays too"}


def test_prepared_once_and_again_after_every_rollback() -> None:
    connection.close()
    for n in range(6):
        statements.run(NOTE, [f"a{n}", AT, ""])
        list(Errand.objects.filter(name="x"))  # psycopg prepares statements of its own
        list(Errand.objects.filter(name="x"))
        assert ours() == 1
        with pytest.raises(IntegrityError), transaction.atomic():
            statements.run(NOTE, [f"a{n}", AT, ""])
    assert Errand.objects.count() == 6


def test_errors_are_those_of_django() -> None:
    statements.run(NOTE, ["one", AT, ""])
    with pytest.raises(IntegrityError), transaction.atomic():  # refused together with its BEGIN
        statements.run(NOTE, ["one", AT, ""])
    with transaction.atomic():
        assert statements.run(NOTE, ["two", AT, ""]) == 1
    assert Errand.objects.count() == 2
    with pytest.raises(IntegrityError) as found:
        statements.run(NOTE, ["one", AT, ""])
    assert isinstance(found.value.__cause__, psycopg.errors.UniqueViolation)
    assert found.value.__cause__.diag.constraint_name == "ledger_errand_pkey"
    with pytest.raises(DatabaseError):
        statements.run("SELECT nothing FROM nowhere WHERE %s::int = 1", [1])


def test_a_lost_connection_is_said_and_replaced() -> None:
    statements.run(NOTE, ["before", AT, ""])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
    with (
        pytest.raises(OperationalError),
        transaction.atomic(),
    ):  # the statement that begins is the one that fails
        statements.run(NOTE, ["during", AT, ""])
    connection.close_if_unusable_or_obsolete()
    statements.run(NOTE, ["after", AT, ""])
    assert set(Errand.objects.values_list("name", flat=True)) == {"before", "after"}


def test_whoever_counts_statements_sees_them(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        statements.run(NOTE, ["seen", AT, ""])
        statements.one(NAMES, ["s%"])


def test_who_waits_for_a_row_lets_the_thread_that_holds_it_go_on() -> None:
    """Both in one process: waiting with the interpreter's lock held would keep them so until the server ends one."""
    statements.run(NOTE, ["shared", AT, ""])
    sql = "UPDATE ledger_errand SET error = error || %s WHERE name = 'shared'"
    begun, failed = threading.Barrier(2, timeout=60), []

    def write(first: bool) -> None:
        try:
            if not first:
                begun.wait()
            with transaction.atomic():
                statements.run(sql, ["a" if first else "b"])
                if first:
                    begun.wait()
                    time.sleep(0.3)  # the other is waiting in the server by now
                    statements.run(sql, ["a"])
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(first,)) for first in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failed
    assert Errand.objects.get(name="shared").error == "aab"


# --- what waits for the next trip ------------------------------------------------------------------------------------
@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many commands went in each trip to the server."""
    gone: list[int] = []
    exchange = wire.exchange

    def counted(server: Any, sends: Any) -> Any:
        gone.append(len(sends))
        return exchange(server, sends)

    monkeypatch.setattr(wire, "exchange", counted)
    return gone


def errand(name: str, **options: Any) -> None:
    statements.later(NOTE, [name, AT, ""], **options)


def names() -> set[str]:
    return set(Errand.objects.values_list("name", flat=True))


def test_what_waits_goes_with_the_commit_in_one_trip(trips: list[int]) -> None:
    statements.run(NOTE, ["before", AT, ""])  # prepared
    trips.clear()
    with transaction.atomic(), statements.gathered():
        errand("a")
        errand("b")
        assert trips == []
    assert trips == [4]  # BEGIN, both, COMMIT
    assert connection.connection.pgconn.transaction_status == psycopg.pq.TransactionStatus.IDLE
    assert names() == {"before", "a", "b"}


def test_what_waits_goes_before_whatever_is_asked_next(trips: list[int]) -> None:
    with transaction.atomic(), statements.gathered():
        errand("không a")
        assert statements.rows(NAMES, ["x%"]) == [("không a",)]
        errand("không b")
        assert names() == {"không a", "không b"}  # through the ORM
        errand("không c")
        with transaction.atomic():  # a savepoint stands behind what was said before it
            errand("không d")  # within it nothing waits
            assert statements.one("SELECT count(*) FROM ledger_errand WHERE %s", [True]) == (4,)
            transaction.set_rollback(True)
    assert names() == {"không a", "không b", "không c"}


def test_what_waits_is_dropped_with_its_verb(trips: list[int]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(), statements.gathered():
        errand("gone")
        raise ZeroDivisionError
    assert trips == []
    statements.run(NOTE, ["after", AT, ""])
    assert names() == {"after"}


def test_what_waits_is_dropped_when_the_transaction_is_to_be_undone(trips: list[int]) -> None:
    with transaction.atomic(), statements.gathered():
        statements.run(NOTE, ["written", AT, ""])
        trips.clear()
        errand("waits")
        transaction.set_rollback(True)
    assert trips == []
    assert names() == set()


class Meant(Exception):
    """What an error means."""


def meant(error: Exception) -> Meant | None:
    return Meant() if "ledger_errand_pkey" in str(error) else None


def test_an_error_of_what_waited_is_told_in_its_own_words_and_nothing_is_kept() -> None:
    statements.run(NOTE, ["there", AT, ""])
    for ask in (lambda: None, lambda: statements.rows(NAMES, ["x%"]), names):
        with pytest.raises(Meant) as found, transaction.atomic(), statements.gathered():
            errand("new")
            errand("there", refuse=meant)
            errand("later")
            ask()
        assert isinstance(found.value.__cause__, IntegrityError)
        assert names() == {"there"}
    with pytest.raises(IntegrityError), transaction.atomic(), statements.gathered():
        errand("there")
    with pytest.raises(Meant), transaction.atomic():  # where nothing gathers it goes at once
        errand("there", refuse=meant)
    errand("alone")
    assert names() == {"there", "alone"}


def test_what_was_never_prepared_is_prepared_when_it_comes_again() -> None:
    connection.close()
    fresh = "SELECT name FROM ledger_errand WHERE name = %s AND error = %s"
    statements.run(NOTE, ["there", AT, ""])
    for _ in range(2):
        with pytest.raises(IntegrityError), transaction.atomic(), statements.gathered():
            errand("there")
            statements.rows(fresh, ["there", ""])
    with transaction.atomic(), statements.gathered():
        errand("new")
        assert statements.rows(fresh, ["there", ""]) == [("there",)]
    assert names() == {"there", "new"}


def test_rows_of_what_waited_are_told_before_anything_is_committed() -> None:
    def no(rows: list[statements.Row]) -> None:
        assert rows == [("one",)]
        raise Meant

    for ask in (lambda: None, lambda: statements.rows(NAMES, ["x%"])):
        with pytest.raises(Meant), transaction.atomic(), statements.gathered():
            errand("one")
            statements.later("SELECT name FROM ledger_errand WHERE name = %s", ["one"], told=no)
            ask()
        assert names() == set()


def test_a_verb_in_a_transaction_of_others_does_not_end_it(trips: list[int]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        with transaction.atomic(), statements.gathered():
            errand("not yet")
        raise ZeroDivisionError
    assert names() == set()


def test_a_connection_lost_with_what_waited_is_said_and_replaced() -> None:
    statements.run(NOTE, ["before", AT, ""])
    pid = connection.connection.info.backend_pid
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
    with pytest.raises(OperationalError), transaction.atomic(), statements.gathered():
        errand("during")
    connection.close_if_unusable_or_obsolete()
    statements.run(NOTE, ["after", AT, ""])
    assert names() == {"before", "after"}


def test_values_beyond_one_packet_go_and_come() -> None:
    long = "ấ" * 3_000_000
    with transaction.atomic(), statements.gathered():
        statements.later(NOTE, ["long", AT, long])
        assert statements.one("SELECT error FROM ledger_errand WHERE name = %s", ["long"]) == (long,)


def test_whoever_counts_statements_sees_those_that_would_wait(django_assert_num_queries) -> None:
    # BEGIN and COMMIT are counted
    with django_assert_num_queries(4), transaction.atomic(), statements.gathered():
        errand("a")
        errand("b")
