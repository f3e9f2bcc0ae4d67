"""The weights of `pipeline.dedup.verdict`, fitted on labelled pairs and judged on pairs they have not seen.

usage: .venv/bin/python benchmarks/fit_copies.py PAIRS.jsonl

Logistic regression (ridge 1, Newton's method). Each pair counts twice: as dated, and at 0.3 of the weight
with a gap drawn from 0 to 21 days, so that the weights do not rest on how the pairs happen to be dated. What
it is worth is measured on five folds, three times; pairs that share a paragraph are in one fold. The weights
that are printed are fitted on all pairs. To them come pairs of made-up texts by one formula
(`benchmarks/formulae.py`), which are no copies, at 0.2 of the weight; a formula is in one fold.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from formulae import FORMULAE, formula_pairs

from pipeline.dedup.likeness import compare, read
from pipeline.dedup.lines import REPEATED
from pipeline.dedup.verdict import figures
from pipeline.normalise import clean_text

GAPS = (0, 1, 2, 3, 5, 7, 10, 14, 21)
DRAWN = 0.3
EACH, MADE_UP = 14, 0.2
FOLDS, TIMES = 5, 3
LONG = 60
COMMON = 6


@dataclass(frozen=True)
class Sample:
    """Pairs as they are weighed: a row each, whether they are copies, how they count, what goes together."""

    values: np.ndarray
    copies: np.ndarray
    count: np.ndarray
    group: np.ndarray

    def only(self, chosen: np.ndarray) -> Sample:
        """Return the chosen ones."""
        return Sample(self.values[chosen], self.copies[chosen], self.count[chosen], self.group[chosen])


def main() -> None:
    """Fit, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pairs", type=Path, metavar="PAIRS.jsonl")
    lines = parser.parse_args().pairs.read_text("utf-8").splitlines()
    pairs = [pair for pair in map(json.loads, lines) if pair["label"] != "revision"]
    names, sample, titles = sampled(pairs)
    scores = held_out(sample, names.index("gap"))
    real = np.arange(len(scores)) < len(pairs)
    said, true = scores > 0, sample.copies
    print(f"held out: precision {(said & true)[real].sum() / said[real].sum():.4f}", end=", ")
    print(
        f"recall {(said & true).sum() / true.sum():.4f}, formulae taken for copies {said[~real].mean():.4f}"
    )
    for place in np.flatnonzero(said != true):
        print(f"  {scores[place]:6.2f} {titles[place]}")
    weights, base = fitted(sample, names.index("gap"))
    rounded = {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}
    print(rounded, round(base, 2))


def sampled(pairs: Sequence[Mapping[str, Any]]) -> tuple[list[str], Sample, list[str]]:
    """Return what is weighed, by name; the labelled pairs and then those of formulae; what to call each."""
    texts = without_repeated(pairs)
    found = [found_in(pair, texts) for pair in pairs]
    titles = [" ".join(pair[key] for key in ("id", "lang", "label", "kind")) for pair in pairs]
    group = groups(pairs)
    chance = random.Random(5)  # noqa: S311 - no secret
    for name, a, b in formula_pairs(EACH, chance):
        found.append(figures(compare(read(a), read(b)), chance.choice((0, 1, 1, 7))))
        titles.append(f"formula {name}")
        group.append(list(FORMULAE).index(name))
    copies = [pair["label"] != "different" for pair in pairs] + [False] * (len(found) - len(pairs))
    count = [1.0] * len(pairs) + [MADE_UP] * (len(found) - len(pairs))
    values = [list(one.values()) for one in found]
    return list(found[0]), Sample(*map(np.array, (values, copies, count, group))), titles


def found_in(pair: Mapping[str, Any], texts: Mapping[tuple[str, str], str]) -> dict[str, float]:
    """Return what is weighed of a pair."""
    a, b = (read(texts[pair["id"], side]) for side in ("a", "b"))
    try:
        days = abs((date.fromisoformat(pair["a"]["date"]) - date.fromisoformat(pair["b"]["date"])).days)
    except ValueError:
        days = 0
    return figures(compare(a, b), days)


def without_repeated(pairs: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """Return each text without the lines that its outlet repeats, by pair and side."""
    texts = {(p["id"], side): clean_text(p[side]["text"]) for p in pairs for side in ("a", "b")}
    outlets = {(p["id"], side): p[side]["outlet"] for p in pairs for side in ("a", "b")}
    seen: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for key, text in texts.items():
        for line in text.split("\n"):
            seen[outlets[key], line].add(key[0])
    left = {}
    for key, text in texts.items():
        kept = [line for line in text.split("\n") if len(seen[outlets[key], line]) <= REPEATED]
        short = "\n".join(kept)
        left[key] = short if len(short) >= len(text) / 4 else text
    return left


def groups(pairs: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return a number for each pair, the same for pairs that share a long paragraph which few have."""
    parent = {pair["id"]: pair["id"] for pair in pairs}

    def root(id_: str) -> str:
        while parent[id_] != id_:
            id_ = parent[id_] = parent[parent[id_]]
        return id_

    having: defaultdict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        for line in {*pair["a"]["text"].split("\n"), *pair["b"]["text"].split("\n")}:
            if len(line) > LONG:
                having[line].append(pair["id"])
    for ids in having.values():
        if len(ids) <= COMMON:
            for other in ids[1:]:
                parent[root(other)] = root(ids[0])
    return [int(sha256(root(pair["id"]).encode()).hexdigest()[:8], 16) for pair in pairs]


def held_out(sample: Sample, gap: int) -> np.ndarray:
    """Return the mean score of each pair from models that have not seen it."""
    scores = np.zeros(len(sample.values))
    for time in range(TIMES):
        fold = (sample.group * 7919 + time * 104_729) % 1009 % FOLDS
        for number in range(FOLDS):
            new = fold == number
            weights, base = fitted(sample.only(~new), gap)
            scores[new] += (sample.values[new] @ weights + base) / TIMES
    return scores


def fitted(sample: Sample, gap: int) -> tuple[np.ndarray, float]:
    """Return the weights and the constant."""
    chance = random.Random(7)  # noqa: S311 - no secret
    drawn = sample.values.copy()
    drawn[:, gap] = [np.log1p(max(0, chance.choice(GAPS) - 1)) for _ in drawn]
    x = np.vstack([sample.values, drawn])
    y = np.concatenate([sample.copies, sample.copies]).astype(float)
    count = np.concatenate([sample.count, sample.count * DRAWN])
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = np.column_stack([(x - mean) / spread, np.ones(len(x))])
    ridge = np.eye(z.shape[1])
    ridge[-1, -1] = 0
    beta = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(z @ beta, -30, 30)))
        slope = z.T @ (count * (y - p)) - ridge @ beta
        change = np.linalg.solve((z * (count * p * (1 - p))[:, None]).T @ z + ridge, slope)
        beta += change
        if abs(change).max() < 1e-6:
            break
    weights = beta[:-1] / spread
    return weights, float(beta[-1] - weights @ mean)


if __name__ == "__main__":
    main()
