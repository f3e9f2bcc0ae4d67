"""When a document need not be read again, and when its server is not believed."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pipeline.documents import (
    FULL_EVERY,
    Answered,
    Remembered,
    conditions,
    digest,
    is_unchanged,
    read_anew,
    seen_again,
)

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
READER = "rules"
KNOWN = Remembered(
    url="https://example.org/rss",
    read_at=NOW,
    reader=READER,
    etag='"a"',
    last_modified="Mon, 01 Jun 2026 11:00:00 GMT",
    sha256=digest(b"one"),
    offered=3,
)
SOON = NOW + timedelta(minutes=5)


def answered(body: bytes, *, status: int = 200, asked: bool = False, etag: str = '"a"') -> Answered:
    return Answered(status, etag, KNOWN.last_modified, body, asked)


def test_validators_are_sent_as_they_came() -> None:
    assert conditions(KNOWN, READER, SOON) == {
        "If-None-Match": '"a"',
        "If-Modified-Since": "Mon, 01 Jun 2026 11:00:00 GMT",
    }
    assert conditions(replace(KNOWN, etag=""), READER, SOON).keys() == {"If-Modified-Since"}


def test_a_document_is_asked_for_in_full_when_there_is_a_reason() -> None:
    assert conditions(None, READER, SOON) == {}
    assert conditions(KNOWN, "other rules", SOON) == {}
    assert conditions(replace(KNOWN, lies=True), READER, SOON) == {}
    assert conditions(KNOWN, READER, NOW + FULL_EVERY) == {}


def test_304_and_the_same_body_mean_that_nothing_changed() -> None:
    assert is_unchanged(KNOWN, READER, answered(b"", status=304, asked=True))
    assert is_unchanged(KNOWN, READER, answered(b"one"))
    assert not is_unchanged(KNOWN, READER, answered(b"two"))
    assert not is_unchanged(KNOWN, "other rules", answered(b"one"))
    assert not is_unchanged(KNOWN, READER, answered(b"", status=304))
    assert not is_unchanged(KNOWN, READER, answered(b"one", status=503))
    assert not is_unchanged(None, READER, answered(b"one"))


def test_a_304_does_not_put_off_the_next_full_look() -> None:
    assert seen_again(KNOWN, answered(b"", status=304, asked=True), SOON).read_at == NOW
    assert seen_again(KNOWN, answered(b"one"), SOON).read_at == SOON


def test_another_body_under_the_same_validators_is_a_lie() -> None:
    fresh = Remembered(KNOWN.url, SOON, READER)
    liar = read_anew(KNOWN, fresh, answered(b"two"))
    assert liar.lies
    assert conditions(liar, READER, SOON) == {}
    assert read_anew(liar, fresh, answered(b"three", etag='"b"')).lies
    assert not read_anew(KNOWN, fresh, answered(b"two", etag='"b"')).lies
    assert not read_anew(KNOWN, fresh, answered(b"two", asked=True)).lies
    assert not read_anew(replace(KNOWN, etag="", last_modified=""), fresh, answered(b"two")).lies


def test_the_time_of_compression_is_no_change() -> None:
    one, other = (gzip.compress(b"<rss/>" * 100, mtime=time) for time in (1, 2))
    assert one != other
    assert digest(one) == digest(other)
    assert digest(gzip.compress(b"<rss>" * 100, mtime=1)) != digest(one)
