"""Backup, restore and the ledger's commands, as an operator types them."""

from __future__ import annotations

import gzip
import json
import os
import tarfile
from pathlib import Path

import psycopg
import pytest

from haicap.config.launcher.cluster import Cluster
from tests.ops import hands

pytestmark = pytest.mark.ops


@pytest.fixture(scope="module")
def archive(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a platform that has people and a stored file."""
    told = hands.haicap(prepared, "seed")
    assert told.returncode == 0, told.stderr
    content = b"an attachment"
    store = prepared / "files" / "ab"
    store.mkdir(parents=True, exist_ok=True)
    (store / hands.sha256(content)).write_bytes(content)
    (store / "half-written.part").write_bytes(b"...")
    target = tmp_path_factory.mktemp("archive") / "haicap.tar"
    done = hands.haicap(prepared, "backup", str(target))
    assert done.returncode == 0, done.stderr
    return target


def counts(data: Path) -> list[tuple[object, ...]]:
    """Rows of every table of the platform, but the epoch of the feed, which a restore begins anew."""
    with Cluster(data).running() as url, psycopg.connect(url) as link:
        tables = link.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'ledger%' ORDER BY 1"
        ).fetchall()
        return [(t, *link.execute(f'SELECT count(*) FROM "{t}"'.encode()).fetchone()) for (t,) in tables]  # type: ignore[misc]


def test_what_an_archive_holds(archive: Path) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600
    with tarfile.open(archive) as box:
        names = box.getnames()
        manifest = json.load(box.extractfile("manifest.json"))  # type: ignore[arg-type]
    assert names[:3] == ["manifest.json", "database.dump", "secret-key"]
    assert names[3:] == [f"files/ab/{hands.sha256(b'an attachment')}"]
    assert manifest["postgresql"] == 18
    assert [p.name for p in archive.parent.iterdir()] == ["haicap.tar"]


def test_an_archive_brings_everything_to_an_empty_place(prepared: Path, archive: Path, place: Path) -> None:
    data = place / "elsewhere"
    done = hands.haicap(data, "restore", str(archive))
    assert done.returncode == 0, done.stderr
    assert "the ledger is sound" in done.stderr
    assert counts(data) == counts(prepared)
    assert (data / "secret-key").read_text() == (prepared / "secret-key").read_text()
    stored = data / "files" / "ab" / hands.sha256(b"an attachment")
    assert stored.read_bytes() == b"an attachment"
    with Cluster(data).running() as url, psycopg.connect(url) as link:
        # The feed hides events of the future: after the restore none may carry another server's number.
        row = link.execute(
            "SELECT count(*) FROM ledger_event WHERE tx >= pg_snapshot_xmin(pg_current_snapshot())"
        )
        assert row.fetchone() == (0,)
        with pytest.raises(psycopg.errors.Error, match=r"(?i)ledger|append"):
            link.execute("UPDATE ledger_event SET actor = 'x'")


def test_an_archive_without_the_key(prepared: Path, tmp_path: Path) -> None:
    done = hands.haicap(prepared, "backup", "--without-key", str(tmp_path / "a.tar"))
    assert done.returncode == 0
    with tarfile.open(tmp_path / "a.tar") as box:
        assert "secret-key" not in box.getnames()


def test_a_backup_overwrites_nothing_unasked(prepared: Path, archive: Path) -> None:
    before = archive.read_bytes()
    done = hands.haicap(prepared, "backup", str(archive))
    assert (done.returncode, archive.read_bytes()) == (1, before)
    assert "exists already" in done.stderr


@pytest.mark.parametrize("damage", ["cut", "flipped", "stranger", "text"])
def test_a_damaged_archive_changes_nothing(
    prepared: Path, archive: Path, tmp_path: Path, damage: str
) -> None:
    bad, whole = tmp_path / "bad.tar", archive.read_bytes()
    if damage == "cut":
        bad.write_bytes(whole[: len(whole) // 2])
    elif damage == "flipped":
        place = len(whole) // 2
        bad.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    elif damage == "stranger":
        bad.write_bytes(whole)
        intruder = tmp_path / "x"
        intruder.write_text("x")
        with tarfile.open(bad, "a") as box:
            box.add(intruder, "files/../../escaped")
    else:
        bad.write_text("no archive at all")
    before = counts(prepared)
    done = hands.haicap(prepared, "restore", "--force", str(bad))
    assert done.returncode == 1
    assert done.stderr.startswith("haicap: ")
    assert "Traceback" not in done.stderr
    assert counts(prepared) == before
    assert not (prepared.parent / "escaped").exists()


def test_a_restore_that_fails_midway_leaves_the_database_as_it_was(prepared: Path, archive: Path) -> None:
    before = counts(prepared)
    with Cluster(prepared).running() as url, psycopg.connect(url) as holder:
        holder.execute("SET idle_in_transaction_session_timeout = 0")
        holder.execute("LOCK TABLE ledger_event IN ACCESS SHARE MODE")  # somebody still reads
        done = hands.haicap(prepared, "restore", "--force", str(archive))
        assert done.returncode == 1
        assert "the database was not changed" in done.stderr
        holder.rollback()
    assert counts(prepared) == before


def test_the_ledger_is_exported_anchored_and_verified_offline(prepared: Path, tmp_path: Path) -> None:
    anchored = hands.haicap(prepared, "ledger", "anchor")
    mark = anchored.stdout.strip()
    assert len(bytes.fromhex(mark)) == 32
    export = tmp_path / "ledger.jsonl.gz"
    assert hands.haicap(prepared, "ledger", "export", str(export)).returncode == 0

    nowhere = {"HAICAP_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}
    sound = hands.haicap(tmp_path / "no", "ledger", "verify", str(export), "--known", mark, **nowhere)
    assert sound.returncode == 0, sound.stderr
    assert sound.stdout.startswith("sound: ")

    lines = gzip.decompress(export.read_bytes()).decode().splitlines(keepends=True)
    place = next(i for i, line in enumerate(lines) if '"units.register_loaded"' in line)
    altered = json.loads(lines[place])
    altered["actor"] = "somebody"
    lines[place] = json.dumps(altered, ensure_ascii=False, separators=(",", ":")) + "\n"
    export.write_bytes(gzip.compress("".join(lines).encode()))
    found = hands.haicap(tmp_path / "no", "ledger", "verify", "--json", str(export), **nowhere)
    assert found.returncode == 1
    first = json.loads(found.stdout)["findings"][0]
    assert (first["what"], first["stream"], first["seq"]) == ("altered", "units.register:1", 1)

    missing = hands.haicap(tmp_path / "no", "ledger", "verify", str(tmp_path / "none.gz"), **nowhere)
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)


def test_an_unprepared_or_silent_database_is_said_in_one_sentence(place: Path) -> None:
    bare = hands.haicap(place / "data", "ledger", "verify")
    assert bare.returncode == 1
    assert "run `haicap migrate`" in bare.stderr
    silent = hands.haicap(place / "data", "load", HAICAP_DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    assert silent.returncode == 1
    assert silent.stderr.startswith("haicap: the database does not answer")
    assert silent.stderr.count("\n") == 1


def test_codes_of_demo_officers(prepared: Path) -> None:
    names = [line.split("\t")[0] for line in hands.haicap(prepared, "seed").stdout.splitlines()]
    code = hands.haicap(prepared, "accounts", "code", names[0]).stdout.strip()
    assert len(code) == 6
    assert code.isdigit()
    unknown = hands.haicap(prepared, "accounts", "code", "nobody")
    assert unknown.returncode == 1
    assert "no officer of the demonstration" in unknown.stderr


def test_a_folder_that_cannot_be_written_is_said(prepared: Path, tmp_path: Path) -> None:
    target = Path("/proc/haicap.tar") if os.geteuid() == 0 else Path("/haicap.tar")
    done = hands.haicap(prepared, "backup", str(target))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
