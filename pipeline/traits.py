"""What an article is found by, made once where its page is read: fingerprints, digests of lines, words.

All of it is a function of title, summary and text. It comes back from the worker with the article, so that
the one thread that writes only writes; an article that was made elsewhere has none, and then it is made where
it is needed.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.dedup.fingerprints import fingerprints
from pipeline.dedup.lines import digests, lines
from pipeline.normalise import tokens
from pipeline.records import Article, Traits
from pipeline.searchwords import MAX_INDEXED
from pipeline.searchwords import tokens as search_words


def traits_of(article: Article) -> Traits:
    """Return what an article is found by."""
    if article.traits is not None:
        return article.traits
    known = digests(article.text)
    return Traits(
        fingerprints=fingerprints(tokens(article.text)),
        lines=tuple(known.get(line) for line in lines(article.text)),
        words=(indexed(article.title), indexed(article.summary), indexed(article.text)),
    )


def indexed(field: str) -> str:
    """Return the words of a title, summary or text under which it is searched, with blanks between."""
    return " ".join(search_words(field[:MAX_INDEXED]))


def digests_of(text: str, traits: Traits | None) -> Mapping[str, int]:
    """`pipeline.dedup.lines.digests` of a text whose traits may be known."""
    if traits is None:
        return digests(text)
    known = zip(lines(text), traits.lines, strict=True)
    return {line: block for line, block in known if block is not None}
