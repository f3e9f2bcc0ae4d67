"""What a database can hold: text without NUL and lone surrogates, keys of bounded length, instants in UTC."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from operator import is_
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
    cleaned = _clean_strings(candidate)
    return replace(cleaned, key=bounded_key(cleaned.key), content=None)


def clean_article(article: Article) -> Article:
    """Return `article` with all its strings fit for a database."""
    cleaned = _clean_strings(article)
    same = (cleaned.title, cleaned.summary, cleaned.text) == (article.title, article.summary, article.text)
    return replace(
        cleaned,
        traits=article.traits if same else None,
        key=bounded_key(cleaned.key),
        keys=tuple(map(bounded_key, cleaned.keys)),
        fetched_at=utc(article.fetched_at),
    )


_MADE_BY_US = frozenset({"sightings", "traits", "record", "content"})


def _clean_strings(record: Record) -> Record:
    """Return a record with what needs it cleaned; most need nothing, and are returned as they are."""
    changed: dict[str, Any] = {}
    for field in fields(record):
        if field.name not in _MADE_BY_US:
            before = getattr(record, field.name)
            if (after := _cleaned(before)) is not before:
                changed[field.name] = after
    return replace(record, **changed) if changed else record


def _cleaned(value: object) -> object:
    match value:
        case str():
            return clean(value)
        case tuple() | Dropped():
            parts = value if isinstance(value, tuple) else (value.text, value.reason)
            cleaned = tuple(map(_cleaned, parts))
            if all(map(is_, cleaned, parts)):
                return value
            return cleaned if isinstance(value, tuple) else Dropped(*map(str, cleaned))
        case datetime():
            return _in_calendar(value)
        case Stamp():
            at = _in_calendar(value.at)
            return value if at is value.at else replace(value, at=at)
        case _:
            return value


def _in_calendar(at: datetime) -> datetime:
    """Keep `at` with its offset where its instant exists in UTC; else the nearest that does."""
    instant = utc(at)
    return at if instant == at else instant
