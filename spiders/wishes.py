"""What servers say about when to come again: `ttl`, the syndication module, Cache-Control."""

from __future__ import annotations

import re
from datetime import timedelta

LONGEST = timedelta(days=7)
"""Who asks for more is asked again after a week."""

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_MAX_AGE = re.compile(r'(?:\A|[,\s])max-age\s*=\s*"?([0-9]{1,9})', re.IGNORECASE)


def ttl(text: str) -> timedelta | None:
    """Read the `ttl` of a channel (RSS 2.0): minutes for which it can be cached; None where it says none."""
    minutes = _number(text)
    return min(timedelta(minutes=minutes), LONGEST) if minutes else None


def period(period: str, frequency: str) -> timedelta | None:
    """Read `sy:updatePeriod` by `sy:updateFrequency` (RSS 1.0, module "syndication"): from update to update.

    None where no period is given: the module's own default, a day, is meant by nobody who left it out.
    """
    base = _PERIODS.get(period.strip().lower())
    if base is None:
        return None
    return min(base / max(_number(frequency) or 1.0, 0.01), LONGEST)


def max_age(cache_control: str, age: str) -> timedelta | None:
    """Read for how long an answer stays fresh (RFC 9111, 4.2): `max-age` less the time it lay in caches.

    None where it says nothing, or is stale already.
    """
    found = _MAX_AGE.search(cache_control)
    if found is None:
        return None
    fresh = timedelta(seconds=int(found[1])) - timedelta(seconds=_number(age) or 0.0)
    return min(fresh, LONGEST) if fresh > timedelta() else None


def _number(text: str) -> float | None:
    text = text.strip()
    return float(text) if _NUMBER.fullmatch(text) else None
