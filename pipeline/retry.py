"""When a page that failed, or was refused for a reason that may pass, is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

from pipeline.records import PASSING_REFUSALS, Failed, Fault, Rejected

AT_ONCE = 5
"""So many attempts may follow each other as soon as the next look comes."""

MAX_ATTEMPTS = 20
LONGEST = timedelta(days=7)
_SHORTEST = timedelta(seconds=10)
RULED_OUT = timedelta(days=1)
"""How long a no of robots.txt or of the address guard is taken for granted."""


def next_try(
    result: Rejected | Failed, attempts: int, now: datetime, *, waiting: timedelta = LONGEST
) -> datetime | None:
    """Return when to try again after `attempts` attempts, this one included; None for never again.

    Failures and passing refusals are due at once for the first five attempts, then after 1, 2, 4, ... hours
    up to seven days, and are given up after twenty. No wait is longer than the page has been waiting for
    so far (`waiting`, since it was first offered): an outlet that is looked at every minute makes its first
    attempts in minutes, and must not wait an hour for what is over in two. What robots.txt or the address
    guard forbids is asked for again a day later.
    """
    if isinstance(result, Rejected) and result.reason not in PASSING_REFUSALS:
        return None
    if attempts >= MAX_ATTEMPTS:
        return None
    if isinstance(result, Failed) and result.reason in {Fault.ROBOTS, Fault.ADDRESS}:
        return now + RULED_OUT
    if attempts <= AT_ONCE:
        return now
    return now + min(timedelta(hours=2 ** (attempts - AT_ONCE - 1)), LONGEST, max(waiting, _SHORTEST))
