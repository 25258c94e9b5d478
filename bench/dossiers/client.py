"""A small load generator: HTTP/1.1 on kept connections, one call after another on each."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Line(asyncio.Protocol):
    """One connection; a call waits for its answer."""

    def __init__(self) -> None:
        self.buffer = b""
        self.waiting: asyncio.Future[tuple[int, bytes]] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head = self.buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        found = _LENGTH.search(self.buffer, 0, head + 2)
        end = head + 4 + (int(found[1]) if found else 0)
        if len(self.buffer) >= end and self.waiting is not None:
            waiting, self.waiting = self.waiting, None
            status, body = int(self.buffer[9:12]), self.buffer[head + 4 : end]
            self.buffer = b""
            waiting.set_result((status, body))

    def connection_lost(self, exc: Exception | None) -> None:
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(ConnectionError("the server closed the connection"))

    async def call(
        self, path: str, token: str, document: object | None = None, key: str = ""
    ) -> tuple[int, Any]:
        """Status and document of one call: POST with a document, GET without."""
        assert self.transport is not None
        body = b"" if document is None else json.dumps(document).encode()
        head = [f"{'GET' if document is None else 'POST'} {path} HTTP/1.1", "Host: localhost"]
        head += [f"Authorization: Bearer {token}", f"Content-Length: {len(body)}"]
        head += ["Content-Type: application/json"] if body else []
        head += [f"Idempotency-Key: {key}"] if key else []
        self.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(("\r\n".join(head) + "\r\n\r\n").encode() + body)
        status, answer = await self.waiting
        return status, json.loads(answer) if answer else None


async def connect(port: int, count: int) -> list[Line]:
    """Open connections."""
    loop = asyncio.get_running_loop()
    made = [await loop.create_connection(Line, "127.0.0.1", port) for _ in range(count)]
    return [line for _, line in made]


@dataclass
class Run:
    """What came of a run: milliseconds of each call, whole lives, answers that were not 200."""

    seconds: float = 0.0
    lives: int = 0
    calls: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    async def timed(self, asked: Awaitable[tuple[int, Any]]) -> Any:
        """The document of a call, its time noted; None when it was not answered with 200."""
        began = time.perf_counter()
        try:
            status, document = await asyncio.wait_for(asked, 30)
        except (TimeoutError, OSError) as error:
            self.faults.append(repr(error))
            return None
        self.calls.append((time.perf_counter() - began) * 1000)
        if status != 200:
            self.faults.append(f"{status} {document}")
            return None
        return document

    @property
    def rate(self) -> float:
        """Lives a second."""
        return self.lives / self.seconds if self.seconds else 0.0

    @property
    def answered(self) -> float:
        """Share of the calls that were answered as they should."""
        made = len(self.calls) + sum(1 for fault in self.faults if not fault[:3].isdigit())
        return 1 - len(self.faults) / max(1, made)


Work = Callable[[Line, int, Run], Awaitable[None]]


async def _driven(port: int, connections: int, seconds: float, work: Work) -> Run:
    run, lines = Run(), await connect(port, connections)
    began = time.perf_counter()

    async def drive(line: Line, number: int) -> None:
        while time.perf_counter() - began < seconds:
            await work(line, number, run)

    await asyncio.gather(*(drive(line, number) for number, line in enumerate(lines)))
    run.seconds = time.perf_counter() - began
    for line in lines:
        if line.transport is not None:
            line.transport.close()
    return run


def drive(port: int, *, connections: int, seconds: float, work: Work) -> Run:
    """Let `connections` work at once for a while, each again and again."""
    return asyncio.run(_driven(port, connections, seconds, work))


def at_once(port: int, calls: Sequence[tuple[str, str, object, str]]) -> list[tuple[int, Any]]:
    """The same moment for several calls, each on a connection of its own."""

    async def go() -> list[tuple[int, Any]]:
        lines = await connect(port, len(calls))
        asked = (line.call(*call) for line, call in zip(lines, calls, strict=True))
        return list(await asyncio.gather(*asked))

    return asyncio.run(go())
