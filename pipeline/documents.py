"""What is remembered of the documents that discoveries are read from, so that the next look can be cheap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

FULL_EVERY = timedelta(hours=6)
"""After so long a document is asked for without conditions: a server that lies with 304 is found out then."""
MOST_UNFINISHED = 50
MOST_TRIES = 10
"""Looks at which a page that could not be read is asked for again."""

_GZIP = b"\x1f\x8b"
_GZIP_HEAD = 10  # RFC 1952, 2.3: with the time of compression, which says nothing of the content


@dataclass(frozen=True, slots=True)
class Visit:
    """A document to ask for."""

    url: str
    page: int = 1
    depth: int = 0
    tries: int = 0
    """Looks at which it was asked for in vain."""

    @property
    def is_first(self) -> bool:
        """It is the one that the outlet file names."""
        return self.page == 1 and self.depth == 0


@dataclass(frozen=True, slots=True)
class Remembered:
    """A document as it was when it was last read."""

    url: str
    """As it was asked for."""
    read_at: datetime
    """When its body was last had, read or found to be the same."""
    reader: str
    """A digest of all that its reading depends on."""
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    lies: bool = False
    """Its server was caught saying 304 of a document that had changed."""
    offered: int = 0
    window: int | None = None
    ttl: timedelta | None = None
    period: timedelta | None = None
    newest: datetime | None = None
    """The newest time of publication that it stated."""
    follow: tuple[str, ...] = ()
    """The documents that it leads to."""
    unfinished: tuple[Visit, ...] = ()
    """Documents behind it that could not be read."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A span of time from which articles may have rolled out of a discovery before a look saw them."""

    discovery: str
    after: datetime
    before: datetime
    noticed_at: datetime
    filled: bool
    """Another discovery of the outlet reached back beyond it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a server answered, as far as it tells whether a document changed."""

    status: int
    etag: str
    last_modified: str
    body: bytes
    asked_with_conditions: bool


def conditions(known: Remembered | None, reader: str, now: datetime) -> dict[str, str]:
    """Return the headers that ask for a document only if it changed (RFC 9110, 13.1.2 and 13.1.3).

    None are sent where nothing is known, where it would be read in another way than before, where its
    server has lied, and after `FULL_EVERY`.
    """
    if known is None or known.reader != reader or known.lies or abs(now - known.read_at) >= FULL_EVERY:
        return {}
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def is_unchanged(known: Remembered | None, reader: str, answered: Answered) -> bool:
    """Tell whether a document is the one that was read before, so that it need not be read again."""
    if known is None or known.reader != reader:
        return False
    if answered.status == 304:
        return answered.asked_with_conditions
    return answered.status == 200 and digest(answered.body) == known.sha256


def seen_again(known: Remembered, answered: Answered, now: datetime) -> Remembered:
    """Return what is remembered of a document that `is_unchanged`."""
    if answered.status == 304:
        return known
    return replace(known, read_at=now, etag=answered.etag, last_modified=answered.last_modified)


def read_anew(known: Remembered | None, fresh: Remembered, answered: Answered) -> Remembered:
    """Return what is remembered of a document that was read and is not the one before.

    Where the server still gives the validators under which it had another body, it would have said 304:
    its word is not taken any more.
    """
    marks = (answered.etag, answered.last_modified)
    lied = (
        known is not None
        and any(marks)
        and not answered.asked_with_conditions
        and marks == (known.etag, known.last_modified)
        and known.sha256 != digest(answered.body)
    )
    return replace(
        fresh,
        etag=answered.etag,
        last_modified=answered.last_modified,
        sha256=digest(answered.body),
        lies=lied or (known is not None and known.lies),
    )


def digest(body: bytes) -> str:
    """Return the SHA-256 of a body as transferred; of a gzip member, without the time of its making."""
    content = body[_GZIP_HEAD:] if body.startswith(_GZIP) else body
    return sha256(content).hexdigest()
