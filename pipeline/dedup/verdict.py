"""What one text is to another: the decision from what a comparison found and the days between them.

Overlap alone cannot decide: weekly statements and templates share 0.7 to 0.9 of their runs. A copy keeps the
numbers, names and rare words of its source, wherever it was cut or reworded, and it comes soon: the longer
it takes, the more alike the two must be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log1p
from typing import Literal

from pipeline.dedup.likeness import Likeness
from pipeline.normalise import tokens

Kind = Literal["exact", "near", "contained", "different"]

LEAST_COVERED = 0.45
"""The share of the part that the whole must have, whatever else speaks for a copy."""
CONTAINED = 0.3
"""How much more of the one text is in the other than of the other in the one, where it is a part of it."""
_WITHIN_A_DAY = 1
_LONGEST_GAP = 365
_NOTICE = 40
"""Tokens below which a text is a notice: it takes the titles to tell two of them apart."""
_VERBATIM = 0.98
_FEW_NUMBERS = 0.5
_SWAPPED = 0.2

_WEIGHTS = {
    "covered": 11.70,
    "runs": 4.42,
    "numbers": 5.67,
    "rare": 5.36,
    "log_size": 2.16,
    "swaps": 6.36,
    "hard_swaps": -8.55,
    "exchanges": -5.30,
    "least": -4.08,
    "gap": -0.97,
}
_BASE = -29.58
"""Logistic regression, fitted by `benchmarks/fit_copies.py` on the 1,371 labelled pairs of
`../shared/pairs/dev.jsonl` that are no revisions, and on 182 pairs of made-up texts by one formula at 0.2 of
the weight; each as dated, and with a gap drawn from 0 to 21 days at 0.3 of that, so that the weights do not
rest on how those pairs happen to be dated."""

_LEAST_CHANCE = 0.45
"""On pairs of sources that the weights were not fitted on it gives precision .991 and recall .997."""

_REASONS = (
    ("numbers", 0.75, "numbers of the one are not in the other"),
    ("rare", 0.6, "rare words of the one are not in the other"),
    ("runs", 0.5, "few runs of words in common"),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the first of two texts is to the second."""

    kind: Kind
    chance: float
    """How likely they are copies, from 0 to 1, as far as the rules go by chances."""
    similarity: float
    covered: float
    """The share of the first text that the second has."""
    covers: float
    """The share of the second text that the first has."""
    reasons: tuple[str, ...] = ()
    """In words, what speaks against a copy."""

    @property
    def copies(self) -> bool:
        """One of the two is a copy of the other, or both are of a third."""
        return self.kind != "different"


EXACT = Verdict("exact", 1.0, 1.0, 1.0, 1.0)
"""The verdict on two texts of one normalised wording."""


def judge(likeness: Likeness, days: float, titles: Sequence[str] = ()) -> Verdict:
    """Decide whether one of two texts is a copy of the other.

    `days` lie between their publications; `titles` are theirs. `near` and `contained` differ in how much of
    each is in the other: `covered` and `covers` say which is the part.
    """
    weighed = _weighed(likeness, 0.0 if _is_verbatim(likeness) else abs(days))
    chance = 1 / (1 + exp(-sum(weighed.values()) - _BASE))
    reasons = _against(likeness, abs(days), titles)
    kind: Kind = part_or_near(likeness.covered, likeness.covers)
    notices = kind == "near" and _other_notice(likeness, titles)
    if chance < _LEAST_CHANCE or likeness.most < LEAST_COVERED or notices or _other_figures(likeness):
        kind = "different"
    return Verdict(
        kind,
        chance,
        likeness.similarity,
        likeness.covered,
        likeness.covers,
        reasons if kind == "different" else (),
    )


def part_or_near(covered: float, covers: float) -> Literal["near", "contained"]:
    """Tell a text that is a part of another, or holds it whole, from another version of the same extent."""
    return "contained" if abs(covered - covers) >= CONTAINED else "near"


def figures(likeness: Likeness, days: float) -> dict[str, float]:
    """Return what is weighed, by name."""
    return {
        "covered": likeness.most,
        "runs": likeness.runs,
        "numbers": likeness.numbers,
        "rare": likeness.rare,
        "log_size": likeness.log_size,
        "swaps": likeness.swaps,
        "hard_swaps": likeness.hard_swaps,
        "exchanges": likeness.exchanges,
        "least": likeness.least,
        "gap": log1p(max(0.0, min(days, _LONGEST_GAP) - _WITHIN_A_DAY)),
    }


def _is_verbatim(likeness: Likeness) -> bool:
    """Tell whether two texts are the same but for a few words: no template is, whenever it returns."""
    same = min(likeness.covered, likeness.covers) >= _VERBATIM
    return same and likeness.numbers == 1.0 and not likeness.hard_swaps


def _weighed(likeness: Likeness, days: float) -> dict[str, float]:
    return {name: _WEIGHTS[name] * value for name, value in figures(likeness, days).items()}


def _other_notice(likeness: Likeness, titles: Sequence[str]) -> bool:
    """Tell whether two notices have different subjects, by their titles."""
    if likeness.size >= _NOTICE or min(likeness.covered, likeness.covers) >= _VERBATIM:
        return False
    named = [set(tokens(title)) for title in titles]
    if len(named) != 2 or not all(named):
        return False
    return 2 * len(named[0] & named[1]) < min(map(len, named))


def _other_figures(likeness: Likeness) -> bool:
    """Tell whether most numbers are others, and stand in the places of those: a form that was filled in anew.

    Whoever cuts or rewords a text leaves numbers out, but does not put others in.
    """
    return likeness.numbers < _FEW_NUMBERS and likeness.hard_swaps >= _SWAPPED


def _against(likeness: Likeness, days: float, titles: Sequence[str]) -> tuple[str, ...]:
    found = figures(likeness, days)
    reasons = [words for name, least, words in _REASONS if found[name] < least]
    if likeness.most < LEAST_COVERED:
        reasons.append(f"only {likeness.most:.0%} of the one is in the other")
    if likeness.hard_swaps:
        reasons.append("other numbers or names stand in the same places")
    if days > _WITHIN_A_DAY:
        reasons.append(f"{days:.0f} days apart")
    if _other_notice(likeness, titles):
        reasons.append("short, and under another title")
    return tuple(reasons)
