"""The store: what is taken in, kept, served and let go, and what faults leave behind."""

import errno
import hashlib
import os
import socket
import struct
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from haicap.base.refused import Refused
from haicap.kernel.accounts.tests.make import AT
from haicap.kernel.files import actions, blobs, jobs, queries, scanning
from haicap.kernel.files.models import Stored
from haicap.kernel.files.scanning import Clamd, Verdict
from haicap.kernel.files.states import Scan
from haicap.kernel.ledger.models import Event
from haicap.kernel.ledger.queries import history


@pytest.fixture(autouse=True)
def store_folder(tmp_path, settings):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


def keep(content=b"xin chao\n", name="don.txt", **more):
    pieces = [content[i : i + 7] for i in range(0, len(content), 7)]
    accept, limit = more.pop("accept", None), more.pop("limit", None)
    with blobs.receive(pieces, accept=accept, limit=limit) as intake:
        return actions.store(intake=intake, name=name, actor="a1", at=AT, **more)


def on_disk():
    return sorted(p.name for p in blobs.root().rglob("*") if p.is_file())


def refused(expected, call, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert caught.value.code == expected
    return caught.value.sentence


@pytest.mark.django_db
def test_bytes_lie_under_their_hash_and_come_back():
    content = os.urandom(300_000)
    row = keep(content, "../../etc/passwd\u202etxt.exe")
    assert (row.sha256, row.size) == (hashlib.sha256(content).hexdigest(), 300_000)
    assert on_disk() == [row.sha256]
    assert blobs.place_of(row.sha256).relative_to(blobs.root()).parts == (
        row.sha256[:2],
        row.sha256[2:4],
        row.sha256,
    )
    assert b"".join(queries.chunks(queries.stored(row.public_id))) == content
    assert row.original_name == "passwdtxt.exe"
    told = history(row.stream)
    assert [e.kind for e in told] == ["files.stored"]
    assert "passwd" not in str(told)


@pytest.mark.django_db
def test_equal_bytes_lie_once_and_go_with_their_last_owner(django_capture_on_commit_callbacks):
    first, second = keep(), keep(name="khac.txt")
    assert on_disk() == [first.sha256]
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(file=first.public_id, actor="a1", at=AT)
    assert on_disk() == [first.sha256]
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(file=second.public_id, actor="a1", at=AT)
    assert on_disk() == []
    refused("not_found", queries.stored, second.public_id)
    refused("not_found", actions.forget, file=second.public_id, actor="a1", at=AT)


@pytest.mark.django_db
def test_what_is_not_welcome_leaves_nothing():
    assert "1 MB" in refused("file_too_large", keep, b"x" * (1024 * 1024 + 1), limit=1024 * 1024)
    refused("empty_file", keep, b"")
    assert "text/plain" in refused("type_not_accepted", keep, accept={"image/png"})
    assert on_disk() == []
    assert not Stored.objects.exists()


@pytest.mark.django_db
def test_a_broken_upload_leaves_nothing():
    def cut():
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError), blobs.receive(cut()):
        raise AssertionError("never reached")
    assert on_disk() == []


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["write", "place"])
def test_a_full_disk_leaves_neither_row_nor_file(monkeypatch, where):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*{"write": (blobs.os, "fsync", full), "place": (Path, "replace", full)}[where])
    refused("storage_full", keep)
    monkeypatch.undo()
    assert on_disk() == []
    assert not Stored.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_verb_that_fails_late_leaves_only_what_the_sweep_removes():
    with pytest.raises(ZeroDivisionError), transaction.atomic(), blobs.receive([b"abc"]) as intake:
        actions.store(intake=intake, name="x", actor="a1", at=AT)
        raise ZeroDivisionError
    assert len(on_disk()) == 1
    kept = keep(b"kept")
    half = blobs.root() / "incoming" / "tmp1"
    half.write_bytes(b"half")
    assert jobs.sweep(AT) == 0, "nothing that may be under way is touched"
    for path in blobs.root().rglob("*"):
        os.utime(path, (0, 0))
    assert jobs.sweep(AT) == 2
    assert on_disk() == [kept.sha256]


@pytest.mark.django_db(transaction=True)
def test_letting_go_and_storing_equal_bytes_at_once_loses_nothing():
    for _ in range(6):
        old = keep(b"same bytes")
        start = threading.Barrier(2)

        def let_go(old=old, start=start):
            start.wait(60)
            actions.forget(file=old.public_id, actor="a1", at=AT)
            connection.close()

        thread = threading.Thread(target=let_go)
        thread.start()
        start.wait(60)
        new = keep(b"same bytes")
        thread.join(60)
        assert b"".join(queries.chunks(new)) == b"same bytes"
        actions.forget(file=new.public_id, actor="a1", at=AT)
    assert on_disk() == []


@pytest.mark.django_db
def test_nothing_goes_before_its_day(django_capture_on_commit_callbacks):
    row = keep(retain_until=date(2026, 12, 1), expires_on=date(2026, 12, 1))
    assert "01/12/2026" in refused("retained", actions.forget, file=row.public_id, actor="a1", at=AT)
    refused(
        "retained_longer", actions.retain, file=row.public_id, until=date(2026, 11, 30), actor="a1", at=AT
    )
    actions.retain(file=row.public_id, until=date(2027, 1, 1), actor="a1", at=AT)
    assert jobs.expire(AT + timedelta(days=30)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.expire(AT + timedelta(days=40)) == 1
    assert on_disk() == []
    assert history(row.stream)[-1].kind == "files.forgotten"


@pytest.mark.django_db
def test_the_database_refuses_what_makes_no_sense():
    row = keep()
    for wrong in (
        {"sha256": "x" * 64},
        {"scan": "fine"},
        {"retain_until": date(2027, 1, 1), "expires_on": date(2026, 1, 1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stored.objects.filter(pk=row.pk).update(**wrong)


@pytest.mark.parametrize("bad", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_no_path_is_made_of_anything_but_a_hash(bad):
    with pytest.raises(ValueError, match="SHA-256"):
        blobs.place_of(bad)


@pytest.mark.django_db
def test_hashing_again_finds_what_was_lost_or_altered():
    fine, lost, altered = keep(b"one"), keep(b"two"), keep(b"three")
    assert jobs.verify().sound
    blobs.remove(lost.sha256)
    blobs.place_of(altered.sha256).write_bytes(b"threE")
    audit = jobs.verify()
    assert (audit.checked, audit.missing, audit.altered) == (
        3,
        [str(lost.public_id)],
        [str(altered.public_id)],
    )
    with pytest.raises(RuntimeError, match="1 files missing, 1 altered"):
        jobs.verify_and_tell(AT)
    refused("file_missing", queries.open_stored, lost)
    with queries.open_stored(fine) as content:
        assert content.read() == b"one"


# --- headers -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "kind", "way"),
    [
        (b"%PDF-1.7\n", "application/pdf", "inline"),
        (b"\x89PNG\r\n\x1a\n....", "image/png", "inline"),
        (b"<html><script>alert(1)</script>", "application/octet-stream", "attachment"),
        (b"<svg onload='x'/>", "application/octet-stream", "attachment"),
        (b"xin chao", "text/plain", "attachment"),
    ],
)
def test_headers_let_nothing_run(content, kind, way):
    headers = queries.download_headers(keep(content, 'Đơn xin cấp bản sao\r\nX: y".html'), inline=True)
    assert headers["Content-Type"] == kind
    assert headers["Content-Disposition"].startswith(f'{way}; filename="Don xin cap ban sao')
    assert "\r" not in headers["Content-Disposition"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert ("sandbox" in headers["Content-Security-Policy"]) != (kind == "application/pdf")
    assert queries.download_headers(keep(content))["Content-Disposition"].startswith("attachment")


# --- scanning ------------------------------------------------------------------------------------------------


class FakeClamd(threading.Thread):
    """Speaks clamd's INSTREAM: reads length-prefixed pieces, answers, and knows one signature."""

    def __init__(self, path, limit=10**9):
        super().__init__(daemon=True)
        self.limit = limit
        self.server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.server.settimeout(60)
        self.server.bind(str(path))
        self.server.listen(4)

    def run(self):
        while True:
            try:
                line, _ = self.server.accept()
            except OSError:
                return
            with line, line.makefile("rb") as incoming:
                line.sendall(self.judge(incoming))

    def judge(self, incoming):
        assert incoming.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", incoming.read(4))[0]:
            content += incoming.read(size)
            if len(content) > self.limit:
                return b"INSTREAM size limit exceeded. ERROR\0"
        return b"stream: Eicar-Test-Signature FOUND\0" if b"EICAR" in content else b"stream: OK\0"


@pytest.fixture
def clamd(tmp_path):
    path = tmp_path / "clamd.sock"
    fake = FakeClamd(path)
    fake.start()
    scanning.wire(Clamd(str(path), timeout=60))
    yield fake
    scanning.wire(None)
    fake.server.close()


@pytest.mark.django_db
def test_without_a_scanner_a_file_says_so():
    assert scanning.scanner() is None
    row = keep()
    assert jobs.scan_new(AT) == 0
    assert queries.stored(row.public_id).scan == Scan.NOT_SCANNED


@pytest.mark.django_db
def test_files_are_scanned_and_infected_ones_given_to_nobody(clamd):
    fine, sick = keep(b"x" * 200_000), keep(b"..EICAR..")
    assert jobs.scan_new(AT) == 2
    assert queries.stored(fine.public_id).scan == Scan.CLEAN
    found = queries.stored(sick.public_id)
    assert (found.scan, found.scan_note) == (Scan.INFECTED, "Eicar-Test-Signature")
    refused("infected", queries.open_stored, found)
    assert jobs.scan_new(AT) == 0


@pytest.mark.django_db
def test_a_scanner_that_is_away_is_asked_again(clamd):
    clamd.limit = 5
    row = keep(b"longer than five")
    jobs.scan_new(AT)
    found = queries.stored(row.public_id)
    assert (found.scan, found.scan_note) == (Scan.FAILED, "INSTREAM size limit exceeded. ERROR")
    scanning.wire(Clamd("/nowhere/clamd.sock"))
    assert jobs.scan_new(AT + timedelta(minutes=5)) == 0
    assert jobs.scan_new(AT + timedelta(minutes=11)) == 1
    assert "FileNotFoundError" in queries.stored(row.public_id).scan_note
    assert Verdict(Scan.CLEAN).note == ""
