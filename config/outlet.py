"""One outlet: how it is discovered, which of its addresses are articles, how its pages are read."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from cssselect import GenericTranslator, SelectorError
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

OutletKind = Literal["un", "wire", "official", "aggregator", "broadcaster", "newspaper", "ngo", "blog"]
ApiType = Literal["wordpress", "govuk", "reliefweb"]

_DURATION = re.compile(r"(\d+)\s*([smhd])")
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DISCOVERY_KEYS = ("feed", "sitemap", "listing", "api")


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(c.isspace() for c in value):
        raise ValueError(f"{value!r} is not an address: write it in full, like https://example.org/feed.xml")
    return value


def _regex(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"{value!r} is not a regular expression: {error}") from error
    return value


def _selector(value: str) -> str:
    try:
        GenericTranslator().css_to_xpath(value)
    except SelectorError as error:
        raise ValueError(f"{value!r} is not a CSS selector: {error}") from error
    return value


def _time_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError(f"{value!r} is not an IANA time zone: write one like Asia/Seoul, or UTC")
    return value


def _duration(value: object) -> object:
    """Read "90s", "15m", "2h" or "1d"; anything else is refused with an example."""
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"{value!r} is not a span of time: write one like 90s, 15m, 2h or 1d")
    return timedelta(seconds=int(match[1]) * _UNIT_SECONDS[match[2]])


def _rewrite(rule: tuple[str, str]) -> tuple[str, str]:
    pattern, replacement = rule
    try:
        re.compile(pattern).sub(replacement, "")
        re.compile(f"(?:{pattern})|").sub(replacement, "")
    except (re.error, IndexError) as error:
        raise ValueError(f"{replacement!r} does not fit the pattern {pattern!r}: {error}") from error
    return rule


Address = Annotated[str, AfterValidator(_address)]
Regex = Annotated[str, AfterValidator(_regex)]
Selector = Annotated[str, AfterValidator(_selector)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Rewrite = Annotated[tuple[Regex, str], AfterValidator(_rewrite)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class Strict(BaseModel):
    """A part of the outlet file: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Feed(Strict):
    """An RSS, Atom, RDF or JSON feed."""

    feed: Address

    @property
    def address(self) -> str:
        """Where the look begins."""
        return self.feed


class Sitemap(Strict):
    """A sitemap, a sitemap index, a news sitemap or a text sitemap, gzipped or not."""

    sitemap: Address

    @property
    def address(self) -> str:
        """Where the look begins."""
        return self.sitemap


class Listing(Strict):
    """A page that lists articles, and how to reach the ones before it."""

    listing: Address
    links: Selector = "a[href]"
    pages: str | None = None
    first: int = Field(default=2, ge=0)
    max_pages: int = Field(default=1, ge=1, le=1000)

    @property
    def address(self) -> str:
        """Where the look begins."""
        return self.listing

    @model_validator(mode="after")
    def _paging_is_whole(self) -> Listing:
        if self.pages is not None and "{n}" not in self.pages:
            raise ValueError("pages needs {n} where the page number goes, like ?page={n} or index_{n}.html")
        if self.pages is None and self.max_pages > 1:
            raise ValueError(
                "max_pages is more than 1, but pages does not say how the next page is addressed"
            )
        return self


class Api(Strict):
    """A JSON interface that lists articles."""

    api: Address
    type: ApiType

    @property
    def address(self) -> str:
        """Where the look begins."""
        return self.api


def _discovery_tag(value: Any) -> str | None:  # noqa: ANN401 - pydantic hands over whatever the file holds
    if isinstance(value, Strict):
        return type(value).__name__.lower()
    if isinstance(value, dict):
        tags = [key for key in _DISCOVERY_KEYS if key in value]
        return tags[0] if len(tags) == 1 else None
    return None


Discovery = Annotated[
    Annotated[Feed, Tag("feed")]
    | Annotated[Sitemap, Tag("sitemap")]
    | Annotated[Listing, Tag("listing")]
    | Annotated[Api, Tag("api")],
    Discriminator(
        _discovery_tag,
        custom_error_type="discovery",
        custom_error_message="each entry needs exactly one of feed, sitemap, listing, api",
    ),
]


class Example(Strict):
    """An address that the article rules are tried against when the file is read."""

    url: Address
    identity: str | None = None
    article: bool = True


class Articles(Strict):
    """Which addresses are articles, and which part of an address names one."""

    include: tuple[Regex, ...] = ()
    exclude: tuple[Regex, ...] = ()
    rewrite: tuple[Rewrite, ...] = ()
    identity: Regex | None = None
    max_age_days: float | None = Field(default=None, gt=0)
    examples: tuple[Example, ...] = ()

    def accepts(self, url: str) -> bool:
        """Tell whether the path and query of `url` pass the rules: some include, if any, and no exclude."""
        target = path_and_query(url)
        if any(re.search(rule, target) for rule in self.exclude):
            return False
        return not self.include or any(re.search(rule, target) for rule in self.include)

    def rewritten(self, url: str) -> str:
        """Apply the rewrite rules, in order, to the path and query of `url`."""
        target = path_and_query(url)
        new = target
        for pattern, replacement in self.rewrite:
            new = re.sub(pattern, replacement, new)
        if new == target:
            return url
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}{new if new.startswith('/') else '/' + new}"

    def named_part(self, url: str) -> str | None:
        """Return what the identity rule finds in the path and query of `url`, or None."""
        if self.identity is None or not (match := re.search(self.identity, path_and_query(url))):
            return None
        return match[1] if match.re.groups and match[1] is not None else match[0]

    @model_validator(mode="after")
    def _rules_keep_their_examples(self) -> Articles:
        for example in self.examples:
            url = self.rewritten(example.url)
            if self.accepts(url) is not example.article:
                verdict = "is refused" if example.article else "is taken for an article"
                raise ValueError(f"the example {example.url} {verdict} by include and exclude")
            if example.identity is not None and self.named_part(url) != example.identity:
                raise ValueError(
                    f"the example {example.url} gives the identity {self.named_part(url)!r}, "
                    f"not {example.identity!r}"
                )
        return self


class DateRule(Strict):
    """Where a page shows its date: an element, and how the date within its text is written (strptime)."""

    css: Selector
    format: str | None = None

    @model_validator(mode="after")
    def _format_has_a_day(self) -> DateRule:
        if self.format is not None and not re.search(r"%[dejxcsDF]", self.format):
            raise ValueError(f'{self.format!r} is not a date format: write one like "%d %b %Y"')
        return self


class LinkRule(Strict):
    """Where a page links to what it republishes."""

    css: Selector


class ExtractRules(Strict):
    """How the outlet's pages are read. Selectors are CSS; of several, the first that matches."""

    body: tuple[Selector, ...] = ()
    drop: tuple[Selector, ...] = ()
    title: tuple[Selector, ...] = ()
    published: DateRule | None = None
    origin: LinkRule | None = None


class Politeness(Strict):
    """Seconds between two requests to a host, and requests at once. robots.txt may make it stricter."""

    delay: float = Field(default=1.0, ge=0, le=3600)
    concurrency: int = Field(default=1, ge=1, le=16)


class Schedule(Strict):
    """A fixed interval between looks."""

    every: Duration

    @model_validator(mode="after")
    def _not_too_often(self) -> Schedule:
        if self.every < timedelta(seconds=1):
            raise ValueError("every must be at least 1s")
        return self


class Outlet(Strict):
    """One outlet, as its file says."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")
    name: str = Field(min_length=1)
    kind: OutletKind
    home: Address
    languages: tuple[Language, ...] = Field(min_length=1)
    country: str = Field(pattern=r"^([A-Z]{2}|INT)$")
    timezone: TimeZone = "UTC"
    discover: tuple[Discovery, ...] = Field(min_length=1)
    articles: Articles = Articles()
    extract: ExtractRules = ExtractRules()
    politeness: Politeness = Politeness()
    schedule: Schedule | None = None
    enabled: bool = True

    @property
    def zone(self) -> ZoneInfo:
        """The zone of dates that carry none."""
        return ZoneInfo(self.timezone)


def path_and_query(url: str) -> str:
    """Return what the article rules look at: the path of `url`, and its query if there is one."""
    parts = urlsplit(url)
    return f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
