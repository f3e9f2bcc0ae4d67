"""What can befall an outlet of the made-up world for a while, and what its health should say of it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count

from tests.site import decoys, makes
from tests.site.outlets import Outlet, Pages, Plan
from tests.site.plans import PLANS
from tests.site.server import Behaviour, Request, Wire, answer

Instead = Callable[[str], Behaviour | None]
"""What is done about a target while the fault lasts; None for what would be done without it."""

FLAP = 15.0
"""Seconds for which an outlet that flaps is away, and then there."""
SHORT_WAIT, LONG_WAIT = 20, 75
"""Seconds that a host asks for: fewer and more than a request waits."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, the outlet it is shown on, and what health may say while it lasts."""

    begin: Callable[[Outlet, list[tuple[float, int]]], Instead]
    """Given the outlet, and a list to which each 429 adds its instant and the seconds it asks for."""
    state: str
    plan: Plan | None = None
    """What an outlet has to be like for this fault; None for any."""
    passing: bool = False
    """It comes and goes by itself: health is "ok" in between."""
    publishes: bool = True
    """Articles appear while it lasts."""


def _down(_: Outlet, __: list[tuple[float, int]]) -> Instead:
    """Say 503 to everything, robots.txt included."""
    return lambda _: answer("", status=503)


def _away(_: Outlet, __: list[tuple[float, int]]) -> Instead:
    """Close the connection without a word."""

    async def close(_: Request, __: Wire) -> None:
        return

    return lambda _: close


def _flapping(_: Outlet, __: list[tuple[float, int]]) -> Instead:
    """Be down and well in turn."""
    began = time.monotonic()
    down = answer("", status=503)
    return lambda _: down if int((time.monotonic() - began) / FLAP) % 2 == 0 else None


def _blocked(_: Outlet, __: list[tuple[float, int]]) -> Instead:
    """Show a challenge page to everybody who asks for more than robots.txt."""
    challenge = answer(decoys.CHALLENGE, status=403)
    return lambda target: None if target == "/robots.txt" else challenge


def _storm(_: Outlet, refusals: list[tuple[float, int]]) -> Instead:
    """Say 429 to everything, and for how long to stay away: sometimes short, sometimes long."""
    turns = count()

    async def refuse(_: Request, wire: Wire) -> None:
        wait = LONG_WAIT if next(turns) % 4 == 0 else SHORT_WAIT
        refusals.append((time.monotonic(), wait))
        await wire.respond(429, headers=[("Retry-After", str(wait))])

    return lambda _: refuse


def _feed_broken(outlet: Outlet, _: list[tuple[float, int]]) -> Instead:
    """Cut off every document that offers articles; the articles stay."""
    half = answer("<rss><channel><title>Half a")
    offering = {path.partition("?")[0] for path in outlet.plan.serve(outlet)}
    return lambda target: half if target.partition("?")[0] in offering else None


def _feed_frozen(outlet: Outlet, _: list[tuple[float, int]]) -> Instead:
    """Let the feed stay as it is, while the sitemap goes on."""
    frozen = outlet.site.pages["/rss.xml"]
    return lambda target: frozen if target == "/rss.xml" else None


def _parser_broken(outlet: Outlet, _: list[tuple[float, int]]) -> Instead:
    """Give the site a new make, whose pages have no text for who runs no scripts."""
    shell = answer(decoys.EMPTY_SHELL)
    articles = re.compile(outlet.plan.include)
    return lambda target: shell if articles.search(target) else None


def _quiet(_: Outlet, __: list[tuple[float, int]]) -> Instead:
    """Publish nothing more."""
    return lambda _: None


def _feed_and_sitemap(outlet: Outlet) -> Pages:
    return {**makes.rss(outlet), **makes.sitemap(outlet)}


_BY_ID = {plan.id: plan for plan in PLANS}
_TWO_WAYS = replace(
    _BY_ID["tribune"], discover=({"feed": "/rss.xml"}, {"sitemap": "/sitemap.xml"}), serve=_feed_and_sitemap
)

FAULTS = {
    "down": Fault(_down, "down"),
    "blocked": Fault(_blocked, "blocked"),
    "feed broken": Fault(_feed_broken, "feed broken", _BY_ID["daily"]),
    "feed frozen": Fault(_feed_frozen, "feed frozen", _TWO_WAYS),
    "parser broken": Fault(_parser_broken, "parser broken", _BY_ID["ministry"]),
    "quiet": Fault(_quiet, "quiet", _BY_ID["north_wire"], publishes=False),
    "flapping": Fault(_flapping, "down", passing=True),
    "storm": Fault(_storm, "blocked"),
    "away": Fault(_away, "down"),
}
