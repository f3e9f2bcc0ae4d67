"""What people see on a terminal: the table of a crawl, hits, one article with its provenance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.records import Article, Hit, Kept, Rebuild
from spiders.report import COUNTS, LookReport, Report
from wirewatch.diffview import told
from wirewatch.record import rfc3339

_WIDE = 200


def crawl_table(report: Report) -> RenderableType:
    """Return the table that a crawl ends with, and below it in words what was wrong."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("outlet", overflow="fold")
    for name in COUNTS:
        table.add_column(name, justify="right")
    for look in report.looks:
        style = "" if look.looked else "red"
        table.add_row(escape(look.outlet), *(_count(look, name) for name in COUNTS), style=style)
    if len(report.looks) > 1:
        table.add_section()
        table.add_row(
            "all", *(str(sum(getattr(look, name) for look in report.looks)) for name in COUNTS), style="bold"
        )
    problems = [
        Text.assemble((look.outlet, "bold"), ": ", problem)
        for look in report.looks
        for problem in (*look.problems, *look.notes)
    ]
    return Group(table, *problems)


def hit_lines(hits: Sequence[Hit]) -> RenderableType:
    """Return the hits of a search: id, day, outlet and title, with the words found in their sentence."""
    return Group(*(_hit(hit) for hit in hits))


def article_view(
    kept: Kept, copies: RenderableType | None, revisions: Sequence[Kept], gone_at: datetime | None
) -> RenderableType:
    """Return one article with its provenance, its copies (`wirewatch.tree`) and its revisions."""
    article = kept.article
    facts = Table(box=None, pad_edge=False, show_header=False)
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    gone = ("gone", f"taken off by {rfc3339(gone_at)}" if gone_at else "")
    for name, value in [*_facts(kept), gone]:
        if value:
            facts.add_row(name, Text(value))
    parts: list[RenderableType] = [Text(article.title, style="bold"), facts]
    if copies is not None:
        parts.append(copies)
    if revisions:
        parts += [Text("\nRevisions", style="bold"), *(_revision(each) for each in (*revisions, kept))]
    if article.summary:
        parts.append(Padding(Text(article.summary, style="italic"), (1, 0, 0, 0)))
    parts.append(Padding(Text(article.text.replace("\n", "\n\n")), (1, 0)))
    return Group(*parts)


def rebuild_table(done: Rebuild) -> RenderableType:
    """Return what a rebuild came to: how many articles are now something else, by what changed."""
    if not done.changed:
        return Text(f"{done.seen // 2:,} articles: nothing changed.")
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("changed")
    table.add_column("articles", justify="right")
    for change, articles in sorted(done.changed.items()):
        table.add_row(change, f"{articles:,}")
    return Group(Text(f"{done.seen // 2:,} articles gone through."), table)


def dropped_view(article: Article) -> RenderableType:
    """Return the blocks that were taken out of the page, each with its reason."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("dropped because", no_wrap=True, style="dim")
    table.add_column("block", overflow="fold")
    for block in article.dropped:
        table.add_row(block.reason, Text(_cut(block.text, 200)))
    return table


def console(*, stderr: bool) -> Console:
    """Return a console for people; elsewhere than on a terminal, plain and wide."""
    screen = Console(stderr=stderr, highlight=False)
    return screen if screen.is_terminal else Console(stderr=stderr, highlight=False, width=_WIDE)


def _count(look: LookReport, name: str) -> str:
    value: int = getattr(look, name)
    return str(value) if value else "·"


def _hit(hit: Hit) -> RenderableType:
    kept = hit.kept
    head = Text.assemble(
        (kept.id, "dim"),
        "  ",
        _day(kept),
        "  ",
        (kept.article.outlet, "cyan"),
        "  ",
        (kept.article.title, "bold"),
    )
    return Group(head, Padding(Text(hit.snippet), (0, 0, 1, 4)))


def _facts(kept: Kept) -> list[tuple[str, str]]:
    article = kept.article
    published = article.published
    record = article.record
    return [
        ("id", kept.id),
        ("outlet", f"{article.outlet} ({article.outlet_kind})"),
        ("address", article.canonical_url),
        ("also at", "\n".join(url for url in kept.urls if url != article.canonical_url)),
        (
            "published",
            f"{rfc3339(published.at)} (to the {published.precision}, from {published.signal})"
            if published
            else "",
        ),
        ("modified", rfc3339(article.modified) if article.modified else ""),
        ("authors", ", ".join(article.authors)),
        ("credits", ", ".join(article.credits)),
        ("origin", " ".join(filter(None, (article.origin_name, article.origin_url)))),
        ("language", f"{article.language or '?'}, {article.word_count} words"),
        ("relation", _relation(kept)),
        ("story", kept.story),
        ("revision", str(kept.revision)),
        ("first seen", rfc3339(kept.first_seen_at)),
        ("fetched", rfc3339(article.fetched_at)),
        ("text sha256", article.content_sha256),
        ("raw sha256", article.raw_sha256),
        ("evidence", f"{record.file} at byte {record.offset:,}, {record.length:,} bytes" if record else ""),
        ("extractor", article.extractor),
    ]


def _relation(kept: Kept) -> str:
    if kept.duplicate_of is None:
        return kept.relation
    shares = f"similarity {kept.similarity or 0:.2f}, has {kept.covered or 0:.0%} of it"
    return f"{kept.relation} copy of {kept.duplicate_of} ({shares})"


def _revision(kept: Kept) -> Text:
    line = Text(f"  {kept.revision}  {rfc3339(kept.article.fetched_at)}  {kept.article.title}")
    return line if kept.change is None else line.append(f"  ({told(kept.change)})", style="dim")


def _day(kept: Kept) -> str:
    stamp = kept.article.published
    return (stamp.at if stamp else kept.first_seen_at).date().isoformat()


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
