"""Trying outlets for real: each discovery and one article, and what would be stored. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from config.outlet import Outlet
from config.settings import Settings
from pipeline.intake import PageIntake
from pipeline.records import Filters, Kept
from spiders.report import LookReport
from spiders.services import LookOptions
from storage.memory import MemoryStore, Nowhere
from wirewatch.app import make_workers, now
from wirewatch.crawling import crawl_into
from wirewatch.record import rfc3339
from wirewatch.show import console

_TEXT_SHOWN = 300


def check_outlets(settings: Settings, outlets: Sequence[Outlet]) -> bool:
    """Look at each outlet, read one article, and say what came of it; True if all could be read."""
    store = MemoryStore()
    with closing(make_workers(settings)) as workers, ThreadPoolExecutor(1) as writer:
        intake = PageIntake(store, Nowhere(), workers, writer, now)
        report, tally = crawl_into(intake, workers, settings, outlets, LookOptions(limit=1))
    screen = console(stderr=False)
    for look in report.looks:
        kept = next(store.articles(Filters(outlets=(look.outlet,), limit=1)), None)
        screen.print(_finding(look, tally.get(look.outlet, {}), kept))
    return all(look.looked and not look.problems for look in report.looks)


def _finding(look: LookReport, pages: Mapping[str, int], kept: Kept | None) -> RenderableType:
    verdict = ("in order", "green") if look.looked and not look.problems else ("in trouble", "red")
    lines = [Text.assemble((look.outlet, "bold"), ": ", verdict, f", {look.found} articles offered")]
    lines += [Text(f"  {problem}") for problem in (*look.problems, *look.notes)]
    if kept is None:
        lines.append(Text(f"  no article would be stored: {', '.join(pages) or 'none was offered'}"))
        return Group(*lines)
    article, published = kept.article, kept.article.published
    day = (
        f"{rfc3339(published.at)} (to the {published.precision}, from {published.signal})"
        if published
        else "no date"
    )
    lines += [
        Text(f"  {article.canonical_url}"),
        Text(f"  {article.title}", style="bold"),
        Text(f"  {day}; by {', '.join(article.authors) or 'nobody named'}; {article.word_count} words, "
             f"{article.language or 'language unknown'}; {len(article.dropped)} blocks dropped"),
    ]  # fmt: skip
    return Group(*lines, Padding(Text(article.text[:_TEXT_SHOWN] + " …"), (0, 0, 1, 2)))
