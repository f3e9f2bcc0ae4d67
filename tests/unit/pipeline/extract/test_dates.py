"""Dates: how they are read, and which is believed."""

# ruff: noqa: E501 - markup and tables of cases are read by rows
from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.dates import Dated, Trust, believable, choose, day_order
from pipeline.extract.datetext import find_dates, parse_format, parse_stated
from pipeline.records import Precision, Signal, Stamp
from tests.unit.pipeline.extract.pages import BODY, NOW, html, outlet, read

SEOUL = ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize(
    ("written", "at", "precision"),
    [
        ("2023-08-15T09:31:05+09:00", "2023-08-15T09:31:05+09:00", "second"),
        ("2023-08-15T09:31:05Z", "2023-08-15T09:31:05+00:00", "second"),
        ("2023-08-15T09:31:05.123+0200", "2023-08-15T09:31:05+02:00", "second"),
        ("2023-08-15 09:31", "2023-08-15T09:31:00+09:00", "minute"),
        ("2023-08-15", "2023-08-15T00:00:00+09:00", "day"),
        ("2023-08-15T00:00:00Z", "2023-08-15T00:00:00+09:00", "day"),
        ("20230815", "2023-08-15T00:00:00+09:00", "day"),
        ("20230815T093105Z", "2023-08-15T09:31:05+00:00", "second"),
        ("1692059465", "2023-08-15T09:31:05+09:00", "second"),
        ("1692059465000", "2023-08-15T09:31:05+09:00", "second"),
        ("Tue, 15 Aug 2023 09:31:05 GMT", "2023-08-15T09:31:05+00:00", "second"),
        ("August 15, 2023", "2023-08-15T00:00:00+09:00", "day"),
    ],
)
def test_a_date_for_machines_is_read(written: str, at: str, precision: str) -> None:
    moment = parse_stated(written, SEOUL)
    assert moment is not None
    assert (moment.at.isoformat(), moment.precision) == (at, precision)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Last updated on March 3rd, 2021 at 9:05 am", "2021-03-03T09:05:00+00:00"),
        ("09:31 August 20, 2019", "2019-08-20T09:31:00+00:00"),
        ("Published 3 Jun 2023 14:05 GMT+2", "2023-06-03T14:05:00+02:00"),
        ("15 de agosto de 2023", "2023-08-15T00:00:00+00:00"),
        ("Donnerstag, 7. März 2024, 18:30 Uhr", "2024-03-07T18:30:00+00:00"),
        ("le 3 février 2021 à 8h05", "2021-02-03T08:05:00+00:00"),
        ("5 мая 2023 года", "2023-05-05T00:00:00+00:00"),
        ("2023年3月19日 21:15", "2023-03-19T21:15:00+00:00"),
        ("2023년 3월 19일", "2023-03-19T00:00:00+00:00"),
        ("(2025.12.14.)", "2025-12-14T00:00:00+00:00"),
        ("(Juche113.3.9.)", "2024-03-09T00:00:00+00:00"),
        ("Date: 21/06/2022 | Source: A ministry", "2022-06-21T00:00:00+00:00"),
        ("03/19/2023 11:20 PM EST", "2023-03-19T23:20:00-05:00"),
        ("9 Ocak 2024", "2024-01-09T00:00:00+00:00"),
    ],
)
def test_a_date_for_readers_is_read(text: str, at: str) -> None:
    assert [found.moment.at.isoformat() for found in find_dates(text, UTC)] == [at]


@pytest.mark.parametrize(
    "text", ["In 2023 the council met.", "Room 12/14", "version 1.2.2020.7", "31/31/2023", "May the force"]
)
def test_what_is_no_date_is_left(text: str) -> None:
    assert not list(find_dates(text, UTC))


def test_an_ambiguous_date_goes_by_language_and_country() -> None:
    days = {
        order: next(find_dates("03/04/2023", UTC, order)).moment.at.date().isoformat()
        for order in ("dmy", "mdy")
    }
    assert days == {"dmy": "2023-04-03", "mdy": "2023-03-04"}
    assert (day_order("en-US", None), day_order("en-GB", None), day_order("en-US", "KR"), day_order("en", "US")) == (
        "mdy", "dmy", "dmy", "mdy",
    )  # fmt: skip


def test_a_format_is_searched_for_within_the_text() -> None:
    moment = parse_format("Date: 21/06/2022 | Source: A ministry", "%d/%m/%Y", SEOUL)
    assert moment is not None
    assert (moment.at.isoformat(), moment.precision) == ("2022-06-21T00:00:00+09:00", "day")
    timed = parse_format("Posted on Mar 19, 2023 21:05 by the desk", "%b %d, %Y %H:%M", SEOUL)
    assert timed is not None
    assert (timed.at.isoformat(), timed.precision) == ("2023-03-19T21:05:00+09:00", "minute")
    assert parse_format("no date here", "%d/%m/%Y", SEOUL) is None


@given(st.text(max_size=120))
def test_no_text_breaks_the_reader(text: str) -> None:
    list(find_dates(text, UTC))
    parse_stated(text, UTC)


def stamp(at: str, precision: Precision = "second", signal: Signal = "meta") -> Stamp:
    return Stamp(datetime.fromisoformat(at), precision, signal)


def test_the_more_trusted_signal_says_the_day() -> None:
    meta = Dated(stamp("2024-05-01T10:00:00+00:00"), Trust.META)
    jsonld = Dated(stamp("2024-05-02T10:00:00+00:00", signal="jsonld"), Trust.JSONLD)
    assert choose([meta, jsonld]) == jsonld.stamp
    assert choose([]) is None


def test_a_day_gets_its_time_from_another_signal_of_that_day() -> None:
    day = Dated(stamp("2024-05-01T00:00:00+09:00", "day", "feed"), Trust.OFFER)
    same = Dated(stamp("2024-05-01T10:04:00+09:00", "minute", "visible"), Trust.NEAR_TITLE)
    other = Dated(stamp("2024-05-02T10:04:00+09:00", "minute", "visible"), Trust.LABELLED)
    assert choose([day, same, other]) == same.stamp
    assert choose([day, other]) == day.stamp


def test_json_ld_is_named_where_it_says_what_a_selector_found() -> None:
    selected = Dated(stamp("2024-05-01T00:00:00+03:00", "day", "selector"), Trust.SELECTOR)
    same = Dated(stamp("2024-05-01T00:00:00+03:00", "day", "jsonld"), Trust.JSONLD)
    other = Dated(stamp("2024-05-03T00:00:00+03:00", "day", "jsonld"), Trust.JSONLD)
    assert choose([selected, same]) == same.stamp
    assert choose([selected, other]) == selected.stamp


@pytest.mark.parametrize(
    "at",
    [
        "0001-01-01T00:00:00+00:00",
        "1969-12-31T23:59:59+00:00",
        "1970-01-01T00:00:00+00:00",
        "2024-05-13T00:00:00+00:00",
    ],
)
def test_zeros_and_futures_are_no_dates(at: str) -> None:
    assert not believable(datetime.fromisoformat(at), NOW)


def ld(fields: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {fields}}}</script>'


def test_a_naive_time_is_in_the_outlets_zone() -> None:
    head = '<meta property="article:published_time" content="2024-05-01T08:30:00">'
    published = read(html(head=head), outlet()).published
    assert published == stamp("2024-05-01T08:30:00+09:00")


def test_a_false_zero_gives_way_to_the_next_signal() -> None:
    head = (
        ld('"datePublished": "0001-01-01T00:00:00Z"') + '<meta name="pubdate" content="2024-05-01T08:30:00Z">'
    )
    published = read(html(head=head)).published
    assert published is not None
    assert published.signal == "meta"


def test_the_offers_date_stands_behind_the_pages_own_and_before_the_urls() -> None:
    feed = stamp("2024-05-01T12:00:00+00:00", signal="feed")
    own = read(html(head=ld('"datePublished": "2024-04-30T09:00:00Z"')), published=feed).published
    assert own is not None
    assert own.signal == "jsonld"
    url = "https://news.example.org/2024/04/29/harbour"
    assert read(html(), url=url, published=feed).published == feed
    from_url = read(html(), url=url).published
    assert from_url == stamp("2024-04-29T00:00:00+00:00", "day", "url")


def test_a_time_element_at_the_head_is_the_date() -> None:
    body = f'<p class="meta">Posted <time datetime="2024-05-01T10:00:00Z">1 May</time></p>{BODY}'
    assert read(html(body)).published == stamp("2024-05-01T10:00:00+00:00", signal="visible")


@pytest.mark.parametrize(
    "around",
    [
        '<div class="page-clock">May 9, 2024</div>{page}',
        "{page}<footer>© 2024. Printed on 9 May 2024</footer>",
        '{page}<section class="related"><h3>Related</h3><a href="/a">A story</a> <time datetime="2024-05-08">8 May</time></section>',
        '{page}<aside><h2>Archive</h2><a href="/m/202404">April 2024</a></aside>',
        '{page}<img src="/uploads/2024/05/07/quay.jpg">',
    ],
    ids=["page clock", "footer", "related story", "archive", "image path"],
)
def test_dates_that_are_not_the_articles_never_win(around: str) -> None:
    inside = f"<article><h1>Harbour council opens the old quay to ships</h1>{BODY}</article>"
    page = f"<html><head><title>Harbour council opens the old quay to ships</title></head><body>{around.format(page=inside)}</body></html>"
    assert read(page).published is None


def test_last_updated_is_a_change_and_no_publication() -> None:
    extract = read(html(f"<p>Last updated on May 2nd, 2024 at 9:05 am</p>{BODY}"), outlet())
    assert extract.published is None
    assert extract.modified is not None
    assert extract.modified.isoformat() == "2024-05-02T09:05:00+09:00"
    assert "updated" not in extract.text
