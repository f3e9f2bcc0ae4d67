"""What a command costs beside the pages that it reads: a crawl of one outlet with one new article.

usage: nice .venv/bin/python benchmarks/start.py [--rounds N] [--workers N] [--against FOLDER]...
       [--write-bytecode]

CPU (user and system) of all its processes, in turn with other checkouts that have a .venv of their own:
A B A B. The first round is not counted: it may compile and unpack what is kept for the next.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from pathlib import Path

import cost
from serving import Site, serving

HERE = Path(__file__).parents[1]


def crawl(checkout: Path, site: Site, workers: int) -> float:
    """Crawl into a fresh folder; return the CPU seconds that it took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "outlet.yaml").write_text(site.outlet_file(0))
        line = [str(checkout / ".venv" / "bin" / "wirewatch"), "--data-dir", str(folder / "data")]
        line += ["--outlets", str(folder / "outlet.yaml"), "--allow-private-hosts", "127.0.0.0/8"]
        environment = {name: value for name, value in os.environ.items() if name[:10] != "WIREWATCH_"}
        environment |= {"WIREWATCH_WORKERS": str(workers)}
        done = cost.run([*line, "crawl", "--json"], env=environment, cwd=folder)
    assert done.code == 0, done.out[-2000:]
    assert '"new": 1' in done.out, done.out
    return done.cpu


def main() -> None:
    """Serve, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--workers", type=int, default=1, metavar="N")
    parser.add_argument("--against", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--write-bytecode", action="store_true", help="whatever the environment says of it")
    options = parser.parse_args()
    if options.write_bytecode:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    taken: dict[Path, list[float]] = {checkout: [] for checkout in [*options.against, HERE]}
    with serving(1, 1) as site:
        for _ in range(options.rounds + 1):
            for checkout, found in taken.items():
                found.append(crawl(checkout, site, options.workers))
    for checkout, found in taken.items():
        counted = found[1:]
        print(f"{checkout}: {statistics.median(counted):.2f} s of CPU", [round(one, 2) for one in counted])


if __name__ == "__main__":
    main()
