"""Dates as people write them: found in running text, with the time of day that stands beside them."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta, timezone, tzinfo

from pipeline.extract.calendars import BUDDHIST, PERSIAN_MONTH, from_persian, persian_month
from pipeline.extract.moment import Moment, moment_of, offset_of
from pipeline.extract.months import month_of

DayOrder = str
"""How an ambiguous "03/04/2023" is read: "dmy" or "mdy"; "ymd" where "23-04-03 21:42" begins with the year."""

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_MONTH_NUMBER = r"(?P<month>[01]?\d)"
_SUFFIX = r"(?:st|nd|rd|th|er|º|ª|°|\.)?"
_MARK = r"\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
"""Vowel signs of the scripts of India and Thailand, which are parts of words and no letters."""
_WORD = rf"(?:(?:كانون|تشرين)\s+ال\w{{3,6}}|[\u0e01-\u0e4e]{{1,2}}\.\s?[\u0e01-\u0e2e]|(?:[^\W\d_]|[{_MARK}]){{2,16}})"
_MONTH = rf"(?P<name>{_WORD})(?:\s?/\s?{_WORD})?\.?"
"""The name of a month; Arabic pages write the Levantine and the Western one."""

_WORTH_READING = re.compile(
    r"(?:19|20)\d\d|\d[./-]\d\d(?!\d)|juche|주체|令和|平成|昭和|民國|民国",
    re.IGNORECASE,
)
ISO = re.compile(
    r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)"
    r"(?:(?:[T ]|\s+(?:at )?)(?P<hour>\d{1,2})[:h](?P<minute>\d\d)(?::(?P<second>\d\d))?(?:[.,]\d{1,9})?\s*(?P<zone>Z\b|UTC\b|GMT\b|[+-]\d\d:?\d\d\b|[+-]\d\d\b)?)?",
    re.IGNORECASE,
)
_WRITTEN = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    rf"(?<!\w){_DAY}{_SUFFIX}(?:\s+(?:de|of|di))?[\s.,/-]*{_MONTH}[\s.,/-]*(?:(?:de|del)\s+)?{_YEAR}(?!\d)",
    rf"(?<!\w){_MONTH}[\s.,/-]*{_DAY}(?:st|nd|rd|th)?(?!\d)[\s.,/-]*(?:juche\s*\d{{2,3}}\s*\(\s*)?{_YEAR}(?!\d)",
    rf"(?<!\d){_YEAR}\)?\s*[年년.]\s*{_MONTH_NUMBER}\s*[月월.]\s*{_DAY}\s*(?:[日일]|(?=[.\s)\]]|$))",
    rf"(?<!\d){_YEAR}[/.]\s?{_MONTH_NUMBER}[/.]\s?{_DAY}(?!\d)",
    rf"(?<!\w){_YEAR}[\s.,-]+{_MONTH}\s*{_DAY}(?!\d)",
    rf"(?<!\w){_DAY}\s+tháng\s+{_MONTH_NUMBER}\D{{1,6}}{_YEAR}(?!\d)",
    rf"(?P<era>juche|주체|令和|平成|昭和|民國|民国)\s*(?P<year>元|\d{{1,3}})\s*[年년.\s]\s*{_MONTH_NUMBER}\s*[月월.\s]\s*{_DAY}(?!\d)",
))  # fmt: skip
_ERAS = {
    "juche": 1911, "주체": 1911, "民國": 1911, "民国": 1911, "昭和": 1925, "平成": 1988, "令和": 2018,
}  # fmt: skip
"""The year before the first one of each."""
_OTHER_SCRIPT = re.compile(r"[\u0600-\u06ff\u0e00-\u0e7f]")
"""Letters and digits of those who date by other calendars; in others such a year is a number."""
_OTHER_YEAR = re.compile(r"(?<!\d)(?:1[34]|25)\d\d(?!\d)")
_OF_OTHER_CALENDARS = tuple(re.compile(pattern) for pattern in (
    rf"(?<!\w){_DAY}\s+(?P<persian_month>{PERSIAN_MONTH})(?:\s?ماه)?\s*[،,]?\s*(?P<persian>1[34]\d\d)(?!\d)",
    rf"(?<!\d)(?P<persian>1[34]\d\d)(?P<mark>[/-]){_MONTH_NUMBER}(?P=mark){_DAY}(?!\d)",
    rf"(?<!\w){_DAY}\s*(?P<name>{_WORD})\.?\s*(?:พ\.\s?ศ\.\s*)?(?P<buddhist>25\d\d)(?!\d)",
))  # fmt: skip
"""Persian dates, and those in the years of the Buddhist era."""
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d(?!\d|\.\d)|\d\d(?=\W{1,4}\d{1,2}[:.]\d\d(?!\d)))"
)
_CLOCK = re.compile(
    r"(?:(?P<before>오전|오후|上午|下午|午前|午後)\s?)?(?<![\d:])(?P<hour>[0-2]?\d)\s?[:.h時时시点點]\s?(?P<minute>[0-5]\d)(?![\d%]|\.\d)(?::(?P<second>[0-5]\d))?\s*(?P<half>[ap]\.?\s?m\b\.?)?"
    r"|(?<![\d:])(?P<hour12>1?\d)\s?(?P<half12>[ap]\.?m\b\.?)",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"(?<![A-Za-z])(?P<name>UTC|GMT|BST|CEST|CET|EEST|EET|MSK|JST|KST|HKT|EDT|EST|CDT|CST|MDT|MST|PDT|PST|AEST|AEDT|WIB|ET|PT)(?![A-Za-z])\s?(?P<offset>[+-]\d{1,2}(?::?\d\d)?)?"
    r"|(?P<plain>[+-]\d\d:?\d\d)(?!\d)"
)
_HOURS = {
    "UTC": 0, "GMT": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "WIB": 7, "HKT": 8, "JST": 9,
    "KST": 9, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AEST": 10,
    "AEDT": 11,
}  # fmt: skip
_BEHIND = 45
"""Characters behind a date in which its time of day is looked for."""
_BEFORE = 25
_DIGITS = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９०१२३४५६७८९০১২৩৪৫৬৭৮৯๐๑๒๓๔๕๖๗๘๙", "0123456789" * 6
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date within a text, and where it stands there."""

    moment: Moment
    start: int
    end: int


def find_dates(text: str, zone: tzinfo, order: DayOrder = "dmy") -> Iterator[Found]:
    """Yield the dates written in a text, in its order, each with its time of day if one stands beside it."""
    other = False
    if not text.isascii():
        other = _OTHER_SCRIPT.search(text) is not None
        text = text.translate(_DIGITS)
    if not (_WORTH_READING.search(text) or (other and _OTHER_YEAR.search(text))):
        return
    taken: list[Found] = []
    readers: tuple[Callable[[], Iterator[Found]], ...] = (
        lambda: _iso_in(text, zone),
        lambda: _written_in(text, zone),
        lambda: _in_other_calendars(text, zone) if other else iter(()),
        lambda: _numeric_in(text, zone, order),
    )
    for read in readers:
        for found in read():
            if not any(found.start < t.end and t.start < found.end for t in taken):
                taken.append(found)
    yield from sorted(taken, key=lambda f: f.start)


def _iso_in(text: str, zone: tzinfo) -> Iterator[Found]:
    for match in ISO.finditer(text):
        moment = moment_of(match.groupdict(), zone, offset_of(match["zone"]))
        if moment is not None and match["hour"] is None:
            moment = _with_clock(text, match, moment, zone)
        if moment is not None:
            yield Found(moment, match.start(), match.end())


def _written_in(text: str, zone: tzinfo) -> Iterator[Found]:
    for pattern in _WRITTEN:
        for match in pattern.finditer(text):
            part = match.groupdict()
            if name := part.get("name"):
                if (month := month_of(name)) is None:
                    continue
                part["month"] = str(month)
            if era := part.get("era"):
                part["year"] = str((1 if part["year"] == "元" else int(match["year"])) + _ERAS[era.lower()])
            if (moment := moment_of(part, zone)) is not None:
                yield Found(_with_clock(text, match, moment, zone), match.start(), match.end())


def _in_other_calendars(text: str, zone: tzinfo) -> Iterator[Found]:
    for pattern in _OF_OTHER_CALENDARS:
        for match in pattern.finditer(text):
            day = _gregorian(match.groupdict())
            if day is not None and (moment := moment_of(day, zone)) is not None:
                yield Found(_with_clock(text, match, moment, zone), match.start(), match.end())


def _gregorian(part: Mapping[str, str | None]) -> dict[str, str | None] | None:
    """Return the parts of a date of another calendar as they are in ours; None if there is no such day."""
    day, year = int(part["day"] or 0), part.get("buddhist")
    if year is not None:
        month = month_of(part["name"] or "")
        return {"year": str(int(year) - BUDDHIST), "month": str(month), "day": str(day)} if month else None
    named = part.get("persian_month")
    number = persian_month(named) if named else int(part.get("month") or 0)
    at = from_persian(int(part["persian"] or 0), number, day)
    return {"year": str(at.year), "month": str(at.month), "day": str(at.day)} if at is not None else None


def _numeric_in(text: str, zone: tzinfo, order: DayOrder) -> Iterator[Found]:
    for match in _NUMERIC.finditer(text):
        one, two = match["one"], match["two"]
        if order == "ymd" and len(match["year"]) == 2 and len(one) == 2:
            day_of = moment_of({"year": _century(one), "month": two, "day": match["year"]}, zone)
            if day_of is not None:
                yield Found(_with_clock(text, match, day_of, zone), match.start(), match.end())
                continue
        ambiguous = int(one) <= 12 and int(two) <= 12 and int(one) != int(two)
        month_first = int(two) > 12 or (ambiguous and order == "mdy" and match["mark"] != ".")
        day, month = (two, one) if month_first else (one, two)
        moment = moment_of({"year": _century(match["year"]), "month": month, "day": day}, zone)
        if moment is not None:
            timed = _with_clock(text, match, moment, zone)
            yield Found(
                replace(timed, ambiguous=ambiguous and match["mark"] != "."), match.start(), match.end()
            )


def _century(year: str) -> str:
    return year if len(year) == 4 else "20" + year


def _with_clock(text: str, date: re.Match[str], day: Moment, zone: tzinfo) -> Moment:
    """Add the time of day that stands right behind, or else right before, a date."""
    behind, before = (
        text[date.end() : date.end() + _BEHIND],
        text[max(0, date.start() - _BEFORE) : date.start()],
    )
    match = _CLOCK.search(behind)
    if match is not None and _words(behind[: match.start()]) <= 3:
        rest = behind[match.end() :]
    elif (match := _CLOCK.search(before)) is not None and _words(before[match.end() :]) <= 2:
        rest = before[match.end() :] + behind[:12]
    else:
        return day
    part = {
        "year": str(day.at.year),
        "month": str(day.at.month),
        "day": str(day.at.day),
        "hour": _hour(match),
        "minute": match["minute"],
        "second": match["second"],
    }
    return moment_of(part, zone, _zone_in(rest[:16])) or day


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _hour(match: re.Match[str]) -> str:
    hour = int(match["hour"] or match["hour12"])
    half = (match["half"] or match["half12"] or match["before"] or "").lower()
    if half.startswith(("p", "오후", "下", "午後")) and hour < 12:
        hour += 12
    elif half.startswith(("a", "오전", "上", "午前")) and hour == 12:
        hour = 0
    return str(hour)


def _zone_in(text: str) -> tzinfo | None:
    match = _ZONE.search(text)
    if match is None:
        return None
    if match["plain"]:
        return offset_of(match["plain"])
    hours = _HOURS.get(match["name"])
    if match["offset"]:
        hours = int(match["offset"].split(":")[0][:3])
    return timezone(timedelta(hours=hours)) if hours is not None and abs(hours) < 24 else None
