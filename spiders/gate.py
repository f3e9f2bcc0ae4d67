"""The gate before each host: who may ask it next, and when. One for the whole process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlsplit

JITTER = 0.1
"""A delay is drawn out by up to this part of itself, so that looks do not march in step."""

REBUFF_JITTER = 0.5

_MANY_HOSTS = 4096
_DEFAULT_PORTS = {"http": 80, "https": 443}


class GateClosed(Exception):  # noqa: N818 - the process is stopping, which is no error
    """Nothing may be asked any more: the process is stopping."""


class HostBlocked(Exception):  # noqa: N818 - the host's wish
    """The host asked to be left alone for longer than we wait."""

    def __init__(self, host: str, seconds: float, *, by_all: bool = True) -> None:
        """`by_all`: it asked everybody (429), not the outlet alone (503)."""
        super().__init__(f"{host} asked to be left alone for another {seconds:,.0f} s (Retry-After)")
        self.seconds = seconds
        self.by_all = by_all


def host_key(url: str) -> str:
    """Return the host and port of an absolute `url`, the port only where it is not its scheme's own."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f"{host}:{parts.port}"


@dataclass(slots=True, eq=False)
class _Host:
    """What holds at a host now. Times are of the event loop."""

    delay: float = 0.0
    crawl_delay: float = 0.0
    concurrency: int = 16
    active: int = 0
    last_start: float = 0.0
    next_start: float = 0.0
    shut: dict[str, float] = field(default_factory=dict)
    """Until when nothing is let through, by outlet; "" stands for all."""
    rebuffs: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    freed: asyncio.Event = field(default_factory=asyncio.Event)

    def idle(self, now: float) -> bool:
        """Tell whether nothing is lost by forgetting the host."""
        return (
            not self.active and not self.turn.locked() and max(self.next_start, *self.shut.values(), 0) < now
        )

    def shut_until(self, outlet: str) -> float:
        return max(self.shut.get("", 0.0), self.shut.get(outlet, 0.0))


class HostGate:
    """Lets requests to a host through one after another, in the order in which they came.

    The delay lies between a request that the host has seen, for it begins to answer, and the next; it is
    the longest that any outlet of the host or its robots.txt asks for. At most as many are under way as the
    strictest outlet allows: at concurrency 1 the next one starts only after the answer to the one before.
    """

    def __init__(self, chance: Random, *, max_wait: float = 60.0, backoff: float = 1.0) -> None:
        """`max_wait`: seconds that a request waits for a host that asked to be left alone."""
        self.max_wait = max_wait
        self._backoff = backoff
        self._chance = chance
        self._hosts: dict[str, _Host] = {}
        self._closed = asyncio.Event()

    @property
    def closed(self) -> bool:
        """True once `close` was called."""
        return self._closed.is_set()

    def close(self) -> None:
        """Let nothing through any more; whoever waits gets `GateClosed`."""
        self._closed.set()

    def demand(self, host: str, delay: float, concurrency: int) -> None:
        """Note what an outlet asks for at `host`; it holds from now on, for every outlet."""
        state = self._host(host)
        state.delay = max(state.delay, delay)
        state.concurrency = min(state.concurrency, concurrency)

    def set_crawl_delay(self, host: str, seconds: float) -> None:
        """Note what the robots.txt of `host` asks for, in place of what it asked for before.

        It holds from the request before on, which is the one that fetched the robots.txt.
        """
        state = self._host(host)
        if seconds > state.crawl_delay:
            state.next_start = max(state.next_start, state.last_start + seconds)
        state.crawl_delay = seconds

    def sent(self, host: str) -> None:
        """Note that a request goes out to `host` just now, or that its answer begins.

        Both are later than its turn came: names are resolved, connections opened and other looks served in
        between. The host counts from when it sees a request, which it has as soon as it answers.
        """
        state = self._host(host)
        state.last_start = asyncio.get_running_loop().time()
        state.next_start = max(state.next_start, state.last_start + max(state.delay, state.crawl_delay))

    def rebuff(self, host: str, seconds: float | None, outlet: str = "") -> None:
        """Let nothing through to `host` for `seconds`: from any outlet, or from `outlet` alone.

        The first is for a host that says it is asked too much (429), the second for one that has trouble
        with what it was asked for (503). Where the host named no time, it is a second (`backoff`), twice as
        long each time in a row.
        """
        state = self._host(host)
        if seconds is None:
            longer = 2.0 ** min(state.rebuffs, 10) * (1 + self._chance.uniform(0, REBUFF_JITTER))
            seconds = self._backoff * longer
        state.rebuffs += 1
        until = asyncio.get_running_loop().time() + seconds
        state.shut[outlet] = max(state.shut.get(outlet, 0.0), until)

    def welcome(self, host: str) -> None:
        """Note that `host` answered as it should."""
        self._host(host).rebuffs = 0

    def blocked_for(self, host: str, outlet: str = "") -> float:
        """Return the seconds for which nothing of `outlet` is let through to `host`; 0 where it may ask."""
        return max(0.0, self._host(host).shut_until(outlet) - asyncio.get_running_loop().time())

    def shut_hosts(self) -> dict[str, float]:
        """Return the hosts that let nobody in, and for how many seconds."""
        now = asyncio.get_running_loop().time()
        waits = {name: host.shut_until("") - now for name, host in self._hosts.items()}
        return {name: wait for name, wait in waits.items() if wait > 0}

    async def pause(self, seconds: float) -> None:
        """Sleep; raises `GateClosed` as soon as the gate is closed."""
        if not self.closed and seconds > 0:
            try:
                await asyncio.wait_for(self._closed.wait(), seconds)
            except TimeoutError:
                return
        if self.closed:
            raise GateClosed

    @asynccontextmanager
    async def slot(self, host: str, outlet: str = "") -> AsyncIterator[None]:
        """Wait for a turn of `outlet` at `host` and hold it.

        Raises:
            HostBlocked: the host asked to be left alone for longer than `max_wait`; at once.
            GateClosed: the gate was closed, before or while waiting.
        """
        state = self._host(host)
        while not await self._turn(host, state, outlet):
            wait = self.blocked_for(host, outlet)
            if wait > self.max_wait:
                raise HostBlocked(host, wait, by_all=self.blocked_for(host) > self.max_wait)
            await self.pause(wait)
        try:
            yield
        finally:
            state.active -= 1
            state.freed.set()

    async def _turn(self, host: str, state: _Host, outlet: str) -> bool:
        """Wait for a turn and take it; False where the outlet alone is to wait, who then leaves the queue."""
        async with state.turn:
            await self._wait(host, state)
            now = asyncio.get_running_loop().time()
            if state.shut.get(outlet, 0.0) > now:
                return False
            state.active += 1
            delay = max(state.delay, state.crawl_delay)
            state.last_start = now
            state.next_start = now + delay * (1 + self._chance.uniform(0, JITTER))
            return True

    async def _wait(self, host: str, state: _Host) -> None:
        """Wait, at the head of the queue, until all that is asked for at a host is met."""
        clock = asyncio.get_running_loop().time
        while True:
            if self.closed:
                raise GateClosed
            blocked = state.shut_until("") - clock()
            if blocked > self.max_wait:
                raise HostBlocked(host, blocked)
            if state.active >= state.concurrency:
                await self._until_freed(state)
            elif (wait := max(blocked, state.next_start - clock())) > 0:
                await self.pause(wait)
            else:
                return

    async def _until_freed(self, state: _Host) -> None:
        state.freed.clear()
        waits = [asyncio.ensure_future(e.wait()) for e in (state.freed, self._closed)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    def _host(self, host: str) -> _Host:
        if host not in self._hosts:
            if len(self._hosts) >= _MANY_HOSTS:
                now = asyncio.get_running_loop().time()
                self._hosts = {k: h for k, h in self._hosts.items() if not h.idle(now)}
            self._hosts[host] = _Host()
        return self._hosts[host]
