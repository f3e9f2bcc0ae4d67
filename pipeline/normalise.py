"""Text in normal form: what is kept, and what two equal texts share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256

_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u02bc\uff07\u2039\u203a`\u00b4"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u300c\u300d\u300e\u300f\u300a\u300b\uff02"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_TATWEEL = "\u0640"
_HARAKAT = "".join(map(chr, range(0x064B, 0x0653))) + "\u0670"
_SAME_LETTER = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"}

_FOLD = str.maketrans(
    dict.fromkeys(_SINGLE_QUOTES, "'")
    | dict.fromkeys(_DOUBLE_QUOTES, '"')
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_INVISIBLE + _TATWEEL + _HARAKAT)
    | _SAME_LETTER
)
_TYPESET = re.compile(f"[{re.escape(''.join(map(chr, _FOLD)))}]")
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u2060\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?|[\n\x85\u2028\u2029]")
_BLANKS = re.compile(r"[\s\u00a0\u3000\u200b]+")

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han and Kana, which are written without spaces: a character counts as a word."""
_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+(?:['’\-][^\W_{CJK}]+)*")
_TOKEN = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
_JOINED = {n: chr(n) if chr(n).isalnum() or chr(n) in "'-" else " " for n in range(128)}
"""Blanks for all in ASCII that is in no word and joins none."""
_PARTED = {n: chr(n) if chr(n).isalnum() else " " for n in range(128)}
"""Blanks for all in ASCII that is in no word: most lines are ASCII, and split at blanks the fastest."""


def clean_line(text: str) -> str:
    """Return `text` as one line: NFC, single spaces, no control characters, no lone surrogates."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):  # no blank in it but spaces
        return " ".join(text.split())
    return _BLANKS.sub(" ", _UNWANTED.sub("", unicodedata.normalize("NFC", _paired(text)))).strip()


def clean_text(text: str) -> str:
    """Return `text` with one paragraph a line, each a `clean_line`, and no empty lines."""
    lines = (clean_line(line) for line in _LINE_END.split(_paired(text)))
    return "\n".join(line for line in lines if line)


def tokens(text: str) -> list[str]:
    """Return the words that two equal texts share, in order, however they are typeset.

    Compatibility forms (NFKC), quotes, dashes, invisible characters, case, Arabic tatweel, vowel signs
    and alef forms are folded; white space and punctuation do not count. Han and Kana go by character.
    """
    found: list[str] = []
    for line in text.split("\n"):
        if line.isascii() and line.isprintable():  # then there is nothing to fold but the case
            found += ascii_words(line.lower())
        else:
            known = folded(line)
            found += ascii_words(known) if known.isascii() else _TOKEN.findall(known)
    return found


def ascii_words(text: str) -> list[str]:
    """Return the runs of letters and digits in a text that is all ASCII."""
    return text.translate(_PARTED).split()


def folded(text: str) -> str:
    """Return `text` with everything folded that two equal texts may typeset differently (see `tokens`)."""
    known = _TYPESET.sub(_plain, _UNWANTED.sub("", _paired(text)))
    if not unicodedata.is_normalized("NFKC", known):
        known = _TYPESET.sub(_plain, unicodedata.normalize("NFKC", known))
    return known.casefold()


def _plain(match: re.Match[str]) -> str:
    return match[0].translate(_FOLD)


def content_sha256(text: str) -> str:
    """Return the hash (hex) of the normalised text: equal texts have equal hashes."""
    return sha256_of_tokens(tokens(text))


def sha256_of_tokens(words: Sequence[str]) -> str:
    """Return the `content_sha256` of a text of these `tokens`."""
    return sha256(" ".join(words).encode()).hexdigest()


def word_count(text: str) -> int:
    """Count words; Han and Kana by character. Words that a hyphen or an apostrophe joins are one."""
    count = 0
    for line in text.split("\n"):
        if line.isascii():
            pieces = line.translate(_JOINED).split()
            joined = [piece for piece in pieces if not piece.isalnum()]
            count += len(pieces) - len(joined)
            line = " ".join(joined)  # noqa: PLW2901 - what is left to be counted
        count += len(_WORD.findall(line))
    return count


def _paired(text: str) -> str:
    """Join surrogate pairs, and drop the ones that stand alone (JSON may carry them)."""
    if _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
