"""What came of looking at outlets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.looks import MOST_WORD_COUNTS, MOST_WORDS, Look, Seen
from pipeline.records import (
    Duplicate,
    Failed,
    New,
    Outcome,
    Refusal,
    Rejected,
    outcome_label,
    outcome_name,
)

COUNTS = ("found", "new", "revised", "unchanged", "duplicate", "rejected", "failed")
"""What is counted of a look, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class LookReport:
    """What came of one look at one outlet."""

    outlet: str
    found: int = 0
    """Articles that the discoveries offer and the rules accept, each once."""
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    duplicate: int = 0
    rejected: int = 0
    failed: int = 0
    known: int = 0
    """Of those found, the ones that need not be fetched."""
    drifted: int = 0
    """Articles that were read as any page, because the outlet's profile no longer fits."""
    left: int = 0
    """Articles that were to be fetched and still wait: over the limit, or the look was stopped."""
    problems: tuple[str, ...] = ()
    """One for each discovery that could not be read, in words with its address."""
    notes: tuple[str, ...] = ()
    """What was odd, in words."""
    planned: tuple[str, ...] = ()
    """The addresses that a dry run would have fetched."""
    looked: bool = False
    """True where at least one discovery could be read."""
    seconds: float = 0.0
    pages: Mapping[str, int] = field(default_factory=dict)
    """Every page by outcome and reason, as `{"new": 3, "rejected:listing": 1}`."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a crawl: a report for each outlet that was looked at, in the order asked for."""

    looks: tuple[LookReport, ...]
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class LookBegan:
    """A look begins."""

    outlet: str


@dataclass(frozen=True, slots=True)
class PagesPlanned:
    """The discoveries were read: so many pages will be fetched."""

    outlet: str
    pages: int


@dataclass(frozen=True, slots=True)
class PageDone:
    """A page has its outcome."""

    outlet: str
    url: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class LookDone:
    """A look is over."""

    report: LookReport


LookEvent = LookBegan | PagesPlanned | PageDone | LookDone


@dataclass(slots=True)
class Diary:
    """What a look that goes on has seen so far."""

    outlet: str
    found: int = 0
    known: int = 0
    to_fetch: int = 0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    planned: tuple[str, ...] = ()
    seen: list[Seen] = field(default_factory=list)
    looked: bool = False
    ended: bool = False
    """True once the look came to its end, good or bad; False while it goes on or where it was broken off."""
    outcomes: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    firsts: Counter[str] = field(default_factory=Counter)
    drifts: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    words: list[int] = field(default_factory=list)

    def count(self, outcome: Outcome, *, first: bool, refused: bool) -> None:
        """Count a page that has its outcome.

        `first`: it was not tried before; `refused`: a status said that it is us who may not have it.
        """
        self.outcomes[outcome_name(outcome)] += 1
        self.pages[outcome_label(outcome)] += 1
        if first:
            self.firsts[outcome_label(outcome)] += 1
            self.refused += refused or outcome_label(outcome) == f"rejected:{Refusal.BLOCK_PAGE}"
        if not isinstance(outcome, Rejected | Failed) and outcome.drift:
            self.drifts[outcome.drift] += 1
        if isinstance(outcome, New | Duplicate) and len(self.words) < MOST_WORD_COUNTS:
            self.words.append(outcome.words)

    def look(self, at: datetime, seconds: float) -> Look:
        """Say what is to be remembered of the look, which began at `at` and took `seconds`."""
        return Look(
            outlet=self.outlet,
            at=at,
            seconds=round(seconds, 3),
            looked=self.looked,
            whole=self.ended,
            seen=tuple(self.seen),
            pages=dict(self.pages),
            firsts=dict(self.firsts),
            refused=self.refused,
            words=tuple(self.words),
            problems=tuple(problem[:MOST_WORDS] for problem in self.problems),
        )

    def report(self, seconds: float) -> LookReport:
        """Say what came of the look, which took `seconds`."""
        return LookReport(
            outlet=self.outlet,
            found=self.found,
            known=self.known,
            left=self.to_fetch - self.outcomes.total(),
            problems=tuple(self.problems),
            notes=(*self.notes, *(_drifted(n, why) for why, n in self.drifts.items())),
            drifted=self.drifts.total(),
            planned=self.planned,
            looked=self.looked,
            seconds=round(seconds, 3),
            pages=dict(self.pages),
            new=self.outcomes["new"],
            revised=self.outcomes["revised"],
            unchanged=self.outcomes["unchanged"],
            duplicate=self.outcomes["duplicate"],
            rejected=self.outcomes["rejected"],
            failed=self.outcomes["failed"],
        )


def _drifted(articles: int, why: str) -> str:
    count = f"{articles} articles were" if articles > 1 else "an article was"
    return f"{count} read as any page: {why}"
