"""robots.txt (RFC 9309): what each host asks of us. One memory for the whole process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from pipeline.errors import PageError
from pipeline.looks import Trouble
from pipeline.records import Failed, Fault
from pipeline.wire import decode
from spiders.answer import WireAnswer
from spiders.faults import Unfetched, status_fault, status_trouble
from spiders.gate import HostGate, host_key

PRODUCT_TOKEN = "wirewatch"  # noqa: S105 - the name that robots.txt files know us by
LONGEST_CRAWL_DELAY = 120.0

_PARSED = 512 << 10  # RFC 9309, 2.5 asks for at least 500 KiB
_UNPACKED = 16 << 20
_FRESH = timedelta(hours=24)
_TROUBLED, _LONG_TROUBLED = timedelta(seconds=30), timedelta(minutes=10)
_MANY_HOSTS = 2048

Fetch = Callable[[str], Awaitable[WireAnswer]]
"""Asks for an address and follows its redirects, without regard to robots.txt."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt says to us."""

    parsed: Protego | None = None
    """None where there are no rules."""
    closed: Failed | None = None
    """Why nothing may be fetched at all, where nothing may."""
    trouble: Trouble = Trouble.BLOCKED
    """What it is for the operator where something may not be fetched: a wish, or an outage."""
    crawl_delay: float = 0.0
    """Seconds between two requests; 0 where none is asked for."""

    def refusal(self, url: str) -> Failed | None:
        """Return the outcome of a `url` that may not be fetched; None where it may."""
        if self.closed is not None:
            return self.closed
        if self.parsed is None or self.parsed.can_fetch(url, PRODUCT_TOKEN):
            return None
        parts = urlsplit(url)
        return Failed(Fault.ROBOTS, f"the robots.txt of {parts.netloc} forbids {parts.path[:100] or '/'}")


def read_rules(answer: WireAnswer) -> Rules:
    """Read what a host answered when it was asked for its robots.txt.

    2xx is parsed, up to 512 KiB. Other answers below 500 mean that there are no rules (RFC 9309, 2.3.1.3:
    401 and 403 too), 5xx means that nothing may be fetched (2.3.1.4). So does 429, where the RFC would
    let us go on: a host that is asked too much is left alone.
    """
    if answer.status >= 500 or answer.status == 429:
        fault = status_fault(answer.status)
        return _shut(answer.url, fault.detail, status_trouble(answer.status), Fault.HTTP_STATUS)
    if not 200 <= answer.status < 300:
        return Rules()
    try:
        body = decode(answer.body, answer.header("Content-Encoding"), _UNPACKED)
    except PageError as error:
        return _shut(answer.url, str(error), Trouble.BROKEN, Fault.PARSER)
    return parse_rules(body)


def parse_rules(body: bytes) -> Rules:
    """Parse a robots.txt; never raises. Markup, which some hosts send for any address, has no rules."""
    if len(body) > _PARSED:
        body = body[: body.rfind(b"\n", 0, _PARSED) + 1]
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return Rules()
    parsed = Protego.parse(body.decode("utf-8-sig", "replace"))
    return Rules(parsed, crawl_delay=min(parsed.crawl_delay(PRODUCT_TOKEN) or 0.0, LONGEST_CRAWL_DELAY))


def _shut(url: str, words: str, trouble: Trouble, fault: Fault) -> Rules:
    """Rule out all for as long as robots.txt cannot be read: which is trouble, and no wish of the host."""
    detail = f"{url}: {words}; until it can be read, nothing is fetched there"
    return Rules(closed=Failed(fault, detail), trouble=trouble)


@dataclass(slots=True, eq=False)
class _Entry:
    """The rules of an authority, and until when they hold."""

    rules: Rules | None = None
    asked: datetime | None = None
    until: datetime | None = None
    troubles: int = 0
    """How often in a row it could not be had."""
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    def fresh(self, now: datetime) -> Rules | None:
        """Return what still holds; nothing that was had later than `now`, before the clock was set back."""
        if self.asked is None or self.until is None:
            return None
        return self.rules if self.asked <= now < self.until else None


class Robots:
    """Knows the robots.txt of each authority that was asked, for a day.

    After trouble it is asked for again half a minute later, then after twice as long each time, up to ten
    minutes: what a short outage shuts is open again soon after it.
    """

    def __init__(self, gate: HostGate, now: Callable[[], datetime]) -> None:
        self._gate = gate
        self._now = now
        self._entries: dict[str, _Entry] = {}

    async def refusal(self, url: str, fetch: Fetch) -> Unfetched | None:
        """Return why a `url` may not be fetched, None where it may.

        An authority that is not known is asked by `fetch`, once however many wait for it. Its crawl-delay
        goes to the gate.

        Raises:
            Unfetched: its robots.txt lies at an address that is refused.
        """
        parts = urlsplit(url)
        authority = f"{parts.scheme}://{parts.netloc}"
        entry = self._entry(authority)
        async with entry.asking:
            rules = entry.fresh(self._now())
            if rules is None:
                rules = await self._ask(f"{authority}/robots.txt", entry, fetch)
        self._gate.set_crawl_delay(host_key(url), rules.crawl_delay)
        refusal = rules.refusal(url)
        return None if refusal is None else Unfetched(refusal, trouble=rules.trouble)

    async def _ask(self, address: str, entry: _Entry, fetch: Fetch) -> Rules:
        """Fetch and keep the rules; where the host is in trouble, an older copy holds on."""
        try:
            rules = read_rules(await fetch(address))
        except Unfetched as error:
            rules = _of_trouble(address, error)
        entry.troubles = 0 if rules.closed is None else entry.troubles + 1
        again = min(_TROUBLED * 2.0 ** min(entry.troubles - 1, 20), _LONG_TROUBLED)
        entry.asked = self._now()
        entry.until = entry.asked + (_FRESH if rules.closed is None else again)
        if rules.closed is None or entry.rules is None or entry.rules.closed is not None:
            entry.rules = rules
        return entry.rules

    def _entry(self, authority: str) -> _Entry:
        if authority not in self._entries:
            if len(self._entries) >= _MANY_HOSTS:
                now = self._now()
                self._entries = {
                    k: e for k, e in self._entries.items() if e.asking.locked() or e.fresh(now) is not None
                }
            self._entries[authority] = _Entry()
        return self._entries[authority]


def _of_trouble(address: str, error: Unfetched) -> Rules:
    """Say what it means that robots.txt could not be had at all.

    More redirects than are followed mean that there are no rules (RFC 9309, 2.3.1.2). Trouble of the
    network keeps its own name, for it is what the operator has to know.
    """
    match error.why.reason:
        case Fault.REDIRECTS:
            return Rules()
        case Fault.ADDRESS:
            raise error
        case fault:
            return _shut(address, error.why.detail, error.trouble, fault)
