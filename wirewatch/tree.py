"""The tree of a story, for a terminal: who ran what when, with how much of it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from pipeline.records import Akin, Kept

MOST_SHOWN = 200
"""Articles of a story that are drawn."""


def copies_view(kept: Kept, story: Sequence[Kept], akin: Sequence[Akin]) -> RenderableType | None:
    """Return the tree of the story of an article, and below it who else shares text with it; None if alone.

    `story` is the original first; a copy stands below what it was taken from.
    """
    parts: list[RenderableType] = []
    if len(story) > 1:
        parts.append(Text(f"\nThe story: {len(story)} articles", style="bold"))
        parts += _trees(kept, story[:MOST_SHOWN])
        if len(story) > MOST_SHOWN:
            parts.append(Text(f"  … and {len(story) - MOST_SHOWN} more"))
    if others := [one for one in akin if one.kept.story != kept.story]:
        parts.append(Text("\nShares text with other stories", style="bold"))
        parts += [_line(one.kept, f"{one.relation}, has {one.covered:.0%} of this text") for one in others]
    return Group(*parts) if parts else None


def _trees(kept: Kept, story: Sequence[Kept]) -> list[Tree]:
    branches = {copy.id: Tree(_line(copy, _share(copy), shown=copy.id == kept.id)) for copy in story}
    roots = []
    for copy in story:
        above = branches.get(copy.duplicate_of or "")
        if above is None:
            roots.append(branches[copy.id])
        else:
            above.children.append(branches[copy.id])
    return roots


def _share(copy: Kept) -> str:
    if copy.duplicate_of is None:
        return "original"
    if copy.relation == "exact":
        return "exact"
    return f"{copy.relation}, {copy.covered or 0:.0%} of it"


def _line(kept: Kept, share: str, *, shown: bool = False) -> Text:
    stamp = kept.article.published
    if stamp is None:
        when = f"seen {kept.first_seen_at:%Y-%m-%d %H:%M}"
    else:
        when = f"{stamp.at:%Y-%m-%d}" if stamp.precision == "day" else f"{stamp.at:%Y-%m-%d %H:%M%z}"
    said = f"  credits {', '.join(kept.article.credits)}" if kept.article.credits else ""
    return Text.assemble(
        f"{when}  ",
        (kept.article.outlet, "cyan"),
        (f"  {share}", "bold"),
        f"  {kept.article.title}{said}  ",
        (kept.id, "dim"),
        "  <- this one" if shown else "",
    )
