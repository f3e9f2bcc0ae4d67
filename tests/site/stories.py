"""One made-up article: what a page about it shows, and so what has to come out of that page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Story:
    """An article as its writer knows it: the truth against which a crawl is held."""

    slug: str
    title: str
    paragraphs: tuple[str, ...]
    published: datetime
    language: str = "en"
    standfirst: str = ""
    author: str = ""
    source: str = ""
    """Whom the page credits below the text."""
    modified: datetime | None = None

    @property
    def text(self) -> str:
        """The clean text: one paragraph a line."""
        return "\n".join(self.paragraphs)

    @property
    def changed(self) -> datetime:
        """When it was last touched."""
        return self.modified or self.published
