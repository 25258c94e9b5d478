"""A second start prepares nothing, as long as it is proven that nothing changed."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from haicap.config.launcher import prepared
from haicap.config.launcher.prepared import Prepared
from tests.ops import hands

CAST = [{"name": "lan", "password": "x", "role": "công dân"}]


@pytest.fixture
def known(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Prepared:
    """A preparation that was remembered, of a small program and the test database."""
    monkeypatch.setattr(prepared, "PACKAGE", tmp_path / "program")
    (tmp_path / "program" / "inner").mkdir(parents=True)
    (tmp_path / "program" / "inner" / "one.py").write_text("one = 1\n")
    (tmp_path / "data" / "static").mkdir(parents=True)
    (tmp_path / "data" / "static" / "staticfiles.json").write_text("{}")
    facts = connection.settings_dict
    url = make_conninfo(
        dbname=facts["NAME"], user=facts["USER"] or None, host=facts["HOST"] or None, port=facts["PORT"] or None,
        password=facts["PASSWORD"] or None,
    )  # fmt: skip
    found = Prepared(tmp_path / "data", url, demo=True)
    found.remember(CAST)
    return found


def test_what_stands_is_known_with_its_accounts(known: Prepared) -> None:
    assert known.unchanged()
    assert known.accounts() == CAST
    assert known.note.stat().st_mode & 0o777 == 0o600


def test_another_program_setting_or_shape_is_prepared_anew(
    known: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Prepared(known.data, known.url, demo=False).accounts() is None
    with monkeypatch.context() as changed:
        changed.setenv("HAICAP_UPLOAD_LIMIT_MB", "7")
        assert not known.unchanged()
    with monkeypatch.context() as changed:
        changed.setenv("HAICAP_PORT", "8001")
        assert known.unchanged(), "the port belongs to the run, not to what was prepared"
    (tmp_path / "program" / "inner" / "two.py").write_text("two = 2\n")
    assert known.accounts() is None


def test_another_or_an_altered_database_is_prepared_anew(known: Prepared, tmp_path: Path) -> None:
    noted = json.loads(known.note.read_text())
    known.note.write_text(json.dumps({**noted, "database": noted["database"] + "1"}))
    assert known.unchanged()
    assert known.accounts() is None
    nowhere = Prepared(known.data, f"host={tmp_path} dbname=none user=none", demo=True)
    assert nowhere.database() == ""
    assert nowhere.accounts() is None


def test_a_migration_is_seen(known: Prepared) -> None:
    before = known.database()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), max(id) FROM django_migrations")
        assert " ".join(map(str, cursor.fetchone())) in before


@pytest.mark.parametrize("left", [b"", b"\xff\xfe", b"[1, 2]", b'{"program": 7}', b'{"accounts": "none"}'])
def test_a_damaged_note_counts_for_nothing(known: Prepared, left: bytes) -> None:
    known.note.write_bytes(left)
    assert not known.unchanged()
    assert known.accounts() is None


def test_static_files_that_are_gone_are_collected_again(known: Prepared) -> None:
    (known.data / "static" / "staticfiles.json").unlink()
    assert known.accounts() is None


@pytest.mark.ops
def test_the_second_run_goes_straight_to_the_page(prepared: Path, place: Path) -> None:
    said: list[str] = []
    for name in ("first", "second"):
        with hands.run(prepared, place / name, "--no-demo") as running:
            running.ready()
            assert "<html" in hands.page(running.port)
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(40) == 0
        said.append(running.words())
    assert "prepared before" in said[1]
    assert "schema" not in said[1]
    (prepared / "prepared.json").write_text("{}")
    with hands.run(prepared, place / "third", "--no-demo") as running:
        running.ready()
        assert "schema up to date" in running.words()
