"""The Solar Hijri calendar, by which Iran and Afghanistan date their news: its months and days."""

from __future__ import annotations

from datetime import date, timedelta

FIRST, LAST = 1343, 1472
"""The years for which the rule of 33 years gives the leap years of the astronomical calendar."""
MONTHS = (
    ("فروردین", "حمل"), ("اردیبهشت", "ثور"), ("خرداد", "جوزا"), ("تیر", "سرطان"), ("مرداد", "اسد"),
    ("شهریور", "سنبله"), ("مهر", "میزان"), ("آبان", "عقرب"), ("آذر", "قوس"), ("دی", "جدی"), ("بهمن", "دلو"),
    ("اسفند", "حوت"),
)  # fmt: skip
"""The months' names in Iran and in Afghanistan."""
_NUMBER_OF = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_NEW_YEAR = date(1964, 3, 21)
"""1 Farvardin of the first year."""


def month_number(name: str) -> int | None:
    """Return the number of a month by its name, None if it is no month of this calendar."""
    return _NUMBER_OF.get(name)


def gregorian(year: int, month: int, day: int) -> date | None:
    """Return a day as the Gregorian one; None if there is no such day, or the year is not known."""
    if not (FIRST <= year <= LAST and 1 <= month <= 12 and 1 <= day <= _length(year, month)):
        return None
    years = sum(365 + _is_leap(y) for y in range(FIRST, year))
    months = sum(_length(year, m) for m in range(1, month))
    return _NEW_YEAR + timedelta(days=years + months + day - 1)


def _length(year: int, month: int) -> int:
    if month <= 6:
        return 31
    return 30 if month < 12 or _is_leap(year) else 29


def _is_leap(year: int) -> bool:
    return year % 33 in _LEAPS
