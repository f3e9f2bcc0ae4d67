"""Dates as they are written: by machines, by readers, by the formats of a profile."""

# ruff: noqa: E501 - tables of cases are read by rows
from __future__ import annotations

from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.datesources import day_order
from pipeline.extract.datestated import parse_format, parse_stated
from pipeline.extract.datetext import find_dates

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
        ("2023-08-14T15:00:00Z", "2023-08-15T00:00:00+09:00", "day"),
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
        ("یکشنبه ۱ آذر ۱۴۰۵ - ۱۵:۱۴", "2026-11-22T15:14:00+00:00"),
        ("۳۰ اسفند ۱۴۰۳", "2025-03-20T00:00:00+00:00"),
        ("تاریخ انتشار: ۱۴۰۰/۰۱/۰۱ ساعت ۰۸:۰۵", "2021-03-21T08:05:00+00:00"),
        ("۱۲ قوس ۱۴۰۲", "2023-12-03T00:00:00+00:00"),
        ("令和6年3月9日", "2024-03-09T00:00:00+00:00"),
        ("昭和64年1月7日", "1989-01-07T00:00:00+00:00"),
        ("令和元年5月1日 09:30", "2019-05-01T09:30:00+00:00"),
        ("民國113年3月9日", "2024-03-09T00:00:00+00:00"),
        ("March 9, Juche 113 (2024)", "2024-03-09T00:00:00+00:00"),
        ("주체113(2024)년 3월 9일", "2024-03-09T00:00:00+00:00"),
        ("2024년 3월 9일 오후 3:05", "2024-03-09T15:05:00+00:00"),
        ("9 آذار/مارس 2024", "2024-03-09T00:00:00+00:00"),
        ("٩ كانون الثاني ٢٠٢٤", "2024-01-09T00:00:00+00:00"),
        ("ngày 9 tháng 3 năm 2024", "2024-03-09T00:00:00+00:00"),
        ("2024. március 9.", "2024-03-09T00:00:00+00:00"),
        ("Do 25.04.24 | 14:07 Uhr", "2024-04-25T14:07:00+00:00"),
    ],
)
def test_a_date_for_readers_is_read(text: str, at: str) -> None:
    assert [found.moment.at.isoformat() for found in find_dates(text, UTC)] == [at]


@pytest.mark.parametrize(
    "text",
    [
        "In 2023 the council met.",
        "Room 12/14",
        "version 1.2.2020.7",
        "31/31/2023",
        "May the force",
        "release 12.04.24",
        "12 people 2023",
    ],
)
def test_what_is_no_date_is_left(text: str) -> None:
    assert not list(find_dates(text, UTC))


@pytest.mark.parametrize(
    "text", ["۳۰ اسفند ۱۴۰۴", "1402/05/11", "حدود ۱۴۰۰ نفر در ۳ آذر", "۳ آذر ۲۰۲۳۴", "۱۴۰۵/۱۳/۰۱"]
)
def test_what_is_no_day_of_the_solar_calendar_is_left(text: str) -> None:
    assert not [f for f in find_dates(text, UTC) if f.moment.at.year < 2000 or f.end - f.start > 8]


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


def test_a_machines_ambiguous_date_goes_by_the_order_too() -> None:
    moments = [parse_stated("03-09-2024", SEOUL, order) for order in ("mdy", "dmy")]
    assert [(m.at.month, m.at.day, m.ambiguous) for m in moments if m] == [(3, 9, True), (9, 3, True)]


@given(st.text(max_size=120))
def test_no_text_breaks_the_reader(text: str) -> None:
    list(find_dates(text, UTC))
    parse_stated(text, UTC)


@pytest.mark.parametrize("zone", [UTC, SEOUL, timezone(timedelta(hours=-11))])
@pytest.mark.parametrize(
    "written", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT"]
)
def test_the_first_and_the_last_year_of_the_calendar_are_no_dates(written: str, zone: tzinfo) -> None:
    assert parse_stated(written, zone) is None
