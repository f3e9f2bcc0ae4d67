"""How an outlet is, from what its looks brought alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise, takewhile
from math import exp, log
from statistics import median

from pipeline.looks import Look, Seen, Trouble
from pipeline.rhythm import HOUR, MEMORY, Arrival, hourly, learn

NOT_BY_CHANCE = 0.001
"""What would happen by chance less often than this is taken for a fault."""

_FEW_ARRIVALS = 10
_SILENCE = 7.0  # articles that would have come: exp(-7) is below NOT_BY_CHANCE
_LONGER_THAN_EVER = 1.5
_RECENT_PAGES = 10
_FEW_PAGES = 3
_MOSTLY = 0.6
_SELDOM = 0.3
_RECENT_TEXTS = 5
_BASELINE_TEXTS = 10
_MUCH_SHORTER = 0.35
_MOST_NAMED = 3
_PARTLY = 2  # looks in a row after which trouble of one discovery among others counts

_READ = frozenset(("new", "revised", "unchanged", "duplicate"))
_UNREADABLE = frozenset(("rejected:empty", "rejected:listing", "failed:parser-error"))


class State(StrEnum):
    """How an outlet is."""

    OK = "ok"
    QUIET = "quiet"
    """Silent for longer than its own rhythm makes likely."""
    DOWN = "down"
    BLOCKED = "blocked"
    FEED_BROKEN = "feed broken"
    FEED_FROZEN = "feed frozen"
    """A discovery answers, but stands still while another moves."""
    PARSER_BROKEN = "parser broken"
    """Pages come, their texts do not."""


@dataclass(frozen=True, slots=True)
class Health:
    """How an outlet is, since when, and what tells so."""

    state: State
    since: datetime | None
    """When it began, as far as looks tell; None where the outlet was never looked at."""
    evidence: str
    last_look: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    failures: int = 0
    """Looks in a row that could read nothing, the last one included."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A state that looks tell of."""

    state: State
    since: datetime
    evidence: str


def health(
    looks: Sequence[Look], arrivals: Sequence[Arrival], now: datetime, *, zone: tzinfo = UTC
) -> Health:
    """Judge an outlet by its looks and by the articles that came, each oldest first.

    Of several faults the one is named that hides the others: a host that is down tells nothing of its
    feed. Everything is measured against the outlet's own past, so an outlet of which little is known is
    well unless it cannot be read at all. Looks that were broken off count for nothing; nor do those after
    `now`, which were noted before the clock was set back.
    """
    told = [look for look in looks if look.whole and look.at <= now]
    if not told:
        return Health(State.OK, None, "it was not looked at yet")
    finding = (
        _unreadable(told)
        or _partly_unreadable(told)
        or _emptied(told)
        or _pages_refused(told)
        or _parser_broken(told)
        or _frozen(told)
        or _quiet(arrivals, now, zone)
    )
    since = finding.since if finding else _well_since(told)
    failed = list(takewhile(lambda look: not look.looked, reversed(told)))
    return Health(
        state=finding.state if finding else State.OK,
        since=since,
        evidence=finding.evidence if finding else _well(told[-1]),
        last_look=told[-1].at,
        last_success=max((look.at for look in told if look.looked), default=None),
        last_new=max((a.at for a in arrivals), default=None),
        failures=len(failed),
    )


def _well(look: Look) -> str:
    offered = sum(seen.offered for seen in look.seen)
    read = sum(seen.trouble is None for seen in look.seen)
    words = f"the last look read {read} of {len(look.seen)} discoveries, {offered} articles offered"
    unread = [f"{seen.discovery}: {seen.detail}" for seen in look.seen if seen.detail]
    return "; ".join([words, *unread[:_MOST_NAMED]])


def _well_since(looks: Sequence[Look]) -> datetime:
    return list(takewhile(lambda look: look.looked, reversed(looks)))[-1].at


def _unreadable(looks: Sequence[Look]) -> Finding | None:
    """Nothing could be read at the last look, nor at those before it back to the last that could."""
    failed = list(takewhile(lambda look: not look.looked, reversed(looks)))
    if not failed:
        return None
    worst = _worst(failed[0].seen)
    words = f"{_looks(len(failed))} could read nothing"
    if worst is None:
        said = "; ".join(failed[0].problems) or "no reason is known"
        return Finding(State.DOWN, failed[-1].at, f"{words}: {said}")
    return Finding(_state(worst), failed[-1].at, f"{words}: {worst.discovery}: {worst.detail}")


def _partly_unreadable(looks: Sequence[Look]) -> Finding | None:
    """One discovery among others could not be read for some looks in a row."""
    for name in dict.fromkeys(seen.discovery for seen in looks[-1].seen if seen.trouble is not None):
        met = [(look.at, seen) for look in reversed(looks) for seen in look.seen if seen.discovery == name]
        failed = list(takewhile(lambda one: one[1].trouble is not None, met))
        if len(failed) >= min(_PARTLY, len(met)):
            words = f"{_looks(len(failed))} could not read {name}: {failed[0][1].detail}"
            return Finding(_state(failed[0][1]), failed[-1][0], words)
    return None


def _emptied(looks: Sequence[Look]) -> Finding | None:
    """A discovery that used to offer articles can be read, but offers none any more."""
    for name in dict.fromkeys(seen.discovery for seen in looks[-1].seen if seen.trouble is None):
        met = [(look.at, seen) for look in looks for seen in look.seen if seen.discovery == name]
        empty = list(takewhile(lambda one: one[1].trouble is None and not one[1].offered, reversed(met)))
        before = [seen.offered for _, seen in met[: len(met) - len(empty)] if seen.trouble is None]
        if len(empty) >= _PARTLY and before and median(before) >= _FEW_PAGES:
            words = f"{name} can be read, but offers nothing; it used to offer {median(before):.0f} articles"
            return Finding(State.FEED_BROKEN, empty[-1][0], words)
    return None


def _state(seen: Seen) -> State:
    match seen.trouble:
        case Trouble.DOWN:
            return State.DOWN
        case Trouble.BLOCKED:
            return State.BLOCKED
        case Trouble.BROKEN | None:
            return State.FEED_BROKEN


def _worst(seen: Sequence[Seen]) -> Seen | None:
    """Return the discovery that says most: one that is blocked or broken did answer."""
    order = (Trouble.BLOCKED, Trouble.BROKEN, Trouble.DOWN)
    troubled = [one for one in seen if one.trouble is not None]
    return min(troubled, key=lambda one: order.index(one.trouble or Trouble.DOWN), default=None)


def _pages_refused(looks: Sequence[Look]) -> Finding | None:
    """Most of the pages that were asked for lately were kept from us."""
    recent = _recent(looks)
    asked, refused = sum(_tried(look) for look in recent), sum(look.refused for look in recent)
    if asked < _FEW_PAGES or refused < _MOSTLY * asked:
        return None
    since = min(look.at for look in recent if look.refused)
    return Finding(State.BLOCKED, since, f"{refused} of the last {asked} pages were refused or block pages")


def _parser_broken(looks: Sequence[Look]) -> Finding | None:
    return _no_texts(looks) or _shorter_texts(looks)


def _no_texts(looks: Sequence[Look]) -> Finding | None:
    """The last pages that came had no text, mostly, and chance would not have it by what came before.

    Where the looks before end is where the difference is clearest: a site's new make shows on as many pages
    as it wrote since.
    """
    counts = [_unread(look) for look in looks]
    if not _mostly(*_latest(counts)):
        return None
    bad, came = (sum(column) for column in zip(*counts, strict=True))
    was_bad = had_come = 0
    likeliest, finding = NOT_BY_CHANCE, None
    for look, (bad_here, came_here) in zip(looks, counts, strict=True):
        begins_here = bad_here and _mostly(bad, came)
        if begins_here and (chance := _chance(bad, came, was_bad, had_come)) < likeliest:
            words = f"{bad} of the last {came} pages that came had no text that is an article"
            before = f"; of the {had_come} before, {was_bad}" if had_come else ""
            likeliest, finding = chance, Finding(State.PARSER_BROKEN, look.at, words + before)
        bad, came = bad - bad_here, came - came_here
        was_bad, had_come = was_bad + bad_here, had_come + came_here
    return finding


def _latest(counts: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the counts of the last looks, as few as it takes to judge by."""
    bad = came = 0
    for bad_here, came_here in reversed(counts):
        bad, came = bad + bad_here, came + came_here
        if came >= _FEW_PAGES:
            break
    return bad, came


def _mostly(bad: int, came: int) -> bool:
    return came >= _FEW_PAGES and bad >= _MOSTLY * came


def _chance(bad: int, came: int, was_bad: int, had_come: int) -> float:
    """Return how likely it is at most that so many of `came` pages are bad, by what came before.

    The bound of Chernoff and Hoeffding (1963) on the tail of a binomial distribution. Where none came before,
    that all are bad is no chance.
    """
    if not had_come:
        return 0.0 if bad == came else 1.0
    usual, share = (was_bad + 0.5) / (had_come + 1), bad / came
    if was_bad > _SELDOM * had_come or share <= usual:
        return 1.0
    surprise = share * log(share / usual)
    if share < 1:
        surprise += (1 - share) * log((1 - share) / (1 - usual))
    return exp(-came * surprise)


def _shorter_texts(looks: Sequence[Look]) -> Finding | None:
    texts = [(look.at, count) for look in looks for count in look.words]
    earlier, recent = texts[:-_RECENT_TEXTS], texts[-_RECENT_TEXTS:]
    if len(earlier) < _BASELINE_TEXTS:
        return None
    usual, now = median(n for _, n in earlier), median(n for _, n in recent)
    if now >= _MUCH_SHORTER * usual:
        return None
    words = f"the last {len(recent)} texts have {now:.0f} words at the median, {usual:.0f} before"
    return Finding(State.PARSER_BROKEN, recent[0][0], words)


def _recent(looks: Sequence[Look]) -> list[Look]:
    """Return the last looks, as many as it takes to have asked for `_RECENT_PAGES` pages, oldest first."""
    pages, recent = 0, list[Look]()
    for look in reversed(looks):
        if pages >= _RECENT_PAGES:
            break
        pages += _tried(look)
        recent.append(look)
    return recent[::-1]


def _tried(look: Look) -> int:
    return sum(look.firsts.values()) + _mended(look)


def _mended(look: Look) -> int:
    """Count the pages that brought their article at a later try; one that failed again is no news."""
    return sum(max(0, look.pages.get(name, 0) - look.firsts.get(name, 0)) for name in ("new", "duplicate"))


def _unread(look: Look) -> tuple[int, int]:
    """Return how many pages of a look had no text at first, and how many came at all."""
    bad = sum(n for name, n in look.firsts.items() if name in _UNREADABLE)
    good = sum(n for name, n in look.firsts.items() if name in _READ)
    return bad, bad + good + _mended(look)


def _frozen(looks: Sequence[Look]) -> Finding | None:
    """A discovery brings nothing while others do, more often than chance would have it by its own share."""
    for name in dict.fromkeys(seen.discovery for seen in looks[-1].seen if seen.trouble is None):
        mine = [(look, seen) for look in looks for seen in look.seen if seen.discovery == name]
        last = max((n for n, (_, seen) in enumerate(mine) if seen.fresh), default=None)
        if last is None or last == len(mine) - 1:
            continue
        before, after = mine[: last + 1], mine[last + 1 :]
        brought = sum(seen.fresh for _, seen in before)
        others_before = sum(_fresh_elsewhere(look, name) for look, _ in before)
        others_after = sum(_fresh_elsewhere(look, name) for look, _ in after)
        share = (brought + 0.5) / (max(brought, others_before) + 1)
        if others_after >= 2 and (1 - min(share, 0.99)) ** others_after < NOT_BY_CHANCE:
            words = (
                f"{name} answers, but has brought nothing new while others brought {others_after} articles"
            )
            return Finding(State.FEED_FROZEN, after[0][0].at, words)
    return None


def _fresh_elsewhere(look: Look, name: str) -> int:
    return max((seen.fresh for seen in look.seen if seen.discovery != name), default=0)


def _quiet(arrivals: Sequence[Arrival], now: datetime, zone: tzinfo) -> Finding | None:
    """Nothing came for longer than its rhythm before makes likely, and longer than ever."""
    times = sorted(a.at for a in arrivals if a.at <= now)
    if len(times) < _FEW_ARRIVALS:
        return None
    last = times[-1]
    longest = max(later - earlier for earlier, later in pairwise(times))
    if now - last < _LONGER_THAN_EVER * longest:
        return None
    rhythm = learn(hourly(arrivals), last, since=times[0], zone=zone)
    expected, at = 0.0, last
    while at < now and at < last + MEMORY:
        step = min(timedelta(minutes=30), now - at)
        expected += rhythm.usual(at) * (step.total_seconds() / HOUR)
        at += step
    if expected < _SILENCE:
        return None
    words = f"nothing new since {last:%Y-%m-%d %H:%M} UTC, where about {expected:.0f} articles would be usual"
    return Finding(State.QUIET, last, words)


def _looks(number: int) -> str:
    return "the last look" if number == 1 else f"the last {number} looks"
