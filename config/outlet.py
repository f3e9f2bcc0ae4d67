"""One outlet: how it is discovered, which of its addresses are articles, how its pages are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from config.values import (
    LONGEST_ADDRESS,
    Address,
    Country,
    DateFormat,
    Duration,
    Integer,
    Language,
    Line,
    Number,
    Paging,
    Regex,
    Rewrite,
    Selector,
    TimeZone,
)
from config.words import did_you_mean, shown

OutletKind = Literal["un", "wire", "official", "aggregator", "broadcaster", "newspaper", "ngo", "blog"]
ApiType = Literal["wordpress", "govuk", "reliefweb"]

_DISCOVERY_KEYS = ("feed", "sitemap", "listing", "api")

# re keeps 512 patterns and a catalogue has more.
_compiled = lru_cache(maxsize=8192)(re.compile)


class Strict(BaseModel):
    """A part of the outlet file: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Feed(Strict):
    """An RSS, Atom, RDF or JSON feed."""

    feed: Address = Field(description="the address of a feed, like https://example.org/rss.xml")

    @property
    def address(self) -> str:
        """Where the look begins."""
        return self.feed


class Sitemap(Strict):
    """A sitemap, a sitemap index, a news sitemap or a text sitemap, gzipped or not."""

    sitemap: Address = Field(description="the address of a sitemap, like https://example.org/sitemap.xml")

    @property
    def address(self) -> str:
        """Where the look begins."""
        return self.sitemap


class Listing(Strict):
    """A page that lists articles, and how to reach the ones before it."""

    listing: Address = Field(description="the address of a page that lists articles")
    links: Selector = Field(default="a[href]", description='a CSS selector of the links, like "h2 a"')
    pages: Paging | None = Field(default=None, description='text like "?page={n}" or "index_{n}.html"')
    first: Integer = Field(default=2, ge=0, le=1_000_000)
    max_pages: Integer = Field(default=1, ge=1, le=1000)

    @property
    def address(self) -> str:
        """Where the look begins."""
        return self.listing

    @model_validator(mode="after")
    def _paging_is_whole(self) -> Listing:
        if self.pages is None and self.max_pages > 1:
            words = 'needs pages beside it, which says how the next page is addressed, like "?page={n}"'
            raise _refused("Listing", [(("max_pages",), words, self.max_pages)])
        return self


class Api(Strict):
    """A JSON interface that lists articles."""

    api: Address = Field(description="the address of the interface")
    type: ApiType = Field(description="wordpress, govuk or reliefweb")

    @property
    def address(self) -> str:
        """Where the look begins."""
        return self.api


def _of_one_kind(value: object) -> object:
    """Refuse an entry that names no kind of discovery, or several."""
    if isinstance(value, Strict):
        return value
    if not isinstance(value, dict):
        raise ValueError(  # noqa: TRY004 - pydantic reports a ValueError; a TypeError would end the run
            f"must be a mapping like feed: https://example.org/rss.xml, not {shown(value)}"
        )
    kinds = [key for key in _DISCOVERY_KEYS if key in value]
    if not kinds:
        hints = filter(None, (did_you_mean(str(key), _DISCOVERY_KEYS) for key in value))
        raise ValueError(f"needs one of feed, sitemap, listing, api{next(hints, '')}")
    if len(kinds) > 1:
        raise ValueError(f"has {' and '.join(kinds)}: make each of them an entry of its own")
    return value


def _tag(value: object) -> str | None:
    if isinstance(value, Strict):
        return type(value).__name__.lower()
    return next((key for key in _DISCOVERY_KEYS if key in value), None) if isinstance(value, dict) else None


Discovery = Annotated[
    Annotated[Feed, Tag("feed")]
    | Annotated[Sitemap, Tag("sitemap")]
    | Annotated[Listing, Tag("listing")]
    | Annotated[Api, Tag("api")],
    Discriminator(_tag),
    BeforeValidator(_of_one_kind),
]


class Example(Strict):
    """An address that the article rules are tried against when the file is read."""

    url: Address = Field(description="an address of this outlet, in full")
    identity: str | None = Field(default=None, description="what the identity rule finds in it")
    article: bool = True


class Articles(Strict):
    """Which addresses are articles, and which part of an address names one."""

    include: tuple[Regex, ...] = Field(
        default=(), description="a list of regular expressions, like ['^/news/']"
    )
    exclude: tuple[Regex, ...] = Field(
        default=(), description="a list of regular expressions, like ['/live/']"
    )
    rewrite: tuple[Rewrite, ...] = Field(
        default=(), description="a list of pairs of pattern and replacement, like [['^/amp/', '/']]"
    )
    identity: Regex | None = Field(default=None, description="a regular expression, like '-([0-9]+)$'")
    max_age_days: Number | None = Field(default=None, gt=0, le=36525)
    examples: tuple[Example, ...] = Field(default=(), description="a list of entries like - url: https://…")

    def accepts(self, url: str) -> bool:
        """Tell whether the path and query of `url` pass the rules: some include, if any, and no exclude.

        An address that is none, or whose path and query are longer than 2,000 characters, does not pass.
        """
        target = _bounded_target(url)
        if target is None or any(_compiled(rule).search(target) for rule in self.exclude):
            return False
        return not self.include or any(_compiled(rule).search(target) for rule in self.include)

    def rewritten(self, url: str) -> str:
        """Apply the rewrite rules, in order, to the path and query of `url`; too long a one stays."""
        target = _bounded_target(url)
        if target is None:
            return url
        new = target
        for pattern, replacement in self.rewrite:
            new = _compiled(pattern).sub(replacement, new)
            if len(new) > LONGEST_ADDRESS:
                return url
        if new == target:
            return url
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}{new if new.startswith('/') else '/' + new}"

    def named_part(self, url: str) -> str | None:
        """Return what the identity rule finds in the path and query of `url`; None where that is nothing."""
        target = _bounded_target(url)
        if self.identity is None or target is None or not (match := _compiled(self.identity).search(target)):
            return None
        return (match[1] if match.re.groups and match[1] is not None else match[0]) or None

    @model_validator(mode="after")
    def _rules_keep_their_examples(self) -> Articles:
        mistakes = [
            (("examples", n), words, example.url)
            for n, example in enumerate(self.examples)
            if (words := self._broken_promise(example))
        ]
        if mistakes:
            raise _refused("Articles", mistakes)
        return self

    def _broken_promise(self, example: Example) -> str | None:
        url = self.rewritten(example.url)
        if self.accepts(url) is not example.article:
            verdict = "is refused" if example.article else "is taken for an article"
            return f"{shown(example.url)} {verdict} by include and exclude"
        if example.identity is not None and self.named_part(url) != example.identity:
            found = self.named_part(url)
            return f"{shown(example.url)} gives the identity {shown(found)}, not {shown(example.identity)}"
        return None


class DateRule(Strict):
    """Where a page shows its date: an element, and how the date within its text is written (strptime)."""

    css: Selector = Field(description='a CSS selector, like "time.date"')
    format: DateFormat | None = Field(default=None, description='how the date is written, like "%d %b %Y"')


class LinkRule(Strict):
    """Where a page links to what it republishes."""

    css: Selector = Field(description='a CSS selector, like "a.source"')


_SELECTORS = 'a list of CSS selectors, like ["div.story"]'


class ExtractRules(Strict):
    """How the outlet's pages are read. Selectors are CSS; of several, the first that matches."""

    body: tuple[Selector, ...] = Field(default=(), description=_SELECTORS)
    drop: tuple[Selector, ...] = Field(default=(), description=_SELECTORS)
    title: tuple[Selector, ...] = Field(default=(), description=_SELECTORS)
    published: DateRule | None = Field(default=None, description='a rule like {css: "time.date"}')
    origin: LinkRule | None = Field(default=None, description='a rule like {css: "a.source"}')


class Politeness(Strict):
    """Seconds between two requests to a host, and requests at once. robots.txt may make it stricter."""

    delay: Number = Field(default=1.0, ge=0, le=3600)
    concurrency: Integer = Field(default=1, ge=1, le=16)


class Schedule(Strict):
    """A fixed interval between looks."""

    every: Duration = Field(description="a span of time, like 15m")


_REVISITS = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 3 * 24, 7 * 24, 30 * 24))


class Revisit(Strict):
    """When articles are looked at again after they were first seen; an empty list for never."""

    after: tuple[Duration, ...] = Field(
        default=_REVISITS, max_length=20, description="a list of spans of time, like [1h, 1d, 7d]"
    )


class Outlet(Strict):
    """One outlet, as its file says."""

    id: str = Field(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$",
        description="a name of its own in lower case letters, digits, _ and -, like un_news",
    )
    name: Line = Field(description="what people call it")
    kind: OutletKind = Field(
        description=", ".join(get_args(OutletKind)[:-1]) + f" or {get_args(OutletKind)[-1]}"
    )
    home: Address = Field(description="the address of its front page, like https://example.org/")
    languages: tuple[Language, ...] = Field(
        min_length=1, description="a list of ISO 639-1 codes, like [en, fr]"
    )
    country: Country = Field(description="an ISO 3166-1 code of two capitals, like KR, or INT")
    timezone: TimeZone = Field(default="UTC", description="an IANA time zone, like Asia/Seoul")
    discover: tuple[Discovery, ...] = Field(
        min_length=1, description="a list of entries like - feed: https://example.org/rss.xml"
    )
    articles: Articles = Articles()
    extract: ExtractRules = ExtractRules()
    politeness: Politeness = Politeness()
    schedule: Schedule | None = None
    revisit: Revisit = Revisit()
    enabled: bool = True

    @property
    def zone(self) -> ZoneInfo:
        """The zone of dates that carry none."""
        return ZoneInfo(self.timezone)


def path_and_query(url: str) -> str:
    """Return what the article rules look at: the path of `url`, and its query if there is one."""
    parts = urlsplit(url)
    return f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"


def _bounded_target(url: str) -> str | None:
    """Return `path_and_query(url)`, or None where that is too long for the rules or no address."""
    try:
        target = path_and_query(url)
    except ValueError:
        return None
    return target if len(target) <= LONGEST_ADDRESS else None


def _refused(model: str, mistakes: Sequence[tuple[tuple[str | int, ...], str, object]]) -> ValidationError:
    """Return the error of several keys of a model at once: where, what is wrong, what was written."""
    return ValidationError.from_exception_data(
        model,
        [
            InitErrorDetails(
                type=PydanticCustomError("rule", "{words}", {"words": words}), loc=loc, input=value
            )
            for loc, words, value in mistakes
        ],
    )
