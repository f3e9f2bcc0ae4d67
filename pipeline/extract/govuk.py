"""Articles that a content API answers as JSON: the shape of the gov.uk content store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any
from urllib.parse import urljoin

from pipeline.errors import PageError
from pipeline.extract.dates import believable, stamp_of
from pipeline.extract.fragments import fragment_lines
from pipeline.extract.language import code
from pipeline.extract.strings import plain
from pipeline.records import Extract, Page, Refusal, Rejected, Stamp

_GONE = frozenset({"redirect", "gone", "vanish", "special_route", "unpublishing"})
_LISTS = frozenset(
    {
        "taxon",
        "organisation",
        "topical_event",
        "document_collection",
        "finder",
        "search",
        "world_index",
        "homepage",
    }
)


def content_of(text: str) -> Mapping[str, Any] | None:
    """Return the answer of a content API, or None where `text` is something else."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    known = isinstance(data, dict) and "document_type" in data and ("details" in data or "base_path" in data)
    return data if known else None


def read_content(data: Mapping[str, Any], page: Page, zone: tzinfo, extractor: str) -> Extract | Rejected:
    """Turn the answer of a content API into an article."""
    kind = str(data.get("document_type"))
    if kind in _GONE or data.get("schema_name") in _GONE:
        return Rejected(Refusal.SOFT_404, f"the document is {kind}")
    title = plain(data.get("title") if isinstance(data.get("title"), str) else "")
    lines = [line for source in _sources(data.get("details")) for line in _lines(source, page.url)]
    if data.get("schema_name") in _LISTS and sum(map(len, lines)) < 400:
        return Rejected(Refusal.LISTING, kind)
    if not lines:
        return Rejected(Refusal.EMPTY, kind)
    summary = data.get("description")
    first = _time(data, "first_published_at", zone) or _time(data, "public_updated_at", zone)
    last = _time(data, "public_updated_at", zone)
    path = data.get("base_path")
    return Extract(
        title=title,
        text="\n".join(line for line in lines if line != title),
        summary=plain(summary) if isinstance(summary, str) else "",
        language=code(str(data.get("locale") or "")),
        published=first if first and believable(first.at, page.fetched_at) else None,
        modified=last.at if last and believable(last.at, page.fetched_at) else None,
        canonical_link=urljoin(page.url, path) if isinstance(path, str) and path.startswith("/") else None,
        extractor=extractor,
    )


def _sources(details: object) -> list[str]:
    """Return the HTML of the body, which is one text or a list of parts with titles."""
    if not isinstance(details, dict):
        return []
    body = details.get("body")
    if isinstance(body, str):
        return [body]
    if isinstance(body, list):
        html = [
            b.get("content") for b in body if isinstance(b, dict) and b.get("content_type") == "text/html"
        ]
        return [h for h in html if isinstance(h, str)]
    parts = details.get("parts")
    return [source for part in parts for source in _part(part)] if isinstance(parts, list) else []


def _part(part: object) -> list[str]:
    if not isinstance(part, dict):
        return []
    title = part.get("title")
    heading = [f"<h2>{title}</h2>"] if isinstance(title, str) else []
    return heading + _sources(part)


def _lines(source: str, url: str) -> list[str]:
    try:
        return fragment_lines(source, url)
    except PageError:
        return []


def _time(data: Mapping[str, Any], name: str, zone: tzinfo) -> Stamp | None:
    value = data.get(name)
    return stamp_of(value, zone, "api") if isinstance(value, str) else None
