"""`haicap demo-gateway`: the other side of a payment, on this machine, to try by hand."""

from __future__ import annotations

import os
import signal
import time

import click

from haicap.config import environment as env
from haicap.config.launcher.trouble import Trouble

CODE, SECRET = "HAICAPTH", "khoa-cua-cong-thu-tren-may-nay"  # of the demo gateway only


@click.command("demo-gateway")
@click.option(
    "--port", default=8090, show_default=True, type=click.IntRange(1, 65535), help="Port on loopback."
)
@click.option(
    "--site",
    envvar="HAICAP_URL",
    default="http://localhost:8000",
    show_default=True,
    help="Address of the platform.",
)
@click.option(
    "--every",
    default=5.0,
    show_default=True,
    type=click.FloatRange(0.1, 600),
    help="Seconds between notices.",
)
def demo_gateway(port: int, site: str, every: float) -> None:
    """A payment gateway that moves no money: payment page, redirect back, notices with retries. Until Ctrl-C.

    It listens on loopback, speaks with loopback only, and is refused in production.
    """
    if env.flag("HAICAP_PRODUCTION", default=False):
        raise Trouble("the demo gateway takes no money and is refused in production")
    from haicap.edges.payments.demo import DemoGateway
    from haicap.edges.payments.protocol import Merchant

    code = os.environ.get("HAICAP_VNPAY_TMN_CODE") or CODE
    secret = os.environ.get("HAICAP_VNPAY_SECRET") or SECRET
    try:
        gateway = DemoGateway(
            Merchant("", code, secret), f"{site.rstrip('/')}/api/v1/payments/vnpay", port=port, every=every
        )
    except ValueError as error:
        raise Trouble(str(error)) from None
    except OSError as error:
        raise Trouble(f"port {port} cannot be used ({error.strerror}); choose another with --port") from None
    for sign in (signal.SIGINT, signal.SIGTERM):  # also where a shell started it deaf to Ctrl-C
        signal.signal(sign, signal.default_int_handler)
    with gateway:
        click.echo(
            f"The demo gateway takes payments; its books are at http://127.0.0.1:{port}/ . Start the platform with"
        )
        click.echo(
            f"  HAICAP_VNPAY_URL={gateway.url} HAICAP_VNPAY_TMN_CODE={code} HAICAP_VNPAY_SECRET={secret}"
        )
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            click.echo("The demo gateway ends.")
