"""When which outlet is due."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

from wirewatch.daemon import shift_due
from wirewatch.timetable import Timetable


def soon(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


def test_an_outlet_is_due_once_and_again_only_when_it_is_armed() -> None:
    async def scenario() -> Counter[str]:
        visits: Counter[str] = Counter()

        async def visit(outlet: str) -> None:
            visits[outlet] += 1
            await asyncio.sleep(0.05)
            if outlet == "again":
                table.arm(outlet, soon(0.05))

        table = Timetable(visit)
        for name in ("once", "again", "dropped", "never"):
            table.arm(name, soon(0.1 if name != "never" else 3600))
        table.drop("dropped")
        table.start()
        await asyncio.sleep(1)
        table.pause()
        table.close()
        return visits

    visits = asyncio.run(scenario())
    assert visits["once"] == 1
    assert visits["again"] >= 3
    assert set(visits) == {"once", "again"}


def test_no_outlet_is_visited_twice_at_a_time_and_what_is_late_is_not_lost() -> None:
    async def scenario() -> tuple[int, int]:
        running = most = visits = 0

        async def visit(_: str) -> None:
            nonlocal running, most, visits
            running, visits = running + 1, visits + 1
            most = max(most, running)
            await asyncio.sleep(0.3)
            running -= 1

        table = Timetable(visit)
        table.start()
        table.arm("one", soon(0.05))
        await asyncio.sleep(0.15)
        table.arm("one", soon(0.01))
        time.sleep(1.2)  # noqa: ASYNC251 - the loop is held up, longer than APScheduler forgives by default
        await asyncio.sleep(1)
        table.close()
        return most, visits

    most, visits = asyncio.run(scenario())
    assert most == 1
    assert visits >= 1


def test_a_clock_that_is_set_back_takes_the_next_looks_with_it() -> None:
    async def scenario() -> None:
        async def visit(_: str) -> None:
            return

        table = Timetable(visit)
        now = datetime.now(UTC)
        table.start()
        table.arm("one", now + timedelta(hours=2))
        table.arm("other", now + timedelta(minutes=10))
        shift_due(table, -timedelta(hours=1), now)
        assert table.due() == {"one": now + timedelta(hours=1), "other": now}
        shift_due(table, timedelta(hours=1), now)
        assert table.due()["one"] == now + timedelta(hours=1)
        table.close()

    asyncio.run(scenario())
