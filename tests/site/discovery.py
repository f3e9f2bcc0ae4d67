"""The documents in which a made-up outlet offers its articles: feeds, sitemaps, listings, JSON interfaces."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from tests.site.stories import Story


@dataclass(frozen=True, slots=True)
class Entry:
    """A story at the address under which it is offered."""

    url: str
    story: Story


def rss(name: str, home: str, entries: Sequence[Entry]) -> bytes:
    """Write RSS 2.0; an edited item carries a newer atom:updated."""
    items = "".join(
        f"<item><title>{escape(e.story.title)}</title><link>{escape(e.url)}</link>"
        f'<guid isPermaLink="false">{e.story.slug}</guid>'
        f"<pubDate>{format_datetime(e.story.published)}</pubDate>"
        f"<atom:updated>{e.story.changed.isoformat()}</atom:updated>"
        f"<description>{escape(e.story.standfirst)}</description></item>\n"
        for e in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{escape(name)}</title><link>{home}</link><description>News</description>\n{items}</channel></rss>"
    ).encode()


def atom(name: str, home: str, entries: Sequence[Entry]) -> bytes:
    """Write Atom 1.0."""
    items = "".join(
        f"<entry><id>urn:story:{e.story.slug}</id><title>{escape(e.story.title)}</title>"
        f'<link rel="alternate" href="{escape(e.url)}"/><published>{_utc(e.story.published)}</published>'
        f"<updated>{_utc(e.story.changed)}</updated><summary>{escape(e.story.standfirst)}</summary></entry>\n"
        for e in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{home}</id><title>{escape(name)}</title><updated>{_newest(entries)}</updated>\n{items}</feed>"
    ).encode()


def rdf(name: str, home: str, entries: Sequence[Entry]) -> bytes:
    """Write RSS 1.0 with Dublin Core dates."""
    items = "".join(
        f'<item rdf:about="{escape(e.url)}"><title>{escape(e.story.title)}</title>'
        f"<link>{escape(e.url)}</link>"
        f"<dc:date>{e.story.changed.isoformat()}</dc:date></item>\n"
        for e in entries
    )
    seq = "".join(f'<rdf:li resource="{escape(e.url)}"/>' for e in entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{home}"><title>{escape(name)}</title><link>{home}</link>'
        "<description>News</description>"
        f"<items><rdf:Seq>{seq}</rdf:Seq></items></channel>\n{items}</rdf:RDF>"
    ).encode()


def json_feed(name: str, home: str, entries: Sequence[Entry]) -> bytes:
    """Write JSON Feed 1.1."""
    items = [
        {
            "id": e.story.slug,
            "url": e.url,
            "title": e.story.title,
            "summary": e.story.standfirst,
            "date_published": e.story.published.isoformat(),
            "date_modified": e.story.changed.isoformat(),
        }
        for e in entries
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": name,
        "home_page_url": home,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False).encode()


def news_sitemap(name: str, language: str, entries: Sequence[Entry]) -> bytes:
    """Write a sitemap with the news namespace, gzipped."""
    items = "".join(
        f"<url><loc>{escape(e.url)}</loc><lastmod>{e.story.changed.isoformat()}</lastmod><news:news><news:publication>"
        f"<news:name>{escape(name)}</news:name><news:language>{language}</news:language></news:publication>"
        f"<news:publication_date>{e.story.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(e.story.title)}</news:title></news:news></url>\n"
        for e in entries
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{items}</urlset>'
    )
    return gzip.compress(text.encode(), mtime=0)


def sitemap(urls: Sequence[tuple[str, datetime]]) -> bytes:
    """Write a plain sitemap of addresses and when they last changed."""
    items = "".join(f"<url><loc>{escape(u)}</loc><lastmod>{t.isoformat()}</lastmod></url>\n" for u, t in urls)
    return f'<?xml version="1.0"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{items}</urlset>'.encode()


def sitemap_index(children: Sequence[str]) -> bytes:
    """Write a sitemap of sitemaps."""
    items = "".join(f"<sitemap><loc>{escape(u)}</loc></sitemap>" for u in children)
    return f'<?xml version="1.0"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</sitemapindex>'.encode()


def links(hrefs: Sequence[tuple[str, str]]) -> str:
    """Write the content of a listing page: addresses (as relative as they are given) and titles."""
    items = "".join(f'<li><a class="item" href="{escape(h)}">{escape(t)}</a></li>\n' for h, t in hrefs)
    return f'<main><h1>News</h1><ul class="list1">\n{items}</ul><a href="/about/">About</a></main>'


def wordpress(entries: Sequence[Entry]) -> bytes:
    """Write a page of WordPress REST posts; its `_gmt` times have no zone and are UTC."""
    posts = [
        {
            "id": 1000 + number,
            "date": e.story.published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
            "date_gmt": e.story.published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
            "modified_gmt": e.story.changed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
            "slug": e.story.slug,
            "type": "post",
            "status": "publish",
            "link": e.url,
            "title": {"rendered": escape(e.story.title)},
            "excerpt": {
                "rendered": f"<p>{escape(e.story.paragraphs[0][:60])} [&hellip;]</p>\n",
                "protected": False,
            },
            "content": {"rendered": paragraphs(e.story), "protected": False},
        }
        for number, e in enumerate(entries)
    ]
    return json.dumps(posts).encode()


def govuk_search(entries: Sequence[tuple[str, Story]], total: int, start: int) -> bytes:
    """Write an answer of gov.uk's search interface; its links are paths."""
    results = [
        {
            "title": s.title,
            "link": path,
            "description": s.standfirst,
            "public_timestamp": s.changed.isoformat(),
        }
        for path, s in entries
    ]
    return json.dumps({"results": results, "total": total, "start": start}).encode()


def govuk_content(path: str, story: Story) -> bytes:
    """Write a page of gov.uk's content interface."""
    page = {
        "base_path": path,
        "content_id": story.slug,
        "title": story.title,
        "description": story.standfirst,
        "document_type": "press_release",
        "schema_name": "news_article",
        "locale": story.language,
        "first_published_at": story.published.isoformat(),
        "public_updated_at": story.changed.isoformat(),
        "details": {"body": f'<div class="govspeak">{paragraphs(story)}</div>', "change_history": []},
        "links": {},
    }
    return json.dumps(page).encode()


def paragraphs(story: Story) -> str:
    """Write a story's text as HTML."""
    return "\n".join(f"<p>{escape(p, quote=False)}</p>" for p in story.paragraphs)


def _utc(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _newest(entries: Sequence[Entry]) -> str:
    return _utc(max((e.story.changed for e in entries), default=datetime(2026, 1, 1, tzinfo=UTC)))
