"""Copies, measured: labelled pairs of texts fed through a store as a crawl feeds it, among other documents.

usage: .venv/bin/python benchmarks/pairs.py PAIRS.jsonl [--json] [--background N] [--wrong N] [--seed N]

Each line of PAIRS.jsonl is {"id", "label", "kind", "lang", "a": {"url", "outlet", "date", "title", "text"},
"b": likewise}; the labels are exact, near, contained, revision, different. All texts are kept in one SQLite
store in the order of their dates, with at least N (3,000) others between them: real ones from ../shared as
far as there are any, then made-up ones of the words of the pairs. What each pair is, is read from the store
at the end: duplicates are linked, or share a story. Revisions (two texts at one address) are counted by their
outcome, and stand outside precision and recall.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.dedup.likeness import compare, read
from pipeline.dedup.verdict import part_or_near
from pipeline.extract.reading import Line
from pipeline.extract.recurring import sightings_of
from pipeline.normalise import clean_line, clean_text, content_sha256, tokens, word_count
from pipeline.records import Article, Candidate, Deed, Kept, Stamp
from storage.store import SqlStore

PAGES = Path(__file__).resolve().parents[2] / "shared" / "pages" / "pages.jsonl"
BACKGROUND = 3_000
BATCH = 50
DUPLICATES = ("exact", "near", "contained")


@dataclass(frozen=True)
class Document:
    """A text of the stream; its name is what its article is found by afterwards."""

    name: str
    key: str
    outlet: str
    title: str
    text: str
    language: str | None
    day: datetime | None


def documents(pairs: Sequence[Mapping[str, Any]]) -> Iterator[Document]:
    """Yield the texts of the pairs; both of a revision have one key, all others one of their own."""
    for pair in pairs:
        for side in ("a", "b"):
            text = pair[side]
            revised = pair["label"] == "revision"
            yield Document(
                name=f"{pair['id']} {side}",
                key=f"{text['url']} {pair['id']}" + ("" if revised else f" {side}"),
                outlet=text["outlet"] or "unknown",
                title=clean_line(text["title"] or ""),
                text=clean_text(text["text"]),
                language=pair.get("lang"),
                day=_day(text.get("date")),
            )


def background(pairs: Sequence[Document], wanted: int, chance: random.Random) -> list[Document]:
    """Return `wanted` other texts, dated like those of the pairs: saved pages, then made-up ones."""
    days = [one.day for one in pairs if one.day] or [datetime(2024, 1, 1, tzinfo=UTC)]
    found = [
        Document(f"other {n}", f"other {n}", site, title, clean_text(text), lang, chance.choice(days))
        for n, (site, title, text, lang) in enumerate(_saved_pages())
    ][:wanted]
    words: defaultdict[str | None, list[str]] = defaultdict(list)
    for one in pairs:
        words[one.language] += tokens(one.text)
    models = [one for one in pairs if one.text]
    for n in range(len(found), wanted):
        model = chance.choice(models)
        text = _made_up(model, words[model.language], chance)
        found.append(
            Document(f"other {n}", f"other {n}", model.outlet, text[:60], text, model.language, model.day)
        )
    return found


def feed(store: SqlStore, stream: Sequence[Document]) -> dict[str, str]:
    """Keep all texts in the order of the stream; return the id of each one's article."""
    found: dict[str, str] = {}
    seen = datetime(2000, 1, 1, tzinfo=UTC)
    batch: list[tuple[str, Deed]] = []
    for one in stream:
        seen = max(seen + timedelta(seconds=1), one.day or seen)
        batch.append((one.name, _deed(one, seen)))
        if len(batch) == BATCH or one is stream[-1]:
            outcomes = store.keep([deed for _, deed in batch])
            for (name, _), outcome in zip(batch, outcomes, strict=True):
                found[name] = outcome.id  # type: ignore[union-attr] - nothing is refused here
            batch = []
    return found


def said(store: SqlStore, first: Kept, second: Kept) -> str:
    """Return what the store says of a pair: exact, near, contained or different."""
    if first.id == second.id or first.article.content_sha256 == second.article.content_sha256:
        return "exact"
    for one in store.akin(first.id):
        if one.kept.id == second.id:
            return one.relation
    if first.story != second.story:
        return "different"
    likeness = compare(read(first.article.text), read(second.article.text))  # both are copies of a third
    return part_or_near(likeness.covered, likeness.covers)


def measure(
    pairs: Sequence[Mapping[str, Any]], answers: Mapping[str, str], revisions: Mapping[str, int]
) -> dict[str, Any]:
    """Return the figures, and the counts by kind and language."""
    judged = [(p, answers[p["id"]]) for p in pairs if p["label"] != "revision"]
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for pair, answer in judged:
        kinds[f"{pair['label']}: {pair['kind']}"][answer] += 1
    for pair in pairs:
        if pair["label"] == "revision":
            kinds[f"revision: {pair['kind']}"][f"revision {revisions[pair['id']]}"] += 1
    exact = [answer == "exact" for pair, answer in judged if pair["label"] == "exact"]
    told = [
        answer == pair["label"]
        for pair, answer in judged
        if pair["label"] in {"near", "contained"} and answer != "different"
    ]
    languages = sorted({pair["lang"] for pair, _ in judged})
    return {
        **_precision_and_recall(judged),
        "exact": _share(exact),
        "near_vs_contained": _share(told),
        "kinds": {kind: dict(sorted(counts.items())) for kind, counts in sorted(kinds.items())},
        "languages": {
            lang: _precision_and_recall([(p, answer) for p, answer in judged if p["lang"] == lang])
            for lang in languages
        },
    }


def main() -> None:
    """Feed the pairs, and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pairs", type=Path, metavar="PAIRS.jsonl")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--background", type=int, default=BACKGROUND, metavar="N")
    parser.add_argument("--wrong", type=int, default=0, metavar="N", help="show N pairs that were misjudged")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pairs = [json.loads(line) for line in options.pairs.read_text("utf-8").splitlines() if line.strip()]
    chance = random.Random(options.seed)  # noqa: S311 - no secret
    mine = list(documents(pairs))
    others = background(mine, options.background, chance)
    stream = [*mine, *others]
    chance.shuffle(stream)
    stream.sort(key=lambda one: (one.day is None, one.day))
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore.open(f"sqlite:///{folder}/store.db")
        began = time.process_time()
        ids = feed(store, stream)
        cpu = time.process_time() - began
        answers, revisions = {}, {}
        for pair in pairs:
            first, second = (store.article(ids[f"{pair['id']} {side}"]) for side in ("a", "b"))
            assert first is not None
            assert second is not None
            answers[pair["id"]], revisions[pair["id"]] = said(store, first, second), second.revision
        store.close()
    result = measure(pairs, answers, revisions) | {
        "pairs": len(pairs),
        "background": len(others),
        "cpu_ms_per_text": round(1000 * cpu / len(stream), 2),
    }
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        _print(result)
    wrong = [p for p in pairs if p["label"] not in {"revision", answers[p["id"]]}]
    for pair in wrong[: options.wrong]:
        facts = (pair[name] for name in ("id", "lang", "label", "kind"))
        print(*facts, "->", answers[pair["id"]], file=sys.stderr)


def _print(result: Mapping[str, Any]) -> None:
    for name in ("precision", "recall", "exact", "near_vs_contained"):
        print(f"{name:20} {result[name]:.4f}")
    print(f"{'background':20} {result['background']}")
    print(f"{'CPU ms a text':20} {result['cpu_ms_per_text']}\n")
    columns = (*DUPLICATES, "different")
    print(f"| {'label: kind':36} | " + " | ".join(f"{c:>9}" for c in columns) + " |")
    print(f"| {'-' * 36} |" + f" {'-' * 8}: |" * len(columns))
    for kind, counts in result["kinds"].items():
        if not kind.startswith("revision"):
            print(f"| {kind:36} | " + " | ".join(f"{counts.get(c, 0):9}" for c in columns) + " |")
    for kind, counts in result["kinds"].items():
        if kind.startswith("revision"):
            print(f"{kind}: {', '.join(f'{n} {what}' for what, n in counts.items())}")
    print("\n| language | precision | recall |\n| --- | ---: | ---: |")
    for lang, figures in result["languages"].items():
        print(f"| {lang} | {figures['precision']:.4f} | {figures['recall']:.4f} |")


def _precision_and_recall(judged: Sequence[tuple[Mapping[str, Any], str]]) -> dict[str, float]:
    pairs = [(pair["label"] != "different", answer != "different") for pair, answer in judged]
    return {
        "precision": _share([label for label, answer in pairs if answer]),
        "recall": _share([answer for label, answer in pairs if label]),
    }


def _share(held: Sequence[bool]) -> float:
    return round(sum(held) / len(held), 5) if held else 1.0


def _day(date: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(date or "").replace(tzinfo=UTC)
    except ValueError:
        return None


def _saved_pages() -> Iterator[tuple[str, str, str, str | None]]:
    if not PAGES.is_file():
        return
    for line in PAGES.read_text("utf-8").splitlines():
        page = json.loads(line)
        truth = page["truth"]
        if truth.get("text") and tokens(truth["text"]):
            yield page["site"], clean_line(truth.get("title") or ""), truth["text"], page.get("lang")


def _made_up(model: Document, words: Sequence[str], chance: random.Random) -> str:
    """Return a text with the paragraphs of `model`, of words drawn from all texts of its language."""
    spaced = "" if model.language in {"zh", "ja"} else " "
    return "\n".join(
        spaced.join(chance.choices(words, k=max(3, len(tokens(line))))) + "."
        for line in model.text.split("\n")
    )


def _deed(one: Document, seen: datetime) -> Deed:
    candidate = Candidate(one.outlet, f"https://{one.outlet}/{one.name}", one.key, "feed")
    lines = [Line(line) for line in one.text.split("\n")]
    article = Article(
        outlet=one.outlet,
        outlet_kind="newspaper",
        key=one.key,
        url=candidate.url,
        canonical_url=candidate.url,
        title=one.title,
        summary="",
        text=one.text,
        language=one.language,
        authors=(),
        published=None if one.day is None else Stamp(one.day, "day", "jsonld"),
        modified=None,
        credits=(),
        origin_url=None,
        origin_name=None,
        fetched_at=seen,
        content_sha256=content_sha256(one.text),
        raw_sha256=sha256(one.text.encode()).hexdigest(),
        word_count=word_count(one.text),
        extractor="pairs",
        keys=(one.key,),
        addresses=(candidate.url,),
        sightings=sightings_of((), lines, [one.title]),
    )
    return Deed(candidate, article, seen)


if __name__ == "__main__":
    main()
