"""Host names to addresses, past the guard: the last gate before a connection is made."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread
from typing import Protocol

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution
from zope.interface import implementer  # type: ignore[import-untyped]

from spiders.guard import Guard

_AT_ONCE = 20


class Receiver(Protocol):
    """Twisted's IResolutionReceiver."""

    def resolutionBegan(self, resolutionInProgress: _Resolution) -> None:  # noqa: N802, N803
        """Called first."""

    def addressResolved(self, address: IPv4Address | IPv6Address) -> None:  # noqa: N802
        """Called for each address."""

    def resolutionComplete(self) -> None:  # noqa: N802
        """Called last."""


@implementer(IHostResolution)
class _Resolution:
    """A resolution under way; nothing waits for one that is cancelled."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cancelled = False

    def cancel(self) -> None:
        """Tell nobody what comes of it."""
        self.cancelled = True


@implementer(IHostnameResolver)
class GuardingResolver:
    """Resolves names by the system's resolver; addresses that the guard refuses do not come out.

    Every connection of the reactor passes it, those of redirects and robots.txt too, and what was judged
    is what is connected to: a name that changes its address in between gains nothing. The threads are
    daemons, so that a name server that hangs does not hold up the end of the process.
    """

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._running: set[asyncio.Task[None]] = set()

    def resolveHostName(  # noqa: N802 - Twisted's interface
        self,
        resolutionReceiver: Receiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: ARG002, N803
        transportSemantics: str = "TCP",  # noqa: ARG002, N803
    ) -> _Resolution:
        """Resolve for TCP; see IHostnameResolver."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        task = asyncio.get_running_loop().create_task(
            self._resolve(resolution, resolutionReceiver, portNumber)
        )
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return resolution

    async def _resolve(self, resolution: _Resolution, receiver: Receiver, port: int) -> None:
        async with self._room:
            addresses = await _addresses(resolution.name)
        if resolution.cancelled:
            return
        for address in self._guard.sift(resolution.name, addresses):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()


async def _addresses(name: str) -> Sequence[str]:
    """Return the addresses of `name`, each once, in the system's order of preference; none if it has none."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Sequence[str]] = loop.create_future()

    def settle(found: Sequence[str]) -> None:
        if not answer.done():
            answer.set_result(found)

    def ask() -> None:
        found: Sequence[str] = ()
        with suppress(OSError, UnicodeError):
            infos = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
            found = list(dict.fromkeys(str(info[4][0]) for info in infos))
        with suppress(RuntimeError):  # the loop was closed in the meantime
            loop.call_soon_threadsafe(settle, found)

    Thread(target=ask, name=f"resolve {name[:60]}", daemon=True).start()
    return await answer
