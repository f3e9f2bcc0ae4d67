"""The Twisted reactor on an asyncio loop: one for the process, run as often as needed."""

from __future__ import annotations

import asyncio
import atexit
import sys
from collections.abc import Coroutine
from typing import Any, Protocol, TypeVar, cast

from twisted.internet import asyncioreactor

from spiders.resolver import GuardingResolver

T = TypeVar("T")


class Reactor(Protocol):
    """What we use of Twisted's reactor."""

    def run(self, installSignalHandlers: bool = ...) -> None:  # noqa: N803, FBT001
        """Run until `crash`."""

    def crash(self) -> None:
        """Stop running, at once; it can be run again, which is not so after `stop`."""

    def installNameResolver(self, resolver: GuardingResolver) -> object:  # noqa: N802
        """Resolve names by `resolver` from now on."""


def the_reactor() -> tuple[Reactor, asyncio.AbstractEventLoop]:
    """Return the process's reactor and its loop; installed at the first call.

    Raises:
        RuntimeError: something has installed another kind of reactor before.
    """
    if "twisted.internet.reactor" not in sys.modules:
        loop = asyncio.new_event_loop()
        asyncioreactor.install(loop)  # type: ignore[no-untyped-call]
        atexit.register(loop.close)
    from twisted.internet import reactor  # noqa: PLC0415 - its import installs one, if none is

    if not isinstance(reactor, asyncioreactor.AsyncioSelectorReactor):
        raise RuntimeError(  # noqa: TRY004 - nobody passed it in
            f"the Twisted reactor of this process is a {type(reactor).__name__}, which Scrapy cannot use "
            "here: look at outlets before anything else imports twisted.internet.reactor"
        )
    return cast("Reactor", reactor), reactor._asyncioEventloop  # noqa: SLF001 - the only way to it


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run `main` on the reactor's loop and return its answer, like `asyncio.run`; not from within it.

    It may be called again and again, from one thread. What `main` leaves running is cancelled.
    """
    reactor, loop = the_reactor()
    task = loop.create_task(_with_nothing_left(main))
    task.add_done_callback(lambda _: reactor.crash())
    reactor.run(installSignalHandlers=False)
    return task.result()


async def _with_nothing_left(main: Coroutine[Any, Any, T]) -> T:
    try:
        return await main
    finally:
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=2)
