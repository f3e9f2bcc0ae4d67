"""When an article was published and changed: every date that is stated, where, and which one is believed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from itertools import chain

from lxml.html import HtmlElement

from config.outlet import DateRule
from pipeline.extract import dateplaces, dateseen, datesigns, datestate
from pipeline.extract.blocks import laid_out
from pipeline.extract.datesources import DateSources, day_order
from pipeline.extract.datestated import parse_format, parse_stated
from pipeline.extract.datetext import find_dates
from pipeline.extract.datetrust import Dated, Trust, believable, choose, dated, plausible
from pipeline.extract.moment import Moment
from pipeline.extract.tree import select, text_of
from pipeline.records import Signal, Stamp

__all__ = ["DateSources", "Publication", "believable", "day_order", "modified", "published", "stamp_of"]

_LONGEST_RULED = 2000
_MAX_RULED = 5


@dataclass(frozen=True, slots=True)
class Publication:
    """When a page was published, and every date that was weighed for it."""

    stamp: Stamp | None
    """None where nobody says."""
    weighed: tuple[Dated, ...]

    @property
    def reasons(self) -> Iterator[str]:
        """Say which date is believed and what else was stated, the most trusted first."""
        for one in sorted(self.weighed, key=lambda d: d.trust):
            believed = self.stamp is not None and one.stamp.at == self.stamp.at
            how = "believed" if believed else "not believed"
            source = f"{one.trust.name.lower().replace('_', ' ')} ({one.stamp.signal})"
            yield f"published {one.stamp.at.isoformat()} to the {one.stamp.precision} by {source}: {how}"


def published(sources: DateSources, rule: DateRule | None, offer: Stamp | None) -> Publication:
    """Find out when the page was published, by the most trusted of all that say so.

    Signals that are weak are only asked where all others are silent, and the state of the page's application,
    which is dear to read, where what goes before it tells no time.
    """
    sources = replace(sources, blocks=laid_out(sources.blocks))
    head = dateplaces.head_blocks(sources)
    stated = [
        *(_ruled(sources, rule) if rule is not None else ()),
        *datesigns.stated(sources),
        *_offered(offer),
    ]
    if not any(d.stamp.precision != "day" for d in plausible(stated, sources.fetched_at)):
        stated += datestate.in_state(sources)
    stated += [
        *dateseen.time_elements(sources, head),
        *datesigns.in_address(sources.head.url, sources.zone),
        *dateseen.at_headline(sources, head),
    ]
    possible = plausible(stated, sources.fetched_at)
    if not possible:
        weak = [*datesigns.hinted(sources), *dateseen.dateline(sources, head), *dateseen.elsewhere(sources)]
        possible = plausible(weak, sources.fetched_at)
        return Publication(choose(possible), tuple(possible))
    labelled = any(d.trust == Trust.LABELLED for d in possible)
    return Publication(choose(possible, modified(sources) if labelled else None), tuple(possible))


def _ruled(sources: DateSources, rule: DateRule) -> Iterator[Dated]:
    """Yield what the selector of the outlet's profile finds."""
    for element in select(sources.root, rule.css)[:_MAX_RULED]:
        text = (text_of(element) or element.get("content") or "")[:_LONGEST_RULED]
        moment = (
            parse_format(text, rule.format, sources.zone) if rule.format else _first(text, element, sources)
        )
        yield from dated(moment, "selector", Trust.SELECTOR)


def _first(text: str, element: HtmlElement, sources: DateSources) -> Moment | None:
    if value := element.get("datetime") or element.get("content"):
        return parse_stated(value, sources.zone, sources.order)
    found = next(find_dates(text, sources.zone, sources.order), None)
    return found.moment if found else None


def _offered(offer: Stamp | None) -> list[Dated]:
    if offer is None:
        return []
    return [Dated(offer, Trust.API if offer.signal == "api" else Trust.OFFER)]


def modified(sources: DateSources) -> datetime | None:
    """Return when the page says that it was last changed, or None."""
    sources = replace(sources, blocks=laid_out(sources.blocks))
    moments = chain(datesigns.modifications(sources), dateseen.changes(sources))
    return next((m.at for m in moments if believable(m.at, sources.fetched_at)), None)


def stamp_of(value: str, zone: tzinfo, signal: Signal) -> Stamp | None:
    """Read a machine's date into a stamp."""
    moment = parse_stated(value, zone)
    return Stamp(moment.at, moment.precision, signal) if moment else None
