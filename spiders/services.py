"""What a look works with: the live objects, the bounds, and what it is asked to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from random import Random

from pipeline.ports import Intake, Workers
from spiders.gate import HostGate
from spiders.guard import AddressPolicy, Guard, Network
from spiders.report import LookEvent
from spiders.robots import Robots


@dataclass(frozen=True, slots=True)
class Bounds:
    """How we introduce ourselves, and how much of a host we take."""

    user_agent: str
    """Names us and how to reach us, as RFC 9110, 10.1.5 wishes."""
    timeout: float = 30.0
    """Seconds from the start of a request to the last byte of its answer."""
    body: int = 10 << 20
    """Bytes of an answer on the wire."""
    unpacked: int = 64 << 20
    """Bytes of a discovery document once its content encoding is undone."""
    redirects: int = 5
    retries: int = 2
    backoff: float = 1.0
    """Seconds before the first retry; each further one waits twice as long."""


@dataclass(frozen=True, slots=True)
class Services:
    """All that looks share; one for the whole process."""

    bounds: Bounds
    gate: HostGate
    guard: Guard
    robots: Robots
    intake: Intake
    workers: Workers
    now: Callable[[], datetime]
    """The wall clock, aware."""
    chance: Random
    notify: Callable[[LookEvent], None] = lambda _: None
    """Called on the loop with each event; it must return at once and not raise."""


def new_services(
    intake: Intake,
    workers: Workers,
    bounds: Bounds,
    *,
    now: Callable[[], datetime],
    chance: Random,
    allow: Iterable[Network] = (),
    max_wait: float = 60.0,
    notify: Callable[[LookEvent], None] = lambda _: None,
) -> Services:
    """Wire the services of a process.

    `allow` are the private networks that the operator named, `max_wait` the seconds that a request waits
    for a host that asked to be left alone.
    """
    gate = HostGate(chance, max_wait=max_wait, backoff=bounds.backoff)
    guard = Guard(AddressPolicy(tuple(allow)))
    return Services(bounds, gate, guard, Robots(gate, now), intake, workers, now, chance, notify)


@dataclass(frozen=True, slots=True)
class LookOptions:
    """What a look is asked to do."""

    since: datetime | None = None
    """Leave alone what states an earlier time."""
    limit: int | None = None
    """Articles fetched at most; what is over waits for the next look."""
    dry_run: bool = False
    """Say what would be fetched; fetch no article and write nothing."""
    thrifty: bool = False
    """Ask for discoveries only if they changed, and read none that did not."""
    revisit: bool = False
    """Look again at articles that are held, when their time has come."""
    recheck: bool = False
    """Fetch the known articles that are offered, too."""
