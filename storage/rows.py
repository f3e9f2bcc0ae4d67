"""How records become rows, and rows become records again. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

from pipeline.records import (
    Article,
    Candidate,
    Change,
    ChangeKind,
    Copy,
    Dropped,
    Held,
    Kept,
    RecordRef,
    Stamp,
)
from storage.frontier import Entry
from storage.groups import Member, Place

Values = dict[str, object]
RowMapping = Mapping[Any, Any]
"""A row by column name; what is in it is checked by the records that are made from it."""


def article_values(article: Article, first_seen_at: datetime) -> Values:
    """Return the columns of an article, but for its id, its revision and its place."""
    return {
        "outlet": article.outlet,
        "outlet_kind": article.outlet_kind,
        "key": article.key,
        "canonical_url": article.canonical_url,
        "url": article.url,
        "title": article.title,
        "summary": article.summary,
        "content_sha256": article.content_sha256,
        "text_sha256": text_sha256(article),
        "language": article.language,
        "authors": list(article.authors),
        **_stamp_values(article.published),
        **_modified_values(article.modified),
        "credits": list(article.credits),
        "origin_url": article.origin_url,
        "origin_name": article.origin_name,
        "credits_others": article.credits_others,
        "first_seen_at": first_seen_at,
        "fetched_at": article.fetched_at,
        "raw_sha256": article.raw_sha256,
        **_record_values(article.record),
        "word_count": article.word_count,
        "extractor": article.extractor,
        "dropped": [[d.text, d.reason] for d in article.dropped],
    }


def text_sha256(article: Article) -> str:
    """Return the name under which an article's text is kept."""
    return sha256(article.text.encode()).hexdigest()


def dated_at(one: Article | Copy, first_seen_at: datetime) -> datetime:
    """Return the time by which an article is filtered: published, or first seen where that is unknown."""
    return first_seen_at if one.published is None else one.published.at


def place_values(place: Place) -> Values:
    """Return the columns of a place among the copies."""
    return {
        "relation": place.relation,
        "duplicate_of": place.duplicate_of,
        "similarity": place.similarity,
        "story": place.story,
        "covered": place.covered,
    }


def change_values(change: Change | None) -> Values:
    """Return the column that says what a revision changed."""
    if change is None:
        return {"change": None}
    return {"change": {"kinds": list(change.kinds), "added": change.added, "removed": change.removed}}


def _change(row: RowMapping) -> Change | None:
    if (told := row["change"]) is None:
        return None
    return Change(tuple(map(ChangeKind, told["kinds"])), told["added"], told["removed"])


def kept(row: RowMapping, addresses: Sequence[tuple[str, str]]) -> Kept:
    """Make the record of a row of `article` or `revision` joined with `text`; `addresses` are (key, url)."""
    article = Article(
        outlet=row["outlet"],
        outlet_kind=row["outlet_kind"],
        key=row["key"],
        url=row["url"],
        canonical_url=row["canonical_url"],
        title=row["title"],
        summary=row["summary"],
        text=row["text"],
        language=row["language"],
        authors=tuple(row["authors"]),
        published=stamp(row),
        modified=_modified(row),
        credits=tuple(row["credits"]),
        origin_url=row["origin_url"],
        origin_name=row["origin_name"],
        fetched_at=row["fetched_at"],
        content_sha256=row["content_sha256"],
        raw_sha256=row["raw_sha256"],
        word_count=row["word_count"],
        extractor=row["extractor"],
        dropped=tuple(Dropped(text, reason) for text, reason in row["dropped"]),
        record=_record(row),
        keys=tuple(key for key, _ in addresses),
        addresses=tuple(url for _, url in addresses),
        credits_others=row["credits_others"],
    )
    found = kept_as(row["id"], article, row["first_seen_at"], row["revision"], place(row))
    return replace(found, change=_change(row))


def kept_as(id_: str, article: Article, first_seen_at: datetime, revision: int, place: Place) -> Kept:
    """Make the record of an article whose `addresses` are all that it was met under, in order."""
    return Kept(
        id=id_,
        article=article,
        first_seen_at=first_seen_at,
        revision=revision,
        urls=tuple(dict.fromkeys(article.addresses)),
        relation=place.relation,
        duplicate_of=place.duplicate_of,
        similarity=place.similarity,
        story=place.story,
        covered=place.covered,
    )


def member(row: RowMapping) -> Member:
    """Make the member of a group from a row of `article`."""
    copy = Copy(
        id=row["id"],
        outlet=row["outlet"],
        title=row["title"],
        published=stamp(row),
        first_seen_at=row["first_seen_at"],
        credits_others=row["credits_others"],
    )
    return Member(copy, place(row), row["wording"])


def held(row: RowMapping) -> Held:
    """Make what a decision needs of a row of `article`."""
    return Held(
        id=row["id"],
        key=row["key"],
        title=row["title"],
        content_sha256=row["content_sha256"],
        revision=row["revision"],
        text=row["text"],
        url=row["url"],
        canonical_url=row["canonical_url"],
    )


def entry_values(entry: Entry) -> Values:
    """Return the columns of a page."""
    candidate = entry.candidate
    return {
        "outlet": candidate.outlet,
        "key": candidate.key,
        "url": candidate.url,
        "offered_by": candidate.offered_by,
        "title": candidate.title,
        "summary": candidate.summary,
        **_stamp_values(candidate.published),
        **_modified_values(candidate.modified),
        "authors": list(candidate.authors),
        "language": candidate.language,
        "stated": entry.stated,
        "state": entry.state,
        "reason": entry.reason,
        "detail": entry.detail,
        "attempts": entry.attempts,
        "next_try_at": entry.next_try_at,
        "first_offered_at": entry.first_offered_at,
        "fetched_at": entry.fetched_at,
        "final_url": entry.final_url,
        "article_id": entry.article,
        "etag": entry.etag,
        "last_modified": entry.last_modified,
        **_record_values(entry.record),
    }


def entry(row: RowMapping) -> Entry:
    """Make the entry of a row of `page`."""
    candidate = Candidate(
        outlet=row["outlet"],
        url=row["url"],
        key=row["key"],
        offered_by=row["offered_by"],
        title=row["title"],
        summary=row["summary"],
        published=stamp(row),
        modified=_modified(row),
        authors=tuple(row["authors"]),
        language=row["language"],
    )
    return Entry(
        candidate=candidate,
        first_offered_at=row["first_offered_at"],
        state=row["state"],
        reason=row["reason"],
        detail=row["detail"],
        attempts=row["attempts"],
        next_try_at=row["next_try_at"],
        stated=row["stated"],
        fetched_at=row["fetched_at"],
        final_url=row["final_url"],
        article=row["article_id"],
        record=_record(row),
        etag=row["etag"] or "",
        last_modified=row["last_modified"] or "",
    )


def _stamp_values(stamp: Stamp | None) -> Values:
    if stamp is None:
        names = ("published_at", "published_offset", "published_precision", "published_signal")
        return dict.fromkeys(names)
    return {
        "published_at": stamp.at,
        "published_offset": _offset(stamp.at),
        "published_precision": stamp.precision,
        "published_signal": stamp.signal,
    }


def stamp(row: RowMapping) -> Stamp | None:
    """Make the time of publication of a row that has one."""
    at = _at_offset(row["published_at"], row["published_offset"])
    return None if at is None else Stamp(at, row["published_precision"], row["published_signal"])


def _modified_values(at: datetime | None) -> Values:
    return {"modified_at": at, "modified_offset": None if at is None else _offset(at)}


def _modified(row: RowMapping) -> datetime | None:
    return _at_offset(row["modified_at"], row["modified_offset"])


def _offset(at: datetime) -> int:
    return int((at.utcoffset() or timedelta()).total_seconds())


def _at_offset(instant: datetime | None, seconds: int | None) -> datetime | None:
    """Return a UTC instant with its offset again; UTC where that falls out of the calendar."""
    if instant is None or not seconds:
        return instant
    try:
        return instant.astimezone(timezone(timedelta(seconds=seconds)))
    except OverflowError:
        return instant.astimezone(UTC)


def _record_values(record: RecordRef | None) -> Values:
    if record is None:
        return dict.fromkeys(("archive_file", "archive_offset", "archive_length"))
    return {
        "archive_file": record.file,
        "archive_offset": record.offset,
        "archive_length": record.length,
    }


def _record(row: RowMapping) -> RecordRef | None:
    if row["archive_file"] is None:
        return None
    return RecordRef(row["archive_file"], row["archive_offset"], row["archive_length"])


def place(row: RowMapping) -> Place:
    """Make what an article is to the others from a row of `article` or `revision`."""
    return Place(row["relation"], row["duplicate_of"], row["similarity"], row["story"], row["covered"])


def met(article: Article, addresses: Sequence[tuple[str, str]]) -> Article:
    """Return `article` with all the (key, url) pairs it was met under."""
    return replace(article, keys=tuple(k for k, _ in addresses), addresses=tuple(u for _, u in addresses))
