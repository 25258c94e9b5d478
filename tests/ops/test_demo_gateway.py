"""`haicap demo-gateway` and the settings of payment online, as an operator types them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ops import hands

pytestmark = pytest.mark.ops
VNPAY = {
    "HAICAP_VNPAY_URL": "https://pay.example/paymentv2/vpcpay.html",
    "HAICAP_VNPAY_TMN_CODE": "HAICAP01",
    "HAICAP_VNPAY_SECRET": "not a real secret of anybody",
}


def asked(place: Path, what: str, **more: str) -> subprocess.CompletedProcess[str]:
    """What settings.py makes of an environment."""
    code = f"from haicap.config import settings; print({what})"
    return subprocess.run(
        [sys.executable, "-c", code], env=hands.environment(place / "data", **more), cwd="/", capture_output=True,
        text=True, timeout=hands.LONG, check=False,
    )  # fmt: skip


def test_it_runs_until_it_is_told_to_end(place: Path) -> None:
    port, said = hands.free_port(), place / "said"
    with said.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "haicap.config.cli", "demo-gateway", "--port", str(port)],
            env=hands.environment(place / "data"), cwd="/", stdout=out, stderr=subprocess.STDOUT, process_group=0,
        )  # fmt: skip
    try:
        hands.until(
            lambda: process.poll() is not None or "HAICAP_VNPAY_SECRET=" in said.read_text(),
            "its first words",
        )
        assert "Chưa có giao dịch nào" in hands.page(port)
        busy = hands.haicap(place / "data", "demo-gateway", "--port", str(port))
        assert (busy.returncode, "--port" in busy.stderr) == (1, True)
        assert not (place / "data").exists(), "it needs no database and keeps nothing"
        printed = said.read_text().splitlines()[1].split()
        settings = dict(word.split("=", 1) for word in printed)
        assert asked(place, "settings.VNPAY_URL", **settings).stdout.strip() == settings["HAICAP_VNPAY_URL"]
    finally:
        os.kill(process.pid, signal.SIGINT)
        process.wait(hands.LONG)
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("words", "more", "said"),
    [
        ((), {"HAICAP_PRODUCTION": "true"}, "refused in production"),
        (("--site", "https://haicap.example"), {}, "this machine only"),
    ],
)
def test_it_is_no_gateway_for_anybody_else(
    place: Path, words: tuple[str, ...], more: dict[str, str], said: str
) -> None:
    done = hands.haicap(place / "data", "demo-gateway", "--port", str(hands.free_port()), *words, **more)
    assert done.returncode == 1
    assert said in done.stderr


def test_forms_may_go_to_the_gateway_that_is_set_and_nowhere_else(place: Path) -> None:
    policy = "settings.CONTENT_SECURITY_POLICY"
    assert "form-action 'self' https://pay.example;" in asked(place, policy, **VNPAY).stdout
    assert "form-action 'self';" in asked(place, policy).stdout
    assert "form-action 'self';" in asked(place, policy, HAICAP_VNPAY_URL=VNPAY["HAICAP_VNPAY_URL"]).stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HAICAP_VNPAY_URL", ""),
        ("HAICAP_VNPAY_URL", "http://pay.example/"),
        ("HAICAP_VNPAY_URL", "pay.example"),
        ("HAICAP_VNPAY_URL", "https://pay.example:port/"),
        ("HAICAP_VNPAY_URL", "https://pay.example/?a=1"),
        ("HAICAP_VNPAY_URL", "javascript:alert(1)"),
        ("HAICAP_VNPAY_TMN_CODE", ""),
        ("HAICAP_VNPAY_ASK_URL", "ftp://pay.example/"),
    ],
)
def test_settings_that_make_no_sense_stop_the_start(place: Path, name: str, value: str) -> None:
    done = asked(place, "1", **{**VNPAY, name: value})
    assert done.returncode == 1
    assert name in done.stderr
    assert VNPAY["HAICAP_VNPAY_SECRET"] not in done.stderr
