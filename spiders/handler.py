"""The one way to a host: Scrapy's HTTP/1.1 handler behind the guard and the gate."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.internet.tcp import Connection as TCPConnection
from twisted.web._newclient import HEADER, STATUS
from twisted.web._newclient import Request as TxRequest
from twisted.web.iweb import IResponse

from pipeline.looks import Trouble
from pipeline.records import Failed, Fault
from spiders.faults import Unfetched, network_fault
from spiders.gate import GateClosed, HostBlocked, host_key
from spiders.retry_after import parse_retry_after
from spiders.services import Services

_HEADERS = 64 << 10
"""Bytes of the headers of an answer, interim answers included; Twisted itself sets no bound."""


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Breaks off an answer whose headers do not end."""

    _header_bytes = 0
    _asked = ""
    """The host of a request that nothing has answered yet."""

    sent: Callable[[str], None]
    """Told the host, with a port that is not its scheme's own, of each request as it is sent and answered."""

    def request(self, request: TxRequest) -> Deferred[IResponse]:
        self._header_bytes = 0
        self._asked = (request.headers.getRawHeaders(b"host") or [b""])[0].decode("latin-1").lower()
        self.sent(self._asked)
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        if self._asked:
            self.sent(self._asked)
            self._asked = ""
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is not None and self._parser.state in {STATUS, HEADER}:
            self._header_bytes += len(data)
            if self._header_bytes > _HEADERS:
                cast("TCPConnection", self.transport).abortConnection()  # type: ignore[no-untyped-call]


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def __init__(self, sent: Callable[[str], None], *args: Any) -> None:  # noqa: ANN401 - as Twisted's own
        super().__init__(*args)  # type: ignore[no-untyped-call]
        self._sent = sent

    def buildProtocol(self, addr: IAddress | None) -> _BoundedProtocol:  # noqa: ARG002, N802
        protocol = _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
        protocol.sent = self._sent
        return protocol


class PoliteHandler(BaseDownloadHandler):
    """Every request of every crawler passes here: articles, discoveries, redirects, robots.txt, retries.

    A host written as an address that the guard refuses is not asked; others wait for their turn at the
    gate. 429 blocks its host for all, 503 for the outlet that asked, for as long as Retry-After says
    (RFC 6585, 4; RFC 9110, 15.6.4). The timeout counts from the turn.
    Raises `Unfetched` for whatever the network does, `GateClosed` where the process is stopping.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._services = services_of(crawler)
        self._outlet = outlet_of(crawler)
        self._inner = HTTP11DownloadHandler.from_crawler(crawler)
        factory = partial(_BoundedFactory, self._services.gate.sent)
        self._inner._pool._factory = factory  # type: ignore[assignment]  # noqa: SLF001 - as Scrapy does
        self._inner._pool.retryAutomatically = False  # noqa: SLF001 - or it asked again without a turn
        self._running: set[asyncio.Future[Response]] = set()

    async def download_request(self, request: Request) -> Response:
        """Download `request` when its turn has come."""
        services = self._services
        host = urlsplit(request.url).hostname or ""
        if words := services.guard.literal_refusal(host):
            raise Unfetched(Failed(Fault.ADDRESS, words))
        key = host_key(request.url)
        try:
            async with services.gate.slot(key, self._outlet):
                response = await self._download(request, host)
        except HostBlocked as error:
            trouble = Trouble.BLOCKED if error.by_all else Trouble.DOWN
            raise Unfetched(Failed(Fault.HTTP_STATUS, str(error)), trouble=trouble) from error
        if response.status in {429, 503}:
            header = (response.headers.get("Retry-After") or b"").decode("latin-1")
            scope = "" if response.status == 429 else self._outlet
            services.gate.rebuff(key, parse_retry_after(header, services.now()), scope)
        else:
            services.gate.welcome(key)
        return response

    async def _download(self, request: Request, host: str) -> Response:
        download = asyncio.ensure_future(self._inner.download_request(request))
        self._running.add(download)
        try:
            return await download
        except asyncio.CancelledError:
            if download.cancelled() and self._services.gate.closed:
                raise GateClosed from None
            raise
        except Exception as error:
            # The host may have seen only now what it did not answer.
            self._services.gate.sent(host_key(request.url))
            if words := self._services.guard.refusal(host):
                raise Unfetched(Failed(Fault.ADDRESS, f"{host}: {words}")) from error
            if (fault := network_fault(error)) is not None:
                raise fault from error
            raise
        finally:
            self._running.discard(download)

    async def close(self) -> None:
        """Break off what still runs, and close the connections."""
        for download in self._running:
            download.cancel()
        await self._inner.close()


def services_of(crawler: Crawler) -> Services:
    """Return the live objects that `spiders.crawl.look` gave to a crawler (its settings are copies)."""
    return cast("Services", crawler.services)  # type: ignore[attr-defined]


def outlet_of(crawler: Crawler) -> str:
    """Return the id of the outlet that a crawler looks at, which `spiders.crawl.look` gave to it too."""
    return cast("str", crawler.outlet_id)  # type: ignore[attr-defined]
