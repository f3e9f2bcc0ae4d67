"""The daemon's numbers, for Prometheus: looks, pages, states, next looks. Served on loopback alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from config.errors import WirewatchError
from pipeline.health import State
from pipeline.records import outcome_name
from pipeline.watch import Watch
from spiders.report import LookBegan, LookDone, LookEvent, PageDone, PagesPlanned

_SECONDS = (0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600)


class Metrics:
    """Counts what happens; a registry of its own, so that many may live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._looks = Counter(
            "wirewatch_looks", "Looks at an outlet.", ["outlet", "result"], registry=self.registry
        )
        self._seconds = Histogram(
            "wirewatch_look_seconds", "How long looks took.", registry=self.registry, buckets=_SECONDS
        )
        self._running = Gauge("wirewatch_looks_running", "Looks under way.", registry=self.registry)
        self._pages = Counter(
            "wirewatch_pages", "Pages by their outcome.", ["outlet", "outcome"], registry=self.registry
        )
        self._state = Gauge(
            "wirewatch_outlet_state", "1 for the state it is in.", ["outlet", "state"], registry=self.registry
        )
        self._next = Gauge(
            "wirewatch_next_look_timestamp_seconds",
            "When the next look is due.",
            ["outlet"],
            registry=self.registry,
        )

    def hear(self, event: LookEvent) -> None:
        """Count an event."""
        match event:
            case LookBegan():
                self._running.inc()
            case PageDone():
                self._pages.labels(event.outlet, outcome_name(event.outcome)).inc()
            case LookDone():
                self._running.dec()
                self._seconds.observe(event.report.seconds)
                self._looks.labels(event.report.outlet, "ok" if event.report.looked else "failed").inc()
            case PagesPlanned():
                pass

    def tell(self, watch: Watch) -> None:
        """Show how an outlet is, and when it is looked at next."""
        self._next.labels(watch.outlet).set(watch.next_look.at.timestamp())
        for state in State:
            self._state.labels(watch.outlet, state.value).set(state is watch.state)

    def forget(self, outlet: str) -> None:
        """Show an outlet no more that is watched no more."""
        for state in State:
            self._state.remove(outlet, state.value)
        self._next.remove(outlet)


@contextmanager
def served(metrics: Metrics, port: int | None) -> Iterator[None]:
    """Serve them at http://127.0.0.1:`port`/metrics; not at all where that is None.

    Raises:
        WirewatchError: the port is taken.
    """
    if port is None:
        yield
        return
    try:
        server, thread = start_http_server(port, addr="127.0.0.1", registry=metrics.registry)
    except OSError as error:
        raise WirewatchError(f"--metrics-port {port}: {error.strerror}") from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(1)
