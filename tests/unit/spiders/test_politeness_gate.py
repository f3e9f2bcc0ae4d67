"""The gate before each host."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from random import Random

import pytest

from spiders.gate import GateClosed, HostBlocked, HostGate, host_key


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://Example.org/a", "example.org"),
        ("https://example.org:443/a", "example.org"),
        ("http://example.org:80/", "example.org"),
        ("http://example.org:443/", "example.org:443"),
        ("https://example.org.:8443/", "example.org:8443"),
        ("http://[::1]:8080/", "[::1]:8080"),
    ],
)
def test_a_host_is_its_name_and_an_unusual_port(url: str, key: str) -> None:
    assert host_key(url) == key


def test_turns_are_given_in_the_order_in_which_they_were_asked_for() -> None:
    async def scenario() -> list[int]:
        gate, order = HostGate(Random(0)), list[int]()
        gate.demand("h", 0.01, 1)

        async def ask(n: int) -> None:
            async with gate.slot("h"):
                order.append(n)

        await asyncio.gather(*(ask(n) for n in range(8)))
        return order

    assert asyncio.run(scenario()) == list(range(8))


def test_the_strictest_demand_holds_and_a_crawl_delay_may_lengthen_it() -> None:
    async def starts(gate: HostGate, times: int) -> list[float]:
        began = list[float]()
        for _ in range(times):
            async with gate.slot("h"):
                began.append(asyncio.get_running_loop().time())
        return [b - a for a, b in pairwise(began)]

    async def scenario() -> None:
        gate = HostGate(Random(0))
        gate.demand("h", 0.1, 4)
        gate.demand("h", 0.02, 1)
        assert min(await starts(gate, 3)) >= 0.1
        gate.set_crawl_delay("h", 0.4)
        assert (await starts(gate, 3))[1] >= 0.4
        gate.set_crawl_delay("h", 0)
        assert 0.1 <= (await starts(gate, 3))[1] < 0.4

    asyncio.run(scenario())


def test_hosts_do_not_wait_for_each_other() -> None:
    async def scenario() -> None:
        gate = HostGate(Random(0))
        gate.demand("slow", 30, 1)
        async with gate.slot("slow"), asyncio.timeout(1), gate.slot("quick"):
            pass

    asyncio.run(scenario())


def test_closing_releases_whoever_waits_for_whatever_reason() -> None:
    async def scenario() -> None:
        gate = HostGate(Random(0))
        gate.demand("slow", 30, 1)
        gate.rebuff("blocked", 30)

        async def ask(host: str) -> str:
            try:
                async with gate.slot(host):
                    await asyncio.sleep(0.2)
            except GateClosed:
                return "closed"
            return "through"

        waiting = [asyncio.ensure_future(ask(h)) for h in ("slow", "slow", "slow", "blocked", "blocked")]
        pausing = asyncio.ensure_future(gate.pause(30))
        await asyncio.sleep(0.05)
        gate.close()
        async with asyncio.timeout(1):
            assert await asyncio.gather(*waiting) == ["through", *["closed"] * 4]
        with pytest.raises(GateClosed):
            await pausing
        with pytest.raises(GateClosed):
            async with gate.slot("new"):
                pass

    asyncio.run(scenario())


def test_one_that_is_cancelled_while_it_waits_leaves_no_trace() -> None:
    async def scenario() -> None:
        gate = HostGate(Random(0))
        gate.demand("h", 0, 1)

        async def ask() -> None:
            async with gate.slot("h"):
                pass

        async with gate.slot("h"):
            waiting = [asyncio.ensure_future(ask()) for _ in range(3)]
            await asyncio.sleep(0.02)
            waiting[0].cancel()
            waiting[1].cancel()
        async with asyncio.timeout(1):
            await waiting[2]

    asyncio.run(scenario())


def test_a_long_block_is_told_at_once_a_short_one_is_waited_for() -> None:
    async def scenario() -> None:
        gate = HostGate(Random(0), max_wait=1)
        clock = asyncio.get_running_loop().time
        gate.rebuff("h", 0.1)
        began = clock()
        async with gate.slot("h"):
            assert clock() - began >= 0.1
        gate.rebuff("h", 2)
        with pytest.raises(HostBlocked, match="h asked to be left alone for another 2 s"):
            async with gate.slot("h"):
                pass

    asyncio.run(scenario())


def test_a_block_of_one_outlet_lets_the_others_of_its_host_through() -> None:
    async def scenario() -> None:
        gate = HostGate(Random(0), max_wait=1)
        clock = asyncio.get_running_loop().time
        began = clock()
        gate.rebuff("h", 0.2, "one")

        async def ask(outlet: str) -> float:
            async with gate.slot("h", outlet):
                return clock() - began

        mine, others = await asyncio.gather(ask("one"), ask("other"))
        assert others < 0.1
        assert mine >= 0.2
        gate.rebuff("h", 30, "one")
        assert (gate.blocked_for("h", "one") > 29, gate.blocked_for("h", "other")) == (True, 0.0)
        with pytest.raises(HostBlocked):
            await ask("one")
        gate.rebuff("h", 30)
        with pytest.raises(HostBlocked):
            await ask("other")

    asyncio.run(scenario())


def test_rebuffs_in_a_row_double_the_wait_and_a_welcome_ends_the_row() -> None:
    async def scenario() -> None:
        gate = HostGate(Random(0), backoff=1)
        waits = list[float]()
        for _ in range(4):
            gate.rebuff("h", None)
            waits.append(gate.blocked_for("h"))
        for wait, whole in zip(waits, (1, 2, 4, 8), strict=True):
            assert whole - 0.1 <= wait <= whole * 1.5
        gate.welcome("h")
        gate.rebuff("other", None)
        assert gate.blocked_for("other") <= 1.5

    asyncio.run(scenario())


def test_idle_hosts_are_forgotten_before_there_are_too_many() -> None:
    async def scenario() -> None:
        gate = HostGate(Random(0))
        async with gate.slot("busy"):
            for n in range(10_000):
                async with gate.slot(f"h{n}"):
                    pass
            assert len(gate._hosts) <= 4097
            assert gate._hosts["busy"].active == 1

    asyncio.run(scenario())
