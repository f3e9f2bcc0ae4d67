"""When a page that failed, or was refused for a reason that may pass, is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

from pipeline.records import PASSING_REFUSALS, Failed, Fault, Rejected

AT_ONCE = 5
"""So many attempts may follow each other as soon as the next look comes."""

MAX_ATTEMPTS = 20
LONGEST = timedelta(days=7)
RULED_OUT = timedelta(days=1)
"""How long a no of robots.txt or of the address guard is taken for granted."""


def next_try(result: Rejected | Failed, attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after `attempts` attempts, this one included; None for never again.

    Failures and passing refusals are due at once for the first five attempts, then after 1, 2, 4, ... hours
    up to seven days, and are given up after twenty. What robots.txt or the address guard forbids is asked
    for again a day later.
    """
    if isinstance(result, Rejected) and result.reason not in PASSING_REFUSALS:
        return None
    if attempts >= MAX_ATTEMPTS:
        return None
    if isinstance(result, Failed) and result.reason in {Fault.ROBOTS, Fault.ADDRESS}:
        return now + RULED_OUT
    if attempts <= AT_ONCE:
        return now
    return now + min(timedelta(hours=2 ** (attempts - AT_ONCE - 1)), LONGEST)
