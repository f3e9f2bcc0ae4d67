"""Reading Retry-After."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.retry_after import LONGEST, parse_retry_after

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("1.5", 1.5),
        ("999999999999", LONGEST),
        ("Sat, 21 Nov 2026 12:00:30 GMT", 30.0),
        ("Saturday, 21-Nov-26 12:00:30 GMT", 30.0),
        ("Sat, 21 Nov 2026 13:01:00 +0100", 60.0),
        ("Sat, 21 Nov 2026 11:00:00 GMT", 0.0),
        ("Wed, 21 Nov 2096 12:00:00 GMT", LONGEST),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("1e9", None),
        ("١٢", None),
        ("Sat, 99 Nov 2026 12:00:30 GMT", None),
    ],
)
def test_seconds_and_dates_are_read_and_nothing_else(header: str, seconds: float | None) -> None:
    assert parse_retry_after(header, NOW) == seconds


@given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d{1,4} [A-Z][a-z]{2} \d{1,6} \d+:\d+:\d+ ([+-]\d+|GMT)"))
def test_no_header_breaks_it_and_no_wait_is_longer_than_a_day(header: str) -> None:
    wait = parse_retry_after(header, NOW)
    assert wait is None or 0 <= wait <= LONGEST


@given(st.integers(0, 86_400))
def test_a_date_means_the_same_as_the_seconds_until_then(seconds: int) -> None:
    date = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert parse_retry_after(date, NOW) == parse_retry_after(str(seconds), NOW) == seconds
