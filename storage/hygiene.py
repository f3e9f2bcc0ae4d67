"""What a database can hold: text without NUL and lone surrogates, keys of bounded length, instants in UTC."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from pipeline.records import Article, Candidate, Deed, Dropped, Failed, Rejected, Stamp
from pipeline.urls import bounded_key

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_LATEST = datetime.max.replace(tzinfo=UTC)

Record = TypeVar("Record", Article, Candidate)


def clean(text: str) -> str:
    """Return `text` without NUL; surrogate pairs are joined and lone surrogates become U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def utc(at: datetime) -> datetime:
    """Return the instant `at` (aware) in UTC; at the ends of the calendar, the last instant there is."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} carries no time zone")
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return _EARLIEST if at.year == 1 else _LATEST


def clean_deed(deed: Deed) -> Deed:
    """Return `deed` with all its strings fit for a database and its instant in UTC."""
    match deed.result:
        case Article():
            result: Article | Rejected | Failed = clean_article(deed.result)
        case Rejected() | Failed():
            result = replace(deed.result, detail=clean(deed.result.detail))
    url = None if deed.url is None else clean(deed.url)
    candidate = clean_candidate(deed.candidate)
    cleaned = replace(deed, etag=clean(deed.etag), last_modified=clean(deed.last_modified))
    return replace(cleaned, candidate=candidate, result=result, at=utc(deed.at), url=url)


def clean_candidate(candidate: Candidate) -> Candidate:
    """Return `candidate` with all its strings fit for a database, without its content."""
    return _clean_strings(replace(candidate, key=bounded_key(clean(candidate.key)), content=None))


def clean_article(article: Article) -> Article:
    """Return `article` with all its strings fit for a database."""
    cleaned = _clean_strings(replace(article, sightings=(), traits=None))
    same = (cleaned.title, cleaned.summary, cleaned.text) == (article.title, article.summary, article.text)
    return replace(
        cleaned,
        sightings=article.sightings,
        traits=article.traits if same else None,
        key=bounded_key(clean(article.key)),
        keys=tuple(bounded_key(clean(key)) for key in article.keys),
        dropped=tuple(Dropped(clean(d.text), clean(d.reason)) for d in article.dropped),
        fetched_at=utc(article.fetched_at),
    )


def _clean_strings(record: Record) -> Record:
    cleaned: dict[str, Any] = {f.name: _cleaned(getattr(record, f.name)) for f in fields(record)}
    return replace(record, **cleaned)


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(part) for part in value)
    if isinstance(value, datetime):
        return _in_calendar(value)
    if isinstance(value, Stamp):
        return replace(value, at=_in_calendar(value.at))
    return value


def _in_calendar(at: datetime) -> datetime:
    """Keep `at` with its offset where its instant exists in UTC; else the nearest that does."""
    instant = utc(at)
    return at if instant == at else instant
