"""The record that users get: one JSON object an article, as the contract names its fields."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from config.outlet import Articles, Outlet
from pipeline.normalise import clean_line, clean_text, content_sha256, word_count
from pipeline.records import Article, Extract, Kept, Page, Stamp

Record = dict[str, object]

FIELDS = (
    "id", "outlet", "outlet_kind", "url", "canonical_url", "title", "summary", "text", "language", "authors",
    "published_at", "published_precision", "published_from", "modified_at", "credits", "origin_url",
    "origin_name", "first_seen_at", "fetched_at", "content_sha256", "raw_sha256", "revision", "urls",
    "relation", "duplicate_of", "similarity", "covered", "story", "word_count", "extractor",
)  # fmt: skip
"""The fields of an exported record, in order."""


def exported(kept: Kept) -> Record:
    """Return the record of a stored article."""
    return {
        "id": kept.id,
        "outlet": kept.article.outlet,
        "outlet_kind": kept.article.outlet_kind,
        "url": kept.article.url,
        "canonical_url": kept.article.canonical_url,
        **_said(kept.article),
        "first_seen_at": rfc3339(kept.first_seen_at.astimezone(UTC)),
        "fetched_at": rfc3339(kept.article.fetched_at.astimezone(UTC)),
        "content_sha256": kept.article.content_sha256,
        "raw_sha256": kept.article.raw_sha256,
        "revision": kept.revision,
        "urls": list(kept.urls),
        "relation": kept.relation,
        "duplicate_of": kept.duplicate_of,
        "similarity": kept.similarity,
        "covered": kept.covered,
        "story": kept.story,
        "word_count": kept.article.word_count,
        "extractor": kept.article.extractor,
    }


def extracted(extract: Extract, page: Page, outlet: Outlet | None, *, explain: bool) -> Record:
    """Return what `extract` prints of a page that was never stored: what only the store knows is null.

    `explain` adds what decided about body and date, and what was dropped.
    """
    text = clean_text(extract.text)
    url = page.url if urlsplit(page.url).hostname else None
    from pipeline.article import kept_under  # noqa: PLC0415 - who shows what is stored reads no pages

    rules = outlet.articles if outlet else Articles()
    known: Record = {
        "outlet": outlet.id if outlet else None,
        "outlet_kind": outlet.kind if outlet else None,
        "url": url,
        "canonical_url": kept_under(page.url, extract.canonical_link, rules) if url else None,
        **_said(extract),
        "text": text,
        "fetched_at": rfc3339(page.fetched_at.astimezone(UTC)),
        "content_sha256": content_sha256(text),
        "raw_sha256": sha256(page.body).hexdigest(),
        "urls": [url] if url else [],
        "word_count": word_count(text),
        "extractor": extract.extractor,
    }
    record = {name: known.get(name) for name in FIELDS}
    if explain:
        record["reasons"] = list(extract.reasons)
        record["dropped"] = [{"text": block.text, "reason": block.reason} for block in extract.dropped]
    return record


def rfc3339(time: datetime) -> str:
    """Write a time as RFC 3339; whole seconds without a fraction."""
    return time.isoformat(timespec="milliseconds" if time.microsecond else "seconds")


def _said(source: Article | Extract) -> Record:
    """Return what a page says, under the names of the contract."""
    return {
        "title": clean_line(source.title),
        "summary": clean_text(source.summary),
        "text": source.text,
        "language": source.language,
        "authors": list(source.authors),
        **_published(source.published),
        "modified_at": rfc3339(source.modified) if source.modified else None,
        "credits": list(source.credits),
        "origin_url": source.origin_url,
        "origin_name": source.origin_name,
    }


def _published(stamp: Stamp | None) -> Record:
    return {
        "published_at": rfc3339(stamp.at) if stamp else None,
        "published_precision": stamp.precision if stamp else None,
        "published_from": stamp.signal if stamp else None,
    }
