"""When to look, measured: our cadence beside five others, on the publishing traces of real outlets.

usage: .venv/bin/python benchmarks/cadence.py [--flat] [--without-wire] [--json]

Replays 33 days of `../shared/outlets/traces` as a fleet of 14 outlets. Each rule learns from what its own
looks brought and from nothing else; the first seven days are not counted. Delay is from publication to the
look that finds an article; an article that rolled out of its feed before a look is lost and has no delay.

The others, with the defaults of their own code: Miniflux `entry_frequency` (a week by the articles of the
week, 5 min to 24 h), Media Cloud rss-fetcher (too many duplicates: 10 min longer; too few: 60 min shorter;
10 min to 24 h, from 6 h), news-crawl (StormCrawler's AdaptiveScheduler: changed x 0.8 towards 90 min, not
changed x 1.5, from 12 h). No rule looks more often than every 5 minutes. For equal looks a day one number
of a rule is scaled for the whole fleet: our price of a look, Miniflux's factor, the times of the others.

What is assumed: of traces that say only the day, state media publish in four batches (7, 12, 18 and 22 h,
each within minutes) and the others in office hours, and we are told no time for them; `--flat` spreads them
over the 24 hours instead. Of feeds of which only a snapshot is left, days are drawn from its hours (seeded).
A feed's size is that of the trace's document, or a usual one.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from pipeline.cadence import Limits, Past, next_look, phase
from pipeline.rhythm import Arrival, hourly, learn

TRACES = Path(__file__).resolve().parents[2] / "shared" / "outlets" / "traces"
MONDAY = datetime(2026, 6, 1, tzinfo=UTC)
DAY, MINUTE = 86_400.0, 60.0
DAYS, WARM = 33, 7
SHORTEST = 5 * MINUTE


@dataclass(frozen=True)
class Outlet:
    """What an outlet publishes, in seconds from the Monday on which the simulation begins."""

    id: str
    items: tuple[float, ...]
    window: int
    dated: bool
    """Its feed states times; else an article is known to have come between two looks."""


class Rule(Protocol):
    """When one outlet is looked at."""

    def after(self, at: float, new: Sequence[float]) -> float:
        """Return the seconds to wait after a look at `at` that found `new`."""


@dataclass
class Ours:
    """`pipeline.cadence`, asked as the daemon asks it."""

    price: float
    outlet: Outlet
    counts: dict[int, float] = field(default_factory=dict)
    last: datetime = MONDAY

    def after(self, at: float, new: Sequence[float]) -> float:
        """Learn what came, then ask."""
        now = MONDAY + timedelta(seconds=at)
        came = [
            Arrival(MONDAY + timedelta(seconds=t)) if self.outlet.dated else Arrival(now, self.last)
            for t in new
        ]
        for hour, count in hourly(came).items():
            self.counts[hour] = self.counts.get(hour, 0.0) + count
        self.last = now
        past = Past(learn(self.counts, now, since=MONDAY), self.outlet.window)
        return (next_look(self.outlet.id, past, now, Limits(price=self.price)).at - now).total_seconds()


@dataclass
class Fixed:
    """The same interval always."""

    seconds: float
    outlet: Outlet

    def after(self, _at: float, _new: Sequence[float]) -> float:
        """Return it."""
        return max(self.seconds, SHORTEST)


@dataclass
class Miniflux:
    """miniflux/v2, internal/model/feed.go, ScheduleNextCheck with POLLING_SCHEDULER=entry_frequency."""

    factor: float
    outlet: Outlet
    seen: list[float] = field(default_factory=list)

    def after(self, at: float, new: Sequence[float]) -> float:
        """Divide the week by the articles of the last one."""
        self.seen = [t for t in [*self.seen, *new] if t > at - 7 * DAY]
        if not self.seen:
            return DAY
        return min(DAY, max(SHORTEST, 7 * DAY / (len(self.seen) * self.factor)))


@dataclass
class MediaCloud:
    """mediacloud/rss-fetcher, fetcher/tasks.py, _check_auto_adjust, with the defaults of its config.py."""

    scale: float
    outlet: Outlet
    total: int = 0
    poll: float | None = None
    last_new: float = 0.0

    def after(self, at: float, new: Sequence[float]) -> float:
        """Adjust by the share of what the feed holds that was there before."""
        unit = MINUTE * self.scale
        first = self.poll is None
        poll = 360 * unit if self.poll is None else self.poll
        self.total += len(new)
        shown = min(self.total, self.outlet.window)
        known = 100.0 * (1 - min(len(new), shown) / shown) if new else 101.0
        self.last_new = at if new else self.last_new
        if not first and known >= 67:
            poll += (10 if at - self.last_new <= 31 * DAY or known < 100 else 60) * unit
        elif not first and known < 33:
            poll = 360 * unit if poll > 360 * unit else poll - 60 * unit
        self.poll = min(max(poll, 10 * unit, SHORTEST), DAY)
        return self.poll


@dataclass
class NewsCrawl:
    """StormCrawler's AdaptiveScheduler with news-crawl's conf/crawler-conf.yaml."""

    scale: float
    outlet: Outlet
    wait: float | None = None

    def after(self, _at: float, new: Sequence[float]) -> float:
        """Shrink where something changed, grow where nothing did."""
        wait = 720 * MINUTE * self.scale if self.wait is None else self.wait
        least = max(90 * MINUTE * self.scale, SHORTEST)
        self.wait = 0.8 * wait + 0.2 * least if new else min(wait * 1.5, 90 * DAY * self.scale)
        return max(self.wait, SHORTEST)


@dataclass(frozen=True)
class Tally:
    """What a rule achieved."""

    looks: float
    delays: dict[str, list[float]]
    lost: frozenset[tuple[str, int]]
    by_outlet: dict[str, float]

    @property
    def all(self) -> list[float]:
        """Every delay, in seconds, the shortest first."""
        return sorted(d for ds in self.delays.values() for d in ds)

    @property
    def mean(self) -> float:
        """Minutes."""
        return sum(self.all) / len(self.all) / MINUTE

    @property
    def p95(self) -> float:
        """Minutes."""
        return self.all[int(0.95 * len(self.all))] / MINUTE


def replay(fleet: Sequence[Outlet], rule: Callable[[Outlet], Rule]) -> Tally:
    """Look at every outlet when the rule says so."""
    delays: dict[str, list[float]] = {}
    lost: set[tuple[str, int]] = set()
    looks: dict[str, float] = {}
    for outlet in fleet:
        chosen, at, seen = rule(outlet), SHORTEST * phase(outlet.id), 0
        delays[outlet.id], looks[outlet.id] = [], 0.0
        while at < DAYS * DAY:
            upto = seen
            while upto < len(outlet.items) and outlet.items[upto] <= at:
                upto += 1
            for n in range(seen, upto):
                if outlet.items[n] < WARM * DAY:
                    continue
                if upto - n > outlet.window:
                    lost.add((outlet.id, n))
                else:
                    delays[outlet.id].append(at - outlet.items[n])
            looks[outlet.id] += (at >= WARM * DAY) / (DAYS - WARM)
            at += chosen.after(at, outlet.items[seen:upto])
            seen = upto
    return Tally(sum(looks.values()), delays, frozenset(lost), looks)


def ours_at(fleet: Sequence[Outlet], looks: float, price: float) -> tuple[float, Tally]:
    """Find the price for which ours makes that many looks a day, from `price` on: looks go by its root."""
    for _ in range(8):
        tally = replay(fleet, partial(Ours, price))
        if abs(tally.looks / looks - 1) < 0.015:
            break
        price *= (tally.looks / looks) ** 2
    return price, tally


def at_looks(
    fleet: Sequence[Outlet], rule: Callable[[float, Outlet], Rule], looks: float, low: float, high: float
) -> tuple[float, Tally]:
    """Find the number for which a rule makes that many looks a day, between `low` (more) and `high`."""
    for _ in range(12):
        middle = math.sqrt(low * high)
        tally = replay(fleet, partial(rule, middle))
        if abs(tally.looks / looks - 1) < 0.015:
            break
        low, high = (middle, high) if tally.looks > looks else (low, middle)
    return middle, tally


def the_fleet(*, flat: bool, without_wire: bool) -> list[Outlet]:
    """Read the traces; what is drawn is drawn from one seed."""
    chance = random.Random(5)  # noqa: S311 - a simulation
    batch = partial(_anywhen, chance) if flat else partial(_batch, chance)
    office = partial(_anywhen, chance) if flat else partial(_office, chance)
    posts = [day * DAY + 10 * 3600 + n * 300 for day in (3, 17, 24) for n in range(5)]
    wire = Outlet("wire", _timed("reuters_newswire_1987_mar", "1987-03-02"), 50, dated=True)
    return [
        *([] if without_wire else [wire]),
        Outlet("state_media_2012", _daily("kcna_jp_2010_2013_english", "2012-03-05", batch), 30, dated=False),
        Outlet("state_media_2024", _daily("kcna_en_2024", "2024-08-05", batch), 30, dated=False),
        Outlet("statements_2024", _daily("kcna_en_2024_statements", "2024-09-02", batch), 15, dated=False),
        Outlet("statements_2013", _daily("kcna_jp_1997_2014_fm_un", "2013-03-04", batch), 12, dated=False),
        Outlet("aggregator", _daily("kcnawatch_mfa_en_2026_01", "2026-01-05", batch), 12, dated=False),
        Outlet("briefings", _daily("whitehouse_briefings_2025_2026", "2026-01-05", office), 10, dated=False),
        Outlet("council", _timed("eu_council_press_2025", "2025-07-21"), 20, dated=True),
        Outlet("newspaper_us", _like(chance, "guardian_us_feed_2018", 47), 55, dated=True),
        Outlet("newspaper_pt", _like(chance, "jn_pt_latest_feed_2018", 70), 40, dated=True),
        Outlet("magazine_de", _like(chance, "golem_de_feed_2018", 13), 40, dated=True),
        Outlet("broadcaster_uk", _like(chance, "bbc_world_feed_2019", 12), 30, dated=True),
        Outlet("broadcaster_us", _like(chance, "cnn_hp_feed_2022", 36), 69, dated=True),
        Outlet("blog", tuple(posts), 6, dated=False),
    ]


def _trace(name: str) -> dict[str, Any]:
    return json.loads((TRACES / f"{name}.json").read_text())  # type: ignore[no-any-return]


def _timed(name: str, monday: str) -> tuple[float, ...]:
    begin = datetime.fromisoformat(monday).replace(tzinfo=UTC).timestamp()
    return tuple(t - begin for t in _trace(name)["timestamps"] if 0 <= t - begin < DAYS * DAY)


def _daily(name: str, monday: str, time: Callable[[], float]) -> tuple[float, ...]:
    counts, first = _trace(name)["per_day"], date.fromisoformat(monday)
    days = (counts.get(str(first + timedelta(days=n)), 0) for n in range(DAYS))
    return tuple(sorted(n * DAY + time() for n, count in enumerate(days) for _ in range(count)))


def _like(chance: random.Random, name: str, a_day: int) -> tuple[float, ...]:
    hours = _trace(name)["hour_hist"]
    counts = (sum(chance.random() < 0.5 for _ in range(2 * a_day)) for _ in range(DAYS))
    return tuple(
        sorted(
            n * DAY + (chance.choices(range(24), hours)[0] + chance.random()) * 3600
            for n, count in enumerate(counts)
            for _ in range(count)
        )
    )


def _batch(chance: random.Random) -> float:
    return chance.choices((7, 12, 18, 22), (4, 2, 2, 2))[0] * 3600 + min(chance.expovariate(1 / 600), 5000)


def _office(chance: random.Random) -> float:
    return (9 + 9 * chance.betavariate(2, 2)) * 3600


def _anywhen(chance: random.Random) -> float:
    return chance.uniform(0, DAY)


RULES: dict[str, tuple[Callable[[float, Outlet], Rule], float, float, float]] = {
    "fixed 15 min": (Fixed, 15 * MINUTE, 5 * MINUTE, DAY),
    "fixed 60 min": (Fixed, 60 * MINUTE, 5 * MINUTE, DAY),
    "Miniflux entry_frequency": (Miniflux, 1.0, 1000.0, 0.01),
    "Media Cloud duplicate share": (MediaCloud, 1.0, 0.01, 10.0),
    "news-crawl ±": (NewsCrawl, 1.0, 0.005, 10.0),
}
"""Each rule, its own setting, and the settings between which it is scaled: many looks, few looks."""


def measure(fleet: Sequence[Outlet]) -> dict[str, Any]:
    """Run every rule at its own setting, ours at as many looks, and all of them at three equal budgets."""
    ours = replay(fleet, partial(Ours, Limits().price))
    often = replay(fleet, partial(Fixed, 15 * MINUTE))
    rows = [{"rule": "ours", **_row(ours, often)}]
    for name, (rule, own, _, _) in RULES.items():
        theirs = replay(fleet, partial(rule, own))
        price, equal = ours_at(fleet, theirs.looks, Limits().price * (ours.looks / theirs.looks) ** 2)
        rows.append({"rule": name, **_row(theirs, often)})
        saved = round(100 * (1 - equal.mean / theirs.mean))
        rows.append(
            {"rule": f"ours, as often as {name}", "price": price, **_row(equal, often), "less": saved}
        )
    budgets = []
    for looks in (12 * len(fleet), 24 * len(fleet), 36 * len(fleet)):
        _, equal = ours_at(fleet, looks, Limits().price * (ours.looks / looks) ** 2)
        others = {
            name: at_looks(fleet, rule, looks, low, high)[1] for name, (rule, _, low, high) in RULES.items()
        }
        best = min(t.mean for t in others.values())
        budgets.append(
            {
                "looks": looks,
                "ours": _row(equal, often),
                **{name: _row(t, often) for name, t in others.items()},
                "less": round(100 * (1 - equal.mean / best)),
            }
        )
    outlets = [
        {
            "outlet": o.id,
            "a_day": len(o.items) / DAYS,
            "looks": ours.by_outlet[o.id],
            "mean": sum(ds) / max(len(ds), 1) / MINUTE,
        }
        for o in fleet
        for ds in (ours.delays[o.id],)
    ]
    return {"own": rows, "budgets": budgets, "outlets": outlets}


def _row(tally: Tally, often: Tally) -> dict[str, float]:
    """`unseen`: lost, though a fixed look every 15 minutes would have found them."""
    return {
        "looks": round(tally.looks),
        "mean": round(tally.mean, 1),
        "p95": round(tally.p95, 1),
        "lost": len(tally.lost),
        "unseen": len(tally.lost - often.lost),
    }


def show(found: dict[str, Any]) -> None:
    """Print the tables as Markdown."""
    print("| rule | looks a day | mean delay, min | p95, min | lost | less delay |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for row in found["own"]:
        less = f"{row['less']} %" if "less" in row else ""
        cells = f"{row['looks']} | {row['mean']} | {row['p95']} | {row['lost']} | {less}"
        print(f"| {row['rule']} | {cells} |")
    print()
    names = ["ours", *(name for name in RULES if name != "fixed 15 min")]
    print(f"| looks a day | {' | '.join(names)} | less than the best |".replace("fixed 60 min", "fixed"))
    print(f"| ---: |{' ---: |' * (len(names) + 1)}")
    for budget in found["budgets"]:
        cells = " | ".join(_cell(budget[name], budget["looks"]) for name in names)
        print(f"| {budget['looks']} | {cells} | {budget['less']} % |")
    print()
    print("| outlet | articles a day | looks a day | mean delay, min |")
    print("| --- | ---: | ---: | ---: |")
    for row in found["outlets"]:
        print(f"| {row['outlet']} | {row['a_day']:.1f} | {row['looks']:.1f} | {row['mean']:.0f} |")


def _cell(row: dict[str, float], looks: float) -> str:
    """Show the mean delay; in brackets the looks, where a rule cannot be brought to look as often."""
    off = f" (at {row['looks']:.0f} looks)" if abs(row["looks"] / looks - 1) > 0.05 else ""
    return f"{row['mean']}, {row['lost']} lost{off}"


def main() -> None:
    """Parse the options, replay, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--flat", action="store_true", help="spread traces of whole days over 24 hours")
    parser.add_argument("--without-wire", action="store_true", help="leave the busiest outlet out")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    found = measure(the_fleet(flat=options.flat, without_wire=options.without_wire))
    if options.json:
        print(json.dumps(found, indent=1))
    else:
        show(found)


if __name__ == "__main__":
    main()
