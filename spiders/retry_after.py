"""Retry-After: how long a server asks to be left alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 86_400.0
"""Seconds; who asks for more is asked again after a day."""

_SECONDS = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,9})?")


def parse_retry_after(value: str, now: datetime) -> float | None:
    """Read a Retry-After header (RFC 9110, 10.2.3): seconds, or an HTTP-date seen from `now` (aware).

    The answer is in seconds from 0 to `LONGEST`; None where the header says neither. Fractions, which
    the RFC does not know but servers send, are taken; a date without a zone is UTC.
    """
    value = value.strip()
    if _SECONDS.fullmatch(value):
        return min(float(value), LONGEST)
    try:
        date = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    aware = date if date.tzinfo is not None else date.replace(tzinfo=UTC)
    try:
        wait = (aware - now).total_seconds()
    except OverflowError:
        return None
    return min(max(wait, 0.0), LONGEST)
