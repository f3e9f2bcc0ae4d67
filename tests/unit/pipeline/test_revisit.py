"""When an article is looked at again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.revisit import is_due_again

START = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SPANS = (HOUR, 6 * HOUR, 24 * HOUR, 72 * HOUR)


def test_an_article_is_looked_at_once_after_each_span() -> None:
    last, visits = START, []
    for minute in range(0, 100 * 60, 10):
        now = START + timedelta(minutes=minute)
        if is_due_again(START, last, now, SPANS):
            visits.append((now - START) / HOUR)
            last = now
    assert visits == [1, 6, 24, 72]


def test_visits_that_were_missed_are_made_up_for_by_one() -> None:
    late = START + 30 * HOUR
    assert is_due_again(START, START, late, SPANS)
    assert not is_due_again(START, late, late + HOUR, SPANS)


@given(st.timedeltas(timedelta(0), timedelta(days=60)))
def test_without_spans_no_article_is_looked_at_again(after: timedelta) -> None:
    assert not is_due_again(START, START, START + after, ())
