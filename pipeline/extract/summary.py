"""The standfirst: what an article is about, in its outlet's words."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract import clean, jsonld
from pipeline.extract.head import Head
from pipeline.extract.reading import Line, Reading
from pipeline.extract.strings import key, plain


def summary_of(head: Head, offered: str | None, reading: Reading, above: Sequence[Line] = ()) -> str:
    """Return the standfirst: what the page, or else the offer, says the article is about.

    A description that is the beginning of the text, cut off or not, is no standfirst. Where nothing states
    one, it is what is called so in the markup `above` the body, or at its beginning.
    """
    stated = (
        head.meta("og:description"),
        head.meta("description", "twitter:description"),
        jsonld.string(head.article, "description"),
        jsonld.string(head.article, "alternativeHeadline"),
        plain(offered) if offered and "<" not in offered else "",
    )
    for summary in stated:
        if not (words := key(summary)):
            continue
        shown = next((line for line in reading.lines[:4] if _begins(key(line.text), words)), None)
        if shown is None:
            return summary
        if clean.is_dek(shown, reading.lines):
            return shown.text
    if len(reading.lines) < 4 or any(map(key, stated)):
        return ""
    likely = (*above, *reading.lines[:3])
    named = (line.text for line in likely if clean.is_named_dek(line, reading.lines))
    return next(named, "")


def _begins(line: str, words: str) -> bool:
    """Tell whether a line begins with a description, which may be cut off within a word."""
    return line.startswith(words[:-12] if len(words) > 60 else words)
