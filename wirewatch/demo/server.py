"""The demo world on loopback: one HTTP server a site, each on a free port of 127.0.0.1."""

from __future__ import annotations

import gzip
import logging
import socket
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import NamedTuple

import yaml

from config.outlet import Outlet
from wirewatch.demo.sites import Response, Site

log = logging.getLogger(__name__)

_IDLE_SECONDS = 30.0
_WORTH_COMPRESSING = 512
_PACKED = ("text/", "application/json", "application/xml", "application/rss+xml")


class Request(NamedTuple):
    """A request that was answered."""

    site: str
    target: str
    """Path and query."""
    at: float
    """`time.monotonic()` when it had been read."""
    status: int


@dataclass(frozen=True, slots=True)
class Served:
    """The world while it is up."""

    outlets: tuple[Outlet, ...]
    origins: Mapping[str, str]
    """By site: "http://127.0.0.1:49152"."""
    hosts: Mapping[str, str]
    """The same by invented host."""
    requests: list[Request] = field(default_factory=list)
    """All requests so far, in order."""

    def real(self, text: str) -> str:
        """Put the real origins where `text` names invented hosts."""
        return localised_text(text, self.hosts)


@contextmanager
def serve(sites: Sequence[Site]) -> Iterator[Served]:
    """Serve `sites` until the context ends; then every port is closed and every thread has ended."""
    with ExitStack() as stack:
        servers = [stack.enter_context(_Server(site)) for site in sites]
        hosts = {server.site.host: server.origin for server in servers}
        files = (localised_text(site.outlet_file, hosts) for site in sites)
        served = Served(
            outlets=tuple(Outlet.model_validate(yaml.safe_load(file)) for file in files),
            origins={server.site.id: server.origin for server in servers},
            hosts=hosts,
        )
        for server in servers:
            stack.enter_context(server.running(hosts, served.requests))
        yield served


def localised_text(text: str, hosts: Mapping[str, str]) -> str:
    """Put real origins where `text` names invented hosts, also where JSON escapes the slashes."""
    for host, origin in hosts.items():
        text = text.replace(f"https://{host}", origin)
        text = text.replace(f"https:\\/\\/{host}", origin.replace("/", "\\/"))
    return text


def _localised(response: Response, hosts: Mapping[str, str]) -> Response:
    # Latin-1 maps bytes one to one, and no address contains a byte that is half of a GBK character.
    body = localised_text(response.body.decode("latin-1"), hosts).encode("latin-1")
    headers = tuple((name, localised_text(value, hosts)) for name, value in response.headers)
    return Response(response.status, headers, body)


class _Server(ThreadingTCPServer):
    """The server of one site. Connections still open at the end are cut, so that no thread outlives it."""

    request_queue_size = 64
    daemon_threads = False

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"
        self.hosts: Mapping[str, str] = {}
        self.log: list[Request] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    @contextmanager
    def running(self, hosts: Mapping[str, str], requests: list[Request]) -> Iterator[None]:
        """Answer requests in threads until the context ends."""
        self.hosts, self.log = hosts, requests
        thread = threading.Thread(target=self.serve_forever, args=(0.02,), name=f"demo {self.site.id}")
        thread.start()
        try:
            yield
        finally:
            self.shutdown()
            thread.join()
            self._cut()

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        """Accept a connection and remember it."""
        connection, address = super().get_request()
        with self._lock:
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Forget a connection and close it."""
        if isinstance(request, socket.socket):
            with self._lock:
                self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - socketserver's
        """Keep quiet about a client that went away; anything else is a bug here and is logged."""
        error = sys.exception()
        if not isinstance(error, ConnectionError | TimeoutError):
            log.error("demo site %s could not answer", self.site.id, exc_info=error)

    def _cut(self) -> None:
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    log.debug("a connection of %s was closed already", self.site.id)


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD for a site; keeps connections alive, compresses for who asks."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "demo"
    sys_version = ""
    timeout = _IDLE_SECONDS
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave in one packet

    def do_GET(self) -> None:
        """Answer with headers and body."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with headers alone."""
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's signature
        """Keep quiet."""

    def _answer(self, *, with_body: bool) -> None:
        at = time.monotonic()
        asked = {name.lower(): value for name, value in self.headers.items()}
        site = self.server.site
        response = _packed(_localised(site.respond(self.path, asked), self.server.hosts), asked)
        self.server.log.append(Request(site.id, self.path, at, response.status))
        self.send_response(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        if response.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(response.body)


def _packed(response: Response, asked: Mapping[str, str]) -> Response:
    kind = dict(response.headers).get("Content-Type", "")
    if not kind.startswith(_PACKED):
        return response
    headers = (*response.headers, ("Vary", "Accept-Encoding"))
    if "gzip" not in asked.get("accept-encoding", "") or len(response.body) < _WORTH_COMPRESSING:
        return Response(response.status, headers, response.body)
    return Response(
        response.status, (*headers, ("Content-Encoding", "gzip")), gzip.compress(response.body, 6, mtime=0)
    )
