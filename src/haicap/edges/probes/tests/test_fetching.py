"""One question to one target: bounded in time, size and redirects, and only to addresses that may be asked."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from haicap.edges.probes import fetching, guarding
from haicap.edges.probes.checking import check
from haicap.edges.probes.fetching import fetch
from haicap.edges.probes.guarding import Rules, rules_of
from haicap.edges.probes.running import Runner
from haicap.edges.probes.states import Fault, Plan, Why
from haicap.edges.probes.tests import targets

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HERE = rules_of(["127.0.0.0/8"])
TLS = ssl.create_default_context()


def ask(port: int, path: str = "/", seconds: float = 5.0, rules: Rules = HERE) -> fetching.Answer:
    return fetch(f"http://127.0.0.1:{port}{path}", seconds=seconds, rules=rules, tls=TLS)


def why(port: int, seconds: float = 1.0) -> Why:
    with pytest.raises(Fault) as caught:
        ask(port, seconds=seconds)
    return caught.value.why


def test_a_good_answer() -> None:
    with targets.server(targets.answer()) as port:
        found = ask(port)
    assert (found.status, found.body, found.until) == (200, b"Xin chao", None)


@pytest.mark.parametrize("behave", [targets.hang, targets.drip, targets.drip_body])
def test_a_target_that_hangs_or_drips_costs_its_seconds_and_no_more(behave: targets.Behave) -> None:
    with targets.server(behave) as port:
        began = time.monotonic()
        assert why(port, seconds=0.6) is Why.TIMEOUT
        assert time.monotonic() - began < targets.SECONDS / 2


def test_a_body_without_end_is_read_to_its_limit() -> None:
    with targets.server(targets.endless) as port:
        found = ask(port)
    assert found.body.startswith(b"dau trang") and len(found.body) <= fetching.MOST


def test_a_line_kept_open_after_the_answer_is_not_waited_for() -> None:
    with targets.server(targets.kept_open) as port:
        assert ask(port, seconds=5).body == b"ok"


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x00\x00garbage\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"a" * 70_000 + b"\r\n\r\n",
    ],
)
def test_garbage_is_a_failure_and_no_crash(sent: bytes) -> None:
    with targets.server(targets.raw(sent)) as port:
        assert why(port) is Why.GARBAGE


def test_an_answer_cut_off_is_judged_by_its_beginning() -> None:
    with targets.server(targets.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nXin chao")) as port:
        assert ask(port).body == b"Xin chao"


def test_nothing_said_is_no_connection() -> None:
    with targets.server(targets.raw(b"")) as port:
        assert why(port) is Why.NO_CONNECTION


def test_head_lines_without_end_are_garbage() -> None:
    with targets.server(targets.heads) as port:
        assert why(port, seconds=5) is Why.GARBAGE


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert why(port) is Why.NO_CONNECTION


def test_redirects_are_followed_three_times_and_under_the_same_rules() -> None:
    with targets.server(targets.answer()) as end:
        moved = targets.answer("302 Found", b"", f"Location: http://127.0.0.1:{end}/xong")
        with targets.server(moved) as port:
            assert ask(port).status == 200
    with targets.server(targets.answer("301 Moved", b"", "Location: /vong")) as port:
        assert why(port) is Why.REDIRECTS
    for place, said in (
        ("http://169.254.169.254/latest/meta-data/", Why.BLOCKED),
        ("http://10.0.0.1/", Why.BLOCKED),
        ("http://[::1]/", Why.BLOCKED),
        ("file:///etc/passwd", Why.BAD_ADDRESS),
        ("ftp://127.0.0.1/", Why.BAD_ADDRESS),
        ("http://a:b@127.0.0.1/", Why.BAD_ADDRESS),
        ("https:///", Why.BAD_ADDRESS),
    ):
        with targets.server(targets.answer("307 T", b"", f"Location: {place}")) as port:
            assert why(port) is said, place


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "localhost", "0.0.0.0", "10.1.2.3", "172.16.0.1",
        "192.168.1.1", "100.64.0.1", "169.254.169.254", "224.0.0.1", "255.255.255.255", "[::1]", "[::]",
        "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fc00::1]",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_in_every_spelling(host: str) -> None:
    with pytest.raises(Fault) as caught:
        fetch(f"http://{host}/", seconds=3, rules=Rules(), tls=TLS)
    assert caught.value.why in (Why.BLOCKED, Why.UNKNOWN_HOST)
    if host != "[::]":
        assert caught.value.why is Why.BLOCKED or not host[0].isdigit()


def test_metadata_stays_closed_whatever_is_configured() -> None:
    with pytest.raises(Fault) as caught:
        fetch("http://169.254.169.254/", seconds=3, rules=rules_of(["0.0.0.0/0"]), tls=TLS)
    assert caught.value.why is Why.BLOCKED


def test_ports_beside_the_web_are_refused_in_public() -> None:
    with pytest.raises(Fault) as caught:
        fetch("http://8.8.8.8:22/", seconds=3, rules=Rules(), tls=TLS)
    assert caught.value.why is Why.BLOCKED


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(guarding.socket, "getaddrinfo", lambda *a, **k: answers)
    with pytest.raises(Fault) as caught:
        guarding.places("hai-mat.example", 80, rules=Rules(), seconds=2)
    assert caught.value.why is Why.BLOCKED


def test_a_name_is_asked_once_so_that_a_second_answer_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    with targets.server(targets.answer()) as port:

        def answers(host: str, asked_port: int, **_kw: object) -> list[object]:
            asked.append(host)
            place = "127.0.0.1" if len(asked) == 1 else "10.9.9.9"
            return [(2, 1, 6, "", (place, asked_port))]

        monkeypatch.setattr(guarding.socket, "getaddrinfo", answers)
        found = fetch(f"http://doi-y.example:{port}/", seconds=5, rules=HERE, tls=TLS)
    assert found.status == 200 and asked == ["doi-y.example"]


def test_a_name_service_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, over = threading.Event(), threading.Event()

    def hangs(*_a: object, **_kw: object) -> list[object]:
        asked.set()
        over.wait(targets.SECONDS)
        return []

    monkeypatch.setattr(guarding.socket, "getaddrinfo", hangs)
    began = time.monotonic()
    try:
        with pytest.raises(Fault) as caught:
            fetch("http://cham.example/", seconds=0.3, rules=Rules(), tls=TLS)
        assert caught.value.why is Why.TIMEOUT and time.monotonic() - began < targets.SECONDS / 2
        assert asked.wait(targets.SECONDS)
    finally:
        over.set()


def test_certificates(tmp_path) -> None:
    side, trusting = targets.certificate(tmp_path, 30)
    with targets.server(targets.answer(), side) as port:
        url = f"https://localhost:{port}/"
        found = fetch(url, seconds=5, rules=rules_of(["127.0.0.0/8", "::1/128"]), tls=trusting)
        assert found.until is not None
        assert timedelta(days=29) < found.until - datetime.now(UTC) < timedelta(days=31)
        with pytest.raises(Fault) as caught:
            fetch(url, seconds=5, rules=rules_of(["127.0.0.0/8", "::1/128"]), tls=TLS)
        assert caught.value.why is Why.CERTIFICATE
        with pytest.raises(Fault) as caught:
            fetch(f"https://127.0.0.1:{port}/", seconds=5, rules=HERE, tls=trusting)
        assert caught.value.why is Why.CERTIFICATE  # of another name
    side, trusting = targets.certificate(tmp_path, -1)
    with targets.server(targets.answer(), side) as port, pytest.raises(Fault) as caught:
        fetch(
            f"https://localhost:{port}/", seconds=5, rules=rules_of(["127.0.0.0/8", "::1/128"]), tls=trusting
        )
    assert caught.value.why is Why.CERTIFICATE
    with targets.server(targets.raw(b"khong phai TLS")) as port, pytest.raises(Fault) as caught:
        fetch(f"https://127.0.0.1:{port}/", seconds=1, rules=HERE, tls=trusting)
    assert caught.value.why in (Why.TLS, Why.TIMEOUT)


def test_what_is_expected_is_judged() -> None:
    body = "Cổng dịch vụ công".encode()
    with targets.server(targets.answer(body=body)) as port:
        url = f"http://127.0.0.1:{port}/"

        def judged(**expected: object) -> Why:
            plan = Plan("thu", url, 5, **expected)  # type: ignore[arg-type]
            return check(plan, at=AT, rules=HERE, tls=TLS).why

        assert judged() is Why.NONE
        assert judged(text="dịch vụ công") is Why.NONE
        assert judged(text="bảo trì") is Why.TEXT
        assert judged(status=204) is Why.STATUS


def test_one_that_hangs_does_not_hold_up_the_others() -> None:
    with targets.server(targets.hang) as dead, targets.server(targets.answer()) as alive:
        runner = Runner(HERE, TLS, at_once=2)
        assert runner.offer(Plan("treo", f"http://127.0.0.1:{dead}/", 15), at=AT)
        assert not runner.offer(Plan("treo", f"http://127.0.0.1:{dead}/", 15), at=AT)  # asked already
        began = time.monotonic()
        for n in range(3):
            while not runner.offer(Plan(f"khoe-{n}", f"http://127.0.0.1:{alive}/", 15), at=AT):
                time.sleep(0.01)
        found = []
        while len(found) < 3 and time.monotonic() - began < 12:
            found += runner.collect()
            time.sleep(0.01)
        assert [r.ok for r in found] == [True, True, True]
        assert runner.busy() == {"treo"}
