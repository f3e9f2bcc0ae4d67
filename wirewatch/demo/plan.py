"""What the files of a demo outlet say: its pages, its documents, and what should come of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Literal

import yaml
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

CONTENT: Traversable = files("wirewatch.demo").joinpath("content")

Text = Annotated[str, Field(min_length=1)]


class Written(BaseModel):
    """A part of the demo's files."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Story(Written):
    """A page that the outlet offers: an article, or something else at the address of one."""

    id: Text
    paths: tuple[Text, ...] = Field(min_length=1)
    """Its addresses within the site; the first is the canonical one."""
    title: Text
    body: str = ""
    """Paragraphs between blank lines; "## " starts a sub-head, "- " a list item, "> " a quotation."""
    same_body_as: str | None = None
    """Another site's story whose body this one carries word for word, as "harbour_wire/12"."""
    summary: str = ""
    published: AwareDatetime
    modified: AwareDatetime | None = None
    authors: tuple[str, ...] = ()
    credit: str = ""
    """The page's credit line, without its label."""
    credits: tuple[str, ...] = ()
    """Whom the credit line names."""
    origin: str = ""
    """Where the page says it was taken from."""
    section: str = ""
    language: str = "en"
    words: Mapping[str, str] = {}
    """Further fields for the site's templates; markup."""
    template: str = "article.html"
    status: int = 200
    redirect: str | None = None
    """Where the address leads instead of to a page."""
    outcomes: tuple[Text, ...] = Field(default=("new",), min_length=1)
    """What may come of it; the likeliest first."""

    @property
    def is_article(self) -> bool:
        """Tell whether a record should come of it."""
        return self.outcomes[0] in {"new", "duplicate"}


class Document(Written):
    """A feed, sitemap, listing or home page: a template, with a row for each story."""

    path: Text
    template: Text
    rows: str | None = None
    """The template of a row; a document without one lists nothing."""
    section: str | None = None
    """Only the stories of this section."""
    start: int = 0
    count: int = 1000
    address: int = 0
    """Under which of its addresses a story is linked."""
    type: str = "text/html"
    validators: bool = False
    """True where the server sends ETag and Last-Modified, and 304 to who has it."""


class Plan(Written):
    """How the site of an outlet is made."""

    host: Annotated[str, Field(pattern=r"^[a-z]+\.example$")]
    """Its invented host; .example is never a real one (RFC 2606)."""
    charset: str = "utf-8"
    precision: Literal["second", "minute", "day"] | None
    """How exactly its pages and documents tell when an article was published; None where they do not."""
    paragraph: str = "<p>$text</p>"
    heading: str = "<h2>$text</h2>"
    alias: str | None = None
    """Where each story's path is also found, by a redirect: "/feed/view$path"."""
    api: Literal["wordpress", "govuk"] | None = None
    documents: tuple[Document, ...]
    never: tuple[str, ...] = ()
    """Path beginnings that robots.txt forbids: nobody may ask for them."""


def read_text(site: str, name: str) -> str:
    """Return a file of a site's folder."""
    return CONTENT.joinpath(site, name).read_text(encoding="utf-8")


def has(site: str, name: str) -> bool:
    """Tell whether a site's folder has a file of that name."""
    return CONTENT.joinpath(site, name).is_file()


def site_names() -> tuple[str, ...]:
    """Return the names of the demo's sites, which are the ids of its outlets."""
    return tuple(
        sorted(folder.name for folder in CONTENT.iterdir() if folder.joinpath("site.yaml").is_file())
    )


def read_plan(site: str) -> Plan:
    """Return what site.yaml says."""
    return Plan.model_validate(yaml.safe_load(read_text(site, "site.yaml")))


def read_stories(site: str) -> tuple[Story, ...]:
    """Return what stories.yaml says, newest first, bodies taken from elsewhere filled in."""
    stories = tuple(Story.model_validate(entry) for entry in yaml.safe_load(read_text(site, "stories.yaml")))
    return tuple(sorted(map(_with_body, stories), key=_newest_first))


def _with_body(story: Story) -> Story:
    if story.same_body_as is None:
        return story
    site, _, wanted = story.same_body_as.partition("/")
    return story.model_copy(update={"body": next(s.body for s in read_stories(site) if s.id == wanted)})


def _newest_first(story: Story) -> float:
    return -_changed(story).timestamp()


def _changed(story: Story) -> datetime:
    return story.modified or story.published
