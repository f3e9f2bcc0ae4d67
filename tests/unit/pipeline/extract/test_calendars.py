"""Dates in calendars beside ours come to the day that they name."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from itertools import pairwise

import pytest

from pipeline.extract.calendars import from_persian
from pipeline.extract.datetext import find_dates


@pytest.mark.parametrize(
    ("persian", "ours"),
    [
        ((1300, 1, 1), date(1921, 3, 21)),
        ((1357, 11, 22), date(1979, 2, 11)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1405, 9, 1), date(2026, 11, 22)),
        ((1404, 12, 30), None),
        ((1405, 7, 31), None),
        ((1405, 13, 1), None),
        ((1299, 1, 1), None),
    ],
)
def test_a_persian_date_is_a_day_of_ours_or_none(persian: tuple[int, int, int], ours: date | None) -> None:
    assert from_persian(*persian) == ours


def test_persian_days_follow_each_other_without_a_gap() -> None:
    days = [
        found
        for year in range(1390, 1425)
        for month in range(1, 13)
        for day in range(1, 32)
        if (found := from_persian(year, month, day)) is not None
    ]
    assert all(then - one == timedelta(1) for one, then in pairwise(days))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("۲۵ مرداد ۱۴۰۵ - ۱۲:۴۲", "2026-08-16T12:42:00+00:00"),
        ("تاریخ انتشار: 1405/05/25", "2026-08-16T00:00:00+00:00"),
        ("یکشنبه ۱ آذر ماه ۱۴۰۵", "2026-11-22T00:00:00+00:00"),
        ("21 สิงหาคม 2569", "2026-08-21T00:00:00+00:00"),
        ("21 ส.ค. 2569 เวลา 14:05 น.", "2026-08-21T14:05:00+00:00"),
        ("๒๑ สิงหาคม พ.ศ. ๒๕๖๙", "2026-08-21T00:00:00+00:00"),
        ("3 मई 2026", "2026-05-03T00:00:00+00:00"),
        ("१२ सितंबर २०२६, 10:30", "2026-09-12T10:30:00+00:00"),
        ("12 בספטמבר 2026", "2026-09-12T00:00:00+00:00"),
        ("1 Julai 2026", "2026-07-01T00:00:00+00:00"),
        ("3 декември 2026", "2026-12-03T00:00:00+00:00"),
        ("3 дек. 2026", "2026-12-03T00:00:00+00:00"),
        ("Sabtu, 08 Agu 2026 18:03 WIB", "2026-08-08T18:03:00+07:00"),
    ],
)
def test_a_date_is_read_as_its_language_writes_it(text: str, at: str) -> None:
    assert [found.moment.at.isoformat() for found in find_dates(text, UTC)] == [at]


@pytest.mark.parametrize(
    "text", ["Room 1405 is closed", "2500 people came", "in 1402 of 2569 cases", "12 stones 2569"]
)
def test_a_number_is_no_year_of_another_calendar(text: str) -> None:
    assert not list(find_dates(text, UTC))
