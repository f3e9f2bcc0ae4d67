"""What is remembered of outlets' text blocks: the SQL around `pipeline.boilerplate`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa

from pipeline.boilerplate import MOST_SIZES, Boilerplate, forgotten, is_time_to_forget, votes
from pipeline.records import Recurrence, Sighting
from storage.engine import in_chunks, numbers, run
from storage.schema import article, block

_COUNTS = [block.c[name] for name in Recurrence._fields]
_OF_OUTLET = block.c.outlet == sa.bindparam("outlet")
_ALL = sa.select(block.c.block, *_COUNTS).where(_OF_OUTLET)
_SIZES = (
    sa.select(article.c.word_count)
    .where(article.c.outlet == sa.bindparam("outlet"))
    .order_by(article.c.id.desc())
    .limit(MOST_SIZES)
)
_FORGET = block.delete().where(_OF_OUTLET, block.c.block == sa.bindparam("gone"))

_NAMES = ", ".join(Recurrence._fields)
_SOME = f"SELECT block, {_NAMES} FROM block WHERE outlet = ? AND block IN "  # noqa: S608 - our own names
_PAGES = "SELECT coalesce(max(last), 0) FROM block WHERE outlet = ?"
_PUT = (
    f"INSERT INTO block (outlet, block, {_NAMES}) VALUES (?, ?, ?, ?, ?, ?)"  # noqa: S608 - our own names
    f" ON CONFLICT (outlet, block) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in Recurrence._fields)
)


def learned(connection: sa.Connection, outlet: str) -> Boilerplate:
    """Return all that is remembered of an outlet's blocks, with the sizes of its newest texts."""
    sizes = connection.execute(_SIZES, {"outlet": outlet}).scalars().all()
    return Boilerplate(_pages(connection, outlet), _all(connection, outlet), tuple(reversed(sizes)))


class Blocks:
    """What is remembered of blocks within one writing transaction: read once, and written at its end."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._known: dict[str, dict[int, Recurrence | None]] = {}
        self._pages: dict[str, int] = {}
        self._changed: dict[str, dict[int, Recurrence]] = {}

    def expect(self, outlet: str, names: Iterable[int]) -> None:
        """Read what is remembered of these blocks of an outlet, all at once."""
        held = self._known.setdefault(outlet, {})
        missing = sorted({name for name in names if name not in held})
        held.update(dict.fromkeys(missing))
        for chunk in in_chunks(missing):
            found = run(self._connection, f"{_SOME} ({numbers(chunk)})", (outlet,))
            held.update((row[0], Recurrence(*row[1:])) for row in found)

    def known(self, outlet: str, names: Collection[int]) -> dict[int, Recurrence]:
        """Return what is remembered of these blocks of an outlet by now."""
        self.expect(outlet, names)
        held = self._known[outlet]
        return {name: seen for name in names if (seen := held[name]) is not None}

    def learn(self, outlet: str, sightings: Sequence[Sighting]) -> None:
        """Remember the blocks of a page of an article that was not seen before; now and then forget some."""
        before = self.known(outlet, [sighting.block for sighting in sightings])
        if outlet not in self._pages:
            self._pages[outlet] = _pages(self._connection, outlet)
        number = self._pages[outlet] + 1
        if not (changed := votes(before, sightings, number)):
            return
        self._pages[outlet] = number
        self._known[outlet].update(changed)
        self._changed.setdefault(outlet, {}).update(changed)
        if is_time_to_forget(number):
            self._forget(outlet, number)

    def save(self) -> None:
        """Write what has changed."""
        rows = [
            (outlet, name, *seen)
            for outlet, changed in sorted(self._changed.items())
            for name, seen in sorted(changed.items())
        ]
        if rows:
            run(self._connection, _PUT, *rows)
        self._changed.clear()

    def _forget(self, outlet: str, number: int) -> None:
        self.save()
        if gone := forgotten(_all(self._connection, outlet), number):
            self._connection.execute(_FORGET, [{"outlet": outlet, "gone": name} for name in sorted(gone)])
            self._known[outlet].update(dict.fromkeys(gone))


def _pages(connection: sa.Connection, outlet: str) -> int:
    return int(run(connection, _PAGES, (outlet,)).scalar_one())


def _all(connection: sa.Connection, outlet: str) -> Mapping[int, Recurrence]:
    found = connection.execute(_ALL, {"outlet": outlet})
    return {row[0]: Recurrence(*row[1:]) for row in found}
