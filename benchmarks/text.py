"""Clean text, measured: our extraction beside its peers, on the same saved pages in the same run.

usage: .venv/bin/python benchmarks/text.py [--json] [--floors | --raise-floors] [--newspaper PYTHON]
                                           [--step N] [--worst N] [--keep DIR] [--ours-only] [--same]

All read the pages of `../shared/pages` in two processes with a time limit a page, and are judged by
`../shared/tools/score.py`; "learned" is our reading with what recurs on the pages of each site, as
`extract --batch --learn` does it. CPU is process time a page, parsing included. `../shared/listings` holds
pages that are no articles.

`--floors` measures ours and fails where a floor of `floors.json` is not reached; `--raise-floors` raises the
floors to what was reached. For `--newspaper`, make an environment and install newspaper4k into it.
`--same` also reads all with trafilatura as it is, says what the acceleration costs and saves, and fails where
anything that is read differs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import floors
import readers
import same

SHARED = Path(__file__).resolve().parents[2] / "shared"
SCORE = SHARED / "tools" / "score.py"
PAGES = SHARED / "pages" / "pages.jsonl"
LISTINGS = SHARED / "listings" / "listings.jsonl"

Table = dict[str, dict[str, Any]]


def main() -> None:
    """Let everybody read the same pages and print what came out."""
    options = _options()
    lines = PAGES.read_text("utf-8").splitlines()[:: options.step]
    pages = [json.loads(line) for line in lines]
    jobs = [readers.job_of(page, PAGES.parent) for page in pages]
    records = {"wirewatch": readers.ours(jobs)}
    records["learned"] = readers.ours_learned(jobs, records["wirewatch"])
    if not (options.ours_only or options.floors or options.raise_floors):
        records["trafilatura"] = readers.plain(jobs)
        if options.newspaper:
            records["newspaper4k"] = readers.newspaper(jobs, options.newspaper)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "pages.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        tables = {who: _score(folder, who, found, options.worst) for who, found in records.items()}
    cpu = {
        who: statistics.fmean(r["cpu_ms"] for r in found if "cpu_ms" in r)
        for who, found in records.items()
        if who != "learned"
    }
    judged = _judged(records["wirewatch"])
    if options.json:
        print(json.dumps({"scores": tables, "cpu_ms": cpu, "articles_or_not": judged}, indent=1))
    else:
        _show(tables, cpu, judged)
    if options.same:
        _compare(pages, jobs, records["wirewatch"])
    if options.floors or options.raise_floors:
        _hold(_reached(tables, judged), raising=options.raise_floors)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--step", type=int, default=1, help="only every Nth page")
    parser.add_argument("--worst", type=int, default=0, help="name our N worst pages")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", type=Path, default=None, help="leave the records in this folder")
    parser.add_argument("--ours-only", action="store_true", help="leave the peers out")
    parser.add_argument("--newspaper", type=Path, default=None, help="a Python that has newspaper4k")
    parser.add_argument("--floors", action="store_true", help="fail where a floor is not reached")
    parser.add_argument("--raise-floors", action="store_true")
    parser.add_argument(
        "--same", action="store_true", help="fail where the acceleration changes what is read"
    )
    options = parser.parse_args()
    if (options.floors or options.raise_floors) and options.step != 1:
        parser.error("the floors are those of all pages: leave --step out")
    return options


def _score(folder: Path, who: str, records: list[readers.Record], worst: int) -> Table:
    """Judge the records of one reader; our `worst` pages go to stderr."""
    path = folder / f"{who}.jsonl"
    shown = ({k: v for k, v in record.items() if k != "sightings"} for record in records)
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in shown), "utf-8")
    worst = worst if who == "wirewatch" else 0
    command = [sys.executable, SCORE, folder / "pages.jsonl", path, "--json", "--worst", str(worst)]
    table: Table = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return table


def _judged(articles: list[readers.Record]) -> dict[str, float]:
    """Return which share of the listings is refused as no article, and how many of the articles are."""
    lines = LISTINGS.read_text("utf-8").splitlines()
    listings = readers.ours([readers.job_of(json.loads(line), LISTINGS.parent) for line in lines])
    refused = sum(str(r.get("error", "")).startswith("rejected") for r in listings)
    lost = sum(str(r.get("error", "")).startswith("rejected") for r in articles)
    return {"refused_listings": refused / len(listings), "rejected_articles": lost}


def _show(tables: Mapping[str, Table], cpu: Mapping[str, float], judged: Mapping[str, float]) -> None:
    """Print a table in Markdown: all pages by reader, then F1 by corpus."""
    columns = list(tables["wirewatch"]["all"])
    print("| " + " | ".join(["", *(c.replace("_", " ") for c in columns), "CPU ms a page"]) + " |")
    print("| --- |" + " --- |" * (len(columns) + 1))
    for who, table in tables.items():
        spent = f"{cpu[who]:.0f}" if who in cpu else ""
        print("| " + " | ".join([who, *(str(table["all"][c]) for c in columns), spent]) + " |")
    corpora = [c for c in tables["wirewatch"] if c != "all"]
    print("\n| F1 | " + " | ".join(corpora) + " |\n| --- |" + " --- |" * len(corpora))
    for who, table in tables.items():
        print("| " + " | ".join([who, *(str(table[c]["f1"]) for c in corpora)]) + " |")
    print(f"\nlistings refused: {judged['refused_listings']:.3f};", end=" ")
    print(f"articles refused: {judged['rejected_articles']:.0f}")


def _reached(tables: Mapping[str, Table], judged: Mapping[str, float]) -> dict[str, float]:
    """Return every figure that a floor is kept for, by its name."""
    found = {
        f"{who} {name}": float(value)
        for who in ("wirewatch", "learned")
        for name, value in tables[who]["all"].items()
        if name not in {"pages", "precision", "recall"}
    }
    found |= {f"wirewatch f1 {c}": t["f1"] for c, t in tables["wirewatch"].items() if c != "all"}
    return found | dict(judged)


def _compare(pages: list[readers.Record], jobs: list[readers.Job], accelerated: list[readers.Record]) -> None:
    """Fail where a page is read differently without the acceleration."""
    plain = readers.ours(jobs, accelerated=False)
    for who, found in (("trafilatura as it is", plain), ("accelerated", accelerated)):
        spent = statistics.fmean(r["cpu_ms"] for r in found if "cpu_ms" in r)
        print(f"{who}: {spent:.1f} ms CPU a page")
    if found := list(same.differences(pages, plain, accelerated)):
        sys.exit("the acceleration changes what is read:\n  " + "\n  ".join(found))


def _hold(reached: floors.Scores, *, raising: bool) -> None:
    known = floors.load() if floors.FLOORS.exists() else {}
    if raising:
        floors.save(floors.raised(known, reached))
    elif missed := floors.broken(known, reached):
        sys.exit("below the floor:\n  " + "\n  ".join(missed))


if __name__ == "__main__":
    main()
