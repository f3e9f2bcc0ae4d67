"""The words under which a text is searched: folded, and ready made for every database. Pure.

Scripts that are written without spaces between words (Han, Kana, Hangul for its particles, Thai, Lao,
Burmese, Khmer) are searched by single characters, and a run of them as a phrase, so that words of any
length are found. Both databases get these tokens ready made: their own tokenisers differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from pipeline.normalise import ascii_words

MAX_INDEXED = 100_000
"""Characters of a text that are indexed. PostgreSQL keeps no word positions beyond 16,383."""

MAX_WORD = 64

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
_TYPOGRAPHY = re.compile("[\u00a0\u2010-\u2015\u2018-\u201f\u2026]")
"""Signs that part words as a blank does."""


def tokens(text: str) -> list[str]:
    """Return the folded words of `text`, in order."""
    if text.isascii():
        return _of_ascii(text)
    found: list[str] = []
    for line in _TYPOGRAPHY.sub(" ", text).split("\n"):  # most lines are plain but for their quotes
        if line.isascii():
            found += _of_ascii(line)
        else:
            for word in _TOKEN.findall(line):
                found.extend(_folded(word))
    return found


def _of_ascii(text: str) -> list[str]:
    return [word[:MAX_WORD] for word in ascii_words(text.lower())]


def places(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the folded words of `text`, each with the place in `text` where it begins and ends."""
    for match in _TOKEN.finditer(text):
        for token in _folded(match[0]):
            yield token, match.start(), match.end()


def _folded(word: str) -> tuple[str, ...]:
    return (word.lower()[:MAX_WORD],) if word.isascii() else _fold(word)


@lru_cache(maxsize=1 << 16)
def _fold(word: str) -> tuple[str, ...]:
    """Fold case, width, accents, Arabic vowel signs and tatweel; a compatibility sign may become words."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", word))
    plain = unicodedata.normalize("NFKC", plain.casefold())
    return tuple(token[:MAX_WORD] for token in _TOKEN.findall(plain))
