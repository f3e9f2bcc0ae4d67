"""The words by which two texts differ."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from typing import Literal, NamedTuple

from pipeline.normalise import CJK, folded

SpanKind = Literal["kept", "removed", "added"]

_UNIT = re.compile(
    rf"\n|(?:[{CJK}]|\d+(?:[.,٫٬]\d+)*|[^\W\d_{CJK}]+(?:['’ʼ\u0610-\u061a\u0640\u064b-\u065f\u0670\u0900-\u0dff\u200c\u200d]+[^\W\d_{CJK}]*)*|\S)[^\S\n]*"
)
_ROUNDS = 12
"""How often what lies between two matches is aligned again."""
_KIN = 0.3
"""Share of the shorter side that two stretches must have in common to be versions of each other."""
_CRUMB = 2
"""Words that stayed by chance between two larger changes."""


class Span(NamedTuple):
    """A stretch of text that stayed, went or came; what stayed is as the later text writes it."""

    kind: SpanKind
    text: str


class Unit(NamedTuple):
    """A word, a number, a character of Han or Kana, a mark or a line end: as compared, and as written."""

    key: str
    text: str

    @property
    def is_word(self) -> bool:
        """Whether it counts as a word."""
        return self.key[:1].isalnum()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Units that are next to each other and share their fate."""

    kind: SpanKind
    units: tuple[Unit, ...]

    @property
    def text(self) -> str:
        """What it says, as it is written."""
        return "".join(unit.text for unit in self.units)

    @property
    def words(self) -> int:
        """How many words it has; Han and Kana count by character."""
        return sum(unit.is_word for unit in self.units)


def units_of(text: str) -> list[Unit]:
    """Take a text apart. Quotes, dashes, case and compatibility forms are folded for the comparison."""
    keys: dict[str, str] = {}
    found = []
    for piece in _UNIT.findall(text):
        if piece not in keys:
            keys[piece] = folded(piece).strip() or piece
        found.append(Unit(keys[piece], piece))
    return found


def compare(before: str, after: str) -> list[Stretch]:
    """Return the stretches of two texts in order: what went stands before what came in its place.

    First whole lines are aligned, then the words of the lines that differ, by the patience method (Bram
    Cohen): what is unique on both sides holds the rest in place. Never more than `_ROUNDS` passes over the
    texts, whatever is in them. A few words that two different passages share by chance are no match.
    """
    a, b = units_of(_closed(before)), units_of(_closed(after))
    lines_a, lines_b = _lines(a), _lines(b)
    stretches: list[Stretch] = []
    at_a = at_b = 0
    pairs = align([_line_key(line) for line in lines_a], [_line_key(line) for line in lines_b])
    for i, j in (*pairs, (len(lines_a), len(lines_b))):
        stretches += _words(_joined(lines_a[at_a:i]), _joined(lines_b[at_b:j]))
        if j < len(lines_b):
            stretches.append(Stretch("kept", tuple(lines_b[j])))
        at_a, at_b = i + 1, j + 1
    return list(_merged(stretches))


def spans(before: str, after: str) -> list[Span]:
    """Return what `compare` finds, as text."""
    return [Span(stretch.kind, stretch.text) for stretch in compare(before, after)]


def align(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the places of what `a` and `b` have in common in the same order, as pairs, rising in both."""
    pairs: list[tuple[int, int]] = []
    todo = [(0, len(a), 0, len(b), 0)]
    while todo:
        a0, a1, b0, b1, depth = todo.pop()
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            pairs.append((a0, b0))
            a0, b0 = a0 + 1, b0 + 1
        while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
            pairs.append((a1, b1))
        if a0 == a1 or b0 == b1 or depth == _ROUNDS:
            continue
        anchors = _anchors(a[a0:a1], b[b0:b1])
        for i, j in anchors:
            pairs.append((a0 + i, b0 + j))
        edges = [(-1, -1), *anchors, (a1 - a0, b1 - b0)]
        if anchors:
            todo += [
                (a0 + i + 1, a0 + k, b0 + j + 1, b0 + m, depth + 1) for (i, j), (k, m) in pairwise(edges)
            ]
    return sorted(pairs)


def _anchors(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the longest rising run of pairs of elements that are unique in `a` and in `b`."""
    counts_a, counts_b = Counter(a), Counter(b)
    place = {x: j for j, x in enumerate(b) if counts_b[x] == 1}
    pairs = [(i, place[x]) for i, x in enumerate(a) if counts_a[x] == 1 and x in place]
    tops: list[int] = []
    ends: list[int] = []
    previous: list[int | None] = []
    for n, (_, j) in enumerate(pairs):
        at = bisect_left(tops, j)
        previous.append(ends[at - 1] if at else None)
        tops[at : at + 1] = [j]
        ends[at : at + 1] = [n]
    run: list[tuple[int, int]] = []
    last = ends[-1] if ends else None
    while last is not None:
        run.append(pairs[last])
        last = previous[last]
    return run[::-1]


def _closed(text: str) -> str:
    """Return `text` with its last line ended, so that it compares with one that is not the last."""
    return text if not text or text.endswith("\n") else text + "\n"


def _lines(units: Sequence[Unit]) -> list[list[Unit]]:
    lines: list[list[Unit]] = [[]]
    for unit in units:
        lines[-1].append(unit)
        if unit.key == "\n":
            lines.append([])
    return [line for line in lines if line]


def _line_key(line: Sequence[Unit]) -> tuple[str, ...]:
    return tuple(unit.key for unit in line if unit.key != "\n")


def _joined(lines: Sequence[Sequence[Unit]]) -> list[Unit]:
    return list(chain.from_iterable(lines))


def _words(a: Sequence[Unit], b: Sequence[Unit]) -> list[Stretch]:
    """Return the stretches of two passages of which no line is the same."""
    pairs = align([unit.key for unit in a], [unit.key for unit in b])
    common = sum(b[j].is_word for _, j in pairs)
    if common < _KIN * min(_count(a), _count(b)):
        pairs = []
    found: list[Stretch] = []
    at_a = at_b = 0
    for i, j in (*pairs, (len(a), len(b))):
        found += [Stretch("removed", tuple(a[at_a:i])), Stretch("added", tuple(b[at_b:j]))]
        if j < len(b):
            found.append(Stretch("kept", (b[j],)))
        at_a, at_b = i + 1, j + 1
    return _without_crumbs(list(_merged(found)))


def _count(units: Sequence[Unit]) -> int:
    return sum(unit.is_word for unit in units)


def _without_crumbs(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Take the few words that stayed between larger changes for changed, too: so a change reads in one."""
    runs = [list(run) for _, run in groupby(stretches, key=lambda s: s.kind == "kept")]
    sizes = [sum(stretch.words for stretch in run) for run in runs]
    found: list[Stretch] = []
    for n, run in enumerate(runs):
        small = run[0].kind == "kept" and 0 < n < len(runs) - 1 and sizes[n] <= _CRUMB
        if small and min(sizes[n - 1], sizes[n + 1]) >= 4 * max(1, sizes[n]):
            found += [Stretch("removed", run[0].units), Stretch("added", run[0].units)]
        else:
            found += run
    return found


def _merged(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """Join neighbours: between two stretches that stayed, all that went, then all that came."""
    for kept, run in groupby(stretches, key=lambda s: s.kind == "kept"):
        group = list(run)
        kinds: tuple[SpanKind, ...] = ("kept",) if kept else ("removed", "added")
        for kind in kinds:
            if units := tuple(chain.from_iterable(s.units for s in group if s.kind == kind)):
                yield Stretch(kind, units)
