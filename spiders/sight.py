"""What a discovery shows at a look, and whether articles may have rolled out of it since the look before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from config.outlet import Discovery, Sitemap
from pipeline.documents import Gap, Remembered, Visit
from pipeline.looks import MOST_WORDS, Seen, Trouble
from pipeline.records import Candidate, Known
from spiders.harvest import label


@dataclass(slots=True)
class Sight:
    """What a discovery has shown so far."""

    discovery: Discovery
    known: Remembered | None = None
    """Its first document as it was at the look before."""
    keys: set[str] = field(default_factory=set)
    newest: datetime | None = None
    oldest: datetime | None = None
    """Of the times of publication that it states."""
    window: int = 0
    ttl: timedelta | None = None
    period: timedelta | None = None
    max_age: timedelta | None = None
    further: str | None = None
    """The page of older articles behind its first one."""
    recalled: int = 0
    """Articles that its unchanged documents offered when they were read."""
    documents_read: int = 0
    documents_recalled: int = 0
    trouble: Trouble | None = None
    detail: str = ""
    unfinished: list[Visit] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    """Of its further documents, those that could not be read, and why."""

    def take(self, candidates: Iterable[Candidate]) -> None:
        """Note what it offers."""
        for one in candidates:
            self.keys.add(one.key)
            if one.published is not None:
                at = one.published.at
                self.newest = at if self.newest is None else max(self.newest, at)
                self.oldest = at if self.oldest is None else min(self.oldest, at)

    def fail(self, trouble: Trouble, words: str) -> None:
        """Note that it cannot be read."""
        self.trouble, self.detail = trouble, words[:MOST_WORDS]

    @property
    def unchanged(self) -> bool:
        """Tell whether every document of it is the same as before."""
        return self.documents_recalled > 0 and self.documents_read == 0

    def recall(self, known: Remembered, *, is_first: bool) -> None:
        """Note that a document of it shows what it showed before."""
        self.documents_recalled += 1
        self.recalled += known.offered
        self.window += known.window or 0
        if is_first:
            self.ttl, self.period = known.ttl, known.period

    def seen(self, known: Mapping[str, Known]) -> Seen:
        """Return what is remembered of it; `known` is what the store knew before the look."""
        return Seen(
            discovery=label(self.discovery),
            trouble=self.trouble,
            detail=self.detail or self._missed_in_words(),
            offered=len(self.keys) + self.recalled,
            fresh=sum(1 for key in self.keys if key not in known),
            unchanged=self.unchanged,
            window=self.window or None,
            ttl=self.ttl,
            period=self.period,
            max_age=self.max_age,
        )

    def _missed_in_words(self) -> str:
        if len(self.missed) <= 1:
            return "".join(self.missed)[:MOST_WORDS]
        return f"{len(self.missed)} of its documents could not be read: {self.missed[0]}"[:MOST_WORDS]

    def reaches_back(self, known: Mapping[str, Known], to: datetime) -> bool:
        """Tell whether it shows articles that were met before, or as old as `to`: nothing lies between."""
        if any(key in known for key in self.keys):
            return True
        return self.oldest is not None and self.oldest <= to


def rolled_over(sight: Sight, known: Mapping[str, Known], now: datetime) -> Gap | None:
    """Return the gap between what a discovery shows and what it showed at the look before; None for none.

    There is one where its oldest article is newer than the newest of the look before, or, where it states
    no times, where all that it shows is new. A sitemap has no window.
    """
    before = sight.known
    if before is None or not before.offered or not sight.keys or isinstance(sight.discovery, Sitemap):
        return None
    after = before.newest or before.read_at
    if sight.reaches_back(known, after):
        return None
    return Gap(label(sight.discovery), after, max(sight.oldest or now, after), now, filled=False)
