"""The kinds of value that an outlet file is made of, each checked when it is read."""

from __future__ import annotations

import re
import unicodedata
import warnings
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from lxml import etree
from lxml.cssselect import CSSSelector
from pydantic import AfterValidator, BeforeValidator, Field

from config.words import did_you_mean, shown

LONGEST_RULE = 1_000
LONGEST_ADDRESS = 2_000

_DURATION = re.compile(r"([0-9]{1,6})\s*([smhd])")
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_ZONE_NAME = re.compile(r"[A-Z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")
# One repeated atom that is repeated again, like (\w+)* or (?:.*)+: exponential time on text that nearly fits.
_REPEATED_REPEAT = re.compile(r"(?<!\\)\((?:\?:)?(?:\[[^\]]*\]|\\.|[^\\()\[\]|?])[+*]\)[+*]")
_STRPTIME = frozenset("aAwdbBmyYHIpMSfzZjUWcxXGuV%")
_STRPTIME_DAY = frozenset("djcxu")


def _one_line(value: str) -> str:
    if not value.strip() or any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in value):
        raise ValueError("must be text on one line")
    return value


def _address(value: str) -> str:
    if blank := re.search(r"\{[^}]*\}", value):
        raise ValueError(f"{shown(value)} has {blank[0]} to be filled in: write the address in full")
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(c.isspace() or unicodedata.category(c) in {"Cc", "Cs"} for c in value):
        raise ValueError(
            f"{shown(value)} is not an address: write it in full, like https://example.org/feed.xml"
        )
    if "@" in urlsplit(value).netloc:
        raise ValueError("an address holds no user name or password: leave out what stands before the @")
    return value


def _regex(value: str) -> str:
    if _REPEATED_REPEAT.search(value):
        raise ValueError(
            f"{shown(value)} repeats a repetition, which can take for ever: write \\w+, not (\\w+)+"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(value)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        raise ValueError(f"{shown(value)} is not a regular expression: {error}") from error
    return value


def _rewrite(rule: tuple[str, str]) -> tuple[str, str]:
    pattern, replacement = rule
    try:
        re.sub(pattern, replacement, "")
    except (re.error, IndexError) as error:
        raise ValueError(
            f"{shown(replacement)} does not fit the pattern {shown(pattern)}: {error}"
        ) from error
    return rule


def _selector(value: str) -> str:
    """Compile and run it as extraction will: some mistakes show only when a selector meets an element."""
    try:
        CSSSelector(value)(etree.Element("p"))
    except (SyntaxError, RuntimeError, ValueError, etree.LxmlError) as error:
        raise ValueError(f"{shown(value)} is not a CSS selector: {error}") from error
    return value


def _time_zone(value: str) -> str:
    try:
        if _ZONE_NAME.fullmatch(value):
            return ZoneInfo(value).key
    except (KeyError, ValueError, OSError):
        pass
    hint = did_you_mean(value.title(), available_timezones()) or ": write one like Asia/Seoul, or UTC"
    raise ValueError(f"{shown(value)} is not an IANA time zone{hint}")


def _duration(value: object) -> object:
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"{shown(value)} is not a span of time: write one like 90s, 15m, 2h or 1d")
    span = timedelta(seconds=int(match[1]) * _UNIT_SECONDS[match[2]])
    if not timedelta(seconds=1) <= span <= timedelta(days=366):
        raise ValueError(f"{shown(value)} is not between 1s and 366d")
    return span


def _number(value: object) -> object:
    """Refuse `yes` and `true`, which Python would take for 1."""
    if isinstance(value, bool):
        raise ValueError(f"must be a number, not {shown(value)}")  # noqa: TRY004 - pydantic reports it
    return value


def _country(value: str) -> str:
    if value == "UK":
        raise ValueError("'UK' is not an ISO 3166-1 code: the United Kingdom is GB")
    return value


def _paging(value: str) -> str:
    if "{n}" not in value:
        raise ValueError("needs {n} where the page number goes, like ?page={n} or index_{n}.html")
    return value


def _date_format(value: str) -> str:
    directives = re.findall(r"%(.?)", value, re.DOTALL)
    for directive in directives:
        if directive not in _STRPTIME:
            raise ValueError(
                f"%{directive} is not a strptime directive: write days as %d, months as %m, %b or %B"
            )
    told = [directive for directive in directives if directive != "%"]
    if len(told) != len(set(told)):
        raise ValueError(f"{shown(value)} names a directive twice")
    if not _STRPTIME_DAY & set(told):
        raise ValueError(f'{shown(value)} is not a date format: write one like "%d %b %Y"')
    return value


Line = Annotated[str, Field(max_length=200), AfterValidator(_one_line)]
Address = Annotated[str, Field(max_length=LONGEST_ADDRESS), AfterValidator(_address)]
Regex = Annotated[str, Field(max_length=LONGEST_RULE), AfterValidator(_regex)]
Replacement = Annotated[str, Field(max_length=LONGEST_RULE)]
Rewrite = Annotated[tuple[Regex, Replacement], AfterValidator(_rewrite)]
Selector = Annotated[str, Field(max_length=LONGEST_RULE), AfterValidator(_selector)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Integer = Annotated[int, BeforeValidator(_number)]
Number = Annotated[float, Field(allow_inf_nan=False), BeforeValidator(_number)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Country = Annotated[str, Field(pattern=r"^([A-Z]{2}|INT)$"), AfterValidator(_country)]
Paging = Annotated[str, Field(max_length=LONGEST_RULE), AfterValidator(_paging)]
DateFormat = Annotated[str, Field(max_length=100), AfterValidator(_date_format)]
