"""How the changes of revisions are shown."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from config.errors import WirewatchError
from pipeline.records import Kept
from storage.memory import MemoryStore
from tests.integration.storage.make import article, at, deed
from wirewatch.diffview import diff_view, step_json, steps

FIRST = (
    "The ferry sank off the coast.\nAt least 12 people died, the harbour master said on Monday.\nRain fell."
)
TEXTS = (
    FIRST,
    FIRST.replace("12", "17"),
    FIRST.replace("12", "17") + "\nThe owner said that the hull had been inspected.",
)


def versions() -> list[Kept]:
    store = MemoryStore()
    for n, text in enumerate(TEXTS):
        [outcome] = store.keep([deed(article(text, fetched_at=at(n)))])
    kept = store.article(outcome.id)  # type: ignore[union-attr]
    assert kept is not None
    return [*store.revisions(kept.id), kept]


def shown(
    found: list[Kept], first: int | None = None, last: int | None = None, *, colours: bool = False
) -> str:
    out = io.StringIO()
    screen = Console(
        file=out, width=120, force_terminal=colours, color_system="standard" if colours else None
    )
    screen.print(diff_view(found[-1], steps(found, first, last), colours=colours))
    return out.getvalue()


def test_each_revision_is_shown_against_the_one_before() -> None:
    lines = [line.rstrip() for line in shown(versions()).splitlines()]
    assert "Revision 1 → 2  2026-03-01T12:01:00+00:00  numbers, +1 −1 words" in lines
    assert "~  At least [-12-] {+17+} people died, the harbour master said on Monday." in lines
    assert "Revision 2 → 3  2026-03-01T12:02:00+00:00  extension, +9 −0 words" in lines
    assert "+  The owner said that the hull had been inspected." in lines
    assert lines.count("   ⋯ 1 paragraph unchanged") == 2
    assert "   ⋯ 3 paragraphs unchanged" in lines


def test_two_revisions_can_be_chosen() -> None:
    found = versions()
    assert "Revision 1 → 3" in shown(found, first=1)
    assert "numbers, extension" in shown(found, first=1)
    assert "Revision 2 → 3" not in shown(found, last=2)
    with pytest.raises(WirewatchError, match="revisions 1 to 3"):
        steps(found, 3, 2)
    with pytest.raises(WirewatchError, match="from revision 1 to 4"):
        steps(found, None, 4)


def test_on_a_terminal_colours_take_the_place_of_marks() -> None:
    seen = shown(versions(), colours=True)
    assert "[-" not in seen
    assert "\x1b[9;31m12\x1b[0m" in seen
    assert "\x1b[1;32m17\x1b[0m" in seen


def test_what_stayed_in_a_long_paragraph_is_folded() -> None:
    found = versions()[:1]
    words = " ".join(f"word{n}" for n in range(100))
    texts = (f"{words} twelve {words}", f"{words} dozen {words}")
    pair = [
        replace(found[0], revision=n, article=replace(found[0].article, text=text))
        for n, text in enumerate(texts, 1)
    ]
    [line] = [line for line in shown(pair).splitlines() if "twelve" in line]
    assert "… " in line
    assert "word99 [-twelve-] {+dozen+} word0" in line
    assert len(line) < 200


def test_a_title_in_capitals_no_more_is_shown_twice() -> None:
    found = versions()[:2]
    pair = [
        replace(kept, article=replace(kept.article, title=title, text=FIRST), change=None)
        for kept, title in zip(found, ("FERRY SINKS", "Ferry sinks"), strict=True)
    ]
    assert "[-FERRY SINKS-] {+Ferry sinks+}" in shown(pair)


def test_an_article_without_revisions_says_so() -> None:
    assert "not been revised" in shown(versions()[:1])


def test_a_program_gets_the_spans_in_order() -> None:
    found = versions()
    [step] = steps(found, 1, 2)
    told = step_json(step)
    assert told["change"] == {"kinds": ["numbers"], "words_added": 1, "words_removed": 1}
    assert ["removed", "12 "] in told["text"]  # type: ignore[operator]
    before = "".join(text for kind, text in told["text"] if kind != "added")  # type: ignore[attr-defined]
    assert before.rstrip("\n") == TEXTS[0]
