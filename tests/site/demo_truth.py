"""What should come of the demo world: a record for each article, an end for each other page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import yaml

from config.outlet import Outlet
from wirewatch.demo.markup import clean_text
from wirewatch.demo.plan import Plan, Story, read_plan, read_stories, read_text, site_names


@dataclass(frozen=True, slots=True)
class ExpectedArticle:
    """An article of the demo world as it should lie in the store."""

    site: str
    paths: tuple[str, ...]
    """Its addresses; the first is the canonical one, but where there are several any may be met first."""
    title: str
    text: str
    """One paragraph a line."""
    summary: str
    """Its standfirst; empty where it has none."""
    language: str
    published: datetime | None
    precision: str | None
    modified: datetime | None
    authors: tuple[str, ...]
    credits: tuple[str, ...]
    origin: str
    """The address that the page names as its origin, with an invented host (`Served.real`); or empty."""
    copy_of: tuple[str, str] | None
    """Site and path of the original, where the text is an exact copy."""
    outcomes: tuple[str, ...]
    """What may be counted for it; a copy that comes before its original counts as new."""


@dataclass(frozen=True, slots=True)
class ExpectedEnd:
    """A page of the demo world that is no article, and how it should end."""

    site: str
    path: str
    outcomes: tuple[str, ...]
    """Like "rejected:block-page"; the likeliest first."""


def expected_articles() -> tuple[ExpectedArticle, ...]:
    """Return every article of the world, by site, newest first."""
    return tuple(
        _article(name, plan, outlet_of(name), story)
        for name in site_names()
        for plan in [read_plan(name)]
        for story in read_stories(name)
        if story.is_article
    )


def expected_ends() -> tuple[ExpectedEnd, ...]:
    """Return every page that is offered but is no article."""
    return tuple(
        ExpectedEnd(name, story.paths[0], story.outcomes)
        for name in site_names()
        for story in read_stories(name)
        if not story.is_article
    )


def outlet_of(name: str) -> Outlet:
    """Return a site's outlet with its invented addresses."""
    return Outlet.model_validate(yaml.safe_load(read_text(name, "outlet.yaml")))


def _article(name: str, plan: Plan, outlet: Outlet, story: Story) -> ExpectedArticle:
    return ExpectedArticle(
        site=name,
        paths=story.paths,
        title=story.title,
        text=clean_text(story.body),
        summary=story.summary,
        language=story.language,
        published=_published(plan, outlet, story),
        precision=plan.precision,
        modified=story.modified,
        authors=story.authors,
        credits=story.credits,
        origin=story.origin,
        copy_of=_original(story),
        outcomes=story.outcomes,
    )


def _published(plan: Plan, outlet: Outlet, story: Story) -> datetime | None:
    match plan.precision:
        case None:
            return None
        case "second":
            return story.published
        case "minute":
            return story.published.replace(second=0)
        case "day":
            day = story.published.astimezone(outlet.zone)
            return day.replace(hour=0, minute=0, second=0)


def _original(story: Story) -> tuple[str, str] | None:
    if story.same_body_as is None:
        return None
    name, _, wanted = story.same_body_as.partition("/")
    return name, next(s.paths[0] for s in read_stories(name) if s.id == wanted)
