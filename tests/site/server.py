"""A raw HTTP/1.1 server on loopback: any number of sites, each on its own port, that do as they are told.

Raw, because what is tested is what a client does with answers that no server library would let out.
"""

from __future__ import annotations

import asyncio
import hashlib
import socket
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Self

_PULSE = 0.02

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked."""

    method: str
    target: str
    """Path and query as they came."""
    headers: Headers
    count: int
    """How often this path was asked for so far, this time included."""

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    def header(self, name: str) -> str:
        """Return the first header called `name` (any case), or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass(slots=True)
class Visit:
    """One request in the access log. Times are `time.monotonic()`."""

    site: str
    target: str
    headers: Headers
    started: float
    at_once: int
    """Requests under way at this site when this one began, itself included."""
    ended: float | None = None

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]


@dataclass(slots=True)
class Wire:
    """The line to one client, down to its bytes."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    reusable: bool = False

    async def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.writer.write(data)
        await self.writer.drain()

    async def respond(
        self, status: int = 200, body: bytes = b"", headers: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Send a response as it should be; the connection may be used again."""
        await self.send(head(status, [*headers, ("Content-Length", str(len(body)))]) + body)
        self.reusable = True

    async def hang(self) -> None:
        """Say nothing more until the client goes away."""
        while await self.reader.read(65536):
            pass


Behaviour = Callable[[Request, Wire], Awaitable[None]]


def head(status: int, headers: Iterable[tuple[str, str]]) -> bytes:
    """Write the status line and the headers of a response."""
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{key}: {value}" for key, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def answer(
    body: bytes | str,
    kind: str = "text/html; charset=utf-8",
    status: int = 200,
    headers: Iterable[tuple[str, str]] = (),
) -> Behaviour:
    """Answer well: with an ETag made of the body, and 304 to whoever has that already."""
    content = body.encode() if isinstance(body, str) else body
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    sent = [*([("Content-Type", kind)] if kind else []), ("ETag", tag), *headers]

    async def behave(request: Request, wire: Wire) -> None:
        if status == HTTPStatus.OK and request.header("If-None-Match") == tag:
            await wire.respond(304, headers=[("ETag", tag)])
            return
        await wire.respond(status, content, sent)

    return behave


@dataclass(slots=True)
class Site:
    """One site: what it says under each path. A path may carry a query, which then has to be the same."""

    name: str
    port: int
    host: str = "127.0.0.1"
    pages: Mapping[str, Behaviour] = field(default_factory=dict)
    slow: Mapping[str, float] = field(default_factory=dict)
    """Seconds to wait before answering, by the beginning of the path."""
    instead: Callable[[str], Behaviour | None] = lambda _: None
    """What is done about a target in place of what lies there; None for what lies there."""

    def url(self, path: str = "/") -> str:
        """Return the full address of a path."""
        return f"http://{self.host}:{self.port}{path}"

    def put(self, path: str, behaviour: Behaviour | bytes | str) -> None:
        """Serve something under a path; bytes and text are HTML."""
        new = behaviour if callable(behaviour) else answer(behaviour)
        self.pages = {**self.pages, path: new}

    def behaviour(self, target: str) -> Behaviour:
        """Find what to do about a request."""
        path = target.partition("?")[0]
        missing = answer("<h1>Not Found</h1>", status=404)
        return self.instead(target) or self.pages.get(target) or self.pages.get(path) or missing

    def delay(self, target: str) -> float:
        """Return the seconds to wait before answering."""
        return next((seconds for start, seconds in self.slow.items() if target.startswith(start)), 0.0)


class Log:
    """Who asked for what, and when; a thread may wait for something to happen."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._asked: Counter[tuple[str, str]] = Counter()
        self._under_way: dict[str, set[int]] = {}
        self._changed = threading.Condition()

    def begin(self, site: str, target: str, headers: Headers) -> tuple[Visit, int]:
        """Enter a request; returns it with how often its path was asked for so far."""
        with self._changed:
            under_way = self._under_way.setdefault(site, set())
            visit = Visit(site, target, headers, time.monotonic(), len(under_way) + 1)
            under_way.add(id(visit))
            self._visits.append(visit)
            self._asked[site, visit.path] += 1
            self._changed.notify_all()
            return visit, self._asked[site, visit.path]

    def end(self, visit: Visit) -> None:
        """Note that a request has been answered, or that its client has gone."""
        with self._changed:
            visit.ended = time.monotonic()
            self._under_way.get(visit.site, set()).discard(id(visit))

    def visits(self, site: str | None = None, prefix: str = "/") -> list[Visit]:
        """Return the requests of a site (of all, if None) whose target begins with `prefix`, in order."""
        with self._changed:
            chosen = [v for v in self._visits if site is None or v.site == site]
        return [v for v in chosen if v.target.startswith(prefix)]

    def paths(self, site: str) -> Counter[str]:
        """Count the requests of a site by target."""
        return Counter(v.target for v in self.visits(site))

    def clear(self) -> None:
        """Forget all requests."""
        with self._changed:
            self._visits.clear()
            self._asked.clear()
            self._under_way.clear()

    def wait(self, happened: Callable[[list[Visit]], bool], seconds: float) -> bool:
        """Wait until `happened` says True of the visits; returns False when the time is over."""
        with self._changed:
            return self._changed.wait_for(lambda: happened(self._visits), seconds)


class Server:
    """A context manager that serves its sites from a thread of its own."""

    def __init__(self) -> None:
        self.log = Log()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="test sites", daemon=True)
        self._listeners: list[asyncio.Server] = []
        self._clients: set[asyncio.Task[None]] = set()
        self._pulses: list[Future[None]] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pulse in self._pulses:
            pulse.cancel()
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def feel_pulse(self) -> list[tuple[float, float]]:
        """Return a list that each stall of the server is added to from now on, as its begin and its end.

        What comes in during a stall is entered into the log as late as its end.
        """
        stalls: list[tuple[float, float]] = []

        async def pulse() -> None:
            while True:
                began = time.monotonic()
                await asyncio.sleep(_PULSE)
                if (ended := time.monotonic()) - began > 2 * _PULSE:
                    stalls.append((began, ended))

        future = asyncio.run_coroutine_threadsafe(pulse(), self._loop)
        self._pulses.append(future)
        return stalls

    def site(self, name: str, host: str = "127.0.0.1") -> Site:
        """Open one more site on a free port."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, 0), family=family, backlog=256)
        shown = f"[{host}]" if ":" in host else host
        site = Site(name, listener.getsockname()[1], shown)
        asyncio.run_coroutine_threadsafe(self._listen(site, listener), self._loop).result(10)
        return site

    async def _listen(self, site: Site, listener: socket.socket) -> None:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._clients.add(task)
            task.add_done_callback(self._clients.discard)
            with suppress(OSError, EOFError, ValueError, asyncio.LimitOverrunError, asyncio.CancelledError):
                await self._serve(site, reader, writer)
            writer.transport.abort()

        self._listeners.append(await asyncio.start_server(connected, sock=listener, limit=1 << 20))

    async def _serve(self, site: Site, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire = Wire(reader, writer, reusable=True)
        while wire.reusable:
            wire.reusable = False
            first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, target, _ = first.split(" ")
            headers = tuple((k, v.strip()) for k, _, v in (line.partition(":") for line in rest if line))
            visit, count = self.log.begin(site.name, target, headers)
            try:
                await asyncio.sleep(site.delay(target))
                await site.behaviour(target)(Request(method, target, headers, count), wire)
            finally:
                self.log.end(visit)
        if writer.can_write_eof():
            writer.write_eof()
            await asyncio.wait_for(wire.hang(), 1)

    async def _close(self) -> None:
        for listener in self._listeners:
            listener.close()
        clients = list(self._clients)
        for task in clients:
            task.cancel()
        await asyncio.gather(*clients, return_exceptions=True)
