"""A program that crawls: the feeds it is given, an outlet each. Prints a JSON line when done."""

from __future__ import annotations

import json
import sys
from typing import Any

from spiders.crawl import CrawlOptions, crawl
from tests.integration.spiders.fakes import Looker, MemoryIntake, outlet


def main(feeds: list[str], page_seconds: float, delay: float) -> None:
    looker = Looker(intake=MemoryIntake(seconds=page_seconds))
    manners: dict[str, Any] = {"delay": delay, "concurrency": 1}
    outlets = [outlet(f"o{n}", {"feed": feed}, politeness=manners) for n, feed in enumerate(feeds)]
    report = crawl(outlets, looker.open, CrawlOptions(concurrent_looks=2, drain_seconds=2))
    told = {
        "interrupted": report.interrupted,
        "looks": [[r.outlet, r.found, r.new, r.failed, r.left] for r in report.looks],
        "stored": looker.intake.urls(),
        "pending": sorted(c.url for c in looker.intake.waiting.values()),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[3:], float(sys.argv[1]), float(sys.argv[2]))
