"""Pages of a small news world taken in as a crawl takes them in: every copy is told for what it is."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape

import pytest

from config.outlet import Outlet
from pipeline.intake import PageIntake
from pipeline.records import Candidate, Filters, Kept, Page
from storage.memory import MemoryStore
from tests.integration.pipeline.test_learning import Inline, Nowhere
from tests.unit.pipeline.dedup.texts import (
    CHINESE,
    CHINESE_EDITED,
    EDITED,
    EXCERPT,
    REPLY,
    WIRE,
    WRAPPED,
    statement,
)

MORNING = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
NW = "Northern Wire"
MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
FOOT = "<footer><p>Copyright. All rights reserved by the owner of this site.</p></footer>"


@dataclass(frozen=True, slots=True)
class Story:
    """A page of the world, and what it is to the others."""

    outlet: str
    path: str
    title: str
    text: str
    minutes: int | None
    """Published so long after six; None where the page does not say."""
    credit: str = ""
    relation: str = "original"
    of: str | None = None
    """The outlet and path of what it was taken from."""

    @property
    def name(self) -> str:
        """What the truth calls it."""
        return f"{self.outlet}{self.path}"


WORLD = (
    Story("wire", "/ferry", "Ferry runs aground off Lissa, all 41 saved", WIRE, 0),
    Story(
        "daily",
        "/1",
        "All safe after ferry runs onto a sandbank",
        WIRE,
        60,
        NW,
        "exact",
        "wire/ferry",
    ),
    Story("herald", "/a", "Ferry aground: passengers safe", EDITED, 95, NW, "near", "wire/ferry"),
    Story("brief", "/b", "Ferry aground", EXCERPT, 30, NW, "contained", "wire/ferry"),
    Story(
        "island",
        "/c",
        "The day the whistle did not sound",
        WRAPPED,
        300,
        NW,
        "contained",
        "wire/ferry",
    ),
    Story("island", "/d", "Parliament asks about ferries", REPLY, 1500),
    Story("office", "/27", "Statement on Varda", statement("Varda", "shelling", 27, 114, "Tuesday"), 10),
    Story("office", "/28", "Statement on Upper Ossa", statement("Upper Ossa", "raid", 9, 31, "Sunday"), 20),
    Story("xinwen", "/1", "渡轮在利萨搁浅", CHINESE, 15),
    Story("bao", "/9", "渡轮搁浅无人遇难", CHINESE_EDITED, 80, "Xinwen", "near", "xinwen/1"),
)
AGAIN = (Story("daily", "/1?from=front", WORLD[1].title, WIRE, 60, NW),)
"""Another address of a story that the outlet has already."""


def page(story: Story, seen: datetime) -> Page:
    """Return the page as it was fetched."""
    url = f"https://{story.outlet}.example.org{story.path}"
    when = "" if story.minutes is None else (MORNING + timedelta(minutes=story.minutes)).isoformat()
    body = "".join(f"<p>{escape(line)}</p>" for line in story.text.split("\n"))
    source = f"<p class='source'>Source: {story.credit}</p>" if story.credit else ""
    html = (
        f"<html><head><title>{story.title}</title><meta charset='utf-8'>"
        f"<meta property='article:published_time' content='{when}'></head><body>{MENU}"
        f"<main><article><h1>{story.title}</h1><div class='body'>{body}</div>{source}</article></main>{FOOT}"
        "</body></html>"
    )
    offer = Candidate(story.outlet, url, url.removeprefix("https://"), "feed")
    return Page(offer, url, 200, (("Content-Type", "text/html; charset=utf-8"),), html.encode(), seen)


def outlet(story: Story) -> Outlet:
    """Return the rules of the outlet of a story."""
    home = f"https://{story.outlet}.example.org/"
    return Outlet.model_validate({
        "id": story.outlet,
        "name": story.outlet.title(),
        "kind": "newspaper",
        "home": home,
        "languages": ["en"],
        "country": "INT",
        "timezone": "UTC",
        "discover": [{"feed": f"{home}rss.xml"}],
        "extract": {"body": ["div.body"], "title": ["h1"]},
    })  # fmt: skip


def taken_in(stories: Sequence[Story]) -> dict[str, Kept]:
    """Take the pages in, one after the other; return what is kept, by outlet and path."""
    store = MemoryStore()

    async def run() -> None:
        with ThreadPoolExecutor(1) as writer:
            intake = PageIntake(store, Nowhere(), Inline(), writer, lambda: MORNING)
            for n, story in enumerate(stories):
                await intake.page(outlet(story), page(story, MORNING + timedelta(days=2, minutes=n)))

    asyncio.run(run())
    kept = list(store.articles(Filters()))
    return {k.article.key.replace(".example.org", ""): k for k in kept}


@pytest.mark.parametrize("seed", range(5))
def test_every_copy_is_told_in_whichever_order_the_outlets_are_looked_at(seed: int) -> None:
    order = [*WORLD, *AGAIN]
    random.Random(seed).shuffle(order)
    kept = taken_in(order)
    names = {k.id: name for name, k in kept.items()}
    found = {
        name.partition("?")[0]: (k.relation, names.get(k.duplicate_of or "")) for name, k in kept.items()
    }
    assert found == {story.name: (story.relation, story.of) for story in WORLD}
    assert len({k.story for k in kept.values()}) == sum(story.of is None for story in WORLD)
    assert sorted(len(k.urls) for k in kept.values())[-2:] == [1, 2]
