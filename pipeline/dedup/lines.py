"""The lines of a text that its outlet repeats in others: they are taken out before it is compared.

What an outlet repeats is what the crawl has learned of it (`pipeline.boilerplate`), in the same transaction
in which the articles came in. No count of its own is kept: the memory of blocks is bounded, forgets what an
outlet no longer does, and does not let copies vote. Extraction takes out most of these lines, but only once
they are learned, and it leaves refrains, which are no sign of a copy.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.records import Recurrence

REPEATED = 4
"""Different texts of an outlet that have a line which says nothing of any of them."""
_LEAST_LEFT = 0.25
"""Share of a text that must be left; else the text is one that is met again and again, and is kept whole."""
MOST_LINES = 1_000
"""Lines of a text that are looked up."""


def lines(text: str) -> list[str]:
    """Return the lines of `text` that are looked up."""
    return text.split("\n", MOST_LINES)[:MOST_LINES]


def digests(text: str) -> dict[str, int]:
    """Return the digest under which each line of `text` is remembered; lines without a word have none."""
    # Reading pages takes most of a second to import, and those who only read the store do without.
    from pipeline.extract.recurring import digest  # noqa: PLC0415

    found = {line: digest(line) for line in lines(text)}
    return {line: block for line, block in found.items() if block is not None}


def without_repeated(text: str, known: Mapping[str, int], blocks: Mapping[int, Recurrence]) -> str:
    """Return `text` without the lines that its outlet repeats.

    `known` are the digests of its lines, `blocks` what is remembered of them.
    """
    repeated = {
        line for line, block in known.items() if (seen := blocks.get(block)) and _times(seen) >= REPEATED
    }
    if not repeated:
        return text
    left = "\n".join(line for line in text.split("\n") if line not in repeated)
    return left if len(left) >= _LEAST_LEFT * len(text) else text


def _times(seen: Recurrence) -> int:
    return seen.pages - seen.stale
