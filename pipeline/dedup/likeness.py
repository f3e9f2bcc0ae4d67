"""How like two texts are: how much of each the other has, and what the part has that the whole has not."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import log

from pipeline.dedup.fingerprints import MOST_TOKENS, goes_by_character
from pipeline.normalise import tokens

_RUN_OF_WORDS = 3
_RUN_OF_CHARACTERS = 5
_LONG_WORD = 7
_LONGEST_SUBSTITUTION = 8
_LEAST_NAME = 3
_NAME = re.compile(r"(?<=[^\W\d_]|[,;\d)])\s((?![a-z])[^\W\d_][\w’'-]+)")
"""A word within a sentence that may begin with a capital: then it is a name."""
_NUMERAL = re.compile(
    r"[〇零一二三四五六七八九十百千万亿两]+(?=[年月日时時点點分名人岁歲次个個届届度周週元])"
)
"""A number that is written in Chinese, before what is counted or dated with it."""
_GAP = re.compile(rb"(?<=\x01)\x00+(?=\x01)")
_LOOKED_FOR_CAPITALS = 2_000
_CAPITALS = 0.005
"""The share of capitals in a text whose script has them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is compared. Two readings of one text are equal."""

    tokens: tuple[str, ...]
    runs: tuple[tuple[str, ...], ...]
    """Every 3 neighbouring words, or 5 characters: what two texts are compared by."""
    run_set: frozenset[tuple[str, ...]]
    vocabulary: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    """Words that are written with a capital within a sentence, in the scripts that have capitals."""
    rare: frozenset[str]
    """Long words; where words have no spaces, pairs of neighbouring characters."""
    shows_names: bool
    """The script has capitals."""

    @property
    def size(self) -> int:
        """How many tokens there are."""
        return len(self.tokens)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a comparison of two texts found. Shares are from 0 to 1."""

    covered: float
    """The share of the first text's words that stand in runs which the second has too."""
    covers: float
    """The same of the second text."""
    similarity: float
    """The same of both together."""
    runs: float
    """The share of the part's runs that the whole has: the part is the text that has more in the other."""
    numbers: float
    """The share of the part's numbers that the whole has; `rare` likewise for its rare words."""
    rare: float
    swaps: float
    """Words or short stretches of the part that stand for others in the whole, for each 10 shared words."""
    hard_swaps: float
    """The numbers and names in them that the whole has not, likewise."""
    exchanges: float
    """Where the script has no capitals to tell names by: words of each text, in short stretches between
    shared ones, that the other has not; as many as both have, for each 10 shared words."""
    size: int
    """Tokens of the shorter text."""

    @property
    def most(self) -> float:
        """The share of the part that the whole has."""
        return max(self.covered, self.covers)

    @property
    def log_size(self) -> float:
        """The natural logarithm of `size`."""
        return log(max(5, self.size))

    @property
    def least(self) -> float:
        """The share of the whole that the part has."""
        return min(self.covered, self.covers)


def read(text: str) -> Reading:
    """Read `text` (one paragraph a line) for comparisons."""
    found = tokens(text)[:MOST_TOKENS]
    unspaced = goes_by_character(found)
    size = min(len(found), _RUN_OF_CHARACTERS if unspaced else _RUN_OF_WORDS)
    runs = tuple(zip(*(found[start:] for start in range(size)), strict=False))
    vocabulary = frozenset(found)
    return Reading(
        tokens=tuple(found),
        runs=runs,
        run_set=frozenset(runs),
        vocabulary=vocabulary,
        numbers=frozenset(word for word in vocabulary if word[0].isdigit()).union(_numerals(text)),
        names=_names(text),
        rare=_pairs(found) if unspaced else frozenset(w for w in vocabulary if len(w) >= _LONG_WORD),
        shows_names=sum(map(str.isupper, text[:_LOOKED_FOR_CAPITALS]))
        >= _CAPITALS * min(len(text), _LOOKED_FOR_CAPITALS),
    )


def compare(first: Reading, second: Reading) -> Likeness:
    """Compare two texts; `compare(b, a)` says the same with `covered` and `covers` changed over."""
    marks_first, marks_second = _marks(first, second), _marks(second, first)
    shared = len(first.run_set & second.run_set)
    runs_first, runs_second = _share(shared, len(first.run_set)), _share(shared, len(second.run_set))
    if (runs_first, second.tokens) >= (runs_second, first.tokens):
        part, whole, marks, runs = first, second, marks_first, runs_first
    else:
        part, whole, marks, runs = second, first, marks_second, runs_second
    swaps, hard = _swaps(part, whole, marks)
    same = max(1, sum(marks))
    exchanged = min(_foreign(first, second, marks_first), _foreign(second, first, marks_second))
    fewer = max(1, min(sum(marks_first), sum(marks_second)))
    return Likeness(
        covered=_share(sum(marks_first), first.size),
        covers=_share(sum(marks_second), second.size),
        similarity=_share(sum(marks_first) + sum(marks_second), first.size + second.size),
        runs=runs,
        numbers=_held(part.numbers, whole.numbers),
        rare=_held(part.rare, whole.rare),
        swaps=min(1.0, 10 * swaps / same),
        hard_swaps=min(1.0, 10 * hard / same),
        exchanges=0.0 if first.shows_names or second.shows_names else min(1.0, 10 * exchanged / fewer),
        size=min(first.size, second.size),
    )


def _marks(of: Reading, other: Reading) -> bytes:
    """Return for each token of one text whether it stands in a run which the other has too, as 1 or 0."""
    begun = int.from_bytes(bytes(map(other.run_set.__contains__, of.runs)), "little")
    marked = 0
    for place in range(len(of.runs[0]) if of.runs else 0):
        marked |= begun << 8 * place
    return marked.to_bytes(of.size, "little")


def _swaps(part: Reading, whole: Reading, marks: bytes) -> tuple[int, int]:
    """Count the short stretches between shared ones, and the numbers and names that only they have."""
    swaps = hard = 0
    for start, end in _gaps(marks):
        if end - start <= _LONGEST_SUBSTITUTION:
            swaps += 1
            hard += sum(
                (word in part.numbers and word not in whole.numbers)
                or (word in part.names and word not in whole.vocabulary)
                for word in part.tokens[start:end]
            )
    return swaps, hard


def _foreign(of: Reading, other: Reading, marks: bytes) -> int:
    """Count the words in short stretches between shared ones that the other text has not."""
    short = (of.tokens[a:b] for a, b in _gaps(marks) if b - a <= _LONGEST_SUBSTITUTION)
    return sum(word not in other.vocabulary for words in short for word in words)


def _gaps(marks: bytes) -> list[tuple[int, int]]:
    """Return where the stretches without a mark between two marks begin and end."""
    return [match.span() for match in _GAP.finditer(marks)]


def _numerals(text: str) -> Sequence[str]:
    return () if text.isascii() else _NUMERAL.findall(text)


def _names(text: str) -> frozenset[str]:
    words = {match[1] for match in _NAME.finditer(text) if match[1][0].isupper()}
    return frozenset(token for token in tokens("\n".join(words)) if len(token) >= _LEAST_NAME)


def _pairs(found: Sequence[str]) -> frozenset[str]:
    return frozenset(a + b for a, b in itertools.pairwise(found))


def _held(wanted: AbstractSet[str], held: AbstractSet[str]) -> float:
    """Return the share of `wanted` that is held, a little nearer to 1: few say less than many."""
    return (len(wanted & held) + 1) / (len(wanted) + 1)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
