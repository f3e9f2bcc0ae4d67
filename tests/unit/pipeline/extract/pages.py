"""Pages and outlets that the extraction tests are written with."""

# ruff: noqa: E501 - markup and tables of cases are read by rows
from __future__ import annotations

from datetime import UTC, datetime

from config.outlet import Outlet
from pipeline.extract import extract_page
from pipeline.records import Candidate, Extract, Page, Rejected, Stamp

NOW = datetime(2024, 5, 10, 12, tzinfo=UTC)
URL = "https://news.example.org/world/harbour-talks"
PARAGRAPHS = (
    "The harbour council voted on Tuesday to open the old quay to passenger ships for the first time in years.",
    "Members had argued for months over the cost of dredging, which an engineer put at four million in spring.",
    "“We have waited long enough,” said the mayor, who promised that the first ferry would sail before autumn.",
    "Fishermen on the northern shore fear that the traffic will drive away the herring on which they depend.",
)
BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
TEXT = "\n".join(PARAGRAPHS)
TITLE = "Harbour council opens the old quay to ships"


def html(body: str = BODY, *, head: str = "", title: str = TITLE, lang: str = "en") -> str:
    """Write a page around the inside of an article."""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><header><nav><a href='/'>Home</a> <a href='/world'>World</a></nav></header>"
        f"<main><article><h1>{title}</h1>{body}</article></main></body></html>"
    )


def outlet(**changes: object) -> Outlet:
    """Make an outlet in Seoul with whatever extraction rules a test needs."""
    fields: dict[str, object] = {
        "id": "example",
        "name": "Example News",
        "kind": "newspaper",
        "home": "https://news.example.org/",
        "languages": ["en"],
        "country": "KR",
        "timezone": "Asia/Seoul",
        "discover": [{"feed": "https://news.example.org/rss.xml"}],
    }
    return Outlet.model_validate(fields | changes)


def page(
    source: str | bytes,
    *,
    url: str = URL,
    content_type: str = "text/html; charset=utf-8",
    published: Stamp | None = None,
    content: str | None = None,
    title: str | None = None,
) -> Page:
    """Make a fetched page."""
    candidate = Candidate("example", url, url, "feed", title=title, published=published, content=content)
    body = source if isinstance(source, bytes) else source.encode()
    return Page(candidate, url, 200, (("Content-Type", content_type),), body, NOW)


def read(source: str | bytes, rules: Outlet | None = None, **how: object) -> Extract:
    """Extract a page that is an article."""
    result = extract_page(page(source, **how), rules)  # type: ignore[arg-type]
    assert isinstance(result, Extract), result
    return result


def refused(source: str | bytes, **how: object) -> Rejected:
    """Extract a page that is no article."""
    result = extract_page(page(source, **how), None)  # type: ignore[arg-type]
    assert isinstance(result, Rejected), result
    return result
