"""Small facts about strings: white space, comparison keys, sentence ends, scripts without word spaces."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import TypeVar

_SPACE = re.compile(r"[\s\u200b\u2060\ufeff\u00ad\x00-\x1f\x7f-\x9f]+")
_ODD = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"[.!?。！？…।؟۔։][\"'”’»)\]」』）]*\s*$|[”»」』]\s*$")
_UNPUNCTUATED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Burmese and Khmer: sentences end with a space, or a mark that news leave out."""
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_INVISIBLE = dict.fromkeys((0x200B, 0x2060, 0xFEFF, 0x00AD))
_ASCII_KEY = {i: chr(i).lower() if chr(i).isalnum() else " " for i in range(128)}
T = TypeVar("T", bound=Hashable)
_LONGEST_KNOWN = 2000
"""Characters up to which what was found out about a string is remembered: a line is asked about often."""


def squash(text: str | None) -> str:
    """Collapse every run of white space, control and zero-width characters to one space."""
    if not text:
        return ""
    line = " ".join(text.split())
    if text.isascii() or line.isprintable():  # then there is no control or zero-width character in it
        return line
    return " ".join(_SPACE.sub(" ", text.translate(_INVISIBLE)).split())


def plain(text: str | None) -> str:
    """Read a value of an attribute or of JSON as text: squashed, entities resolved (twice: some sites do)."""
    if not text:
        return ""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    return squash(text)


def key(text: str) -> str:
    """What two spellings of one line share: NFKC, case folded, letters and digits only."""
    return _known_key(text) if len(text) <= _LONGEST_KNOWN else _key(text)


def _key(text: str) -> str:
    if text.isascii():
        return " ".join(text.translate(_ASCII_KEY).split())
    return _ODD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


_known_key = lru_cache(maxsize=4096)(_key)


def ends_sentence(text: str) -> bool:
    """Tell whether `text` closes like a sentence, in any of the scripts of the catalogue."""
    return _SENTENCE_END.search(text[-60:]) is not None


def holds_any(text: str, words: Iterable[str]) -> bool:
    """Tell whether one of `words` stands anywhere in `text`."""
    for word in words:  # noqa: SIM110 - a generator would cost more than what it asks
        if word in text:
            return True
    return False


def heaviest(sizes: Iterable[tuple[T, float]]) -> T | None:
    """Return what has the most of all sizes that are given with it, the first of equals; None of nothing."""
    summed: dict[T, float] = defaultdict(float)
    for name, size in sizes:
        summed[name] += size
    return max(summed, key=summed.__getitem__) if summed else None


def cjk_share(text: str) -> float:
    """Return the share of Han and kana among the characters of `text`."""
    return len(_CJK.findall(text)) / len(text) if text else 0.0


def weight(text: str) -> float:
    """Return the length of `text` in characters of an alphabet: a Han or kana character counts for three."""
    if text.isascii():
        return len(text)
    return _known_weight(text) if len(text) <= _LONGEST_KNOWN else _weight(text)


def _weight(text: str) -> float:
    return len(text) + 2 * len(_CJK.findall(text))


_known_weight = lru_cache(maxsize=4096)(_weight)


def is_prose(text: str, least: int = 80) -> bool:
    """Tell whether `text` reads like a paragraph: long for its script, and closed like a sentence."""
    if 3 * len(text) < least or weight(text) < least:
        return False
    return _closes(text[-60:])


@lru_cache(maxsize=4096)
def _closes(end: str) -> bool:
    return ends_sentence(end) or len(_UNPUNCTUATED.findall(end)) > 20
