"""Documents for the tests of the readers."""

from __future__ import annotations

from spiders.offers import Document


def document(
    body: str | bytes,
    *,
    url: str = "https://news.example/feed.xml",
    status: int = 200,
    page: int = 1,
    **headers: str,
) -> Document:
    """Return a document; a header "content_type" is sent as Content-Type."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Document(url, status, named, body.encode() if isinstance(body, str) else body, page)


def rss(*items: str, head: str = "", attributes: str = "") -> str:
    """Return an RSS feed of items written without their `<item>`."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    start = f'<?xml version="1.0"?><rss version="2.0" {attributes}><channel><title>News</title>'
    return f"{start}{head}{inside}</channel></rss>"


def atom(*entries: str, attributes: str = "") -> str:
    """Return an Atom feed of entries written without their `<entry>`."""
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>News</title>{inside}</feed>'


def urlset(*urls: str) -> str:
    """Return a sitemap of entries written without their `<url>`."""
    inside = "".join(f"<url>{url}</url>" for url in urls)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">{inside}</urlset>'
    )
