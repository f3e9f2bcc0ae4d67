"""Where a page begins to tell its text a second time: for print, a pop-up, or another width of screen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.extract.reading import Line
from pipeline.extract.strings import is_prose, key, weight

_LEAST_PARAGRAPHS = 3
_LEAST_SHARE = 0.3
"""The share of the whole that a second telling has."""
_TOLD = 0.8
"""The share of a second telling that was told before."""


def start_of_copy(lines: Sequence[Line], titles: Collection[str]) -> int:
    """Return where the text begins again and nothing new follows; `len(lines)` if it does not.

    `titles` are the keys of the headline, which may stand above the copy. A refrain or a note that returns is
    no copy: from there on nearly all has to be what stands above, in paragraphs.
    """
    keys = [key(line.text) for line in lines]
    if len(set(keys)) == len(keys):
        return len(lines)
    first: dict[str, int] = {}
    for position, words in enumerate(keys):
        first.setdefault(words, position)
    start = next(
        (n for n, line in enumerate(lines) if first[keys[n]] < n and is_prose(line.text)), len(lines)
    )
    behind = range(start, len(lines))
    told = [n for n in behind if first[keys[n]] < start]
    size = sum(weight(lines[n].text) for n in behind)
    if (
        sum(is_prose(lines[n].text) for n in told) < _LEAST_PARAGRAPHS
        or size < _LEAST_SHARE * sum(weight(line.text) for line in lines)
        or sum(weight(lines[n].text) for n in told) < _TOLD * size
    ):
        return len(lines)
    while start and keys[start - 1] in titles:
        start -= 1
    return start
