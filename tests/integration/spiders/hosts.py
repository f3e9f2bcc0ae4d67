"""Hosts on loopback that answer as they are told, and remember what they were asked."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass(frozen=True)
class Reply:
    """An HTTP answer."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    seconds: float = 0.0
    """How long it takes to come."""

    def wire(self) -> bytes:
        head = [f"HTTP/1.1 {self.status} -", *(f"{k}: {v}" for k, v in self.headers)]
        return "\r\n".join([*head, f"Content-Length: {len(self.body)}", "", ""]).encode() + self.body


@dataclass
class Hit:
    """A request that came in; times are monotonic."""

    path: str
    headers: Mapping[str, str]
    began: float
    ended: float | None = None


@dataclass(frozen=True)
class Raw:
    """Writes an answer of its own making; the connection is closed behind it."""

    write: Callable[[asyncio.StreamWriter], Awaitable[None]]


Route = Reply | Raw | Callable[[Hit], Reply]

NOT_FOUND = Reply(b"nothing here", 404)


@dataclass
class Host:
    """One listening port."""

    address: str
    port: int = 0
    routes: dict[str, Route] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    connections: int = 0

    def url(self, path: str) -> str:
        return f"http://{self.address}:{self.port}{path}"

    def asked(self, *, robots: bool = False) -> list[str]:
        """The paths asked for, in order; without robots.txt unless it is wanted."""
        return [h.path for h in self.hits if robots or h.path != "/robots.txt"]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while await self._answer(await reader.readuntil(b"\r\n\r\n"), writer):
                pass
        writer.close()

    async def _answer(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        lines = request.decode("latin-1").split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:] if line)}
        hit = Hit(lines[0].split(" ")[1], headers, time.monotonic())
        self.hits.append(hit)
        route = self.routes.get(hit.path, NOT_FOUND)
        try:
            if isinstance(route, Raw):
                await route.write(writer)
                return False
            if not isinstance(route, Reply):
                route = route(hit)
            await asyncio.sleep(route.seconds)
            writer.write(route.wire())
            await writer.drain()
        finally:
            hit.ended = time.monotonic()
        return headers.get("connection") != "close"


class World:
    """All hosts of a test; they live in a thread of their own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._servers: list[asyncio.Server] = []
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def host(
        self,
        routes: Mapping[str, Route] | None = None,
        address: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> Host:
        """Open a host; `routes` may be filled in later."""
        host = Host(address, routes=dict(routes or {}))

        async def listen() -> asyncio.Server:
            return await asyncio.start_server(host.serve, address, port, ssl=tls)

        server = asyncio.run_coroutine_threadsafe(listen(), self._loop).result(5)
        self._servers.append(server)
        host.port = server.sockets[0].getsockname()[1]
        return host

    def close(self) -> None:
        async def stop() -> None:
            for server in self._servers:
                server.close()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
            await asyncio.sleep(0.01)

        asyncio.run_coroutine_threadsafe(stop(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


@contextmanager
def a_world() -> Iterator[World]:
    world = World()
    try:
        yield world
    finally:
        world.close()


def self_signed(folder: Path) -> ssl.SSLContext:
    """A certificate for 127.0.0.1 that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    signed = made.add_extension(address, critical=False).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "host.pem"
    file.write_bytes(private + signed.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def page(words: str) -> Reply:
    return Reply(f"<html><body><p>{words}</p></body></html>".encode())


def rss(host: Host, *paths: str, dates: Mapping[str, str] | None = None) -> Reply:
    """A feed that offers `paths` of `host`, or whole addresses; `dates` are RFC 822 dates by path."""
    items = "".join(
        f"<item><title>On {path}</title><link>{path if '://' in path else host.url(path)}</link>"
        + (f"<pubDate>{dates[path]}</pubDate>" if dates and path in dates else "")
        + "</item>"
        for path in paths
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
    return Reply(body.encode(), headers=(("Content-Type", "application/rss+xml"),))


def redirect(to: str, status: int = 302) -> Reply:
    return Reply(status=status, headers=(("Location", to),))


def robots(text: str) -> Reply:
    return Reply(text.encode(), headers=(("Content-Type", "text/plain"),))
