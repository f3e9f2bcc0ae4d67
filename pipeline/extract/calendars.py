"""Calendars beside ours that pages date by: of Iran and Afghanistan, and the Buddhist years of Thailand."""

from __future__ import annotations

from datetime import date, timedelta

_PERSIAN_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "فروردین حمل", "اردیبهشت ثور", "خرداد جوزا", "تیر سرطان", "مرداد امرداد اسد", "شهریور سنبله",
            "مهر میزان", "آبان عقرب", "آذر قوس", "دی جدی", "بهمن دلو", "اسفند حوت",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
PERSIAN_MONTH = "|".join(sorted(_PERSIAN_MONTHS, key=len, reverse=True))
"""A pattern of the months' names, in Iran and in Afghanistan."""
_LONG_MONTHS = 6
"""Months of 31 days at the beginning of a Persian year; the others have 30, the last one 29 or 30."""
_FIRST = date(1921, 3, 21)
"""The first day of the year 1300."""
_CYCLE = (1, 5, 9, 13, 17, 22, 26, 30)
"""The leap years of a cycle of 33, which holds from 1244 to 1501."""
BUDDHIST = 543
"""Years by which the Buddhist era of Thailand is ahead."""


def persian_month(name: str) -> int:
    """Return the number of a Persian month. `name` is one that `PERSIAN_MONTH` matches."""
    return _PERSIAN_MONTHS[name]


def from_persian(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian date of a Persian one from 1300 to 1500; None if there is no such day."""
    if not (1300 <= year < 1501 and 1 <= month <= 12):
        return None
    longest = 31 if month <= _LONG_MONTHS else 30 if month < 12 or year % 33 in _CYCLE else 29
    if not 1 <= day <= longest:
        return None
    leaps = sum(passed % 33 in _CYCLE for passed in range(1300, year))
    before = (month - 1) * 30 + min(month - 1, _LONG_MONTHS)
    return _FIRST + timedelta(days=365 * (year - 1300) + leaps + before + day - 1)
