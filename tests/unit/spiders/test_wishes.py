"""What servers say about when to come again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders import feed, wishes
from tests.unit.spiders.documents import document

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("60", HOUR),
        (" 15 ", HOUR / 4),
        ("0", None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("9" * 9, WEEK),
    ],
)
def test_ttl_is_in_minutes(text: str, span: timedelta | None) -> None:
    assert wishes.ttl(text) == span


@pytest.mark.parametrize(
    ("period", "frequency", "span"),
    [
        ("hourly", "1", HOUR),
        ("Hourly", "4", HOUR / 4),
        ("daily", "", DAY),
        ("daily", "0", DAY),
        ("hourly", "0.1", 10 * HOUR),
        ("yearly", "1", WEEK),
        ("", "4", None),
        ("now and then", "1", None),
    ],
)
def test_the_period_is_divided_by_the_frequency(period: str, frequency: str, span: timedelta | None) -> None:
    assert wishes.period(period, frequency) == span


@pytest.mark.parametrize(
    ("header", "age", "span"),
    [
        ("max-age=3600", "", HOUR),
        ('public, MAX-AGE="3600"', "", HOUR),
        ("max-age=3600", "1800", HOUR / 2),
        ("max-age=300", "301", None),
        ("s-maxage=3600", "", None),
        ("no-cache", "", None),
        ("max-age=999999999", "", WEEK),
        ("max-age=x", "", None),
    ],
)
def test_an_answer_is_fresh_for_its_max_age_less_its_age(
    header: str, age: str, span: timedelta | None
) -> None:
    assert wishes.max_age(header, age) == span


@given(st.text(), st.text())
def test_no_words_break_it(one: str, other: str) -> None:
    for span in (wishes.ttl(one), wishes.period(one, other), wishes.max_age(one, other)):
        assert span is None or timedelta() < span <= WEEK


def test_a_feed_says_its_window_and_its_wishes() -> None:
    body = """<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>
        <title>News</title><ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>
        <sy:updateFrequency>2</sy:updateFrequency>
        <item><link>https://example.org/a</link></item><item><title>No link</title></item>
        </channel></rss>"""
    answer = feed.read(document(body), "UTC")
    assert (answer.window, answer.ttl, answer.period) == (2, HOUR / 2, HOUR / 2)
