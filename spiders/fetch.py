"""Asking for an address as a guest: robots.txt at each step, redirects, patience with a host in trouble."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response

from config.outlet import Outlet
from pipeline.records import Failed, Fault
from pipeline.urls import fetchable
from pipeline.wire import ACCEPTED_ENCODINGS
from spiders.answer import WireAnswer
from spiders.faults import Unfetched
from spiders.gate import host_key
from spiders.services import Services

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BACKOFF_JITTER = 0.5
_NONE: Mapping[str, str] = MappingProxyType({})

Download = Callable[[Request], Awaitable[Response]]


class Fetcher:
    """Fetches addresses for one look.

    All raise `Unfetched` where there is no answer and `GateClosed` where the process is stopping.
    """

    def __init__(self, download: Download, services: Services, outlet: Outlet) -> None:
        """`download` asks for one request once."""
        self._download = download
        self._services = services
        self._outlet = outlet.id
        self._politeness = outlet.politeness
        self._headers = {
            "User-Agent": services.bounds.user_agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": ACCEPTED_ENCODINGS,
            "Accept-Language": ", ".join([*outlet.languages, "*;q=0.5"]),
        }

    async def get(self, url: str, conditions: Mapping[str, str] | None = None) -> WireAnswer:
        """Return what lies at `url`, whatever its status, after at most `Bounds.redirects` redirects.

        `conditions` are headers that let a server answer 304 (RFC 9110, 13.1); they go to the end of
        redirects, for it is there that the validators came from. robots.txt is asked for `url` and for each
        address that it leads to; the outlet's manners hold at each host on the way.
        """
        address = fetchable(url)
        if address is None:
            raise Unfetched(Failed(Fault.ADDRESS, f"{url[:200]!r} is not fetched"))
        return await self._follow(address, partial(self._with_leave, conditions or {}))

    async def _with_leave(self, conditions: Mapping[str, str], url: str) -> WireAnswer:
        refusal = await self._services.robots.refusal(url, self._without_leave)
        if refusal is not None:
            raise refusal
        return await self._patiently(url, conditions)

    async def _without_leave(self, url: str) -> WireAnswer:
        return await self._follow(url, self._patiently)

    async def _follow(self, url: str, ask: Callable[[str], Awaitable[WireAnswer]]) -> WireAnswer:
        trail: list[str] = []
        while True:
            answer = await ask(url)
            target = redirect_target(answer)
            if target is None:
                return replace(answer, redirects=tuple(trail))
            trail.append(url)
            if target in trail:
                raise Unfetched(Failed(Fault.REDIRECTS, f"{url} leads back to {target}"[:300]))
            if len(trail) > self._services.bounds.redirects:
                limit = self._services.bounds.redirects
                raise Unfetched(Failed(Fault.REDIRECTS, f"more than {limit} redirects, the last to {target}"))
            url = target

    async def _patiently(self, url: str, conditions: Mapping[str, str] = _NONE) -> WireAnswer:
        """Ask, and ask again where that may help: 429, 5xx, connection errors, timeouts.

        After 429 and 503 the gate keeps the host blocked for the time that it is to be left alone.
        """
        services = self._services
        for attempt in range(services.bounds.retries):
            try:
                answer = await self._once(url, conditions)
                if not (answer.status == 429 or 500 <= answer.status <= 599):
                    return answer
                if services.gate.blocked_for(host_key(url), self._outlet) > services.gate.max_wait:
                    return answer
            except Unfetched as error:
                if not error.passing:
                    raise
            jitter = 1 + services.chance.uniform(0, _BACKOFF_JITTER)
            await services.gate.pause(services.bounds.backoff * 2**attempt * jitter)
        return await self._once(url, conditions)

    async def _once(self, url: str, conditions: Mapping[str, str]) -> WireAnswer:
        self._services.gate.demand(host_key(url), self._politeness.delay, self._politeness.concurrency)
        timeout = {"download_timeout": self._services.bounds.timeout}
        headers = {**self._headers, **conditions}
        response = await self._download(Request(url, headers=headers, meta=timeout, dont_filter=True))
        said = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        )
        return WireAnswer(url, response.status, said, response.body)


def redirect_target(answer: WireAnswer) -> str | None:
    """Return where an answer leads on to, absolute; None where it is the end.

    Raises:
        Unfetched: it leads to what is no http(s) address, or one with a user name.
    """
    location = answer.header("Location").strip()
    if answer.status not in _REDIRECTS or not location:
        return None
    try:
        absolute = urljoin(answer.url, _utf8(location))
    except ValueError:
        absolute = location
    target = fetchable(absolute)
    if target is None:
        raise Unfetched(Failed(Fault.ADDRESS, f"a redirect to {absolute[:200]!r}, which is not fetched"))
    return target


def _utf8(header: str) -> str:
    """Read a header, which came as Latin-1, as the UTF-8 that servers mean by it, if it is."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header
