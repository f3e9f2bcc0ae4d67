"""How often a block of each kind is in the text: the table that `pipeline.extract.kinds` decides by.

usage: .venv/bin/python benchmarks/fit_kinds.py [--only even|odd]

Read are the saved pages that have a frame. A block counts as kept if the general reading has it; a long one
counts more than a short one. Printed is what the table is worth on sites that it was not made of (five
folds): how many pages it decides about, how many of them just like the general reading, and how much text
differs. The table that is written is made of all pages, or of those whose site's digest is even or odd.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from multiprocessing import Pool
from pathlib import Path

from readers import Job, job_of

from pipeline.errors import PageError
from pipeline.extract import kinds, markup, tree
from pipeline.extract.blocks import read_blocks
from pipeline.extract.charset import decode_html
from pipeline.extract.frame import frame_of
from pipeline.extract.general import general_reading
from pipeline.extract.kinds import Kind
from pipeline.extract.strings import key, weight

PAGES = Path(__file__).parents[2] / "shared/pages/pages.jsonl"
FOLDS = 5
LEAST = 15
"""Blocks of a kind below which nothing is known of it."""

Sample = tuple[Kind, float, bool]
"""A block: its kind, its weight, whether the general reading has it."""


def main() -> None:
    """Read, judge, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", choices=("even", "odd"))
    only = parser.parse_args().only
    jobs = [job_of(json.loads(line), PAGES.parent) for line in PAGES.read_text("utf-8").splitlines()]
    with Pool() as pool:
        pages = [page for page in pool.imap(samples_of, jobs, chunksize=8) if page[1]]
    judge(pages)
    chosen = [blocks for site, blocks in pages if only is None or number(site) % 2 == (only == "odd")]
    write(rates_of(chosen))


def samples_of(job: Job) -> tuple[str, list[Sample]]:
    """Return the site of a page and the blocks within its frame; none if it has no frame."""
    try:
        text = decode_html(gzip.decompress(job.path.read_bytes()), job.content_type)
        root = tree.parse(markup.strip(text).html)
        blocks = read_blocks(root, job.url)
        frame = frame_of(blocks)
        if frame is None:
            return job.site, []
        general = general_reading(tree.alone(frame.element), frame.blocks)
        kept = {key(line.text) for line in general.lines}
    except PageError:
        return job.site, []
    found = [(k, weight(b.text), key(b.text) in kept) for b, k in kinds.kinds_of(frame)]
    return job.site or job.id, found


def number(site: str) -> int:
    """Return a number of a site that stays the same from run to run."""
    return int(sha256(site.encode()).hexdigest()[:8], 16)


def rates_of(pages: Iterable[Sequence[Sample]]) -> Mapping[Kind, tuple[int, float]]:
    """Return how many blocks of each kind there are, and what part of them is kept (Laplace's rule)."""
    counts: dict[Kind, list[float]] = defaultdict(lambda: [0, 1.0, 2.0])
    for blocks in pages:
        for kind, size, kept in blocks:
            share = min(4.0, 0.5 + size / 100)
            known = counts[kind]
            counts[kind] = [known[0] + 1, known[1] + share * kept, known[2] + share]
    return {kind: (int(n), kept / of) for kind, (n, kept, of) in counts.items() if n >= LEAST}


def judge(pages: Sequence[tuple[str, Sequence[Sample]]]) -> None:
    """Print what a table is worth on sites that it was not made of."""
    decided: list[tuple[float, float]] = []
    for fold in range(FOLDS):
        rates = rates_of(blocks for site, blocks in pages if number(site) % FOLDS != fold)
        decided += [tell(blocks, rates) for site, blocks in pages if number(site) % FOLDS == fold]
    for limit in (0.02, 0.03, 0.05, 0.08):
        sure = [wrong for doubt, wrong in decided if doubt <= limit]
        print(
            f"doubt up to {limit:.0%}: {len(sure)} of {len(pages)} pages,"
            f" {sum(not wrong for wrong in sure)} the same, {sum(sure) / len(sure):.2%} of the text differs"
        )


def tell(blocks: Sequence[Sample], rates: Mapping[Kind, tuple[int, float]]) -> tuple[float, float]:
    """Return what part of a text is in doubt, and what part differs from the general reading."""
    size = doubt = wrong = 0.0
    for kind, worth, kept in blocks:
        _, rate = rates.get(kind, (0, 0.5))
        doubt += worth * min(rate, 1 - rate)
        size += worth * (rate > 0.5)
        wrong += worth * ((rate > 0.5) != kept)
    return doubt / (size or 1), wrong / (size or 1)


def write(rates: Mapping[Kind, tuple[int, float]]) -> None:
    """Write the table, a kind a row."""
    rows = ["\t".join((*Kind._fields, "blocks", "rate"))]
    for kind, (n, rate) in sorted(rates.items()):
        marks = ("yes" if mark else "no" for mark in kind[2:])
        rows.append("\t".join((*kind[:2], *marks, str(n), f"{rate:.3f}")))
    kinds.TABLE.write_text("\n".join(rows) + "\n", "utf-8")
    print(f"{len(rates)} kinds in {kinds.TABLE}")


if __name__ == "__main__":
    main()
