"""What a text is searched by: its words folded, the query a reader types, the piece around a hit. Pure.

Scripts that are written without spaces between words (Han, Kana, Hangul for its particles, Thai, Lao,
Burmese, Khmer) are searched by single characters, and a run of them as a phrase, so that words of any
length are found. Both databases get these tokens ready made: their own tokenisers differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

MAX_INDEXED = 100_000
"""Characters of a text that are indexed. PostgreSQL keeps no word positions beyond 16,383."""

MAX_QUERY = 1_000
MAX_TERMS = 32
MAX_WORD = 64
SNIPPET = 200

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
)
_MARK_BLOCKS = ((0x300, 0x370), (0x483, 0x1B00), (0x1DC0, 0x1E00), (0xFE20, 0xFE30))


def _marks(*, accents: bool) -> str:
    """Return the combining marks, or those of them that are written over and under complete letters."""
    marks = (
        chr(n) for block in _MARK_BLOCKS for n in range(*block) if unicodedata.category(chr(n))[0] == "M"
    )
    if accents:
        return "".join(c for c in marks if 10 <= (k := unicodedata.combining(c)) <= 36 or k >= 200)
    return "".join(marks)


_ACCENTS = re.compile(f"[{_marks(accents=True)}\u0640]")
_MARKS = _marks(accents=False)
_LETTERS = f"[^\\W_{_UNSPACED}]"
_TOKEN = re.compile(f"{_LETTERS}+(?:[{_MARKS}]+{_LETTERS}*)*|[{_UNSPACED}][{_MARKS}]*")
_ASCII_TOKEN = re.compile("[a-z0-9]+")
_TERM = re.compile(r'(?P<no>-*)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: every phrase of `wanted` and none of `unwanted`; a phrase is its tokens."""

    wanted: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[tuple[str, ...], ...] = ()


def tokens(text: str) -> list[str]:
    """Return the folded words of `text`, in order."""
    if text.isascii():
        return [word[:MAX_WORD] for word in _ASCII_TOKEN.findall(text.lower())]
    found: list[str] = []
    for word in _TOKEN.findall(text):
        found.extend(_folded(word))
    return found


def places(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the folded words of `text`, each with the place in `text` where it begins and ends."""
    for match in _TOKEN.finditer(text):
        for token in _folded(match[0]):
            yield token, match.start(), match.end()


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


def _folded(word: str) -> tuple[str, ...]:
    return (word.lower()[:MAX_WORD],) if word.isascii() else _fold(word)


@lru_cache(maxsize=1 << 16)
def _fold(word: str) -> tuple[str, ...]:
    """Fold case, width, accents, Arabic vowel signs and tatweel; a compatibility sign may become words."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", word))
    plain = unicodedata.normalize("NFKC", plain.casefold())
    return tuple(token[:MAX_WORD] for token in _TOKEN.findall(plain))
