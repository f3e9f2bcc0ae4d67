"""What becomes of an offered page: its entry on the frontier after an offer and after an outcome. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from pipeline.errors import StoreError
from pipeline.records import (
    Candidate,
    Deed,
    Failed,
    Known,
    Outcome,
    OutcomeName,
    RecordRef,
    Rejected,
    Unchanged,
    outcome_name,
)
from pipeline.retry import next_try
from pipeline.revisit import Revisit
from storage.hygiene import utc

State = Literal["pending"] | OutcomeName


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that was offered, and where it stands."""

    candidate: Candidate
    first_offered_at: datetime
    state: State = "pending"
    reason: str = ""
    detail: str = ""
    attempts: int = 0
    """Tries in a row that brought no article, the last one included."""
    next_try_at: datetime | None = None
    stated: datetime | None = None
    """The newest time that an offer stated when the page was last fetched."""
    fetched_at: datetime | None = None
    final_url: str | None = None
    article: str | None = None
    record: RecordRef | None = None
    etag: str = ""
    last_modified: str = ""
    """The validators that came with the page when it was last read."""

    def due(self, now: datetime) -> bool:
        """Tell whether the page is to be fetched by `now`."""
        return is_due(self.state, self.next_try_at, now)

    def known(self, now: datetime) -> Known:
        """Return what the spiders are told of it."""
        return Known(article=self.article, stated=self.seen_as_of, due=self.due(now))

    @property
    def seen_as_of(self) -> datetime | None:
        """The time that an offer has to exceed to tell of a change: the one stated, or that of the fetch."""
        return self.stated or self.fetched_at

    @property
    def label(self) -> str:
        """The outcome as it is counted: "new", "rejected:listing"."""
        return f"{self.state}:{self.reason}" if self.reason else self.state


def is_due(state: State, next_try_at: datetime | None, now: datetime) -> bool:
    """Tell whether a page is to be fetched by `now`."""
    return state == "pending" or (next_try_at is not None and next_try_at <= now)


def offered(before: Entry | None, candidate: Candidate, now: datetime) -> Entry:
    """Return the entry of a page that is offered to be fetched.

    One that was fetched keeps its outcome, unless the offer states a newer time than it had then: it is
    to be fetched again, and stays the page of its article.
    """
    if before is None:
        return Entry(candidate=candidate, first_offered_at=now)
    if before.state == "pending":
        return replace(before, candidate=candidate)
    stated, seen = candidate.stated, before.seen_as_of
    if stated is None or (seen is not None and stated <= seen):
        return before
    return replace(before, candidate=candidate, state="pending", reason="", detail="", next_try_at=None)


def settled(before: Entry | None, deed: Deed, outcome: Outcome) -> Entry:
    """Return the entry of a page after its outcome."""
    entry = before or Entry(candidate=deed.candidate, first_offered_at=deed.at)
    times = [t for t in (entry.stated, deed.candidate.stated) if t is not None]
    entry = replace(
        entry,
        candidate=deed.candidate,
        state=outcome_name(outcome),
        stated=utc(max(times)) if times else None,
        fetched_at=deed.at,
        final_url=deed.url,
        record=deed.record,
        etag=deed.etag,
        last_modified=deed.last_modified,
    )
    if isinstance(outcome, Rejected | Failed):
        attempts = entry.attempts + 1
        due = next_try(outcome, attempts, deed.at, waiting=deed.at - entry.first_offered_at)
        reason, detail = outcome.reason.value, outcome.detail
        return replace(entry, reason=reason, detail=detail, attempts=attempts, next_try_at=due)
    detail = outcome.detail if isinstance(outcome, Unchanged) else ""
    return replace(entry, reason="", detail=detail, attempts=0, next_try_at=None, article=outcome.id)


def same(before: Entry, now: datetime) -> tuple[Entry, Outcome]:
    """Return the entry of a page of an article that has not changed since it was read, and its outcome.

    Raises:
        StoreError: it is the page of no article.
    """
    if before.article is None:
        raise StoreError(f"{before.candidate.url}: no article is held for it")
    entry = replace(before, state="unchanged", reason="", detail="", attempts=0, next_try_at=None)
    return replace(entry, fetched_at=now), Unchanged(before.article)


def revisit_of(entry: Entry) -> Revisit:
    """Return what is needed to look at a page again."""
    return Revisit(entry.candidate, entry.etag, entry.last_modified)
