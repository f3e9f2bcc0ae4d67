"""What is remembered of a look at an outlet: the facts that cadence, health and logs are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

MOST_WORD_COUNTS = 50
MOST_SHUT = 100
MOST_WORDS = 300
"""Characters that are kept of a problem."""


class Trouble(StrEnum):
    """Why a document could not be read, as far as the operator would do something else about it."""

    DOWN = "down"
    """No answer, or 5xx."""
    BLOCKED = "blocked"
    """401, 403, 429, 451, robots.txt, a page that keeps robots out."""
    BROKEN = "broken"
    """Another status, or not what it should be."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A discovery as it was met at one look."""

    discovery: str
    """As "feed https://example.org/rss.xml"."""
    trouble: Trouble | None = None
    """None where it could be read."""
    detail: str = ""
    """The trouble in words; without one, which of its further documents could not be read, if any."""
    offered: int = 0
    """Articles that it offers and the rules accept."""
    fresh: int = 0
    """Of these, the ones that no look had met before."""
    unchanged: bool = False
    """The document is the same as at the look before."""
    window: int | None = None
    """Items that it shows, where it shows only the latest: a feed."""
    ttl: timedelta | None = None
    period: timedelta | None = None
    max_age: timedelta | None = None
    """What its server said about when to come again: `pipeline.cadence.Wishes`."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one outlet."""

    outlet: str
    at: datetime
    """When it began."""
    seconds: float = 0.0
    looked: bool = False
    """At least one discovery could be read."""
    whole: bool = True
    """False where it was broken off: it tells nothing of what it did not see."""
    seen: tuple[Seen, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)
    """Every page by outcome and reason, as `{"new": 3, "rejected:listing": 1}`."""
    firsts: Mapping[str, int] = field(default_factory=dict)
    """Of these, the ones that were tried for the first time."""
    refused: int = 0
    """Of `firsts`, the ones that a server did not let us have: 401, 403, 429, 451, a block page."""
    words: tuple[int, ...] = ()
    """The word counts of texts that came for the first time, at most `MOST_WORD_COUNTS`."""
    problems: tuple[str, ...] = ()
    not_before: datetime | None = None
    """Until when a server asked to be left alone (RFC 9110, 10.2.3)."""
    shut: Mapping[str, datetime] = field(default_factory=dict)
    """Hosts that asked everybody to stay away (429) as it ended, and until when: at most `MOST_SHUT`."""

    @property
    def brought(self) -> int:
        """Articles that are new to us."""
        return sum(self.pages.get(name, 0) for name in ("new", "duplicate"))
