from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Stamp
from spiders.dates import later, parse, without_a_constant_clock

SEOUL = ZoneInfo("Asia/Seoul")
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("Thu, 06 Feb 2025 23:41:21 +0000", "2025-02-06T23:41:21+00:00", "second"),
        ("Thu, 6 Feb 25 23:41 EST", "2025-02-06T23:41:00-05:00", "minute"),
        ("Thu,06 Feb 2025 14:30:00 PST", "2025-02-06T14:30:00-08:00", "second"),
        ("Feb 06 2025 10:00 PM", "2025-02-06T22:00:00+09:00", "minute"),
        ("Thursday, February 6, 2025 - 14:30", "2025-02-06T14:30:00+09:00", "minute"),
        ("Thu Feb 06 2025 23:41:21 GMT+0300 (Moscow Standard Time)", "2025-02-06T23:41:21+03:00", "second"),
        ("Thu Feb  6 23:41:21 UTC 2025", "2025-02-06T23:41:21+00:00", "second"),
        ("Seg, 24 Set 2018 19:42:40 -0300", "2018-09-24T19:42:40-03:00", "second"),
        ("06 Feb 2025 23:41:21", "2025-02-06T23:41:21+09:00", "second"),
        ("2025-02-06T10:00:30.123Z", "2025-02-06T10:00:30+00:00", "second"),
        ("2025-02-06T10:00+02:00", "2025-02-06T10:00:00+02:00", "minute"),
        ("2025-02-06 10:00:30", "2025-02-06T10:00:30+09:00", "second"),
        ("20250206T101112Z", "2025-02-06T10:11:12+00:00", "second"),
        ("2025년 02월 06일 10:30", "2025-02-06T10:30:00+09:00", "minute"),
        ("06.02.2025 10:30", "2025-02-06T10:30:00+09:00", "minute"),
        ("Thu, 06 Feb 2025 23:59:60 GMT", "2025-02-06T23:59:59+00:00", "second"),
        ("2025-02-06", "2025-02-06T00:00:00+09:00", "day"),
        ("Thu, 06 Feb 2025", "2025-02-06T00:00:00+09:00", "day"),
    ],
)
def test_a_date_is_read_with_its_offset_and_precision(text: str, expected: str, precision: str) -> None:
    found = parse(text, SEOUL)
    assert found is not None
    assert (found[0].isoformat(), found[1]) == (expected, precision)


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "2025", "2025-02", "Feb 2025", "2025-02-30", "Thu, 06 Feb 2025 25:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT", "0001-01-01T00:00:00Z", "Wed, 30 Nov -0001 00:00:00 +0000",
        "0000-00-00T00:00:00", "9999-12-31T23:59:59Z", "Thu, 06 Feb 2025 10:00:00 +9999",
    ],
)  # fmt: skip
def test_what_is_no_date_or_the_date_of_nobody_knows_is_none(text: str) -> None:
    assert parse(text, SEOUL) is None


@pytest.mark.parametrize(
    ("zone", "name", "offset"),
    [
        ("Asia/Shanghai", "CST", 8),
        ("America/Chicago", "CST", -6),
        ("Asia/Kolkata", "IST", 5.5),
        ("Asia/Seoul", "CST", -6),
    ],
)
def test_a_zone_name_means_what_it_means_where_the_outlet_is(zone: str, name: str, offset: float) -> None:
    found = parse(f"Thu, 06 Feb 2025 10:00:00 {name}", ZoneInfo(zone))
    assert found is not None
    assert found[0].utcoffset() == timedelta(hours=offset)


@given(st.text(max_size=200))
def test_any_text_gives_an_aware_time_or_none(text: str) -> None:
    found = parse(text, SEOUL)
    assert found is None or found[0].utcoffset() is not None


@given(st.datetimes(datetime(1971, 1, 1), datetime(2099, 1, 1)), st.integers(-720, 840))  # noqa: DTZ001
def test_every_iso_time_is_read_back(moment: datetime, minutes: int) -> None:
    at = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert parse(at.isoformat(), SEOUL) == (at, "second")
    assert parse(at.strftime("%a, %d %b %Y %H:%M:%S %z"), SEOUL) == (at, "second")


def stamps(*times: str) -> list[Stamp | None]:
    return [Stamp(datetime.fromisoformat(time), "second", "feed") for time in times]


def test_a_clock_that_never_moves_leaves_days() -> None:
    noon = stamps("2025-02-06T12:00:00+00:00", "2025-02-05T12:00:00+00:00", "2025-02-05T12:00:00+00:00")
    days = without_a_constant_clock([*noon, None], NEW_YORK)
    assert [stamp and (stamp.at.isoformat(), stamp.precision) for stamp in days] == [
        ("2025-02-06T00:00:00-05:00", "day"),
        ("2025-02-05T00:00:00-05:00", "day"),
        ("2025-02-05T00:00:00-05:00", "day"),
        None,
    ]


def test_local_midnight_is_a_day_whatever_offset_it_is_written_with() -> None:
    utc = stamps("2025-03-07T05:00:00+00:00", "2025-03-08T05:00:00+00:00", "2025-03-10T04:00:00+00:00")
    days = without_a_constant_clock(utc, NEW_YORK)
    assert [stamp.at.date().isoformat() for stamp in days if stamp] == [
        "2025-03-07",
        "2025-03-08",
        "2025-03-10",
    ]
    assert {stamp.precision for stamp in days if stamp} == {"day"}


@pytest.mark.parametrize(
    "times",
    [
        ("2025-02-06T12:00:00+00:00", "2025-02-05T12:00:00+00:00"),
        ("2025-02-06T12:00:00+00:00", "2025-02-05T12:00:00+00:00", "2025-02-04T12:00:01+00:00"),
        ("2025-02-06T12:00:07+00:00", "2025-02-05T12:00:07+00:00", "2025-02-04T12:00:07+00:00"),
        ("2025-02-06T14:37:00+00:00", "2025-02-06T14:37:00+00:00", "2025-02-06T14:37:00+00:00"),
    ],
    ids=["two are too few", "one differs", "with seconds", "three posts at once"],
)
def test_times_that_may_be_true_stay_instants(times: tuple[str, ...]) -> None:
    assert without_a_constant_clock(stamps(*times), SEOUL) == stamps(*times)


def test_a_modification_is_one_only_after_the_publication() -> None:
    first, second = (
        Stamp(datetime(2025, 2, 6, tzinfo=UTC), "second", "feed"),
        Stamp(datetime(2025, 2, 7, tzinfo=UTC), "second", "feed"),
    )
    assert later(second, first) == second.at
    assert later(first, None) == first.at
    assert later(first, first) is None
    assert later(None, first) is None
