"""One outlet of the made-up world: what it is like, what lies on its site, what a crawl of it should say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from tests.site import chrome
from tests.site.chrome import Style
from tests.site.discovery import Entry
from tests.site.server import Behaviour, Site, answer
from tests.site.stories import Story

ROBOTS = "User-agent: *\nDisallow: /private/\nAllow: /\n"

Pages = Mapping[str, Behaviour]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an outlet is like."""

    id: str
    kind: str
    style: Style
    discover: tuple[Mapping[str, Any], ...]
    """As in the outlet file, with paths for addresses."""
    serve: Callable[[Outlet], Pages]
    """Makes the documents that `discover` names."""
    path: str
    """Where its articles lie: {slug}, {y}, {m}, {d} and {hash} are filled in."""
    include: str
    mirrors: tuple[str, ...] = ()
    """More paths at which the very same page lies."""
    stories: int = 4
    zone: str = "UTC"
    rules: Mapping[str, Any] = field(default_factory=dict)
    """The `extract` part of the outlet file."""
    copies_from: str = ""
    """The outlet whose two newest stories it republishes, with a credit."""
    decoys: Mapping[str, tuple[Behaviour, str]] = field(default_factory=dict)
    """Pages offered like articles that are none: what they do, and the outcome they should have."""
    canonical: bool = True
    standfirsts: bool = False
    header_charset: bool = True


@dataclass(slots=True)
class Outlet:
    """An outlet of the world: its plan, its site, and the stories on it."""

    plan: Plan
    site: Site
    stories: dict[str, Story] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def paths(self, story: Story) -> list[str]:
        """Return every path at which a story lies, the one the site prefers first."""
        every = (self.plan.path, *self.plan.mirrors)
        return [_fill(path, number, story, self.plan.zone) for number, path in enumerate(every)]

    def url(self, story: Story) -> str:
        """Return the address that the site prefers for a story."""
        return self.site.url(self.paths(story)[0])

    @property
    def listed(self) -> list[Story]:
        """The stories that are still offered, newest first."""
        return sorted(
            (s for s in self.stories.values() if s.slug not in self.gone), key=lambda s: s.published
        )[::-1]

    def entries(self, suffix: str = "") -> list[Entry]:
        """Return what a feed offers: the stories, then the decoys dressed as such."""
        fakes = [Entry(self.site.url(path), _fake(path, self.listed)) for path in self.plan.decoys]
        return [Entry(self.url(s) + suffix, s) for s in self.listed] + fakes

    def publish(self) -> None:
        """Put the present state of the outlet on its site."""
        titles = [s.title for s in self.listed]
        kind = f"text/html; charset={self.plan.style.charset}" if self.plan.header_charset else "text/html"
        pages: dict[str, Behaviour] = {"/robots.txt": answer(ROBOTS, "text/plain")}
        for story in self.listed:
            teasers = [t for t in titles if t != story.title][:6]
            body = chrome.article(
                story, self.url(story), self.plan.style, teasers, canonical=self.plan.canonical
            )
            pages |= {path: answer(body, kind) for path in self.paths(story)}
        pages |= {path: behaviour for path, (behaviour, _) in self.plan.decoys.items()}
        self.site.pages = {**pages, **self.plan.serve(self)}

    def expected(self) -> Counter[str]:
        """Count the outcomes of a first crawl; a copy counts as `duplicate`, a mirror as `unchanged`."""
        copies = sum(bool(s.source) for s in self.listed)
        own = len(self.listed) - copies
        mirrored = len(self.listed) * len(self.plan.mirrors)
        counts = Counter({"new": own, "duplicate": copies, "unchanged": mirrored})
        counts.update(outcome for _, outcome in self.plan.decoys.values())
        return +counts

    def yaml(self) -> dict[str, Any]:
        """Return the outlet file."""
        plan = self.plan
        discover = [
            {k: self.site.url(v) if k in {"feed", "sitemap", "listing", "api"} else v for k, v in d.items()}
            for d in plan.discover
        ]
        return {
            "id": plan.id,
            "name": plan.style.name,
            "kind": plan.kind,
            "home": self.site.url("/"),
            "languages": [plan.style.language],
            "country": "INT",
            "timezone": plan.zone,
            "discover": discover,
            "articles": {"include": [plan.include]},
            "extract": dict(plan.rules),
            "politeness": {"delay": 0, "concurrency": 4},
        }


def write_outlet(folder: Path, outlet: Mapping[str, Any]) -> Path:
    """Write one outlet file."""
    file = folder / f"{outlet['id']}.yaml"
    file.write_text(yaml.safe_dump(dict(outlet), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def _fill(path: str, number: int, story: Story, zone: str) -> str:
    day = story.published.astimezone(ZoneInfo(zone))
    digest = sha256(f"{number} {story.slug}".encode()).hexdigest()[:32]
    return path.format(slug=story.slug, y=day.year, m=f"{day.month:02}", d=f"{day.day:02}", hash=digest)


def _fake(path: str, stories: Sequence[Story]) -> Story:
    words = path.strip("/").replace("/", " ").replace("-", " ")
    return replace(
        stories[0], slug=path.strip("/").replace("/", "-"), title=words.capitalize(), standfirst=""
    )
