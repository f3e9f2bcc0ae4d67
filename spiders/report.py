"""What came of looking at outlets."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pipeline.records import Failed, Outcome, Rejected, outcome_name


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
    looked: bool = False
    ended: bool = False
    """True once the look came to its end, good or bad; False while it goes on or where it was broken off."""
    outcomes: Counter[str] = field(default_factory=Counter)
    drifts: Counter[str] = field(default_factory=Counter)

    def count(self, outcome: Outcome) -> None:
        """Count a page that has its outcome."""
        self.outcomes[outcome_name(outcome)] += 1
        if not isinstance(outcome, Rejected | Failed) and outcome.drift:
            self.drifts[outcome.drift] += 1

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
