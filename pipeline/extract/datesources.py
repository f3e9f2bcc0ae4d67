"""What a page offers to find its dates in, and how its outlet writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from lxml.html import HtmlElement

from pipeline.extract.blocks import Block
from pipeline.extract.datetext import DayOrder
from pipeline.extract.head import Head

_YEAR_FIRST = re.compile(r"^(?:ko|ja|zh)(?![a-z])", re.IGNORECASE)
_US = re.compile(r"^en[-_]us|^en$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateSources:
    """What a page offers to find its dates in."""

    root: HtmlElement
    head: Head
    blocks: Sequence[Block]
    title_index: int | None
    """Which block is the headline."""
    body_end: int
    """The last block of the body."""
    zone: tzinfo
    order: DayOrder
    fetched_at: datetime


def day_order(language: str, country: str | None) -> DayOrder:
    """Say how "03/04/2023" is meant by an outlet of that language (as declared, with region) and country."""
    if _YEAR_FIRST.match(language) and country in {None, "INT", "KR", "JP", "CN", "TW"}:
        return "ymd"
    if country is not None and country != "INT":
        return "mdy" if country in {"US", "PH"} else "dmy"
    return "mdy" if _US.match(language) and country is None else "dmy"
