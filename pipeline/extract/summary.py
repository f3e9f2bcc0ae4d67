"""The standfirst: what an article is about, in its outlet's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract import clean, jsonld
from pipeline.extract.head import Head
from pipeline.extract.reading import Line, Reading
from pipeline.extract.regions import OTHER_PARTS, Region
from pipeline.extract.strings import key, plain, weight
from pipeline.extract.tree import names_of

_OF_SOMETHING_ELSE = OTHER_PARTS | Region.AUTHOR | Region.SHARE | Region.TAGS | Region.HIDDEN
_SHORTEST = 20
"""The weight of a description that says more than what the site is."""
_DEK = re.compile(
    r"(?:(?:article|post|entry|story|news|content|page|single|wp|block)(?:[_-]+|(?=[A-Z])))*"
    r"(?:stand-?first|dek|deck|lead|lede|sub-?(?:title|head|headline)|chap[eô]?o|excerpt|summary|intro|vorspann"
    r"|ingress|strap(?:line)?|sapo|abstract)(?:[_-]+(?:text|content|excerpt))?",
    re.IGNORECASE,
)
"""What a standfirst is called. Wider names (`Region.DEK`) are only believed of what is read as the body."""


def summary_of(head: Head, offered: str | None, reading: Reading, above: Sequence[Line] = ()) -> str:
    """Return the standfirst: what the page, or else the offer, says the article is about.

    A description that is the beginning of the text, cut off or not, is no standfirst, if it is not a line
    without a full stop. What is called so in the markup `above` the body goes before a description that is
    shown nowhere. Where nothing states one, it is what is called so there, or at the body's beginning.
    """
    stated = (
        head.meta("og:description"),
        head.meta("description", "twitter:description"),
        jsonld.string(head.article, "description"),
        jsonld.string(head.article, "alternativeHeadline"),
        plain(offered) if offered and "<" not in offered else "",
    )
    whole = (*above, *reading.lines)
    called = next(
        (line.text for line in above if _is_called_dek(line) and clean.is_long_dek(line, whole)), ""
    )
    for summary in stated:
        words = key(summary)
        if weight(words) < _SHORTEST:
            continue
        shown = next((line for line in reading.lines[:4] if _begins(key(line.text), words)), None)
        if shown is None:
            return called or summary
        if clean.is_dek(shown, reading.lines) or (key(shown.text) == words and clean.is_unfinished(shown)):
            return shown.text
    if len(reading.lines) < 4 or any(map(key, stated)):
        return ""
    named = (line.text for line in reading.lines[:3] if clean.is_named_dek(line, reading.lines))
    first = reading.lines[0]
    if _is_called_dek(first) and clean.is_unfinished(first) and clean.is_long_dek(first, reading.lines):
        return first.text
    return called or next(named, "")


def _is_called_dek(line: Line) -> bool:
    """Tell whether the element of a line is called nothing but a standfirst: no author's, no picture's."""
    if line.block is None or line.block.regions & _OF_SOMETHING_ELSE:
        return False
    element = line.block.element
    around = (element, element.getparent())
    return any(_DEK.fullmatch(name) for e in around if e is not None for name in names_of(e).split())


def _begins(line: str, words: str) -> bool:
    """Tell whether a line begins with a description, which may be cut off within a word."""
    return line.startswith(words[:-12] if len(words) > 60 else words)
