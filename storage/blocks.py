"""What is remembered of an outlet's text blocks: the SQL around `pipeline.boilerplate`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from pipeline.boilerplate import MOST_SIZES, Boilerplate, forgotten, is_time_to_forget, votes
from pipeline.records import Recurrence, Sighting
from storage.engine import in_chunks, insert
from storage.schema import article, block

_COUNTS = [block.c[name] for name in Recurrence._fields]
_OF_OUTLET = block.c.outlet == sa.bindparam("outlet")
_ALL = sa.select(block.c.block, *_COUNTS).where(_OF_OUTLET)
_SOME = _ALL.where(block.c.block.in_(sa.bindparam("blocks", expanding=True)))
_PAGES = sa.select(sa.func.coalesce(sa.func.max(block.c.last), 0)).where(_OF_OUTLET)
_SIZES = (
    sa.select(article.c.word_count)
    .where(article.c.outlet == sa.bindparam("outlet"))
    .order_by(article.c.id.desc())
    .limit(MOST_SIZES)
)
_FORGET = block.delete().where(_OF_OUTLET, block.c.block == sa.bindparam("gone"))


def learned(connection: sa.Connection, outlet: str) -> Boilerplate:
    """Return all that is remembered of an outlet's blocks, with the sizes of its newest texts."""
    blocks = _found(connection.execute(_ALL, {"outlet": outlet}))
    sizes = connection.execute(_SIZES, {"outlet": outlet}).scalars().all()
    return Boilerplate(_pages(connection, outlet), blocks, tuple(reversed(sizes)))


def learn(connection: sa.Connection, outlet: str, sightings: Sequence[Sighting]) -> None:
    """Remember the blocks of a page of an article that was not seen before; now and then forget some."""
    before = known(connection, outlet, [sighting.block for sighting in sightings])
    number = _pages(connection, outlet) + 1
    if not (changed := votes(before, sightings, number)):
        return
    rows = [{"outlet": outlet, "block": name, **seen._asdict()} for name, seen in changed.items()]
    statement = insert(connection, block)
    counts = {column.name: statement.excluded[column.name] for column in _COUNTS}
    connection.execute(statement.on_conflict_do_update(index_elements=["outlet", "block"], set_=counts), rows)
    if is_time_to_forget(number):
        everything = _found(connection.execute(_ALL, {"outlet": outlet}))
        if gone := forgotten(everything, number):
            connection.execute(_FORGET, [{"outlet": outlet, "gone": name} for name in sorted(gone)])


def _pages(connection: sa.Connection, outlet: str) -> int:
    return int(connection.execute(_PAGES, {"outlet": outlet}).scalar_one())


def known(connection: sa.Connection, outlet: str, names: Sequence[int]) -> dict[int, Recurrence]:
    """Return what is remembered of these blocks of an outlet."""
    found: dict[int, Recurrence] = {}
    for chunk in in_chunks(names):
        found |= _found(connection.execute(_SOME, {"outlet": outlet, "blocks": chunk}))
    return found


def _found(rows: sa.Result[int, int, int, int, int]) -> Mapping[int, Recurrence]:
    return {row[0]: Recurrence(*row[1:]) for row in rows}
