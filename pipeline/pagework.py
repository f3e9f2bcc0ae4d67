"""What a worker does with a page: it reads the article and makes all that the store will need of it."""

from __future__ import annotations

from dataclasses import replace

from config.outlet import Outlet
from pipeline.boilerplate import NOTHING_LEARNED, Boilerplate
from pipeline.records import Article, Page, RecordRef, Rejected
from pipeline.traits import traits_of


def read_with_traits(
    page: Page, outlet: Outlet, record: RecordRef | None, learned: Boilerplate = NOTHING_LEARNED
) -> Article | Rejected:
    """`read_article`, with the traits of what is found. Runs where hostile input may hang or crash.

    Raises:
        PageError: the page cannot be read.
    """
    # The parent only names this function to its workers, which have imported all of it (`pipeline.preload`).
    from pipeline.article import read_article  # noqa: PLC0415

    found = read_article(page, outlet, record, learned)
    return replace(found, traits=traits_of(found)) if isinstance(found, Article) else found
