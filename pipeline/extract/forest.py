"""How likely a block is part of the text: many small decision trees, each of which adds its share.

Gradient boosting (Friedman, Greedy Function Approximation, 2001). The trees (`forest.tsv`, a question a row)
are made by `benchmarks/fit_forest.py` of what the general reading keeps of the saved pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.features import FEATURES, Row

TABLE = Path(__file__).with_name("forest.tsv")
_AT_ONCE = 1000
"""Blocks that are asked at once: a long page must not take much memory."""
ROOT = "0"
LEAF = "="
"""Marks what a tree adds; anything else is the number of the next node."""


@dataclass(frozen=True)
class Forest:
    """Trees as arrays over all their nodes; a leaf leads to itself."""

    roots: NDArray[np.intp]
    feature: NDArray[np.intp]
    limit: NDArray[np.float64]
    follows: NDArray[np.intp]
    """Of each node the two that follow: up to the limit, above it."""
    adds: NDArray[np.float64]
    depth: int

    def odds(self, rows: Sequence[Row]) -> NDArray[np.float64]:
        """Return the logarithm of the odds of each row."""
        given = np.asarray(rows, dtype=np.float64)
        starts = np.arange(len(rows), dtype=np.intp)[:, None] * len(FEATURES)
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            asked = given.take(starts + self.feature.take(at))
            at = self.follows.take(2 * at + (asked > self.limit.take(at)))
        return np.asarray(self.adds.take(at).sum(axis=1), dtype=np.float64)


def likelihoods(rows: Sequence[Row]) -> list[float]:
    """Return how likely the block of each row is part of the text, from 0 to 1."""
    parts = (forest().odds(rows[start : start + _AT_ONCE]) for start in range(0, len(rows), _AT_ONCE))
    return [float(one) for odds in parts for one in 1 / (1 + np.exp(-odds))]


@cache
def forest() -> Forest:
    """Return the trees of the table."""
    return read(TABLE.read_text("utf-8"))


def read(table: str) -> Forest:
    """Read a table of trees. Nodes are numbered in the order of the rows, the leaves behind them."""
    rows = [line.split("\t") for line in table.splitlines()[1:]]
    columns = {name: n for n, name in enumerate(FEATURES)}
    numbers = {(tree, node): n for n, (tree, node, *_) in enumerate(rows)}
    feature, limit = [], []
    leaves: list[float] = []
    follows: list[list[int]] = []
    for tree, _, name, most, *ways in rows:
        feature.append(columns[name])
        limit.append(float(most))
        follows.append([])
        for way in ways:
            if way.startswith(LEAF):
                follows[-1].append(len(rows) + len(leaves))
                leaves.append(float(way.removeprefix(LEAF)))
            else:
                follows[-1].append(numbers[tree, way])
    ends = range(len(rows), len(rows) + len(leaves))
    roots = [n for (_, node), n in numbers.items() if node == ROOT]
    return Forest(
        roots=np.asarray(roots, dtype=np.intp),
        feature=np.asarray(feature + [0] * len(leaves), dtype=np.intp),
        limit=np.asarray(limit + [np.inf] * len(leaves)),
        follows=np.asarray(follows + [[n, n] for n in ends], dtype=np.intp),
        adds=np.asarray([0.0] * len(rows) + leaves),
        depth=_depth(follows, roots),
    )


def _depth(follows: Sequence[Sequence[int]], roots: Sequence[int]) -> int:
    """Return how many questions the longest way from a root to a leaf has."""
    depth, level = 0, [n for n in roots if n < len(follows)]
    while level:
        depth += 1
        level = [way for n in level for way in follows[n] if way < len(follows)]
    return depth
