"""Dates as people and machines write them: from a string to an instant with its precision."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from pipeline.records import Precision

DayOrder = str
"""How an ambiguous "03/04/2023" is read: "dmy" or "mdy"."""

_MONTHS = {
    1: "january januari januar janvier enero janeiro gennaio jan ene genn января январь январе stycznia styczeń ocak ledna leden ianuarie tammikuuta يناير",
    2: "february februari februar février fevrier febrero fevereiro febbraio feb fév fev fevr février февраля февраль lutego luty şubat subat února únor februarie helmikuuta فبراير",
    3: "march mars märz maerz marzo março maart mar maret mrz марта март marca marzec mart března březen martie maaliskuuta مارس",
    4: "april avril abril aprile apr avr abr апреля апрель kwietnia kwiecień nisan dubna duben aprilie huhtikuuta أبريل ابريل",
    5: "may mai mayo maio maggio mei maj maggio mag мая май maja mayıs mayis května květen toukokuuta مايو",
    6: "june juni juin junio junho giugno jun giu июня июнь czerwca czerwiec haziran června červen iunie kesäkuuta يونيو",
    7: "july juli juillet julio julho luglio jul lug juil июля июль lipca lipiec temmuz července červenec iulie heinäkuuta يوليو",
    8: "august augustus août aout agosto aug ago ags agustus августа август sierpnia sierpień ağustos agustos srpna srpen elokuuta أغسطس",
    9: "september septembre septiembre setembro settembre sep sept set сентября сентябрь września wrzesień eylül eylul září septembrie syyskuuta سبتمبر",
    10: "october oktober octobre octubre outubro ottobre oct okt out ott октября октябрь października październik ekim října říjen octombrie lokakuuta أكتوبر",
    11: "november novembre noviembre novembro nov ноября ноябрь listopada listopad kasım kasim noiembrie marraskuuta نوفمبر",
    12: "december dezember décembre decembre diciembre dezembro dicembre desember dec dez déc dic des декабря декабрь grudnia grudzień aralık aralik prosince prosinec decembrie joulukuuta ديسمبر",
}
_MONTH_OF = {name: number for number, names in _MONTHS.items() for name in names.split()}
_MONTH = "(?P<month>" + "|".join(sorted(map(re.escape, _MONTH_OF), key=len, reverse=True)) + r")(?!\w)\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_SUFFIX = r"(?:st|nd|rd|th|er|º|ª|°|\.)?"

_ISO = re.compile(
    r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"(?:(?:[T ]|\s+(?:at )?)(?P<hour>\d{1,2})[:h](?P<minute>\d\d)(?::(?P<second>\d\d))?(?:[.,]\d{1,9})?\s*(?P<zone>Z\b|UTC\b|GMT\b|[+-]\d\d:?\d\d\b|[+-]\d\d\b)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"^(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?:T?(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?$"
)
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?$")
_WORDED = (
    re.compile(rf"(?<!\w){_DAY}{_SUFFIX}(?:\s+(?:de|of|di))?[\s.,/-]*{_MONTH}[\s.,/-]*(?:(?:de|del)\s+)?{_YEAR}(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<!\w){_MONTH}[\s.,/-]*{_DAY}(?:st|nd|rd|th)?(?!\d)[\s.,/-]*{_YEAR}(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<!\d){_YEAR}\s*[年년.]\s*(?P<month_number>\d{{1,2}})\s*[月월.]\s*{_DAY}\s*(?:[日일]|(?=[.\s)\]]|$))"),
    re.compile(rf"(?<!\d){_YEAR}[/.]\s?(?P<month_number>\d{{1,2}})[/.]\s?{_DAY}(?!\d)"),
    re.compile(rf"(?<!\w){_YEAR}[\s.,-]+{_MONTH}\s*{_DAY}(?!\d)", re.IGNORECASE),
)  # fmt: skip
_JUCHE = re.compile(
    r"Juche\s*(?P<era>\d{2,3})[.\s]+(?P<month_number>\d{1,2})[.\s]+(?P<day>\d{1,2})", re.IGNORECASE
)
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d|\.\d)"
)
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>[0-2]?\d)\s?[:.h時시点]\s?(?P<minute>[0-5]\d)(?![\d%])(?::(?P<second>[0-5]\d))?\s*(?P<half>[ap]\.?\s?m\b\.?)?"
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
"""Characters behind (or before) a date in which its time of day is looked for."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as it was written: aware; a day alone is its midnight in the zone that was given."""

    at: datetime
    precision: Precision


@dataclass(frozen=True, slots=True)
class Found:
    """A date within a text, and where it stands there."""

    moment: Moment
    start: int
    end: int
    ambiguous: bool = False
    """Day and month might be the other way round."""


def parse_stated(value: str, zone: tzinfo) -> Moment | None:
    """Read a value that is a date for machines: ISO 8601, RFC 5322, an epoch, or else the first date in it.

    A time without a zone is in `zone`. Midnight to the second is taken for a day: that is how systems
    that only know the day write it.
    """
    value = value.strip()[:200]
    for read in (_iso, _compact, _epoch, _rfc5322):
        moment = read(value, zone)
        if moment is not None:
            return _day_if_midnight(moment, zone)
    first = next(find_dates(value, zone), None)
    return first.moment if first else None


def _day_if_midnight(moment: Moment, zone: tzinfo) -> Moment:
    at = moment.at
    if moment.precision == "day" or (at.hour, at.minute, at.second) != (0, 0, 0):
        return moment
    return Moment(datetime(at.year, at.month, at.day, tzinfo=zone), "day")


def _iso(value: str, zone: tzinfo) -> Moment | None:
    match = _ISO.search(value)
    return _from_match(match, zone) if match else None


def _compact(value: str, zone: tzinfo) -> Moment | None:
    match = _COMPACT.match(value)
    return _from_match(match, zone) if match else None


def _from_match(match: re.Match[str], zone: tzinfo) -> Moment | None:
    part = match.groupdict()
    if part["hour"] is None:
        return _moment(zone, part["year"], part["month"], part["day"])
    return _moment(
        _offset(part["zone"]) or zone,
        part["year"],
        part["month"],
        part["day"],
        part["hour"],
        part["minute"],
        part["second"],
    )


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = re.sub(r"\D", "", text)
    delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4] or 0))
    return timezone(-delta if text.startswith("-") else delta) if delta < timedelta(hours=24) else None


def _epoch(value: str, zone: tzinfo) -> Moment | None:
    if not _EPOCH.match(value):
        return None
    seconds = int(value) / (1000 if len(value) == 13 else 1)
    return Moment(datetime.fromtimestamp(int(seconds), UTC).astimezone(zone), "second")


def _rfc5322(value: str, zone: tzinfo) -> Moment | None:
    if "," not in value[:5] and not value[:1].isdigit():
        return None
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if ":" not in value:
        return None
    return Moment(at if at.tzinfo else at.replace(tzinfo=zone), "second")


def find_dates(text: str, zone: tzinfo, order: DayOrder = "dmy") -> Iterator[Found]:
    """Yield the dates written in a text, in its order, each with its time of day if one stands beside it."""
    taken: list[Found] = []
    readers: tuple[Callable[[], Iterator[Found]], ...] = (
        lambda: _iso_in(text, zone),
        lambda: _worded_in(text, zone),
        lambda: _numeric_in(text, zone, order),
    )
    for read in readers:
        for found in read():
            if not any(found.start < t.end and t.start < found.end for t in taken):
                taken.append(found)
    yield from sorted(taken, key=lambda f: f.start)


def _iso_in(text: str, zone: tzinfo) -> Iterator[Found]:
    for match in _ISO.finditer(text):
        moment = _from_match(match, zone)
        if moment is not None and match["hour"] is None:
            moment = _with_clock(text, match.start(), match.end(), moment, zone)
        if moment is not None:
            yield Found(moment, match.start(), match.end())


def _worded_in(text: str, zone: tzinfo) -> Iterator[Found]:
    for pattern in (*_WORDED, _JUCHE):
        for match in pattern.finditer(text):
            part = match.groupdict()
            year = str(int(part["era"]) + 1911) if part.get("era") else part["year"]
            month = part.get("month_number") or str(_MONTH_OF[part["month"].lower()])
            moment = _moment(zone, year, month, part["day"])
            if moment is not None:
                yield Found(
                    _with_clock(text, match.start(), match.end(), moment, zone), match.start(), match.end()
                )


def _numeric_in(text: str, zone: tzinfo, order: DayOrder) -> Iterator[Found]:
    for match in _NUMERIC.finditer(text):
        one, two = int(match["one"]), int(match["two"])
        monthly = one <= 12 and two <= 12 and one != two
        month_first = two > 12 or (monthly and order == "mdy" and match["mark"] != ".")
        day, month = (two, one) if month_first else (one, two)
        moment = _moment(zone, match["year"], str(month), str(day))
        if moment is not None:
            whole = _with_clock(text, match.start(), match.end(), moment, zone)
            yield Found(whole, match.start(), match.end(), ambiguous=monthly)


def _with_clock(text: str, start: int, end: int, day: Moment, zone: tzinfo) -> Moment:
    """Add the time of day that stands right behind, or else right before, a date."""
    behind = text[end : end + _BEHIND]
    match = _CLOCK.search(behind)
    where = behind
    if match is None or len(re.findall(r"\w+", behind[: match.start()])) > 3:
        where = text[max(0, start - 25) : start]
        match = _CLOCK.search(where)
        if match is None or len(re.findall(r"\w+", where[match.end() :])) > 2:
            return day
    hour = _hour(match)
    stated = _zone_in(
        (where[match.end() :] if where is behind else where[match.end() :] + text[end : end + 12])[:16]
    )
    at = day.at
    return (
        _moment(
            stated or zone,
            str(at.year),
            str(at.month),
            str(at.day),
            hour,
            match["minute"] or "0",
            match["second"],
        )
        or day
    )


def _hour(match: re.Match[str]) -> str:
    hour = int(match["hour"] or match["hour12"])
    half = (match["half"] or match["half12"] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    return str(hour)


def _zone_in(text: str) -> tzinfo | None:
    match = _ZONE.search(text)
    if match is None:
        return None
    if match["plain"]:
        return _offset(match["plain"])
    hours = _HOURS.get(match["name"])
    if match["offset"]:
        hours = int(match["offset"].split(":")[0][:3])
    return timezone(timedelta(hours=hours)) if hours is not None and abs(hours) < 24 else None


def _moment(
    zone: tzinfo,
    year: str,
    month: str,
    day: str,
    hour: str | None = None,
    minute: str | None = None,
    second: str | None = None,
) -> Moment | None:
    try:
        at = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=zone
        )
    except ValueError:
        return None
    return Moment(at, "day" if hour is None else "minute" if second is None else "second")


def parse_format(text: str, pattern: str, zone: tzinfo) -> Moment | None:
    """Find a date written as the strptime `pattern` anywhere in `text`; the longest reading wins.

    A pattern without hours gives a day, one without seconds a minute. Without a zone it is in `zone`.
    """
    words = text.split()
    size = len(pattern.split())
    for start in range(len(words) - size + 1):
        candidate = " ".join(words[start : start + size]).strip(".,;|()[]")
        for trial in (
            candidate,
            candidate.partition(":")[2].strip() if ":" in candidate and "%H" not in pattern else "",
        ):
            if trial and (at := _strptime(trial, pattern)) is not None:
                timed = any(code in pattern for code in ("%H", "%I", "%X", "%c", "%T", "%R"))
                exact = any(code in pattern for code in ("%S", "%X", "%c", "%T"))
                return Moment(
                    at if at.tzinfo else at.replace(tzinfo=zone),
                    "second" if exact else "minute" if timed else "day",
                )
    return None


def _strptime(text: str, pattern: str) -> datetime | None:
    try:
        return datetime.strptime(text, pattern)  # noqa: DTZ007 - the caller adds the outlet's zone
    except ValueError:
        return None
