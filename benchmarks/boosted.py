"""Boosted trees by scikit-learn (>= 1.5), run by `fit_forest.py` in an environment of its own.

usage: python benchmarks/boosted.py SAMPLES.npz TABLE.tsv

SAMPLES holds `rows` (blocks x features), `kept` (0 or 1), `size` (of the text), `page` (a number a page),
`fold` (of the site), `names` (of the features). Prints what the trees are worth on sites that they were not
made of, and writes those made of all.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

LIMITS = (0.03, 0.06, 0.09, 0.12, 0.15)


def fit(rows: np.ndarray, kept: np.ndarray, size: np.ndarray) -> HistGradientBoostingClassifier:
    """Make trees; a long block counts more than a short one."""
    trees = HistGradientBoostingClassifier(
        max_iter=100,
        learning_rate=0.15,
        max_depth=4,
        max_leaf_nodes=8,
        min_samples_leaf=80,
        l2_regularization=1,
        early_stopping=False,
        random_state=0,
    )
    return trees.fit(rows, kept, sample_weight=np.minimum(4, 0.5 + size / 100))


def judge(given: dict[str, np.ndarray]) -> None:
    """Print how many pages are decided up to each doubt, and how much of their text differs."""
    likely = np.zeros(len(given["kept"]))
    for fold in np.unique(given["fold"]):
        others = given["fold"] != fold
        trees = fit(given["rows"][others], given["kept"][others], given["size"][others])
        likely[~others] = trees.predict_proba(given["rows"][~others])[:, 1]
    size, pages = given["size"], len(np.unique(given["page"]))
    taken = np.maximum(1, np.bincount(given["page"], size * (likely > 0.5)))
    doubt = np.bincount(given["page"], size * np.minimum(likely, 1 - likely)) / taken
    wrong = np.bincount(given["page"], size * ((likely > 0.5) != given["kept"])) / taken
    there = np.bincount(given["page"]) > 0
    for limit in LIMITS:
        sure = there & (doubt <= limit)
        differs = f"{wrong[sure].mean():.2%} of the text differs"
        print(f"doubt up to {limit:.0%}: {sure.sum()} of {pages} pages, {differs}")


def write(trees: HistGradientBoostingClassifier, names: list[str], table: Path) -> None:
    """Write the trees, a question a row; the first adds what is known before any question."""
    rows = ["tree\tnode\tfeature\tlimit\tup to it\tabove it"]
    for number, (one,) in enumerate(trees._predictors):  # noqa: SLF001 - there is no other way to the nodes
        nodes = one.nodes
        before = trees._baseline_prediction.item() if number == 0 else 0.0  # noqa: SLF001
        ways = [f"={n['value'] + before:.4f}" if n["is_leaf"] else str(i) for i, n in enumerate(nodes)]
        for i, node in enumerate(nodes):
            if not node["is_leaf"]:
                name, limit = names[node["feature_idx"]], f"{node['num_threshold']:.6g}"
                rows.append(
                    "\t".join((str(number), str(i), name, limit, ways[node["left"]], ways[node["right"]]))
                )
    table.write_text("\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    samples = dict(np.load(sys.argv[1]))
    judge(samples)
    write(
        fit(samples["rows"], samples["kept"], samples["size"]), samples["names"].tolist(), Path(sys.argv[2])
    )
