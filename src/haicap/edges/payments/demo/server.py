"""The demo gateway as a server: payment page, redirect back, notices with retries, the question about a transaction."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from haicap.edges.payments.demo import pages
from haicap.edges.payments.demo.counterpart import LOOPBACK, Choice, Counterpart, Order, Turned
from haicap.edges.payments.protocol import Merchant

PAGE, DECIDE, ASK = "/paymentv2/vpcpay.html", "/paymentv2/pay", "/merchant_webapi/api/transaction"
_LONGEST = 20_000  # bytes of a request's body
_TIMES = 10  # as the gateway that is copied here does; it waits 5 minutes between them
_SECONDS = 15


def _now() -> datetime:
    return datetime.now(UTC)


class DemoGateway(ThreadingHTTPServer):
    """A gateway on loopback. `with DemoGateway(merchant, notify) as gateway:` serves in the background.

    notify  address of our server's notice page; None: nobody is told
    every   seconds between two notices of one order; late: seconds PAY_LATE waits
    """

    daemon_threads = True

    def __init__(
        self,
        merchant: Merchant,
        notify: str | None,
        *,
        port: int = 0,
        every: float = 5.0,
        late: float = 20.0,
        now: Callable[[], datetime] = _now,
    ) -> None:
        if notify is not None and urlsplit(notify).hostname not in LOOPBACK:
            raise ValueError("the demo gateway speaks with this machine only")
        super().__init__(("127.0.0.1", port), Pages)
        self.counterpart = Counterpart(merchant, now)
        self.notify, self.every, self.late = notify, every, late
        self._over = threading.Event()
        self._busy: list[threading.Thread] = []

    @property
    def url(self) -> str:
        """What HAICAP_VNPAY_URL must be for it."""
        return f"http://127.0.0.1:{self.server_port}{PAGE}"

    @property
    def ask_url(self) -> str:
        """What HAICAP_VNPAY_ASK_URL must be for it."""
        return f"http://127.0.0.1:{self.server_port}{ASK}"

    def __enter__(self) -> DemoGateway:
        self._in_background(self.serve_forever)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.shutdown()
        self.server_close()
        for thread in self._busy:
            thread.join(_SECONDS)

    def _in_background(self, work: Callable[..., None], *values: object) -> None:
        thread = threading.Thread(target=work, args=values, daemon=True)
        self._busy.append(thread)
        thread.start()

    def decide(self, key: str, choice: Choice) -> str:
        """Somebody decided: the address the browser goes back to. Notices begin by themselves. Turned as `Counterpart`."""
        order = self.counterpart.decide(key, choice)
        if self.notify is not None and choice is not Choice.PAY_SILENT:
            self._in_background(self._tell, order, self.late if choice is Choice.PAY_LATE else 0.0)
        back = order.values["vnp_ReturnUrl"]
        return f"{back}{'&' if '?' in back else '?'}{self.counterpart.query_of(order)}"

    def _tell(self, order: Order, wait: float) -> None:
        """Notices until one is answered 00 or 02, at most ten."""
        for _ in range(_TIMES):
            if self._over.wait(wait):
                return
            answer = self.tell(self.counterpart.query_of(order))
            order.heard.append(answer)
            if answer in ("00", "02"):
                return
            wait = self.every

    def tell(self, query: str) -> str:
        """One notice; the RspCode of the answer, "–" when there was none."""
        parts = urlsplit(self.notify or "")
        link = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=_SECONDS)
        try:
            link.request("GET", f"{parts.path}?{query}")
            body = json.loads(link.getresponse().read())
            return str(body.get("RspCode", "–"))
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            return "–"
        finally:
            link.close()


class Pages(BaseHTTPRequestHandler):
    """What the demo gateway answers."""

    server: DemoGateway
    timeout = _SECONDS

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: addresses carry what people pay."""

    def do_GET(self) -> None:
        """The payment page, and the books."""
        parts = urlsplit(self.path)
        if parts.path == "/":
            self._say(200, pages.books(list(self.server.counterpart.orders.values())))
        elif parts.path == PAGE:
            self._turned(lambda: self._say(200, pages.choose(self._order(parts.query))))
        else:
            self._say(404, pages.turned("404", "Không có trang này"))

    def _order(self, query: str) -> Order:
        return self.server.counterpart.take(parse_qsl(query, keep_blank_values=True))

    def do_POST(self) -> None:
        """A decision."""
        length = self.headers.get("Content-Length", "")
        body = self.rfile.read(int(length)) if length.isdigit() and int(length) <= _LONGEST else b""
        if urlsplit(self.path).path == DECIDE:
            self._turned(lambda: self._decided(body))
        elif urlsplit(self.path).path == ASK:
            self._asked(body)
        else:
            self._say(404, pages.turned("404", "Không có trang này"))

    def _decided(self, body: bytes) -> None:
        form = {name: values[0] for name, values in parse_qs(body.decode(errors="replace")).items()}
        choice = form.get("choice", "")
        if choice not in set(Choice):
            raise Turned("03", "Dữ liệu không đúng dạng")
        where = self.server.decide(form.get("key", ""), Choice(choice))
        self._say(303, b"", Location=where)

    def _asked(self, body: bytes) -> None:
        try:
            values = json.loads(body)
        except ValueError:
            values = None
        answer = self.server.counterpart.answer_question(values if isinstance(values, dict) else {})
        self._say(200, json.dumps(answer).encode(), **{"Content-Type": "application/json"})

    def _turned(self, answer: Callable[[], None]) -> None:
        try:
            answer()
        except Turned as turned:
            self._say(400, pages.turned(turned.code, turned.words))

    def _say(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)
