"""Many who wait for the same thing at once: what comes in while a batch is done gathers for the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

FULL = 32
"""Items that wait for no others."""
PATIENCE = 0.1
"""Seconds that a batch waits for others which are known to come."""


class Batches(Generic[Item, Answer]):
    """Answers items in batches, in the order in which they came; one batch is done at a time."""

    def __init__(
        self,
        answer: Callable[[Sequence[Item]], Awaitable[Sequence[Answer]]],
        *,
        most: int,
        coming: Callable[[], bool] = lambda: False,
    ) -> None:
        """`answer` answers up to `most` items at once, or raises for them all.

        While others are `coming`, a batch that is not full waits for them, but not for long; who makes the
        last of them come, or go, calls `hurry`.
        """
        self._answer = answer
        self._most = most
        self._coming = coming
        self._waiting: list[tuple[Item, asyncio.Future[Answer]]] = []
        self._draining: asyncio.Task[None] | None = None
        self._ripe = asyncio.Event()

    async def ask(self, item: Item) -> Answer:
        """Return the answer to an item, once its batch is done."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        self.hurry()
        if self._draining is None or self._draining.done():
            self._draining = asyncio.create_task(self._drain())
        return await future

    def hurry(self) -> None:
        """Let a batch begin that has nothing to wait for any more."""
        if len(self._waiting) >= FULL or not self._coming():
            self._ripe.set()

    async def _drain(self) -> None:
        while self._waiting:
            await self._gather()
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            try:
                answers = await self._answer([item for item, _ in batch])
            except Exception as error:  # noqa: BLE001 - whoever waits must hear of it
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)
            else:
                for (_, future), answer in zip(batch, answers, strict=True):
                    if not future.done():
                        future.set_result(answer)

    async def _gather(self) -> None:
        self._ripe.clear()
        self.hurry()
        if not self._ripe.is_set():
            timer = asyncio.get_running_loop().call_later(PATIENCE, self._ripe.set)
            await self._ripe.wait()
            timer.cancel()
