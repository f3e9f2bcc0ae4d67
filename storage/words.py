"""How a text is searched: the query a reader types, the piece around a hit. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.searchwords import MAX_INDEXED, MAX_WORD, places, tokens

MAX_QUERY = 1_000
MAX_TERMS = 32
SNIPPET = 200

_TERM = re.compile(r'(?P<no>-*)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: every phrase of `wanted` and none of `unwanted`; a phrase is its tokens."""

    wanted: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[tuple[str, ...], ...] = ()


def parse_query(query: str) -> Query:
    """Read what a reader typed: words that must all occur, "phrases", -excluded. Anything else is blank.

    A query without a word that is wanted asks for nothing.
    """
    wanted: list[tuple[str, ...]] = []
    unwanted: list[tuple[str, ...]] = []
    for term in _TERM.finditer(query[:MAX_QUERY]):
        if phrase := tuple(tokens(term["phrase"] if term["word"] is None else term["word"])):
            (unwanted if term["no"] else wanted).append(phrase)
    return Query(tuple(wanted[:MAX_TERMS]), tuple(unwanted[:MAX_TERMS]))


def find(phrase: Sequence[str], words: Sequence[str]) -> int:
    """Return where `phrase` first occurs in `words`, or -1."""
    size, first = len(phrase), phrase[0]
    for n, word in enumerate(words):
        if word == first and tuple(words[n : n + size]) == tuple(phrase):
            return n
    return -1


def snippet(text: str, query: Query, width: int = SNIPPET) -> str:
    """Return about `width` characters of `text`, on one line, around the first phrase found in it."""
    found = list(places(text[:MAX_INDEXED]))
    words = [token for token, _, _ in found]
    hits = [n for phrase in query.wanted if (n := find(phrase, words)) >= 0]
    at = found[min(hits)][1] if hits else 0
    start = _boundary(found, max(0, at - width // 3))
    end = min(len(text), start + width)
    end = next((e for _, s, e in found if s < end <= e and e - end < MAX_WORD), end)
    piece = " ".join(text[start:end].split())
    return f"{'… ' if start > 0 else ''}{piece}{' …' if end < len(text.rstrip()) else ''}"


def _boundary(found: Sequence[tuple[str, int, int]], start: int) -> int:
    if start == 0:
        return 0
    return next((s for _, s, _ in found if s >= start), start)
