"""How likely blocks are part of the text: the trees that `pipeline.extract.forest` decides by.

usage: .venv/bin/python benchmarks/fit_forest.py ENVIRONMENT/bin/python [--only even|odd] [--to TABLE]

ENVIRONMENT has scikit-learn. Read are the saved pages that have a frame. A block counts as kept if the
general reading has it; a long one counts more than a short one. Printed is what the trees are worth on sites
that they were not made of (five folds): how many pages they decide about, and how much of the text differs
from the general reading's. Those that are written are made of all pages, or of the sites whose digest is
even or odd.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
from collections.abc import Sequence
from hashlib import sha256
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from readers import Job, job_of

from pipeline.errors import PageError
from pipeline.extract import forest, markup, tree
from pipeline.extract.blocks import read_blocks
from pipeline.extract.charset import decode_html
from pipeline.extract.features import FEATURES, Row, features_of
from pipeline.extract.frame import frame_of
from pipeline.extract.general import general_reading
from pipeline.extract.strings import key, weight

PAGES = Path(__file__).parents[2] / "shared/pages/pages.jsonl"
FOLDS = 5


class Sample(NamedTuple):
    """A block: what is told of it, the weight of its text, whether the general reading has it."""

    row: Row
    size: float
    kept: bool


def main() -> None:
    """Read, learn, judge, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("python", type=Path, metavar="ENVIRONMENT/bin/python")
    parser.add_argument("--only", choices=("even", "odd"))
    parser.add_argument("--to", type=Path, default=forest.TABLE, metavar="TABLE")
    options = parser.parse_args()
    jobs = [job_of(json.loads(line), PAGES.parent) for line in PAGES.read_text("utf-8").splitlines()]
    with Pool() as pool:
        pages = [page for page in pool.imap(samples_of, jobs, chunksize=8) if page[1]]
    rest = {"even": (0,), "odd": (1,), None: (0, 1)}[options.only]
    with TemporaryDirectory() as folder:
        samples = Path(folder, "samples.npz")
        np.savez(samples, **columns_of([page for page in pages if number(page[0]) % 2 in rest]))
        subprocess.run(
            [options.python, Path(__file__).with_name("boosted.py"), samples, options.to], check=True
        )
    print(f"{len(forest.read(options.to.read_text('utf-8')).roots)} trees in {options.to}")


def samples_of(job: Job) -> tuple[str, list[Sample]]:
    """Return the site of a page and the blocks within its frame; none if it has no frame."""
    try:
        text = decode_html(gzip.decompress(job.path.read_bytes()), job.content_type)
        root = tree.parse(markup.strip(text).html)
        frame = frame_of(read_blocks(root, job.url))
        if frame is None:
            return job.site, []
        general = general_reading(tree.alone(frame.element), frame.blocks)
    except PageError:
        return job.site, []
    kept = {key(line.text) for line in general.lines}
    rows = zip(features_of(frame), frame.blocks, strict=True)
    return job.site or job.id, [Sample(row, weight(b.text), key(b.text) in kept) for row, b in rows]


def number(site: str) -> int:
    """Return a number of a site that stays the same from run to run."""
    return int(sha256(site.encode()).hexdigest()[:8], 16)


def columns_of(pages: Sequence[tuple[str, Sequence[Sample]]]) -> dict[str, np.ndarray]:
    """Return the samples as `boosted.py` takes them."""
    blocks = [(n, number(site) % FOLDS, *sample) for n, (site, page) in enumerate(pages) for sample in page]
    page, fold, rows, size, kept = zip(*blocks, strict=True)
    columns = {"page": page, "fold": fold, "rows": rows, "size": size, "kept": kept, "names": FEATURES}
    return {name: np.asarray(column) for name, column in columns.items()}


if __name__ == "__main__":
    main()
