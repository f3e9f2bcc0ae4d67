"""When an article that is held is looked at again, to see whether it was changed or taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.records import Candidate

MOST = 30
"""Articles that one look revisits."""


@dataclass(frozen=True, slots=True)
class Revisit:
    """A page that is due to be looked at again, and the validators under which it was read last."""

    candidate: Candidate
    etag: str = ""
    last_modified: str = ""

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for it only if it changed (RFC 9110, 13.1)."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


def is_due_again(first: datetime, last: datetime, now: datetime, spans: Sequence[timedelta]) -> bool:
    """Tell whether a page first met at `first` and last fetched at `last` is to be looked at by `now`.

    It is once after each of `spans` from `first` on; of several that were missed, once for all.
    """
    return any(last < first + span <= now for span in spans)


def oldest(now: datetime, spans: Sequence[timedelta]) -> datetime:
    """Return the time before which a page was first met that is looked at no more, whatever was missed."""
    return now - 2 * max(spans, default=timedelta())
