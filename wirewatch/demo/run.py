"""The demo itself: serves the world, crawls it over real HTTP, and shows what came out."""

from __future__ import annotations

import shutil
from ipaddress import ip_network
from pathlib import Path

from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from config.errors import ConfigError
from config.settings import Settings
from pipeline.records import Filters, Kept
from spiders.services import LookOptions
from wirewatch.app import open_store
from wirewatch.crawling import crawl_outlets
from wirewatch.demo.server import serve
from wirewatch.demo.world import build_world
from wirewatch.record import rfc3339
from wirewatch.show import console, crawl_table

FOLDER = "demo-world"
"""Within the data folder; made anew by every demo, so that nothing of the operator's is touched."""

_SHOWN_LINES = 12
_SHOWN_CHARS = 160


def run_demo(settings: Settings) -> bool:
    """Crawl the bundled world into a store of its own and show it; True if all outlets could be looked at."""
    folder = settings.data_dir / FOLDER
    _clear(folder)
    mine = settings.model_copy(
        update={
            "data_dir": folder,
            "database_url": None,
            "allow_private_hosts": (ip_network("127.0.0.0/8"),),
            "concurrent_looks": 1,  # one after another, so that every demo tells the same story
        }
    )
    screen = console(stderr=True)
    with serve(build_world()) as served:
        screen.print(
            f"Serving {len(served.outlets)} invented outlets on 127.0.0.1, and looking at each of them once:"
        )
        report, _ = crawl_outlets(mine, served.outlets, LookOptions())
        requests = len(served.requests)
    screen.print(crawl_table(report))
    with open_store(mine) as store:
        everything = list(store.articles(Filters()))
    _show(screen, everything, requests, folder)
    return all(look.looked for look in report.looks)


def _show(screen: Console, everything: list[Kept], requests: int, folder: Path) -> None:
    words = sum(kept.article.word_count for kept in everything)
    screen.print(f"\n{requests} requests, {len(everything)} articles, {words:,} words of clean text.\n")
    if everything:
        screen.print(_cleaned(max(everything, key=_boilerplate)))
    by_id = {kept.id: kept for kept in everything}
    pairs = [(kept, by_id[kept.duplicate_of]) for kept in everything if kept.duplicate_of in by_id]
    if pairs:
        screen.print(_exact_copy(*pairs[0]))
    screen.print(
        Group(
            Text("\nIt is all yours to look at:", style="bold"),
            Text(f"  wirewatch --data-dir {folder} search harbour"),
            Text(
                f"  wirewatch --data-dir {folder} show {everything[0].id if everything else 'ID'} --dropped"
            ),
            Text(f"  wirewatch --data-dir {folder} export --relation original"),
        )
    )


def _boilerplate(kept: Kept) -> int:
    return sum(len(block.text) for block in kept.article.dropped)


def _cleaned(kept: Kept) -> RenderableType:
    """Show the article whose page carried most that is not the article."""
    article = kept.article
    stamp = (
        f"{rfc3339(article.published.at)}, from {article.published.signal}"
        if article.published
        else "no date"
    )
    head = [Text(article.title, style="bold"), Text(f"{stamp}\n", style="dim")]
    kept_lines = [Text(_cut(line) + "\n") for line in article.text.split("\n")[:_SHOWN_LINES]]
    dropped = [
        Text.assemble((f"{block.reason}: ", "dim"), _cut(block.text))
        for block in article.dropped[: _SHOWN_LINES * 2]
    ]
    return Columns(
        [
            Panel(Group(*head, *kept_lines), title=f"kept of {article.outlet}", width=70),
            Panel(Group(*dropped), title="dropped from the page, and why", width=60, border_style="dim"),
        ]
    )


def _exact_copy(copy: Kept, original: Kept) -> RenderableType:
    """Show a copy that was recognised, and what it copies."""
    return Panel(
        Group(
            Text.assemble(("original  ", "dim"), f"{original.article.outlet}: {original.article.title}"),
            Text(f"          {original.article.canonical_url}", style="dim"),
            Text.assemble(("copy      ", "dim"), f"{copy.article.outlet}: {copy.article.title}"),
            Text(f"          {copy.article.canonical_url}", style="dim"),
            Text.assemble(("credits   ", "dim"), ", ".join(copy.article.credits) or "nobody"),
        ),
        title=f"an {copy.relation} copy, recognised",
    )


def _clear(folder: Path) -> None:
    try:
        shutil.rmtree(folder, ignore_errors=False)
    except FileNotFoundError:
        return
    except OSError as error:
        raise ConfigError(f"{folder}: the last demo cannot be cleared away: {error.strerror}") from error


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…"
